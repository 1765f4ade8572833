//! What only the Redis broker can be asked: its channels, cuts and healing.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use server::broker::redis::RedisBroker;
use server::broker::{Broker as _, BrokerMsg, Subscription};
use server::store::redis::{Reach, RedisTarget};
use shared::id::{BoardId, NodeId};

use super::redis_server::{RedisServer, Version};
use super::stand::{PATIENCE, Stand, author, batch, commit, done, next_durable, next_of, persist};

/// Between two looks at something of which no event tells.
const LOOK: Duration = Duration::from_millis(20);

macro_rules! on_redis {
    ($($fact:ident)*) => {
        mod seven { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                super::$fact(super::Stand::redis7().await.unwrap()).await;
            }
        )* }
        mod eight { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                if let Some(stand) = super::Stand::redis8().await {
                    super::$fact(stand).await;
                }
            }
        )* }
    };
}

on_redis! {
    a_board_is_one_subscription_and_is_left_after_the_last_drop
    killed_subscriptions_heal
    a_restarted_server_heals
    a_frozen_server_heals
    health_follows_the_canary
    strangers_on_the_channel_are_passed_over
}

#[allow(
    clippy::expect_used,
    reason = "a stand of this suite always has a Redis"
)]
fn server(stand: &Stand) -> &RedisServer {
    match &stand.kind {
        super::stand::Kind::Redis { server, .. } => server,
        super::stand::Kind::Embedded { .. } => panic!("no Redis here"),
    }
}

async fn subscribers(connection: &mut MultiplexedConnection, channel: &str) -> u64 {
    let mut ask = redis::cmd("PUBSUB");
    let counts: HashMap<String, u64> = ask
        .arg("NUMSUB")
        .arg(channel)
        .query_async(connection)
        .await
        .unwrap();
    counts[channel]
}

/// Waits until a look says yes; Redis sends no event for what is looked at here.
async fn until(mut look: impl AsyncFnMut() -> bool) {
    let looking = async {
        while !look().await {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, looking)
        .await
        .expect("it becomes so");
}

async fn a_board_is_one_subscription_and_is_left_after_the_last_drop(stand: Stand) {
    let (board, _) = stand.board().await;
    let mut connection = server(&stand).connect().await;
    let channels = [format!("cs:{{{board}}}:d"), format!("cs:{{{board}}}:x")];
    let first = stand.broker.subscribe(board).await.unwrap();
    let second = stand.broker.subscribe(board).await.unwrap();
    for channel in &channels {
        assert_eq!(subscribers(&mut connection, channel).await, 1);
    }
    drop(first);
    // The broker does what it is asked in order, so when this board is there
    // the drop has been looked at or comes later; either way the other stays.
    let _another = stand
        .broker
        .subscribe(BoardId::from_bytes([3; 16]))
        .await
        .unwrap();
    for channel in &channels {
        assert_eq!(subscribers(&mut connection, channel).await, 1);
    }
    drop(second);
    for channel in &channels {
        until(async || subscribers(&mut connection, channel).await == 0).await;
    }
}

/// Waits for `Resubscribed`, and tells what came before it.
async fn until_resubscribed(subscription: &mut Subscription) -> Vec<BrokerMsg> {
    let mut before = Vec::new();
    loop {
        match next_durable(subscription).await {
            BrokerMsg::Resubscribed => return before,
            other => before.push(other),
        }
    }
}

/// Whether commits and live messages are heard again.
async fn expect_heard(stand: &Stand, board: BoardId, subscription: &mut Subscription) {
    let at = persist(|| stand.store.head(board)).await.unwrap().at;
    let mut asked = batch(at, vec![commit(author(9), at.seq + 1, 5)]);
    loop {
        match persist(|| stand.store.commit(board, &asked)).await {
            shared::sync::log::BatchReply::EpochChanged(at) => asked.epoch = at.epoch,
            reply => {
                done(reply);
                break;
            }
        }
    }
    next_of(subscription, |message| {
        matches!(message, BrokerMsg::Commits { commits, .. } if commits == asked.commits)
            .then_some(())
    })
    .await;
    let mark = Bytes::copy_from_slice(&rand::random::<[u8; 16]>());
    let publishing = async {
        loop {
            // Live messages may be lost while the line comes up.
            drop(stand.broker.publish_live(board, mark.clone()).await);
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        () = publishing => {}
        () = next_of(subscription, |it| (it == BrokerMsg::Live(mark.clone())).then_some(())) => {}
    }
}

async fn killed_subscriptions_heal(stand: Stand) {
    let (board, _) = stand.board().await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    let mut connection = server(&stand).connect().await;
    let mut kill = redis::cmd("CLIENT");
    let killed: u64 = kill
        .arg("KILL")
        .arg("TYPE")
        .arg("pubsub")
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(killed, 2, "durable and live have a connection each");
    until_resubscribed(&mut subscription).await;
    expect_heard(&stand, board, &mut subscription).await;
}

async fn a_restarted_server_heals(mut stand: Stand) {
    let (board, _) = stand.board().await;
    persist(|| stand.store.settle()).await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    stand.server().kill().await;
    assert_eq!(next_durable(&mut subscription).await, BrokerMsg::Lost);
    assert!(
        stand
            .broker
            .subscribe(BoardId::from_bytes([3; 16]))
            .await
            .is_err()
    );
    stand.server().restart().await;
    until_resubscribed(&mut subscription).await;
    expect_heard(&stand, board, &mut subscription).await;
}

async fn a_frozen_server_heals(mut stand: Stand) {
    let (board, _) = stand.board().await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    stand.server().freeze().await;
    // The connection stays up; only the missing answers show that it is dead.
    assert_eq!(next_durable(&mut subscription).await, BrokerMsg::Lost);
    stand.server().thaw().await;
    until_resubscribed(&mut subscription).await;
    expect_heard(&stand, board, &mut subscription).await;
}

async fn health_follows_the_canary(mut stand: Stand) {
    until(async || stand.broker.is_healthy()).await;
    stand.server().freeze().await;
    until(async || !stand.broker.is_healthy()).await;
    stand.server().thaw().await;
    until(async || stand.broker.is_healthy()).await;
}

async fn strangers_on_the_channel_are_passed_over(stand: Stand) {
    let (board, _) = stand.board().await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    let mut connection = server(&stand).connect().await;
    for payload in [&b""[..], b"nonsense", b"C", b"Eshort", &[0xff; 100]] {
        let channel = format!("cs:{{{board}}}:d");
        let mut publish = redis::cmd("PUBLISH");
        let _: () = publish
            .arg(channel)
            .arg(payload)
            .query_async(&mut connection)
            .await
            .unwrap();
    }
    let huge = vec![0_u8; 1024 * 1024];
    let mut publish = redis::cmd("PUBLISH");
    publish.arg(format!("cs:{{{board}}}:x")).arg(huge);
    let _: () = publish.query_async(&mut connection).await.unwrap();
    assert!(subscription.messages.try_recv().is_err());
    expect_heard(&stand, board, &mut subscription).await;
}

#[tokio::test]
async fn a_broker_started_without_its_server_comes_up_with_it() {
    let mut server = RedisServer::start(Version::Seven, &[]).await.unwrap();
    server.kill().await;
    let (target, reach) = RedisTarget::open(&server.url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)));
    let broker = RedisBroker::new(&target, NodeId::from_bytes([1; 16]));
    assert!(!broker.is_healthy());
    assert!(
        broker
            .publish_live(BoardId::from_bytes([1; 16]), Bytes::new())
            .await
            .is_ok()
            || !broker.is_healthy()
    );
    server.restart().await;
    until(async || broker.subscribe(BoardId::from_bytes([1; 16])).await.is_ok()).await;
    until(async || broker.is_healthy()).await;
}

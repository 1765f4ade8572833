//! What only the Redis broker can be asked: its channels, cuts and healing.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use server::broker::redis::RedisBroker;
use server::broker::{Broker, BrokerMsg, Subscription};
use server::redis::{Reach, RedisTarget};
use shared::id::{BoardId, NodeId};
use shared::sync::log::LogEvent;
use testkit::PATIENCE;
use testkit::redis::{Redis, Version};

use super::stand::{Stand, author, batch, commit, connect, done, next_durable, next_of, persist};

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
fn server(stand: &Stand) -> &Redis {
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
    let mut connection = connect(server(&stand)).await;
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
        matches!(message, BrokerMsg::Log(LogEvent::Commits { commits, .. }) if commits == asked.commits)
            .then_some(())
    })
    .await;
    expect_live(&*stand.broker, board, subscription).await;
}

/// Whether live messages are heard again.
async fn expect_live(broker: &dyn Broker, board: BoardId, subscription: &mut Subscription) {
    let mark = Bytes::copy_from_slice(&rand::random::<[u8; 16]>());
    let publishing = async {
        loop {
            // Live messages may be lost while the connection comes up.
            drop(broker.publish_live(board, mark.clone()).await);
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
    let mut connection = connect(server(&stand)).await;
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
    stand.server().kill().await.unwrap();
    assert_eq!(next_durable(&mut subscription).await, BrokerMsg::Lost);
    assert!(
        stand
            .broker
            .subscribe(BoardId::from_bytes([3; 16]))
            .await
            .is_err()
    );
    stand.server().restart().await.unwrap();
    until_resubscribed(&mut subscription).await;
    expect_heard(&stand, board, &mut subscription).await;
}

async fn a_frozen_server_heals(mut stand: Stand) {
    let (board, _) = stand.board().await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    stand.server().freeze().unwrap();
    // The connection stays up; only the missing answers show that it is dead.
    assert_eq!(next_durable(&mut subscription).await, BrokerMsg::Lost);
    stand.server().thaw().unwrap();
    until_resubscribed(&mut subscription).await;
    expect_heard(&stand, board, &mut subscription).await;
}

async fn health_follows_the_canary(mut stand: Stand) {
    until(async || stand.broker.is_healthy()).await;
    stand.server().freeze().unwrap();
    until(async || !stand.broker.is_healthy()).await;
    stand.server().thaw().unwrap();
    until(async || stand.broker.is_healthy()).await;
}

async fn strangers_on_the_channel_are_passed_over(stand: Stand) {
    let (board, at) = stand.board().await;
    let mut subscription = stand.broker.subscribe(board).await.unwrap();
    let mut connection = connect(server(&stand)).await;
    let [durable, live] = ["d", "x"].map(|lane| format!("cs:{{{board}}}:{lane}"));
    for payload in [&b""[..], b"nonsense", b"C", b"Eshort", &[0xff; 100]] {
        publish(&mut connection, &durable, payload).await;
    }
    publish(&mut connection, &live, &vec![0; 1024 * 1024]).await;
    // Each channel keeps its order, so whatever is heard of the above is heard before these.
    let asked = batch(at, vec![commit(author(1), 1, 5)]);
    done(stand.store.commit(board, &asked).await.unwrap());
    publish(&mut connection, &live, b"known").await;
    let mut heard = [
        next_of(&mut subscription, Some).await,
        next_of(&mut subscription, Some).await,
    ];
    heard.sort_by_key(|message| matches!(message, BrokerMsg::Live(_)));
    let stored = BrokerMsg::Log(LogEvent::Commits {
        epoch: at.epoch,
        first: 1,
        commits: asked.commits,
    });
    let known = BrokerMsg::Live(Bytes::from_static(b"known"));
    // Not printed: what must not be heard is long.
    assert!(heard == [stored, known], "a stranger's message was heard");
}

async fn publish(connection: &mut MultiplexedConnection, channel: &str, payload: &[u8]) {
    let mut publish = redis::cmd("PUBLISH");
    publish.arg(channel).arg(payload);
    let hearers: u64 = publish.query_async(connection).await.unwrap();
    assert_eq!(hearers, 1, "{channel}");
}

#[tokio::test]
async fn a_broker_started_without_its_server_comes_up_with_it() {
    let board = BoardId::from_bytes([1; 16]);
    let mut server = Redis::start(Version::Seven, &[]).await.unwrap();
    server.kill().await.unwrap();
    let (target, reach) = RedisTarget::open(&server.url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)));
    let broker = RedisBroker::new(&target, NodeId::from_bytes([1; 16]));
    assert!(!broker.is_healthy());
    // Messages are queued until the first of them could not be sent, and refused from then on.
    until(async || broker.publish_live(board, Bytes::new()).await.is_err()).await;
    assert!(!broker.is_healthy());
    server.restart().await.unwrap();
    until(async || broker.subscribe(board).await.is_ok()).await;
    until(async || broker.is_healthy()).await;
    let mut subscription = broker.subscribe(board).await.unwrap();
    expect_live(&broker, board, &mut subscription).await;
}

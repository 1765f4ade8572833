//! The Redis broker alone: its channels, lost connections and recovery.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use server::broker::redis::RedisBroker;
use server::broker::{Broker, BrokerMsg, Subscription};
use server::config::RedisConfig;
use server::health::Health;
use server::redis::{Reach, RedisTarget};
use server::store::Store as _;
use server::store::redis::RedisStore;
use shared::id::{BoardId, NodeId, Position};
use shared::sync::log::{Batch, LogEvent};
use testkit::PATIENCE;
use testkit::redis::{Redis, Version};

use super::backend::{
    Backend, author, batch, commit, connect, done, next_durable, next_of, open_redis, persist,
    record,
};

/// Wait between two checks of a condition of which no event tells.
const CHECK_EVERY: Duration = Duration::from_millis(20);

macro_rules! on_redis {
    ($($fact:ident)*) => {
        mod seven { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                super::$fact(super::Backend::redis7().await.unwrap()).await;
            }
        )* }
        mod eight { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                if let Some(backend) = super::Backend::redis8().await {
                    super::$fact(backend).await;
                }
            }
        )* }
    };
}

on_redis! {
    a_board_is_unsubscribed_after_its_last_subscription_is_dropped
    killed_subscriptions_reconnect
    subscriptions_recover_after_a_restart
    subscriptions_recover_after_a_freeze
    health_follows_the_heartbeat
    malformed_messages_on_a_channel_are_skipped
    other_databases_and_prefixes_are_not_heard
}

#[allow(
    clippy::expect_used,
    reason = "a backend of this suite always has a Redis"
)]
fn server(backend: &Backend) -> &Redis {
    match &backend.kind {
        super::backend::Kind::Redis { server, .. } => server,
        _ => panic!("no single Redis here"),
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

/// Waits until a condition holds; Redis sends no event for the conditions of these tests.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    let checking = async {
        while !holds().await {
            tokio::time::sleep(CHECK_EVERY).await;
        }
    };
    tokio::time::timeout(PATIENCE, checking)
        .await
        .expect("it becomes so");
}

async fn a_board_is_unsubscribed_after_its_last_subscription_is_dropped(backend: Backend) {
    let (board, _) = backend.board().await;
    let mut connection = connect(server(&backend)).await;
    let channels = [format!("cs:{{{board}}}:d"), format!("cs:{{{board}}}:x")];
    let first = backend.broker.subscribe(board).await.unwrap();
    let second = backend.broker.subscribe(board).await.unwrap();
    for channel in &channels {
        assert_eq!(subscribers(&mut connection, channel).await, 1);
    }
    drop(first);
    // The broker carries out requests in order, so when this subscription is confirmed,
    // the drop was handled or comes later; either way the other subscription stays.
    let _another = backend
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

/// Waits for `Resubscribed`; returns the messages before it.
async fn until_resubscribed(subscription: &mut Subscription) -> Vec<BrokerMsg> {
    let mut before = Vec::new();
    loop {
        match next_durable(subscription).await {
            BrokerMsg::Resubscribed => return before,
            other => before.push(other),
        }
    }
}

/// Waits until commits and live messages are received again.
async fn expect_received(backend: &Backend, board: BoardId, subscription: &mut Subscription) {
    let at = persist(|| backend.store.head(board)).await.unwrap().at;
    let mut asked = batch(at, vec![commit(author(9), at.seq + 1, 5)]);
    loop {
        match persist(|| backend.store.commit(board, &asked)).await {
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
    expect_live(&*backend.broker, board, subscription).await;
}

/// Waits until live messages are received again.
async fn expect_live(broker: &dyn Broker, board: BoardId, subscription: &mut Subscription) {
    let mark = Bytes::copy_from_slice(&rand::random::<[u8; 16]>());
    let publishing = async {
        loop {
            // Live messages may be lost while the connection comes up.
            drop(broker.publish_live(board, mark.clone()));
            tokio::time::sleep(CHECK_EVERY).await;
        }
    };
    tokio::select! {
        () = publishing => {}
        () = next_of(subscription, |it| (it == BrokerMsg::Live(mark.clone())).then_some(())) => {}
    }
}

async fn killed_subscriptions_reconnect(backend: Backend) {
    let (board, _) = backend.board().await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    let mut connection = connect(server(&backend)).await;
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
    expect_received(&backend, board, &mut subscription).await;
}

/// An attempt to subscribe fails. Then the connections have been given up.
async fn nobody_can_subscribe(backend: &Backend) {
    let attempt = backend.broker.subscribe(BoardId::from_bytes([3; 16]));
    assert!(attempt.await.is_err());
}

async fn subscriptions_recover_after_a_restart(mut backend: Backend) {
    let (board, _) = backend.board().await;
    persist(|| backend.store.wait_durable(board)).await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    backend.server().kill().await.unwrap();
    nobody_can_subscribe(&backend).await;
    backend.server().restart().await.unwrap();
    until_resubscribed(&mut subscription).await;
    expect_received(&backend, board, &mut subscription).await;
}

async fn subscriptions_recover_after_a_freeze(mut backend: Backend) {
    let (board, _) = backend.board().await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    backend.server().freeze().unwrap();
    // The connection stays up; only the missing answers show that it is dead.
    nobody_can_subscribe(&backend).await;
    backend.server().thaw().unwrap();
    until_resubscribed(&mut subscription).await;
    expect_received(&backend, board, &mut subscription).await;
}

async fn health_follows_the_heartbeat(mut backend: Backend) {
    until(async || backend.broker.health() == Health::Ok).await;
    backend.server().freeze().unwrap();
    until(async || backend.broker.health().is_down()).await;
    backend.server().thaw().unwrap();
    until(async || backend.broker.health() == Health::Ok).await;
}

async fn malformed_messages_on_a_channel_are_skipped(backend: Backend) {
    let (board, at) = backend.board().await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    let mut connection = connect(server(&backend)).await;
    let [durable, live] = ["d", "x"].map(|lane| format!("cs:{{{board}}}:{lane}"));
    for payload in [&b""[..], b"nonsense", b"C", b"Eshort", &[0xff; 100]] {
        publish(&mut connection, &durable, payload).await;
    }
    publish(&mut connection, &live, &vec![0; 1024 * 1024]).await;
    // Each channel keeps its order, so any of the above would be received before these.
    let asked = batch(at, vec![commit(author(1), 1, 5)]);
    done(backend.store.commit(board, &asked).await.unwrap());
    publish(&mut connection, &live, b"known").await;
    expect_only(&mut subscription, at, &asked, b"known").await;
}

/// The next two messages are the commits that were stored at a position and a live message.
async fn expect_only(
    subscription: &mut Subscription,
    at: Position,
    asked: &Batch,
    live: &'static [u8],
) {
    let mut received = [
        next_of(subscription, Some).await,
        next_of(subscription, Some).await,
    ];
    received.sort_by_key(|message| matches!(message, BrokerMsg::Live(_)));
    let stored = BrokerMsg::Log(LogEvent::Commits {
        epoch: at.epoch,
        first: at.seq + 1,
        commits: asked.commits.clone(),
    });
    let live = BrokerMsg::Live(Bytes::from_static(live));
    // The messages are not printed, because a wrong one is long.
    assert!(received == [stored, live], "another message was delivered");
}

async fn other_databases_and_prefixes_are_not_heard(backend: Backend) {
    let at = |url: &str, prefix: &str| RedisConfig {
        prefix: prefix.to_owned(),
        ..RedisConfig::at(url).unwrap()
    };
    let url = server(&backend).url();
    let (board, start) = backend.board().await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    for config in [
        at(&format!("{url}1"), "cs"),
        at(&url, "other"),
        at(&format!("{url}1"), "other"),
    ] {
        let (target, _) = RedisTarget::open(&config).await.unwrap();
        let node = NodeId::from_bytes(rand::random());
        let (store, broker) = (
            RedisStore::new(&target, node),
            RedisBroker::new(&target, node),
        );
        assert_eq!(store.head(board).await.unwrap(), None, "{config:?}");
        let record = record("Theirs");
        persist(|| store.create(board, &record, start.epoch)).await;
        let mut theirs = broker.subscribe(board).await.unwrap();
        done(
            store
                .commit(board, &batch(start, vec![commit(author(9), 1, 5)]))
                .await
                .unwrap(),
        );
        expect_live(&broker, board, &mut theirs).await;
    }
    // Each channel keeps its order, so anything of the others would be received before these.
    let asked = batch(start, vec![commit(author(1), 1, 5)]);
    done(backend.store.commit(board, &asked).await.unwrap());
    let mut connection = connect(server(&backend)).await;
    publish(&mut connection, &format!("cs:{{{board}}}:x"), b"ours").await;
    expect_only(&mut subscription, start, &asked, b"ours").await;
}

async fn publish(connection: &mut MultiplexedConnection, channel: &str, payload: &[u8]) {
    let mut publish = redis::cmd("PUBLISH");
    publish.arg(channel).arg(payload);
    let receivers: u64 = publish.query_async(connection).await.unwrap();
    assert_eq!(receivers, 1, "{channel}");
}

#[tokio::test]
async fn a_broker_started_before_its_server_connects_later() {
    let board = BoardId::from_bytes([1; 16]);
    let mut server = Redis::start(Version::Seven, &[]).await.unwrap();
    server.kill().await.unwrap();
    let (target, reach) = open_redis(&server.url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)));
    let broker = RedisBroker::new(&target, NodeId::from_bytes([1; 16]));
    assert!(broker.health().is_down());
    // Messages are queued until the first of them could not be sent, and refused from then on.
    until(async || broker.publish_live(board, Bytes::new()).is_err()).await;
    assert!(broker.health().is_down());
    server.restart().await.unwrap();
    until(async || broker.subscribe(board).await.is_ok()).await;
    until(async || broker.health() == Health::Ok).await;
    let mut subscription = broker.subscribe(board).await.unwrap();
    expect_live(&broker, board, &mut subscription).await;
}

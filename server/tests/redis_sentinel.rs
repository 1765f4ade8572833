//! A master that Sentinels watch: its start, and failover in the middle of writing; and a master that
//! was demoted for a moment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/backend.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod backend;
#[path = "support/follower.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod follower;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;
#[path = "support/writer.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod writer;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::{
    Backend, Kind, author, batch, commit, done, fresh_epoch, open_redis, persist, record,
};
use follower::Following;
use redis::aio::MultiplexedConnection;
use server::config::RedisConfig;
use server::redis::{Reach, RedisTarget};
use server::store::redis::RedisStore;
use server::store::{Store as _, StoreError};
use shared::id::{BoardId, NodeId, Position};
use shared::protocol::ServerMsg;
use shared::sync::log::BatchReply;
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;
use testkit::redis::{Redis, Version, until};
use testkit::redis_sentinel::RedisSentinel;
use writer::{Authors, Writer};

/// Long enough for a Redis that can confirm: it syncs each second, or has had 2 s for it.
const LONGER_THAN_A_SYNC: Duration = Duration::from_secs(5);

/// A test on both versions.
macro_rules! on_both {
    ($($fact:ident($replicas:expr, $options:expr))*) => {
        mod seven { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                let start = super::RedisSentinel::start;
                let servers = start(super::Version::Seven, $replicas, $options);
                super::$fact(servers.await.unwrap()).await;
            }
        )* }
        mod eight { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                if !super::Version::Eight.is_skipped() {
                    let start = super::RedisSentinel::start;
                    let servers = start(super::Version::Eight, $replicas, $options);
                    super::$fact(servers.await.unwrap()).await;
                }
            }
        )* }
    };
}

on_both! {
    authors_and_subscribers_go_on_after_a_failover(1, &[])
    nothing_durable_is_lost_when_the_master_dies(1, &["--min-replicas-to-write", "1"])
    what_a_needed_replica_lacks_is_not_durable(1, &["--min-replicas-to-write", "1"])
    the_program_goes_on_after_a_failover(1, &[])
}

async fn work_on(backend: &Backend) -> (Authors, Vec<Following>) {
    let (mut writers, mut following) = (Vec::new(), Vec::new());
    for number in 1..=2 {
        let (board, at) = backend.board().await;
        let store = Arc::clone(&backend.store);
        writers.push(Writer::new(store, board, author(number), at));
        following.push(Following::start(backend.neighbour(), board, at).await);
    }
    (Authors::start(writers), following)
}

fn redis_of(backend: &mut Backend) -> &mut RedisSentinel {
    match &mut backend.kind {
        Kind::Sentinel { servers, .. } => servers,
        _ => panic!("no Sentinels here"),
    }
}

/// Kills the master while authors write, and waits until the replica has taken its place.
async fn kill_master(backend: &mut Backend) -> (Authors, Vec<Following>) {
    let (authors, following) = work_on(backend).await;
    let redis = redis_of(backend);
    redis.until_failover_is_possible().await.unwrap();
    authors.until_some_is_durable().await;
    redis.servers[0].kill().await.unwrap();
    redis.until_master_is(1).await.unwrap();
    (authors, following)
}

async fn authors_and_subscribers_go_on_after_a_failover(servers: RedisSentinel) {
    let mut backend = Backend::sentinel(servers).await;
    let (authors, following) = kill_master(&mut backend).await;
    authors.until_all_met_another_epoch().await;
    authors.until_some_is_durable().await;
    for (writer, following) in authors.stop().await.iter().zip(following) {
        following.expect_all(writer.acknowledged()).await;
    }
}

/// A master takes no commits without its replica. So no client writes until the old master is back, as
/// a replica.
async fn nothing_durable_is_lost_when_the_master_dies(servers: RedisSentinel) {
    let mut backend = Backend::sentinel(servers).await;
    let (authors, following) = kill_master(&mut backend).await;
    let servers = &mut redis_of(&mut backend).servers;
    servers[0].restart().await.unwrap();
    let mut follow = redis::cmd("REPLICAOF");
    follow.arg("127.0.0.1").arg(servers[1].port().unwrap());
    let mut connection = servers[0].connect().await.unwrap();
    follow.exec_async(&mut connection).await.unwrap();
    authors.until_all_met_another_epoch().await;
    authors.until_some_is_durable().await;
    for (writer, following) in authors.stop().await.iter().zip(following) {
        following.expect_all(writer.acknowledged()).await;
    }
}

async fn what_a_needed_replica_lacks_is_not_durable(servers: RedisSentinel) {
    let mut backend = Backend::sentinel(servers).await;
    let (board, at) = backend.board().await;
    persist(|| backend.store.wait_durable(board)).await;
    redis_of(&mut backend).servers[1].freeze().unwrap();
    let asked = batch(at, vec![commit(author(1), 1, 20)]);
    done(backend.store.commit(board, &asked).await.unwrap());
    let waiting = backend.store.wait_durable(board);
    match tokio::time::timeout(LONGER_THAN_A_SYNC, waiting).await {
        Err(_) | Ok(Err(StoreError::Unavailable(_))) => {}
        other => panic!("{other:?}"),
    }
    redis_of(&mut backend).servers[1].thaw().unwrap();
    persist(|| backend.store.wait_durable(board)).await;
}

async fn the_program_goes_on_after_a_failover(mut servers: RedisSentinel) {
    let (url, sentinels) = (servers.url(), servers.sentinels());
    let options = ["--redis-url", &url, "--redis-sentinels", &sentinels];
    let server = program::start(&options).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
    program::until_ready_is(&server, 200).await;
    servers.until_failover_is_possible().await.unwrap();
    servers.servers[0].kill().await.unwrap();
    let killed = Instant::now();
    let is_ok = |report: &serde_json::Value| report["status"] == "ok";
    program::until_ready(&server, 200, |report| !is_ok(report)).await;
    program::until_ready(&server, 200, is_ok).await;
    eprintln!("ready {:?} after the kill", killed.elapsed());
    let (mut ben, _) = Client::join(server.address(), board.edit, 2).await;
    ben.send(&commit_stroke(2, 1, 10)).await;
    // The new master begins an epoch, in which a page sends again what it has.
    let is_epoch = |message| matches!(message, ServerMsg::NewEpoch { .. }).then_some(());
    ben.until("an epoch", is_epoch).await;
    ben.send(&commit_stroke(2, 1, 10)).await;
    ben.receives_seq(2).await;
}

#[tokio::test]
async fn a_dead_sentinel_does_not_matter() {
    let mut servers = RedisSentinel::start(Version::Seven, 1, &[]).await.unwrap();
    servers.kill_sentinel(0).await.unwrap();
    let config = RedisConfig::by_sentinels(&servers.url(), &servers.sentinels()).unwrap();
    let (_, reach) = RedisTarget::open(&config).await.unwrap();
    assert_eq!(reach, Reach::Ready);
}

#[tokio::test]
async fn a_name_that_no_sentinel_knows_is_named() {
    let servers = RedisSentinel::start(Version::Seven, 0, &[]).await.unwrap();
    let config = RedisConfig::by_sentinels("redis://unknown-master", &servers.sentinels()).unwrap();
    let (_, reach) = RedisTarget::open(&config).await.unwrap();
    let Reach::Unreachable(reason) = reach else {
        panic!("{reach:?}");
    };
    assert!(
        reason.contains("unknown-master") && reason.contains("Sentinel"),
        "{reason}"
    );
}

/// The ids of all connections of others to a server.
async fn clients(admin: &mut MultiplexedConnection) -> HashSet<u64> {
    let own: u64 = redis::cmd("CLIENT")
        .arg("ID")
        .query_async(admin)
        .await
        .unwrap();
    let mut list = redis::cmd("CLIENT");
    list.arg("LIST").arg("TYPE").arg("normal");
    let list: String = list.query_async(admin).await.unwrap();
    let ids = list.lines().filter_map(|line| line.strip_prefix("id="));
    let ids = ids.filter_map(|line| line.split(' ').next()?.parse().ok());
    ids.filter(|id| *id != own).collect()
}

/// Lets a server follow another one, or be a master again, and waits until it is.
async fn follow(server: &mut MultiplexedConnection, master: Option<&Redis>) {
    let mut follow = redis::cmd("REPLICAOF");
    match master {
        Some(master) => follow.arg("127.0.0.1").arg(master.port().unwrap()),
        None => follow.arg("NO").arg("ONE"),
    };
    follow.exec_async(server).await.unwrap();
    let wanted = match master {
        Some(_) => "master_link_status:up",
        None => "role:master",
    };
    let info = || redis::cmd("INFO").arg("replication").clone();
    until(async || {
        let info: String = info().query_async(&mut server.clone()).await?;
        Ok(info.contains(wanted))
    })
    .await
    .unwrap();
}

/// A master that follows another one and comes back has lost all that the other one lacked, though its
/// process never ended.
async fn a_demotion_begins_a_new_epoch(fsync: &str) {
    let options = ["--appendonly", "yes", "--appendfsync", fsync];
    let start = || async { Redis::start(Version::Seven, &options).await.unwrap() };
    let (server, other) = (start().await, start().await);
    let mut admin = server.connect().await.unwrap();
    let mut admin_of_other = other.connect().await.unwrap();
    let before = open_redis(&server.url()).await.unwrap().0;
    let node = NodeId::from_bytes([1; 16]);
    let store = RedisStore::new(&before, node);
    let (board, epoch) = (BoardId::from_bytes(rand::random()), fresh_epoch());
    let record = record("Demoted");
    persist(|| store.create(board, &record, epoch)).await;
    let at = Position { epoch, seq: 0 };
    let first = batch(at, vec![commit(author(1), 1, 10)]);
    done(persist(|| store.commit(board, &first)).await);
    follow(&mut admin_of_other, Some(&server)).await;
    follow(&mut admin_of_other, None).await;
    // The other one lacks this.
    let second = batch(Position { epoch, seq: 1 }, vec![commit(author(1), 2, 10)]);
    done(persist(|| store.commit(board, &second)).await);
    let old = clients(&mut admin).await;
    follow(&mut admin, Some(&other)).await;
    follow(&mut admin, None).await;
    let head = persist(|| store.head(board)).await.unwrap();
    assert_eq!(head.at.seq, 1);
    let another = batch(Position { epoch, seq: 1 }, vec![commit(author(2), 1, 10)]);
    // A server that starts now.
    let fresh = RedisStore::new(&open_redis(&server.url()).await.unwrap().0, node);
    let reply = persist(|| fresh.commit(board, &another)).await;
    assert!(matches!(reply, BatchReply::EpochChanged(_)), "{reply:?}");
    // A server with older connections makes them anew.
    until(async || Ok(clients(&mut admin).await.is_disjoint(&old)))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_demotion_begins_a_new_epoch_everysec() {
    a_demotion_begins_a_new_epoch("everysec").await;
}

#[tokio::test]
async fn a_demotion_begins_a_new_epoch_always() {
    a_demotion_begins_a_new_epoch("always").await;
}

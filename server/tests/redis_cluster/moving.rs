//! Slots move and masters are replaced while authors write.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use server::broker::BrokerMsg;
use shared::id::{BoardId, Position};
use testkit::redis::Version;
use testkit::redis_cluster::{RedisCluster, SlotMove};

use super::backend::{Backend, Kind, author, next_of, persist};
use super::follower::Following;
use super::writer::{Authors, Writer};

/// Pause between two steps of a moving slot, in which authors meet each state.
const STEP: Duration = Duration::from_millis(30);

macro_rules! on_both {
    ($($fact:ident($masters:expr, $replicas:expr, $options:expr))*) => {
        mod seven { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                let (masters, replicas) = ($masters, $replicas);
                let cluster =
                    super::RedisCluster::start(super::Version::Seven, masters, replicas, $options);
                super::$fact(super::Backend::cluster(cluster.await.unwrap()).await).await;
            }
        )* }
        mod eight { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                if super::Version::Eight.is_skipped() {
                    return;
                }
                let (masters, replicas) = ($masters, $replicas);
                let cluster =
                    super::RedisCluster::start(super::Version::Eight, masters, replicas, $options);
                super::$fact(super::Backend::cluster(cluster.await.unwrap()).await).await;
            }
        )* }
    };
}

on_both! {
    nothing_is_lost_while_slots_move(3, 0, &[])
    a_subscription_follows_its_slot(3, 0, &[])
    a_board_can_be_made_and_loaded_after_its_slot_was_half_moved(3, 0, &[])
    nothing_durable_is_lost_when_a_master_dies(3, 1, &["--min-replicas-to-write", "1"])
}

fn cluster(backend: &Backend) -> &RedisCluster {
    match &backend.kind {
        Kind::Cluster { cluster, .. } => cluster,
        _ => panic!("no cluster here"),
    }
}

/// Two authors on two boards, two subscribers elsewhere, and slots that go round.
async fn nothing_is_lost_while_slots_move(backend: Backend) {
    let (mut writers, mut following, mut slots) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..=2 {
        let (board, at) = backend.board().await;
        slots.push(cluster(&backend).slot_of(&board.to_string()).await.unwrap());
        let store = Arc::clone(&backend.store);
        writers.push(Writer::new(store, board, author(number), at));
        following.push(Following::start(backend.neighbour(), board, at).await);
    }
    let authors = Authors::start(writers);
    for _ in 0..3 {
        for slot in &slots {
            move_slowly(cluster(&backend), *slot).await;
        }
    }
    for (writer, following) in authors.stop().await.iter().zip(following) {
        let follower = following.expect_all(writer.acknowledged()).await;
        assert!(follower.reports >= 3, "each move is reported");
    }
}

/// Moves a slot to the next master, one key after the other.
async fn move_slowly(cluster: &RedisCluster, slot: u16) {
    let from = cluster.owner_of(slot).await.unwrap();
    let to = (from + 1) % cluster.masters.len();
    let mut moving = SlotMove::begin(cluster, slot, from, to).await.unwrap();
    tokio::time::sleep(STEP).await;
    while moving.next_keys(1).await.unwrap() {
        tokio::time::sleep(STEP).await;
    }
    moving.finish(cluster).await.unwrap();
    tokio::time::sleep(STEP).await;
}

async fn a_subscription_follows_its_slot(backend: Backend) {
    let (board, _) = backend.board().await;
    let (_, elsewhere) = backend.neighbour();
    let mut subscription = elsewhere.subscribe(board).await.unwrap();
    let slot = cluster(&backend).slot_of(&board.to_string()).await.unwrap();
    move_slowly(cluster(&backend), slot).await;
    let is_report = |it| (it == BrokerMsg::Resubscribed).then_some(());
    next_of(&mut subscription, is_report).await;
    let publishing = async {
        loop {
            // Live messages may be lost until all servers know the new master.
            drop(
                backend
                    .broker
                    .publish_live(board, Bytes::from_static(b"ink")),
            );
            tokio::time::sleep(STEP).await;
        }
    };
    let is_ink = |it| (it == BrokerMsg::Live(Bytes::from_static(b"ink"))).then_some(());
    tokio::select! {
        () = publishing => {}
        () = next_of(&mut subscription, is_ink) => {}
    }
}

async fn a_board_can_be_made_and_loaded_after_its_slot_was_half_moved(backend: Backend) {
    let (board, at) = backend.board().await;
    let at = backend.store_run(board, at, author(1), 3).await;
    let cluster = cluster(&backend);
    let slot = cluster.slot_of(&board.to_string()).await.unwrap();
    let from = cluster.owner_of(slot).await.unwrap();
    let to = (from + 1) % cluster.masters.len();
    let mut moving = SlotMove::begin(cluster, slot, from, to).await.unwrap();
    assert!(moving.next_keys(1).await.unwrap());
    // Neither master has all keys, so no client gets a part of the board.
    assert!(
        backend
            .store
            .commit(board, &super::backend::batch(at, Vec::new()))
            .await
            .is_err()
    );
    assert_eq!(backend.store.head(board).await.unwrap().unwrap().at, at);
    while moving.next_keys(1).await.unwrap() {}
    // The slot still belongs to the old master, which sends everybody to the new one.
    assert_eq!(backend.store.head(board).await.unwrap().unwrap().at, at);
    assert!(backend.store.wait_durable(board).await.is_err());
    moving.finish(cluster).await.unwrap();
    let loaded = persist(|| backend.store.load(board)).await.unwrap();
    assert_eq!((loaded.at, loaded.commits.len()), (at, 3));
    persist(|| backend.store.wait_durable(board)).await;
}

/// Makes a board on a master.
async fn board_on(backend: &Backend, master: usize) -> (BoardId, Position) {
    loop {
        let (board, at) = backend.board().await;
        let cluster = cluster(backend);
        let slot = cluster.slot_of(&board.to_string()).await.unwrap();
        if cluster.owner_of(slot).await.unwrap() == master {
            return (board, at);
        }
    }
}

/// A master is killed while authors of boards on all masters write. Its replica takes over, and
/// no client writes to it until the old master is back, as a replica.
async fn nothing_durable_is_lost_when_a_master_dies(mut backend: Backend) {
    let (mut on_killed, mut on_others, mut following) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..3 {
        let (board, at) = board_on(&backend, number).await;
        persist(|| backend.store.wait_durable(board)).await;
        let store = Arc::clone(&backend.store);
        let author = author(u8::try_from(number).unwrap());
        let writer = Writer::new(store, board, author, at);
        let group = if number == 0 {
            &mut on_killed
        } else {
            &mut on_others
        };
        group.push(writer);
        following.push(Following::start(backend.neighbour(), board, at).await);
    }
    let (on_killed, on_others) = (Authors::start(on_killed), Authors::start(on_others));
    on_killed.until_some_is_durable().await;
    let Kind::Cluster { cluster, .. } = &mut backend.kind else {
        unreachable!()
    };
    cluster.masters[0].kill().await.unwrap();
    cluster.until_replica_took_over(0).await.unwrap();
    cluster.masters[0].restart().await.unwrap();
    on_killed.until_all_met_another_epoch().await;
    on_killed.until_some_is_durable().await;
    let mut writers = on_killed.stop().await;
    for writer in on_others.stop().await {
        assert_eq!(writer.epochs, 0, "the other masters go on as before");
        writers.push(writer);
    }
    for (writer, following) in writers.iter().zip(following) {
        following.expect_all(writer.acknowledged()).await;
    }
}

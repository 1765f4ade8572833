//! Subscriptions that end while one master is dead.

use shared::id::BoardId;
use testkit::redis::{Version, until};
use testkit::redis_cluster::RedisCluster;

use super::backend::{Backend, Kind, connect};

/// More than the requests that may wait for one connection.
const SUBSCRIPTIONS: usize = 1_200;

/// The channels of boards to which rooms subscribed on a master.
async fn channels_of_boards(cluster: &RedisCluster, master: usize) -> usize {
    let mut ask = redis::cmd("PUBSUB");
    ask.arg("SHARDCHANNELS");
    let mut connection = connect(&cluster.masters[master]).await;
    let channels: Vec<String> = ask.query_async(&mut connection).await.unwrap();
    let of_board = |channel: &&String| !channel.contains("canary");
    channels.iter().filter(of_board).count()
}

/// Boards that the last of three masters has.
async fn boards_of_the_last(cluster: &RedisCluster, count: usize) -> Vec<BoardId> {
    let mut connection = connect(&cluster.masters[2]).await;
    let mut boards = Vec::new();
    while boards.len() < count {
        let board = BoardId::from_bytes(rand::random());
        let mut ask = redis::cmd("CLUSTER");
        ask.arg("KEYSLOT").arg(board.to_string());
        let slot: u16 = ask.query_async(&mut connection).await.unwrap();
        if slot > 11_000 {
            boards.push(board);
        }
    }
    boards
}

#[tokio::test]
async fn a_dead_master_keeps_nobody_from_unsubscribing_from_another() {
    let options = ["--cluster-require-full-coverage", "no"];
    let cluster = RedisCluster::start(Version::Seven, 3, 0, &options)
        .await
        .unwrap();
    let mut backend = Backend::cluster(cluster).await;
    let Kind::Cluster { cluster, .. } = &mut backend.kind else {
        panic!("no cluster here");
    };
    cluster.masters[0].kill().await.unwrap();
    for board in boards_of_the_last(cluster, SUBSCRIPTIONS).await {
        let subscription = backend.broker.subscribe(board).await.unwrap();
        drop(subscription);
    }
    until(async || Ok(channels_of_boards(cluster, 2).await == 0))
        .await
        .unwrap();
}

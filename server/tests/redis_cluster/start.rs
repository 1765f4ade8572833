//! A cluster is recognised, and one that cannot be used is refused.

use server::config::RedisConfig;
use server::health::Health;
use server::redis::{Reach, RedisOpenError, RedisTarget};
use server::store::Store as _;
use server::store::redis::RedisStore;
use shared::id::{BoardId, NodeId};
use testkit::redis::{Redis, Version};
use testkit::redis_cluster::RedisCluster;

use super::backend::{fresh_epoch, open_redis, persist, record, until_health};

/// Makes boards until all masters have some.
async fn makes_boards(target: &RedisTarget) {
    let store = RedisStore::new(target, NodeId::from_bytes([1; 16]));
    for _ in 0..20 {
        let board = BoardId::from_bytes(rand::random());
        let record = record("On some master");
        persist(|| store.create(board, &record, fresh_epoch())).await;
        assert!(store.head(board).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn one_address_of_a_cluster_is_enough_and_dead_ones_do_not_matter() {
    let mut cluster = RedisCluster::start(Version::Seven, 3, 0, &[])
        .await
        .unwrap();
    for master in &cluster.masters {
        let (target, reach) = open_redis(&master.url()).await.unwrap();
        assert_eq!(reach, Reach::Ready);
        makes_boards(&target).await;
    }
    let mut dead = Redis::start(Version::Seven, &[]).await.unwrap();
    dead.kill().await.unwrap();
    let host = |server: &Redis| format!("127.0.0.1:{}", server.port().unwrap());
    let (dead, alive) = (host(&dead), host(&cluster.masters[2]));
    let (target, reach) = open_redis(&format!("redis://{dead},{alive}/0"))
        .await
        .unwrap();
    assert_eq!(reach, Reach::Ready);
    makes_boards(&target).await;
    cluster.masters[0].kill().await.unwrap();
    let (_, reach) = open_redis(&cluster.url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)), "{reach:?}");
}

#[tokio::test]
async fn a_cluster_that_starts_later_is_recognised() {
    let mut cluster = RedisCluster::start(Version::Seven, 3, 0, &[])
        .await
        .unwrap();
    for master in &mut cluster.masters {
        master.kill().await.unwrap();
    }
    let (target, reach) = open_redis(&cluster.masters[0].url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)), "{reach:?}");
    for master in &mut cluster.masters {
        master.restart().await.unwrap();
    }
    makes_boards(&target).await;
}

#[tokio::test]
async fn another_database_of_a_cluster_is_refused() {
    let cluster = RedisCluster::start(Version::Seven, 3, 0, &[])
        .await
        .unwrap();
    let error = open_redis(&format!("{}1", cluster.url()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, RedisOpenError::ClusterDatabase { .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("database 0"), "{error}");
}

#[tokio::test]
async fn several_addresses_without_a_cluster_are_refused() {
    let (one, other) = (
        Redis::start(Version::Seven, &[]).await.unwrap(),
        Redis::start(Version::Seven, &[]).await.unwrap(),
    );
    let url = format!(
        "{},127.0.0.1:{}",
        one.url().trim_end_matches('/'),
        other.port().unwrap()
    );
    let error = open_redis(&url).await.unwrap_err();
    assert!(
        matches!(error, RedisOpenError::NotACluster { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn every_master_is_inspected() {
    let cluster = RedisCluster::start(Version::Seven, 3, 0, &[])
        .await
        .unwrap();
    let mut last = cluster.masters[2].connect().await.unwrap();
    let mut set = redis::cmd("CONFIG");
    set.arg("SET").arg("maxmemory-policy").arg("allkeys-lru");
    set.exec_async(&mut last).await.unwrap();
    let config = RedisConfig::at(&cluster.masters[0].url()).unwrap();
    let error = RedisTarget::open(&config).await.unwrap_err();
    assert!(matches!(error, RedisOpenError::Evicts { .. }), "{error:?}");
}

/// A cluster without full coverage goes on in part; the report says so, and servers stay ready.
#[tokio::test]
async fn the_boards_of_other_masters_go_on_while_one_is_away() {
    let options = ["--cluster-require-full-coverage", "no"];
    let mut cluster = RedisCluster::start(Version::Seven, 3, 0, &options)
        .await
        .unwrap();
    let (target, _) = open_redis(&cluster.url()).await.unwrap();
    let store = RedisStore::new(&target, NodeId::from_bytes([1; 16]));
    let (mut here, mut away) = (None, None);
    while here.is_none() || away.is_none() {
        let board = BoardId::from_bytes(rand::random());
        let record = record("A board");
        persist(|| store.create(board, &record, fresh_epoch())).await;
        let slot = cluster.slot_of(&board.to_string()).await.unwrap();
        match cluster.owner_of(slot).await.unwrap() {
            0 => away = Some(board),
            _ => here = Some(board),
        }
    }
    persist(|| store.wait_durable(away.unwrap())).await;
    cluster.masters[0].kill().await.unwrap();
    let is_degraded = |health: &Health| matches!(health, Health::Degraded(_));
    until_health(&store, is_degraded).await;
    assert!(persist(|| store.head(here.unwrap())).await.is_some());
    assert!(store.head(away.unwrap()).await.is_err());
    cluster.masters[0].restart().await.unwrap();
    assert!(persist(|| store.head(away.unwrap())).await.is_some());
    until_health(&store, |health| *health == Health::Ok).await;
}

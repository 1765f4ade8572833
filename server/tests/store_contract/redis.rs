//! The Redis store alone: its start, restarts of its server, and lost commits.

use redis::AsyncCommands as _;
use server::broker::BrokerMsg;
use server::config::RedisConfig;
use server::health::Health;
use server::redis::{Reach, RedisOpenError};
use server::store::redis::RedisStore;
use server::store::{Compaction, Store as _, StoreError};
use shared::id::{BoardId, NodeId, Position};
use shared::sync::log::{BatchReply, LogEvent, Outcome};
use testkit::redis::{Redis, Version};

use super::backend::{
    Backend, author, batch, commit, connect, done, fresh_epoch, next_durable, open_redis, persist,
    record, until_health,
};

/// A test on both versions of Redis, or on the named ones, with server options.
macro_rules! on_redis {
    ($($fact:ident($options:expr))*) => {
        mod seven { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                let server = super::Redis::start(super::Version::Seven, $options).await;
                super::$fact(server.unwrap()).await;
            }
        )* }
        mod eight { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                if !super::Version::Eight.is_skipped() {
                    let server = super::Redis::start(super::Version::Eight, $options).await;
                    super::$fact(server.unwrap()).await;
                }
            }
        )* }
    };
}

on_redis! {
    a_lost_tail_begins_an_epoch(&[])
    a_flushed_server_knows_no_board(&[])
    compaction_frees_the_stream_up_to_the_floor(&[])
    a_restart_begins_an_epoch_and_keeps_durable_commits(&[])
    a_restart_with_fsync_always_changes_nothing(&["--appendfsync", "always"])
    a_frozen_server_is_unavailable_and_recovers(&[])
    without_an_append_only_file_nothing_is_durable(&["--appendonly", "no"])
    with_fsync_always_everything_is_durable_at_once(&["--appendfsync", "always"])
    a_server_that_evicts_keys_is_refused(&["--maxmemory-policy", "allkeys-lru"])
    settings_that_change_while_the_server_runs_are_noticed(&[])
    a_wrong_password_is_refused_and_not_repeated(&["--requirepass", "open sesame"])
    a_server_out_of_memory_refuses_whole_batches(&[])
}

fn keys(board: BoardId) -> (String, String, String) {
    let key = |name: &str| format!("cs:{{{board}}}:{name}");
    (key("meta"), key("log"), key("ded"))
}

async fn a_lost_tail_begins_an_epoch(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 5).await;
    let Backend {
        store,
        broker,
        kind,
    } = &backend;
    let super::backend::Kind::Redis { server, .. } = kind else {
        unreachable!()
    };
    let mut subscription = broker.subscribe(board).await.unwrap();
    // As if the server had lost the last two commits in a crash.
    let mut connection = connect(server).await;
    let (meta, log, authors) = keys(board);
    let mut lose = redis::pipe();
    lose.cmd("DEL").arg(&log).ignore();
    for kept in (1..=3).map(|cno| (cno, commit(author(1), cno, 20))) {
        let (seq, commit) = kept;
        lose.cmd("XADD")
            .arg(&log)
            .arg(format!("{seq}-0"))
            .arg("c")
            .arg(commit.author.as_bytes());
        lose.arg("n")
            .arg(seq)
            .arg("d")
            .arg(&commit.payload[..])
            .ignore();
    }
    lose.cmd("HSET").arg(&meta).arg("s").arg(3).ignore();
    lose.cmd("HSET")
        .arg(&authors)
        .arg(author(1).as_bytes())
        .arg(3)
        .ignore();
    let _: () = lose.query_async(&mut connection).await.unwrap();
    let asked = batch(at, vec![commit(author(1), 6, 20)]);
    let fresh = Position {
        epoch: asked.fresh_epoch,
        seq: 3,
    };
    assert_eq!(
        store.commit(board, &asked).await.unwrap(),
        BatchReply::EpochChanged(fresh)
    );
    assert_eq!(
        next_durable(&mut subscription).await,
        BrokerMsg::Log(LogEvent::EpochChanged)
    );
    // Sent again under the new epoch, the lost commits are in the log again.
    let again = batch(
        fresh,
        (1..=6).map(|cno| commit(author(1), cno, 20)).collect(),
    );
    let outcomes = done(store.commit(board, &again).await.unwrap());
    let stored = [4, 5, 6].map(Outcome::Stored);
    assert_eq!(outcomes, [&[Outcome::Duplicate; 3][..], &stored].concat());
}

async fn a_flushed_server_knows_no_board(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, at) = backend.board().await;
    let super::backend::Kind::Redis { server, .. } = &backend.kind else {
        unreachable!()
    };
    let _: () = connect(server).await.flushall().await.unwrap();
    let reply = backend
        .store
        .commit(board, &batch(at, vec![commit(author(1), 1, 5)]))
        .await;
    assert_eq!(reply.unwrap(), BatchReply::NoBoard);
}

async fn compaction_frees_the_stream_up_to_the_floor(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 10).await;
    let snapshot = bytes::Bytes::from_static(b"whatever it shows");
    let compaction = Compaction {
        at,
        snapshot,
        floor: 7,
    };
    assert!(backend.store.compact(board, &compaction).await.unwrap());
    let super::backend::Kind::Redis { server, .. } = &backend.kind else {
        unreachable!()
    };
    let left: u64 = connect(server).await.xlen(keys(board).1).await.unwrap();
    assert_eq!(left, 3);
}

async fn a_restart_begins_an_epoch_and_keeps_durable_commits(server: Redis) {
    let mut backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 5).await;
    backend.store.wait_durable(board).await.unwrap();
    backend.server().kill().await.unwrap();
    let refused = backend
        .store
        .commit(board, &batch(at, vec![commit(author(1), 6, 5)]))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    backend.server().restart().await.unwrap();
    let asked = batch(at, vec![commit(author(1), 6, 5)]);
    let reply = persist(|| backend.store.commit(board, &asked)).await;
    let fresh = Position {
        epoch: asked.fresh_epoch,
        seq: 5,
    };
    assert_eq!(reply, BatchReply::EpochChanged(fresh));
    let at = backend.store_run(board, fresh, author(1), 1).await;
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    assert_eq!((loaded.at, loaded.commits.len()), (at, 6));
}

async fn a_restart_with_fsync_always_changes_nothing(server: Redis) {
    let mut backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 5).await;
    backend.server().kill().await.unwrap();
    backend.server().restart().await.unwrap();
    let asked = batch(at, vec![commit(author(1), 6, 5)]);
    let reply = persist(|| backend.store.commit(board, &asked)).await;
    assert_eq!(reply, BatchReply::Done(vec![Outcome::Stored(6)]));
}

async fn a_frozen_server_is_unavailable_and_recovers(server: Redis) {
    let mut backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 1).await;
    backend.server().freeze().unwrap();
    let asked = batch(at, vec![commit(author(1), 2, 5)]);
    let refused = backend.store.commit(board, &asked).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    until_health(&*backend.store, Health::is_down).await;
    backend.server().thaw().unwrap();
    // The first try may have been carried out after all: then the second is a repetition.
    let outcomes = done(persist(|| backend.store.commit(board, &asked)).await);
    assert!(
        matches!(outcomes[..], [Outcome::Stored(2) | Outcome::Duplicate]),
        "{outcomes:?}"
    );
    assert_eq!(
        persist(|| backend.store.load(board))
            .await
            .unwrap()
            .commits
            .len(),
        2
    );
}

async fn without_an_append_only_file_nothing_is_durable(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, _) = backend.board().await;
    assert!(matches!(
        backend.store.wait_durable(board).await,
        Err(StoreError::NeverDurable)
    ));
    until_health(
        &*backend.store,
        |health| matches!(health, Health::Degraded(reason) if reason.contains("appendonly")),
    )
    .await;
}

async fn with_fsync_always_everything_is_durable_at_once(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, _) = backend.board().await;
    persist(|| backend.store.wait_durable(board)).await;
}

async fn a_server_that_evicts_keys_is_refused(server: Redis) {
    let error = open_redis(&server.url()).await.unwrap_err();
    assert!(matches!(&error, RedisOpenError::Evicts { policy, .. } if policy == "allkeys-lru"));
    assert!(error.to_string().contains("noeviction"), "{error}");
}

async fn settings_that_change_while_the_server_runs_are_noticed(server: Redis) {
    let mut admin = connect(&server).await;
    let backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    backend.store_run(board, start, author(1), 3).await;
    let mut set = async |name: &str, value: &str| {
        let mut set = redis::cmd("CONFIG");
        set.arg("SET").arg(name).arg(value);
        set.exec_async(&mut admin).await.unwrap();
    };
    set("maxmemory-policy", "allkeys-lru").await;
    let down = until_health(&*backend.store, Health::is_down).await;
    assert!(format!("{down:?}").contains("allkeys-lru"), "{down:?}");
    set("maxmemory-policy", "noeviction").await;
    until_health(&*backend.store, |health| !health.is_down()).await;
    set("appendfsync", "no").await;
    let weak = until_health(&*backend.store, |health| *health != Health::Ok).await;
    assert!(!weak.is_down(), "{weak:?}");
}

async fn a_wrong_password_is_refused_and_not_repeated(server: Redis) {
    let with = |password: &str| {
        server
            .url()
            .replace("redis://", &format!("redis://:{password}@"))
    };
    for url in [with("hunter2"), server.url()] {
        let error = open_redis(&url).await.unwrap_err();
        assert!(matches!(error, RedisOpenError::Refused { .. }), "{error:?}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    let (target, reach) = open_redis(&with("open%20sesame")).await.unwrap();
    assert_eq!(reach, Reach::Ready);
    assert!(!format!("{target:?}").contains("sesame"));
}

async fn a_server_out_of_memory_refuses_whole_batches(server: Redis) {
    let backend = Backend::redis(server).await;
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 3).await;
    let super::backend::Kind::Redis { server, .. } = &backend.kind else {
        unreachable!()
    };
    let mut connection = connect(server).await;
    let set = |memory: &'static str| {
        let mut set = redis::cmd("CONFIG");
        set.arg("SET").arg("maxmemory").arg(memory);
        set
    };
    let _: () = set("1").query_async(&mut connection).await.unwrap();
    let asked = batch(at, (4..=6).map(|cno| commit(author(1), cno, 20)).collect());
    let refused = backend.store.commit(board, &asked).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    let health = until_health(&*backend.store, Health::is_down).await;
    assert!(health.reason().unwrap().contains("maxmemory"), "{health:?}");
    // Reading goes on.
    assert_eq!(
        backend
            .store
            .load(board)
            .await
            .unwrap()
            .unwrap()
            .commits
            .len(),
        3
    );
    let _: () = set("0").query_async(&mut connection).await.unwrap();
    assert_eq!(
        done(backend.store.commit(board, &asked).await.unwrap()).len(),
        3
    );
    until_health(&*backend.store, |health| *health == Health::Ok).await;
}

#[test]
fn a_malformed_url_is_refused() {
    for url in [
        "",
        "nonsense",
        "http://127.0.0.1:6379",
        "redis://127.0.0.1:port/",
        "redis://",
    ] {
        assert!(RedisConfig::at(url).is_err(), "{url}");
    }
}

#[tokio::test]
async fn a_server_that_starts_later_is_used() {
    let mut server = Redis::start(Version::Seven, &[]).await.unwrap();
    server.kill().await.unwrap();
    let (target, reach) = open_redis(&server.url()).await.unwrap();
    assert!(matches!(reach, Reach::Unreachable(_)), "{reach:?}");
    let store = RedisStore::new(&target, NodeId::from_bytes([1; 16]));
    until_health(&store, Health::is_down).await;
    server.restart().await.unwrap();
    let board = BoardId::from_bytes(rand::random());
    persist(|| async { store.create(board, &record("Late"), fresh_epoch()).await }).await;
    assert!(store.head(board).await.unwrap().is_some());
}

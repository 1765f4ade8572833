//! What every broker promises.

use bytes::Bytes;
use server::broker::BrokerMsg;
use shared::sync::log::LogEvent;

use super::backend::{Backend, author, batch, commit, done, next_durable, next_of};

fn live(message: BrokerMsg) -> Option<Bytes> {
    match message {
        BrokerMsg::Live(bytes) => Some(bytes),
        BrokerMsg::Log(_) | BrokerMsg::Resubscribed => None,
    }
}

pub(crate) async fn messages_published_after_subscribing_are_received(backend: Backend) {
    let (board, at) = backend.board().await;
    let (_, elsewhere) = backend.neighbour();
    let mut here = backend.broker.subscribe(board).await.unwrap();
    let mut there = elsewhere.subscribe(board).await.unwrap();
    done(
        backend
            .store
            .commit(board, &batch(at, vec![commit(author(1), 1, 9)]))
            .await
            .unwrap(),
    );
    let expected = BrokerMsg::Log(LogEvent::Commits {
        epoch: at.epoch,
        first: 1,
        commits: vec![commit(author(1), 1, 9)],
    });
    assert_eq!(next_durable(&mut here).await, expected);
    assert_eq!(next_durable(&mut there).await, expected);
    backend
        .broker
        .publish_live(board, Bytes::from_static(b"\x00ink\xff"))
        .unwrap();
    assert_eq!(next_of(&mut here, live).await, &b"\x00ink\xff"[..]);
    assert_eq!(next_of(&mut there, live).await, &b"\x00ink\xff"[..]);
}

pub(crate) async fn boards_do_not_receive_messages_of_each_other(backend: Backend) {
    let (one, _) = backend.board().await;
    let (other, _) = backend.board().await;
    let mut subscription = backend.broker.subscribe(one).await.unwrap();
    backend
        .broker
        .publish_live(other, Bytes::from_static(b"not for you"))
        .unwrap();
    backend
        .broker
        .publish_live(one, Bytes::from_static(b"for you"))
        .unwrap();
    assert_eq!(next_of(&mut subscription, live).await, &b"for you"[..]);
}

pub(crate) async fn several_subscriptions_of_one_board_are_independent(backend: Backend) {
    let (board, _) = backend.board().await;
    let first = backend.broker.subscribe(board).await.unwrap();
    let mut second = backend.broker.subscribe(board).await.unwrap();
    drop(first);
    backend
        .broker
        .publish_live(board, Bytes::from_static(b"still here"))
        .unwrap();
    assert_eq!(next_of(&mut second, live).await, &b"still here"[..]);
}

pub(crate) async fn a_board_can_be_unsubscribed_and_subscribed_again_at_once(backend: Backend) {
    let (board, _) = backend.board().await;
    for round in 0..50_u8 {
        let mut subscription = backend.broker.subscribe(board).await.unwrap();
        backend
            .broker
            .publish_live(board, Bytes::copy_from_slice(&[round]))
            .unwrap();
        // An echo of an earlier round may come first.
        next_of(&mut subscription, |it| {
            live(it).filter(|bytes| bytes[..] == [round])
        })
        .await;
    }
}

pub(crate) async fn a_flood_of_live_messages_loses_no_commit(backend: Backend) {
    let (board, at) = backend.board().await;
    let (_, elsewhere) = backend.neighbour();
    let mut subscription = elsewhere.subscribe(board).await.unwrap();
    let flooding = async {
        loop {
            // A flood may fill the queue.
            drop(
                backend
                    .broker
                    .publish_live(board, Bytes::from(vec![1; 10_000])),
            );
            tokio::task::yield_now().await;
        }
    };
    let committing = async {
        let mut at = at;
        for cno in 1..=200 {
            let asked = batch(at, vec![commit(author(1), cno, 50)]);
            done(super::backend::persist(|| backend.store.commit(board, &asked)).await);
            at.seq += 1;
        }
    };
    let hearing = async {
        let mut expected = 1;
        while expected <= 200 {
            match next_durable(&mut subscription).await {
                BrokerMsg::Log(LogEvent::Commits { first, commits, .. }) => {
                    assert_eq!(first, expected);
                    expected += commits.len() as u64;
                }
                // Redis may close the live connection, which then reconnects.
                BrokerMsg::Resubscribed => {}
                other @ (BrokerMsg::Log(LogEvent::EpochChanged) | BrokerMsg::Live(_)) => {
                    panic!("{other:?}")
                }
            }
        }
    };
    tokio::select! {
        () = flooding => {}
        _ = async { tokio::join!(committing, hearing) } => {}
    }
}

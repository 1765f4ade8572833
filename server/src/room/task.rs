//! The task of one board: it opens the board for the sessions that wait, and then runs the room.

use std::pin::pin;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use shared::id::BoardId;
use shared::protocol::CloseCode;
use tokio::sync::mpsc;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;

use super::actor::{Actor, Failure};
use super::context::Context;
use super::message::{Retired, RoomMsg};
use super::opening::{self, Opened, OpeningError};
use super::waiting::Waiting;
use crate::metrics::OpeningEnd;
use crate::telemetry::Tag;

/// How often sessions that wait are told how far the opening is. An opening without waiting sessions
/// ends within this time.
const REPORT_EVERY: Duration = Duration::from_millis(250);

/// Opens a board and runs its room until it is unused or the server shuts down. `retire` is asked
/// before a room without clients ends.
pub(super) async fn run(
    context: Context,
    board: BoardId,
    mut mailbox: mpsc::Receiver<RoomMsg>,
    draining: CancellationToken,
    retire: impl Fn() -> Retired,
) {
    let tag = Tag::from(board);
    let opening = context.metrics.boards.opening_began();
    let mut waiting = Waiting::default();
    let opened = open(
        &context,
        board,
        &mut mailbox,
        &mut waiting,
        &draining,
        &retire,
    )
    .await;
    let opened = match opened {
        Ok(opened) => opened,
        Err(end) => return opening.ended(end),
    };
    opening.ended(OpeningEnd::Opened);
    let _open = context.metrics.boards.board_opened();
    tracing::debug!(board = %tag, "board opened");
    let mut actor = Actor::new(&context, board, mailbox, opened);
    actor.take_all(waiting.into_messages()).await;
    match actor.run(&draining, retire).await {
        Ok(()) | Err(Failure::Deleted) => tracing::debug!(board = %tag, "board closed"),
        Err(error) => tracing::error!(board = %tag, %error, "room ended, its sessions are closed"),
    }
    actor.end().await;
}

/// Opens a board while sessions come and go.
///
/// # Errors
/// It cannot be opened, no session waits for it any more, or the server shuts down.
async fn open(
    context: &Context,
    board: BoardId,
    mailbox: &mut mpsc::Receiver<RoomMsg>,
    waiting: &mut Waiting,
    draining: &CancellationToken,
    retire: &impl Fn() -> Retired,
) -> Result<Opened, OpeningEnd> {
    let tag = Tag::from(board);
    let progress = AtomicU16::new(0);
    let mut opening = pin!(opening::open(context, board, |done| progress
        .store(done, Ordering::Relaxed)));
    let mut report = interval(REPORT_EVERY);
    report.tick().await;
    loop {
        tokio::select! {
            opened = &mut opening => return opened.map_err(|error| {
                tracing::debug!(board = %tag, %error, "board cannot be opened");
                match error {
                    OpeningError::Store(error) => context.store_warnings.failed(board, &error),
                    error => context.store_warnings.not_opened(board, &error),
                }
                OpeningEnd::Failed
            }),
            Some(message) = mailbox.recv() => waiting.take(message),
            _ = report.tick() => waiting.report(progress.load(Ordering::Relaxed)),
            () = draining.cancelled() => {
                while let Ok(message) = mailbox.try_recv() {
                    waiting.take(message);
                }
                waiting.close_all(CloseCode::Restart);
                return Err(OpeningEnd::GivenUp);
            }
        }
        if waiting.is_empty() && retire() == Retired::Yes {
            tracing::debug!(board = %tag, "opening given up, nobody waits for the board");
            return Err(OpeningEnd::GivenUp);
        }
    }
}

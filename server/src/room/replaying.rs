//! Replays loaded boards, a turn at a time.
//!
//! A replay may take as long as it needs. It ends within one turn when its future is dropped.

use std::time::{Duration, Instant};

use shared::sync::log::Loaded;
use shared::sync::{Replay, ReplayState, Replayed, RoomError};
use tokio::task::JoinError;

use super::turns::{TURN, Turns};

/// Why a board was not replayed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplayError {
    #[error("the stored board is not sound: {0}")]
    Unsound(#[from] RoomError),
    #[error("the replay was aborted: {0}")]
    Aborted(#[from] JoinError),
}

/// A board that was replayed.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) replayed: Box<Replayed>,
    /// The length of all turns, without the waits between them.
    pub(super) took: Duration,
}

/// Replays a board. After each turn, `report` is told how much is done, `0 ..= 1000`.
pub(super) async fn replay(
    turns: &Turns,
    loaded: Loaded,
    report: impl Fn(u16),
) -> Result<Outcome, ReplayError> {
    let mut took = Duration::ZERO;
    let mut turn = turns.run(move || begin(loaded)).await??;
    loop {
        took += turn.lasted;
        match turn.state {
            State::Finished(replayed) => return Ok(Outcome { replayed, took }),
            State::Unfinished(replay) => {
                report(replay.progress());
                turn = turns.run(move || go_on(replay)).await??;
            }
        }
    }
}

/// The result of one turn.
struct Turn {
    state: State,
    lasted: Duration,
}

enum State {
    Unfinished(Box<Replay>),
    Finished(Box<Replayed>),
}

/// Reads the snapshot, which may take longer than a turn.
fn begin(loaded: Loaded) -> Result<Turn, RoomError> {
    let start = Instant::now();
    let state = State::Unfinished(Box::new(Replay::new(loaded)?));
    Ok(Turn {
        state,
        lasted: start.elapsed(),
    })
}

fn go_on(mut replay: Box<Replay>) -> Result<Turn, RoomError> {
    let start = Instant::now();
    let mut lasted = Duration::ZERO;
    while lasted < TURN {
        if replay.step()? == ReplayState::Finished {
            let state = State::Finished(Box::new(replay.finish()?));
            return Ok(Turn {
                state,
                lasted: start.elapsed(),
            });
        }
        lasted = start.elapsed();
    }
    let state = State::Unfinished(replay);
    Ok(Turn { state, lasted })
}

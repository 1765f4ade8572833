//! Strokes that pens draw, encoded before the run.

use anyhow::Result;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use shared::geometry::{Ink, Quantum, simplify};
use shared::protocol::{ClientMsg, LiveUpdate, encode};

use crate::plan::{self, TOLERANCE, WIDTH};

/// Points of a piece: a pen that reports 180 points a second, on a display of 60 Hz.
pub(super) const POINTS: usize = 3;
/// Pieces of a stroke: a second at 60 Hz. Then it is committed.
pub(super) const PIECES: usize = 60;
/// Different strokes.
const STROKES: u64 = 32;

/// One stroke.
#[derive(Debug)]
pub(super) struct Script {
    /// The messages of its pieces.
    pub(super) pieces: Vec<bytes::Bytes>,
    /// What is committed after so many pieces: the simplified ink.
    pub(super) ink: Ink,
}

/// Makes all strokes; the same seed makes the same ones.
///
/// # Errors
/// Never: all points are on the board.
pub(super) fn all(seed: u64) -> Result<Vec<Script>> {
    (0..STROKES).map(|number| one(seed + number)).collect()
}

fn one(seed: u64) -> Result<Script> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let points = plan::scribble(PIECES * POINTS, &mut dice);
    let pieces = points.chunks(POINTS).enumerate().map(|(at, piece)| {
        let item = LiveUpdate::Ink {
            from: u32::try_from(at * POINTS)?,
            ink: Ink::encode(piece, Quantum::for_zoom(1.0))?,
        };
        Ok(encode(&ClientMsg::Live(item))?)
    });
    let simple = simplify(&points, TOLERANCE, f64::from(WIDTH));
    Ok(Script {
        pieces: pieces.collect::<Result<_>>()?,
        ink: Ink::encode(&simple, Quantum::for_zoom(1.0))?,
    })
}

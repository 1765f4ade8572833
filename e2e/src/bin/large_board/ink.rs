//! How soon ink shows under the pointer, on the page of the pointer or on another one.
//!
//! A stroke passes marks. A mark counts only where the canvas had nothing before: ink of the same
//! colour below would hide the new one. A mark that still has no ink some seconds after the stroke is
//! lost, and the table shows how many are.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Page};
use e2e::person::line;

use crate::percentile::percentile;

/// The script that looks at the marks.
const WATCH: &str = include_str!("ink.js");
/// Strokes that are timed.
pub(crate) const STROKES: u32 = 8;
/// Pointer moves in a stroke.
pub(crate) const MOVES: u32 = 60;
/// Where a stroke begins and ends: to the right of the panel with the styles of the pen.
const ENDS: (f64, f64) = (330.0, 1_080.0);
/// The x coordinates at which it is timed: half way between two positions of the pointer, so that the
/// round end of the ink does not reach the next mark. And the height of the first stroke.
const MARKS: [f64; 8] = [
    411.25, 486.25, 573.75, 648.75, 736.25, 811.25, 886.25, 973.75,
];
const TOP: f64 = 130.0;
/// The distance of two strokes.
const APART: f64 = 60.0;
/// Fewer marks in all would be a matter of chance: a quarter of them.
const LEAST_MARKS: usize = STROKES as usize * MARKS.len() / 4;
/// A mark without ink so many milliseconds after the last move is lost; that is far more than ink
/// needs, also between servers.
const LONGEST_MS: u32 = 5_000;

/// Draws strokes on a page and looks for them on a page, which may be the same. The figures: the median
/// and the 95th percentile of the times from an event of the pointer to the frame after its ink was
/// painted, and the number of lost marks.
pub(crate) async fn measure(from: &Page, to: &Page) -> Result<Vec<f64>> {
    from.eval::<()>(WATCH).await?;
    to.eval::<()>(WATCH).await?;
    let mut marks = Vec::new();
    for number in 0..STROKES {
        marks.extend(stroke(from, to, TOP + APART * f64::from(number)).await?);
    }
    ensure!(
        marks.len() >= LEAST_MARKS,
        "only {} marks have nothing below them",
        marks.len()
    );
    let mut times: Vec<f64> = marks.iter().copied().flatten().collect();
    times.sort_by(f64::total_cmp);
    let lost = (marks.len() - times.len()) as f64;
    let [half, most] = [50, 95].map(|percent| percentile(&times, percent));
    Ok(vec![half, most, lost])
}

/// Draws one stroke; the time of each mark, `None` for a lost one.
async fn stroke(from: &Page, to: &Page, y: f64) -> Result<Vec<Option<f64>>> {
    let marks: Vec<f64> = to.eval(&format!("__ink.free({MARKS:?}, {y})")).await?;
    from.eval::<()>(&format!("__ink.follow({marks:?})")).await?;
    to.eval::<()>(&format!("__ink.watch({marks:?}, {y})"))
        .await?;
    let mouse = Pointer::default();
    let end = At(ENDS.1, y);
    from.down(mouse, At(ENDS.0, y)).await?;
    for point in line(At(ENDS.0, y), end, MOVES).into_iter().skip(1) {
        from.drag(mouse, point).await?;
    }
    let seen: Vec<Option<f64>> = to.eval(&format!("__ink.end({LONGEST_MS})")).await?;
    from.up(mouse, end).await?;
    let passed: Vec<Option<f64>> = from.eval("__ink.passed").await?;
    let both = passed.into_iter().zip(seen);
    Ok(both.map(|(from, to)| Some(to? - from?)).collect())
}

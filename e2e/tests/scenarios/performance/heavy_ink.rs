//! Strokes that are far larger than the screen: the page answers while it paints them.

use e2e::test_env::scenario;
use shared::op::Op;
use testkit::fixtures::{element_id, ink, put, stroke};

use crate::observer::Observer;
use crate::support::places::cell_corner;

/// Number of strokes on the board.
const STROKES: u64 = 300;
/// Number of points of each stroke.
const POINTS: u64 = 5_000;
/// The side of the square over which the points are spread, in board units.
const SPREAD: u64 = 90_000;

/// A stroke through points all over the square, which depend only on its number.
fn scattered(number: u64) -> Op {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % SPREAD) as f64 - SPREAD as f64 / 2.0
    };
    let points: Vec<_> = (0..POINTS).map(|_| (random(), random())).collect();
    put(stroke(element_id(number), ink(points)))
}

#[test]
fn a_page_answers_while_it_paints_huge_strokes() {
    scenario("huge strokes", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let observer = Observer::join(&url, &board).await?;
        for number in 0..STROKES {
            observer.submit(vec![scattered(number)])?;
        }
        let count = usize::try_from(STROKES)?;
        observer
            .wait_for("all strokes", |board| (board.len() == count).then_some(()))
            .await?;
        let ada = env.person("ada").await?;
        ada.open(&board.owner.at(&url)).await?;
        // The painting goes on for long; the page must answer to its user meanwhile.
        ada.pick_tool("Pen").await?;
        ada.draw_dash(cell_corner(0)).await?;
        observer
            .wait_for("the dash", |board| (board.len() > count).then_some(()))
            .await?;
        ada.wait_until_saved().await?;
        ada.page.press("Shift+1").await?;
        ada.draw_dash(cell_corner(5)).await?;
        observer
            .wait_for("the second dash", |board| {
                (board.len() > count + 1).then_some(())
            })
            .await
    });
}

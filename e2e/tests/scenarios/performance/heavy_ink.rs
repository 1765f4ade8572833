//! Strokes that are far larger than the screen: the page answers while it paints them.

use e2e::test_env::scenario;
use shared::op::Op;
use testkit::fixtures::{element_id, ink, put, scattered_points, stroke};

use crate::observer::Observer;
use crate::support::places::cell_corner;

/// Number of strokes on the board.
const STROKES: u64 = 300;
/// Number of points of each stroke.
const POINTS: u64 = 5_000;
/// The side of the square over which the points are spread, in board units.
const SPREAD: f64 = 90_000.0;

/// A stroke through points all over the square, whose middle is the origin of the board.
fn huge_stroke(number: u64) -> Op {
    let points = scattered_points(number, POINTS, SPREAD);
    let points = points.map(|(x, y)| (x - SPREAD / 2.0, y - SPREAD / 2.0));
    put(stroke(element_id(number), ink(points)))
}

#[test]
fn a_page_answers_while_it_paints_huge_strokes() {
    scenario("huge strokes", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let observer = Observer::join(&url, &board).await?;
        for number in 0..STROKES {
            observer.submit(vec![huge_stroke(number)])?;
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

//! Checks that a run lost no commit and that all bots of a board have the same board.

use anyhow::{Result, ensure};
use shared::model::Board;
use shared::model::layout::ink_points;

use crate::bot::{Report, Schedule};
use crate::figures::Figures;
use crate::output::say;
use crate::plan::Plan;

/// Prints what was lost on `boards` boards.
///
/// # Errors
/// A commit was lost, or a board is wrong. Live pieces may get lost.
pub(crate) fn check(
    schedule: &Schedule,
    boards: u32,
    reports: &[Report],
    all: &Figures,
) -> Result<()> {
    let (mut commits, mut pieces) = (0, 0);
    for board in 0..boards {
        let bots = schedule.on_board(board, boards).count() as u64;
        let plans = schedule.on_board(board, boards);
        let drawn: u64 = plans
            .map(|plan| plan.pieces(schedule.measured.clone()))
            .sum();
        commits += schedule.commits_on(board, boards) * bots;
        pieces += drawn * bots.saturating_sub(1);
    }
    let lost = commits.saturating_sub(all.placed);
    let unseen = pieces.saturating_sub(all.live.count());
    say(&format!(
        "  lost: {lost} of {commits} deliveries of commits; {unseen} of {pieces} of live pieces (allowed)"
    ));
    let is_wrong = |board: &u32| is_wrong(schedule, reports, *board, boards);
    let wrong = (0..boards).filter(is_wrong).count();
    say(&format!(
        "  boards that differ from what was drawn or from one another: {wrong}"
    ));
    ensure!(lost == 0 && wrong == 0, "something was lost");
    Ok(())
}

/// Whether a bot misses a stroke, or has another board than the others.
fn is_wrong(schedule: &Schedule, reports: &[Report], board: u32, boards: u32) -> bool {
    let on_board = |report: &&Report| report.number % boards == board;
    let mut seen = reports.iter().filter(on_board).map(|report| &report.board);
    let Some(first) = seen.next() else {
        return false;
    };
    let plans = || schedule.on_board(board, boards);
    let strokes: usize = plans().map(|plan| plan.strokes.len()).sum();
    let points: usize = plans().map(Plan::points).sum();
    first.len() != strokes || points < stored_points(first) || seen.any(|other| other != first)
}

fn stored_points(board: &Board) -> usize {
    board
        .elements()
        .map(|element| ink_points(element).len())
        .sum()
}

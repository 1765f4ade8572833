//! What scenarios of exports share.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;
use shared::model::{Board, Element, Scope};
use shared::paint::{Rendering, RenderingOptions};

use crate::support::pointer::{clear_selection, draw_two_boxes};
use crate::support::typing::{end_typing, start_text};

/// Draws two boxes and writes some words below them.
pub(super) async fn draw_plan(person: &Person) -> Result<()> {
    draw_two_boxes(person).await?;
    start_text(person, At(350.0, 420.0)).await?;
    person.page.type_text("Plan B").await?;
    end_typing(person).await?;
    clear_selection(person).await
}

/// What must be equal of elements that were exported and opened again: all but ids, authors and the
/// place of the whole.
pub(super) fn essence(board: &Board) -> Vec<String> {
    let first = board.in_order().next().map(|it| it.props.at);
    let relative = |element: &Element| {
        let (at, from) = (element.props.at, first.unwrap_or_default());
        format!(
            "{:?} {:.2} {:.2} {:?} {:?} {:?}",
            element.body,
            at.x - from.x,
            at.y - from.y,
            element.props.size(),
            element.props.color,
            element.text.plain()
        )
    };
    board.in_order().map(|element| relative(element)).collect()
}

/// Opens the export dialog by its shortcut.
pub(super) async fn open_dialog(person: &Person) -> Result<()> {
    person.page.press("Ctrl+Shift+E").await?;
    person.page.find("button", "Download").await.map(drop)
}

/// Waits for the sentence at the end of an export.
pub(super) async fn wait_for_note(person: &Person, words: &str) -> Result<()> {
    let says = format!("document.querySelector('.export-note')?.textContent.includes({words:?})");
    person.page.wait_for::<bool>(&says).await.map(drop)
}

/// Width and height of a picture of a whole board at 100 %, in pixels.
pub(super) fn size_of(board: &Board) -> (f64, f64) {
    let region = Rendering::new(board, &Scope::Board, RenderingOptions::default()).region();
    (region.width(), region.height())
}

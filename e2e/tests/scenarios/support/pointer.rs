//! Drawing, dragging and selecting with the mouse.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};

use crate::support::wait::wait_for_selected;

/// Drags with the mouse, in a few steps.
pub(crate) async fn drag(person: &Person, from: At, to: At) -> Result<()> {
    person.draw(&line(from, to, 8)).await
}

/// Drags with the mouse while modifier keys are held.
pub(crate) async fn drag_holding(person: &Person, held: Modifiers, from: At, to: At) -> Result<()> {
    person
        .page
        .stroke(mouse_holding(held), &line(from, to, 8))
        .await
}

/// The mouse, with these modifier keys held.
pub(crate) fn mouse_holding(held: Modifiers) -> Pointer {
    Pointer {
        held,
        ..Pointer::default()
    }
}

/// Presses and moves with the mouse; the button stays down.
pub(crate) async fn start_drag(person: &Person, from: At, to: At) -> Result<()> {
    start_path(person, &line(from, to, 8)).await
}

/// Presses and moves along a path; the button stays down.
pub(crate) async fn start_path(person: &Person, path: &[At]) -> Result<()> {
    let mouse = Pointer::default();
    if let Some(first) = path.first() {
        person.page.down(mouse, *first).await?;
    }
    for at in path.iter().skip(1) {
        person.page.drag(mouse, *at).await?;
    }
    Ok(())
}

/// A small square around a point.
pub(crate) fn square_around(at: At) -> Rect {
    Rect::around(at, 12.0)
}

/// Draws a rectangle from corner to corner, and clears the selection.
pub(crate) async fn draw_box(person: &Person, from: At, to: At) -> Result<()> {
    draw_with_key(person, "r", from, to).await
}

/// Picks a tool by its shortcut, drags with it, and clears the selection.
pub(crate) async fn draw_with_key(person: &Person, key: &str, from: At, to: At) -> Result<()> {
    let before = person.elements().await?;
    person.page.press(key).await?;
    drag(person, from, to).await?;
    person.wait_for_elements(before + 1).await?;
    clear_selection(person).await
}

/// Clears the selection; the select tool becomes active.
pub(crate) async fn clear_selection(person: &Person) -> Result<()> {
    for _ in 0..3 {
        person.page.press("Escape").await?;
    }
    person.wait_for_tool("Select").await?;
    wait_for_selected(person, 0).await
}

/// A point on the edge of the left box of [`draw_two_boxes`], away from the handles that it has while
/// it is selected.
pub(crate) const LEFT_BOX: At = At(350.0, 270.0);

/// The same point of the right box.
pub(crate) const RIGHT_BOX: At = At(600.0, 270.0);

/// Draws two boxes of 120 by 80 side by side, and clears the selection.
pub(crate) async fn draw_two_boxes(person: &Person) -> Result<()> {
    for x in [350.0, 600.0] {
        draw_box(person, At(x, 250.0), At(x + 120.0, 330.0)).await?;
    }
    Ok(())
}

/// Scrolls with the wheel, by CSS pixels.
pub(crate) async fn scroll_by(person: &Person, delta: At) -> Result<()> {
    let at = At(640.0, 400.0);
    person.page.wheel(at, delta, Modifiers::NONE).await
}

//! The system cancels touches, for a gesture of its own.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::test_env::scenario;

use crate::support::places::BOARD;
use crate::support::pointer::{clear_selection, draw_box, square_around};
use crate::support::touch::start_touch;
use crate::support::users::tablet_and_desktop;
use crate::support::wait::{both_have_elements, wait_until_synced};

/// Shortcuts and names of tools that draw by dragging.
const TOOLS: [(&str, &str); 4] = [
    ("r", "Rectangle"),
    ("a", "Arrow"),
    ("f", "Frame"),
    ("n", "Sticky note"),
];

/// A longer stroke is committed in parts while it is drawn, and committed parts stay.
const UNCOMMITTED: Duration = Duration::from_millis(800);

/// Both boards are empty, and there is nothing to undo.
async fn check_nothing_left(ada: &Person, ben: &Person) -> Result<()> {
    for person in [ada, ben] {
        person.page.wait_for_blank(BOARD).await?;
    }
    both_have_elements(ada, ben, 0).await?;
    let undo = "document.querySelector('button[aria-label=Undo]').disabled";
    let none = ada.page.eval::<bool>(undo).await?;
    ensure!(none, "undo is enabled");
    Ok(())
}

#[test]
fn a_cancelled_touch_creates_no_element() {
    scenario("touchcancel", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        let path = line(At(400.0, 260.0), At(560.0, 380.0), 8);
        for (key, tool) in TOOLS {
            ada.page.press(key).await?;
            ada.wait_for_tool(tool).await?;
            start_touch(&ada, &path).await?;
            // Both see the preview.
            for person in [&ada, &ben] {
                person.page.wait_for_ink(BOARD, 40).await?;
            }
            ada.page.fingers_cancel().await?;
            check_nothing_left(&ada, &ben).await?;
        }
        // The next touch draws again.
        start_touch(&ada, &path).await?;
        ada.page.fingers_up().await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn a_cancelled_short_stroke_leaves_no_ink() {
    scenario("touchcancel of a stroke", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        let path = line(At(400.0, 260.0), At(560.0, 380.0), 4);
        let mut is_young = false;
        // A busy machine may be too slow for a short stroke.
        for _ in 0..5 {
            let began = Instant::now();
            start_touch(&ada, &path).await?;
            ada.page.fingers_cancel().await?;
            is_young = began.elapsed() < UNCOMMITTED;
            if is_young {
                break;
            }
            clear_board(&ada, &ben).await?;
        }
        ensure!(is_young, "the machine is too slow for a short stroke");
        check_nothing_left(&ada, &ben).await?;
        start_touch(&ada, &path).await?;
        ada.page.fingers_up().await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

/// Undoes the committed parts of a stroke that took too long, if there are any.
async fn clear_board(ada: &Person, ben: &Person) -> Result<()> {
    wait_until_synced(ada, ben).await?;
    if ada.elements().await? > 0 {
        ada.page.press("Ctrl+z").await?;
    }
    both_have_elements(ada, ben, 0).await
}

#[test]
fn a_cancelled_drag_moves_nothing() {
    scenario("touchcancel of a drag", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        draw_box(&ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        let (from, to) = (At(350.0, 290.0), At(550.0, 440.0));
        start_touch(&ada, &line(from, to, 8)).await?;
        ben.page.wait_for_ink(square_around(to), 8).await?;
        ada.page.fingers_cancel().await?;
        ben.page.wait_for_blank(square_around(to)).await?;
        clear_selection(&ada).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(square_around(from), 8).await?;
            person.page.wait_for_blank(square_around(to)).await?;
        }
        Ok(())
    });
}

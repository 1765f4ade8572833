//! Everything can be done with the keyboard alone.

use anyhow::{Context as _, Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::id::ElementId;
use shared::model::{Arrowhead, Body, Element, Outline};

use crate::observer::Observer;
use crate::support::typing::{end_typing, type_keys, wait_until_typing};
use crate::support::users::{one_user, two_user_scenario};
use crate::support::wait::{both_have_elements, wait_for_selected};

async fn focus_board(person: &Person) -> Result<()> {
    person
        .page
        .eval::<Option<()>>("document.querySelector('main canvas, main').focus()")
        .await
        .map(drop)
}

/// Waits until an arrow key has moved the note one unit to the right.
async fn wait_for_move_right(observer: &Observer, what: &str, note: &Element) -> Result<Element> {
    let x = note.props.at.x + 1.0;
    let is_there = |it: &Element| it.id == note.id && (it.props.at.x - x).abs() < 0.01;
    observer.wait_for_element(what, is_there).await
}

/// Waits until only this element is left.
async fn wait_for_only(observer: &Observer, what: &str, left: ElementId) -> Result<()> {
    observer
        .wait_for(what, |board| {
            (board.len() == 1 && board.get(left).is_some()).then_some(())
        })
        .await
}

#[test]
fn a_board_can_be_drawn_with_the_keyboard_alone() {
    two_user_scenario("keys alone", async |ada, ben, observer| {
        focus_board(ada).await?;
        // Pick the tool, place a note, type, and move it.
        ada.page.press("n").await?;
        ada.page.press("Enter").await?;
        both_have_elements(ada, ben, 1).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("by keys").await?;
        end_typing(ada).await?;
        let note = observer
            .wait_for_element("a note", |it| it.text.plain() == "by keys")
            .await?;
        ada.page.press("Right").await?;
        let note = wait_for_move_right(observer, "the note moved", &note).await?;
        // Duplicate it, go to the first and back by Tab, and delete the copy.
        ada.page.press("Ctrl+d").await?;
        both_have_elements(ada, ben, 2).await?;
        let copy = observer
            .wait_for_element("a copy", |it| it.id != note.id)
            .await?;
        ada.page.press("Shift+Tab").await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Right").await?;
        wait_for_move_right(observer, "the first note moved", &note).await?;
        let same = observer.board().get(copy.id).context("no copy")?.props.at;
        ensure!(same == copy.props.at, "the copy moved too");
        ada.page.press("Tab").await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Delete").await?;
        wait_for_only(observer, "the first note alone", note.id).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await
    });
}

/// The shortcut of a tool, and whether an element is what Enter places with it.
type Placed = (&'static str, fn(&Element) -> bool);

const PLACED: [Placed; 4] = [
    ("r", |it| it.body == Body::Shape(Outline::Rectangle)),
    ("o", |it| it.body == Body::Shape(Outline::Ellipse)),
    ("a", |it| {
        it.body == Body::Line && it.props.heads()[1] == Arrowhead::Arrow
    }),
    ("f", |it| it.body == Body::Frame),
];

#[test]
fn enter_places_shapes_arrows_and_frames() {
    two_user_scenario("placed by enter", async |ada, ben, observer| {
        focus_board(ada).await?;
        for (number, (key, is)) in (1_u64..).zip(PLACED) {
            ada.page.press(key).await?;
            ada.page.press("Enter").await?;
            let what = format!("what {key} and Enter put");
            observer.wait_for_element(&what, is).await?;
            both_have_elements(ada, ben, number).await?;
            wait_for_selected(ada, 1).await?;
            ada.page.press("Escape").await?;
            wait_for_selected(ada, 0).await?;
        }
        Ok(())
    });
}

#[test]
fn the_keyboard_alone_places_several_elements() {
    two_user_scenario("one after another", async |ada, ben, observer| {
        ada.page.press("v").await?;
        for key in ["r", "o", "n"] {
            ada.page.press(key).await?;
            ada.page.press("Enter").await?;
        }
        wait_until_typing(ada).await?;
        type_keys(ada, "todo").await?;
        end_typing(ada).await?;
        observer
            .wait_for_element("the note", |it| it.text.plain() == "todo")
            .await?;
        both_have_elements(ada, ben, 3).await
    });
}

#[test]
fn the_keyboard_alone_reaches_and_picks_a_tool() {
    scenario("keyboard only", async |env| {
        let ada = one_user(env).await?;
        let inside = "!!document.activeElement?.closest('[role=toolbar][aria-label=\"Tools\"]')";
        let mut presses = 0;
        while !ada.page.eval::<bool>(inside).await? {
            ada.page.press("Tab").await?;
            presses += 1;
            ensure!(presses < 60, "the toolbar cannot be reached by Tab");
        }
        let label = "document.activeElement.getAttribute('aria-label')";
        let mut steps = 0;
        while ada.page.eval::<String>(label).await? != "Eraser" {
            ada.page.press("Right").await?;
            steps += 1;
            ensure!(steps < 20, "the eraser cannot be reached by arrows");
        }
        let focus = "getComputedStyle(document.activeElement).outlineStyle !== 'none' \
            || getComputedStyle(document.activeElement).boxShadow !== 'none'";
        ensure!(
            ada.page.eval::<bool>(focus).await?,
            "the focus is invisible"
        );
        ada.page.press("Enter").await?;
        ada.wait_for_tool("Eraser").await
    });
}

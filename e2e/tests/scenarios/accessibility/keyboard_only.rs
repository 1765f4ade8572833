//! Everything can be done with the keyboard alone.

use anyhow::{Context as _, Result, ensure};
use e2e::person::Person;
use e2e::stage::scene;
use shared::id::ElementId;
use shared::model::{Body, Element, Head, Outline};

use crate::support::typing::{end_typing, type_keys, wait_until_typing};
use crate::support::users::{one_user, two_user_scenario};
use crate::support::wait::{both_have_elements, wait_for_selected};
use crate::witness::Witness;

async fn begins_with_keys(person: &Person) -> Result<()> {
    person
        .page
        .eval::<Option<()>>("document.querySelector('main canvas, main').focus()")
        .await
        .map(drop)
}

/// Waits until the note is where a key has moved it to, one unit to the right.
async fn goes_right(witness: &Witness, what: &str, note: &Element) -> Result<Element> {
    let x = note.props.at.x + 1.0;
    let is_there = |it: &Element| it.id == note.id && (it.props.at.x - x).abs() < 0.01;
    witness.finds(what, is_there).await
}

/// Waits until only the one of two is on the board.
async fn is_alone(witness: &Witness, what: &str, left: ElementId) -> Result<()> {
    witness
        .sees(what, |board| {
            (board.len() == 1 && board.get(left).is_some()).then_some(())
        })
        .await
}

#[test]
fn a_board_can_be_drawn_with_the_keyboard_alone() {
    two_user_scenario("keys alone", async |ada, ben, witness| {
        begins_with_keys(ada).await?;
        // A sticky note: taken, placed, written on, moved.
        ada.page.press("n").await?;
        ada.page.press("Enter").await?;
        both_have_elements(ada, ben, 1).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("by keys").await?;
        end_typing(ada).await?;
        let note = witness
            .finds("a note", |it| it.text.plain() == "by keys")
            .await?;
        ada.page.press("Right").await?;
        let note = goes_right(witness, "the note moved", &note).await?;
        // Another one; then from one to the other and back by Tab; then away with it.
        ada.page.press("Ctrl+d").await?;
        both_have_elements(ada, ben, 2).await?;
        let copy = witness.finds("a copy", |it| it.id != note.id).await?;
        ada.page.press("Shift+Tab").await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Right").await?;
        goes_right(witness, "the first note moved", &note).await?;
        let same = witness.board().get(copy.id).context("no copy")?.props.at;
        ensure!(same == copy.props.at, "the copy moved too");
        ada.page.press("Tab").await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Delete").await?;
        is_alone(witness, "the first note alone", note.id).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await
    });
}

/// A tool by its key, and what Enter puts with it.
type Kind = (&'static str, fn(&Element) -> bool);

const KINDS: [Kind; 4] = [
    ("r", |it| it.body == Body::Shape(Outline::Rectangle)),
    ("o", |it| it.body == Body::Shape(Outline::Ellipse)),
    ("a", |it| {
        it.body == Body::Line && it.props.heads()[1] == Head::Arrow
    }),
    ("f", |it| it.body == Body::Frame),
];

#[test]
fn enter_places_shapes_arrows_and_frames() {
    two_user_scenario("put by enter", async |ada, ben, witness| {
        begins_with_keys(ada).await?;
        for (number, (key, is)) in (1_u64..).zip(KINDS) {
            ada.page.press(key).await?;
            ada.page.press("Enter").await?;
            let what = format!("what {key} and Enter put");
            witness.finds(&what, is).await?;
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
    two_user_scenario("one after another", async |ada, ben, witness| {
        ada.page.press("v").await?;
        for key in ["r", "o", "n"] {
            ada.page.press(key).await?;
            ada.page.press("Enter").await?;
        }
        wait_until_typing(ada).await?;
        type_keys(ada, "todo").await?;
        end_typing(ada).await?;
        witness
            .finds("the note", |it| it.text.plain() == "todo")
            .await?;
        both_have_elements(ada, ben, 3).await
    });
}

#[test]
fn the_keyboard_alone_reaches_and_picks_a_tool() {
    scene("keyboard only", async |stage| {
        let ada = one_user(stage).await?;
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
        ada.holds("Eraser").await
    });
}

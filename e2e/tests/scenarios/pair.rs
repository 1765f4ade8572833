//! Two people at one board, and what scenes ask of them again and again.

use anyhow::Result;
use e2e::input::{Button, Pointer};
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::witness::Witness;

/// The field that takes keys for a text.
pub(crate) const FIELD: &str = "document.querySelector('[aria-label=Writing] textarea')";

/// Ada, who owns a new board, and Ben, who may draw on it, on one server.
pub(crate) async fn two_on_one_server(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

/// The same two, with pens in their hands.
pub(crate) async fn two_with_pens(stage: &mut Stage) -> Result<(Person, Person)> {
    let (ada, ben) = two_on_one_server(stage).await?;
    for person in [&ada, &ben] {
        person.take("Pen").await?;
    }
    Ok((ada, ben))
}

/// The same two, and somebody who knows what is written down.
pub(crate) async fn two_and_a_witness(stage: &mut Stage) -> Result<(Person, Person, Witness)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    let witness = Witness::join(&url, &board).await?;
    let witness = witness.waits_for(&[&ada, &ben]);
    Ok((ada, ben, witness))
}

/// Plays a scene of two people and a witness.
pub(crate) fn witnessed(
    name: &str,
    play: impl AsyncFnOnce(&Person, &Person, &Witness) -> Result<()>,
) {
    scene(name, async |stage| {
        let (ada, ben, witness) = two_and_a_witness(stage).await?;
        play(&ada, &ben, &witness).await
    });
}

/// Waits until both boards have so many elements, and each all that the other did to them.
pub(crate) async fn both_see(ada: &Person, ben: &Person, elements: u64) -> Result<()> {
    for person in [ada, ben] {
        person.sees_elements(elements).await?;
    }
    reaches(ada, ben).await?;
    reaches(ben, ada).await
}

/// Waits until somebody has so many elements selected.
pub(crate) async fn has_selected(person: &Person, count: u32) -> Result<()> {
    let selected = format!("__e2e.data('selected') === {count}");
    person.page.wait_for::<bool>(&selected).await.map(drop)
}

/// Waits until the keyboard belongs to a text.
pub(crate) async fn is_typing(person: &Person) -> Result<()> {
    let focused = format!("{FIELD} !== null && document.activeElement === {FIELD}");
    person.page.wait_for::<bool>(&focused).await.map(drop)
}

/// Waits until nobody writes on this page any more.
pub(crate) async fn types_no_more(person: &Person) -> Result<()> {
    let gone = format!("{FIELD} === null && __e2e.data('typing') === 0");
    person.page.wait_for::<bool>(&gone).await.map(drop)
}

/// Leaves the text; what it stands on stays selected.
pub(crate) async fn ends_typing(person: &Person) -> Result<()> {
    person.page.press("Escape").await?;
    types_no_more(person).await
}

/// Presses twice, as one opens something, and waits until one may write there.
pub(crate) async fn opens_twice(person: &Person, at: At) -> Result<()> {
    for _ in 0..2 {
        person.page.click_at(at).await?;
    }
    is_typing(person).await
}

/// Copies what is selected.
pub(crate) async fn copies(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+c", "copy").await
}

/// Cuts what is selected.
pub(crate) async fn cuts(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+x", "cut").await
}

/// Pastes what is on the clipboard.
pub(crate) async fn pastes(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+v", "paste").await
}

/// Waits until the other has all that this person has done.
pub(crate) async fn reaches(person: &Person, other: &Person) -> Result<()> {
    person.saved().await?;
    other.has_come_to(person.seq().await?).await
}

/// Waits until what was asked for has been painted.
pub(crate) async fn is_painted(person: &Person) -> Result<()> {
    let frames = "new Promise((next) => requestAnimationFrame(() => \
                  requestAnimationFrame(() => next(true))))";
    person.page.eval::<bool>(frames).await.map(drop)
}

/// Drags with the mouse, in a few steps.
pub(crate) async fn drags(person: &Person, from: At, to: At) -> Result<()> {
    person.draw(&line(from, to, 8)).await
}

/// Drags with the mouse while keys are held.
pub(crate) async fn drags_with(person: &Person, held: Modifiers, from: At, to: At) -> Result<()> {
    person
        .page
        .stroke(held_mouse(held), &line(from, to, 8))
        .await
}

/// The mouse, with these keys held.
pub(crate) fn held_mouse(held: Modifiers) -> Pointer {
    Pointer {
        held,
        ..Pointer::default()
    }
}

/// Presses and moves with the mouse; the button stays down.
pub(crate) async fn begins_drag(person: &Person, from: At, to: At) -> Result<()> {
    begins_path(person, &line(from, to, 8)).await
}

/// The same along any way.
pub(crate) async fn begins_path(person: &Person, path: &[At]) -> Result<()> {
    let mouse = Pointer::default();
    if let Some(first) = path.first() {
        person.page.down(mouse, *first).await?;
    }
    for at in path.iter().skip(1) {
        person.page.drag(mouse, *at).await?;
    }
    Ok(())
}

/// A small square about a place.
pub(crate) fn around(at: At) -> Rect {
    Rect::around(at, 12.0)
}

/// Draws a rectangle from corner to corner, and keeps nothing selected.
pub(crate) async fn makes_box(person: &Person, from: At, to: At) -> Result<()> {
    makes(person, "r", from, to).await
}

/// Takes the tool of a key, drags it from place to place, and lets go of the selection.
pub(crate) async fn makes(person: &Person, key: &str, from: At, to: At) -> Result<()> {
    let before = person.elements().await?;
    person.page.press(key).await?;
    drags(person, from, to).await?;
    person.sees_elements(before + 1).await?;
    lets_go(person).await
}

/// Presses the other button there, and takes an entry of the menu that opens.
pub(crate) async fn chooses_from_menu(person: &Person, at: At, name: &str) -> Result<()> {
    let other_button = Pointer {
        button: Button::Right,
        ..Pointer::default()
    };
    person.page.stroke(other_button, &[at]).await?;
    let entry = format!(
        "[...document.querySelectorAll('[role=menu] [role=menuitem]')].find((it) => \
         (it.getAttribute('aria-label') ?? it.querySelector('.menu-label')?.textContent) \
         === {name:?})"
    );
    let there = format!("!!{entry}");
    person.page.wait_for::<bool>(&there).await?;
    person
        .page
        .eval::<Option<()>>(&format!("{entry}.click()"))
        .await
        .map(drop)
}

/// The minimap is shown, whether it was before or not.
pub(crate) async fn shows_minimap(person: &Person) -> Result<()> {
    let shown = "document.querySelector('.minimap') !== null";
    if !person.page.eval::<bool>(shown).await? {
        person.page.click("button", "Minimap").await?;
    }
    Ok(())
}

/// Selects nothing, with Select in hand.
pub(crate) async fn lets_go(person: &Person) -> Result<()> {
    for _ in 0..3 {
        person.page.press("Escape").await?;
    }
    person.holds("Select").await?;
    has_selected(person, 0).await
}

/// Where the left one of [`two_boxes`] is taken by its edge, clear of the handles that it
/// shows while it is selected.
pub(crate) const LEFT: At = At(350.0, 270.0);

/// The same place of the right one.
pub(crate) const RIGHT: At = At(600.0, 270.0);

/// Two rectangles side by side, 120 by 80, with Select in hand and nothing selected.
pub(crate) async fn two_boxes(person: &Person) -> Result<()> {
    for x in [350.0, 600.0] {
        makes_box(person, At(x, 250.0), At(x + 120.0, 330.0)).await?;
    }
    Ok(())
}

/// Does something from the command palette.
pub(crate) async fn runs(person: &Person, command: &str) -> Result<()> {
    person.page.press("Ctrl+k").await?;
    person.page.find("combobox", "Search commands").await?;
    person.page.type_text(command).await?;
    let first = format!(
        "document.querySelector('.command[aria-selected=true] .command-label')?.textContent === {command:?}"
    );
    person.page.wait_for::<bool>(&first).await?;
    person.page.press("Enter").await?;
    let gone = "document.querySelector('[role=combobox]') === null";
    person.page.wait_for::<bool>(gone).await.map(drop)
}

/// Moves a slider as a hand would.
pub(crate) async fn slides(person: &Person, name: &str, to: u32) -> Result<()> {
    let script = format!(
        "(() => {{ const it = document.querySelector('input[type=range][aria-label={name:?}]'); \
         it.value = '{to}'; return it.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

/// Takes a free colour, as `#rrggbb`. The picker itself belongs to the browser; this is
/// what it says in the end.
pub(crate) async fn picks(person: &Person, color: &str) -> Result<()> {
    let script = format!(
        "(() => {{ const it = document.querySelector('.swatch-input'); it.value = {color:?}; \
         return it.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

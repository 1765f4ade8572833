//! Two users change the same element, and each can undo only their own change.

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use shared::id::ElementId;
use shared::model::{Element, Props};

use crate::observer::Observer;
use crate::support::pointer::{clear_selection, draw_box, start_drag};
use crate::support::steps::Step::{ChooseStyle, Drag, Key, Type};
use crate::support::steps::Target::Box;
use crate::support::steps::{Step, perform, select};
use crate::support::typing::{double_click_to_edit, end_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_until_synced};

/// The name of a case, the steps of Ada, and the steps of Ben after her.
type Case = (&'static str, &'static [Step], &'static [Step]);

/// Both change the same property. Each case begins with what Ada left of the one before.
const SAME_PROPERTY: [Case; 6] = [
    ("colour", &[ChooseStyle("Blue")], &[ChooseStyle("Red")]),
    (
        "dash",
        &[ChooseStyle("Dashed line")],
        &[ChooseStyle("Dotted line")],
    ),
    (
        "fill",
        &[ChooseStyle("Tinted fill")],
        &[ChooseStyle("Solid fill")],
    ),
    (
        "size",
        &[Drag(At(470.0, 330.0), At(510.0, 330.0))],
        &[Drag(At(510.0, 330.0), At(510.0, 370.0))],
    ),
    (
        "turn",
        &[Drag(At(430.0, 224.0), At(500.0, 290.0))],
        &[Drag(At(496.0, 290.0), At(430.0, 360.0))],
    ),
    ("place", &[Key("Shift+Right")], &[Key("Shift+Down")]),
];

/// Each changes another property. Each case begins with the box as it was drawn.
const DIFFERENT_PROPERTIES: [Case; 6] = [
    (
        "move, colour",
        &[Key("Shift+Right")],
        &[ChooseStyle("Green")],
    ),
    (
        "colour, move",
        &[ChooseStyle("Green")],
        &[Key("Shift+Right")],
    ),
    (
        "size, dash",
        &[Drag(At(470.0, 330.0), At(510.0, 360.0))],
        &[ChooseStyle("Dashed line")],
    ),
    (
        "turn, fill",
        &[Drag(At(410.0, 224.0), At(480.0, 290.0))],
        &[ChooseStyle("Solid fill")],
    ),
    (
        "words, width",
        &[Key("Enter"), Type("more")],
        &[ChooseStyle("Bold")],
    ),
    (
        "width, words",
        &[ChooseStyle("Bold")],
        &[Key("Enter"), Type("more")],
    ),
];

/// What can change about the box.
type State = (Props, String);

fn state_of(it: &Element) -> State {
    (it.props.clone(), it.text.plain())
}

/// Draws a box of 120 by 80 that both select.
async fn draw_box_selected_by_both(
    ada: &Person,
    ben: &Person,
    observer: &Observer,
) -> Result<Element> {
    draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
    let it = observer.wait_for_element("the box", |_| true).await?;
    for person in [ada, ben] {
        select(person, Box).await?;
    }
    Ok(it)
}

/// Performs steps, waits until the box has changed, and returns its new state.
async fn change(
    (person, other): (&Person, &Person),
    observer: &Observer,
    steps: &[Step],
) -> Result<State> {
    let before = observer.wait_for_element("the box", |_| true).await?;
    for step in steps {
        perform(person, *step).await?;
    }
    wait_until_synced(person, other).await?;
    let is_new = |it: &Element| state_of(it) != state_of(&before);
    Ok(state_of(
        &observer.wait_for_element("a change", is_new).await?,
    ))
}

/// Presses a key and returns the state of the box, changed or not.
async fn press_key(
    (person, other): (&Person, &Person),
    observer: &Observer,
    key: &str,
) -> Result<State> {
    person.page.press(key).await?;
    wait_until_synced(person, other).await?;
    let seq = person.seq().await?;
    observer
        .wait_for("the box after a key", |board| {
            let mut all = board.elements();
            all.next()
                .filter(|_| observer.seq() >= seq)
                .map(|it| state_of(it))
        })
        .await
}

#[test]
fn the_last_writer_of_a_property_wins() {
    two_user_scenario("same property", async |ada, ben, observer| {
        draw_box_selected_by_both(ada, ben, observer).await?;
        for (name, hers, his) in SAME_PROPERTY {
            let hers = change((ada, ben), observer, hers).await.context(name)?;
            let his = change((ben, ada), observer, his).await.context(name)?;
            let now = press_key((ada, ben), observer, "Ctrl+z").await?;
            ensure!(
                now == his,
                "{name}: Ada's undo reverted Ben's change: {now:?}"
            );
            let now = press_key((ben, ada), observer, "Ctrl+z").await?;
            ensure!(
                now == hers,
                "{name}: Ben went back to {now:?}, not {hers:?}"
            );
        }
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn undo_reverts_only_ones_own_property() {
    two_user_scenario("different properties", async |ada, ben, observer| {
        let start = state_of(&draw_box_selected_by_both(ada, ben, observer).await?);
        for (name, hers, his) in DIFFERENT_PROPERTIES {
            change((ada, ben), observer, hers).await.context(name)?;
            let both = change((ben, ada), observer, his).await.context(name)?;
            let alone = press_key((ada, ben), observer, "Ctrl+z").await?;
            ensure!(alone != both, "{name}: Ada's undo changed nothing");
            ensure!(alone != start, "{name}: Ada's undo reverted Ben's change");
            let now = press_key((ada, ben), observer, "Ctrl+Shift+Z").await?;
            ensure!(now == both, "{name}: the redo gives {now:?}");
            let now = press_key((ben, ada), observer, "Ctrl+z").await?;
            ensure!(
                now != start && now != alone,
                "{name}: Ben's undo reverted Ada's change"
            );
            let now = press_key((ada, ben), observer, "Ctrl+z").await?;
            ensure!(now == start, "{name}: after both undos it is {now:?}");
        }
        both_have_elements(ada, ben, 1).await
    });
}

/// Whether the box has this size.
fn has_size(size: [f32; 2]) -> impl Fn(&Element) -> bool {
    move |it| {
        let pairs = it.props.size().into_iter().zip(size);
        pairs
            .into_iter()
            .all(|(is, wanted)| (is - wanted).abs() < 1.0)
    }
}

#[test]
fn concurrent_resizes_of_one_box_are_merged() {
    two_user_scenario("concurrent resizes", async |ada, ben, observer| {
        draw_box_selected_by_both(ada, ben, observer).await?;
        let corner = At(470.0, 330.0);
        let (wider, higher) = (At(530.0, 330.0), At(470.0, 410.0));
        start_drag(ada, corner, wider).await?;
        start_drag(ben, corner, higher).await?;
        let mouse = e2e::input::Pointer::default();
        ada.page.up(mouse, wider).await?;
        observer
            .wait_for_element("wider", has_size([180.0, 80.0]))
            .await?;
        ben.page.up(mouse, higher).await?;
        observer
            .wait_for_element("and higher", has_size([180.0, 160.0]))
            .await?;
        let now = press_key((ada, ben), observer, "Ctrl+z").await?;
        ensure!(now.0.size()[1] > 159.0, "Ada's undo reverted Ben's change");
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the element as Ada left it", has_size([180.0, 80.0]))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

/// Waits until the box has this text, or does not exist.
async fn wait_for_text(observer: &Observer, id: ElementId, words: Option<&str>) -> Result<()> {
    observer
        .wait_for(&format!("{words:?} in the box"), |board| {
            let text = board.get(id).map(|it| it.text.plain());
            (text.as_deref() == words).then_some(())
        })
        .await
}

#[test]
fn text_of_a_deleted_shape_returns_only_when_the_deletion_is_undone() {
    two_user_scenario("text of a deleted shape", async |ada, ben, observer| {
        draw_box(ada, At(650.0, 250.0), At(770.0, 330.0)).await?;
        let other = observer
            .wait_for_element("the other box", |_| true)
            .await?
            .id;
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        double_click_to_edit(ada, At(350.0, 270.0)).await?;
        ada.page.type_text("hers").await?;
        end_typing(ada).await?;
        let words = observer
            .wait_for_element("words", |it| it.text.plain() == "hers")
            .await?
            .id;
        clear_selection(ada).await?;
        select(ben, Box).await?;
        ben.page.press("Delete").await?;
        wait_for_text(observer, words, None).await?;
        // Her text is deleted, so her undo reverts her last change that still exists: the other box.
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for("nothing", |board| board.is_empty().then_some(()))
            .await?;
        ada.page.press("Ctrl+Shift+Z").await?;
        observer
            .wait_for_element("the other box again", |it| it.id == other)
            .await?;
        both_have_elements(ada, ben, 1).await?;
        ben.page.press("Ctrl+z").await?;
        wait_for_text(observer, words, Some("hers")).await?;
        // After the deletion is undone, each can undo their own change again.
        select(ada, Box).await?;
        perform(ada, Key("Enter")).await?;
        perform(ada, Type("!")).await?;
        wait_for_text(observer, words, Some("hers!")).await?;
        clear_selection(ben).await?;
        select(ben, Box).await?;
        ben.page.press("Delete").await?;
        wait_for_text(observer, words, None).await?;
        ben.page.press("Ctrl+z").await?;
        wait_for_text(observer, words, Some("hers!")).await?;
        ada.page.press("Ctrl+z").await?;
        wait_for_text(observer, words, Some("hers")).await?;
        ada.page.press("Ctrl+Shift+Z").await?;
        wait_for_text(observer, words, Some("hers!")).await?;
        both_have_elements(ada, ben, 2).await
    });
}

//! Undo reverts only ones own changes, whatever their kind.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::{Person, line};
use shared::id::ElementId;
use shared::model::{Board, Body, Color, Element, Marks, Props, StyledRun};

use crate::collaboration::undoable_changes::{
    BOUNDS, CREATION, Change, FRAMES, LINES, NO_SETUP, STACKING, STYLES, Setup, WITH_A_FRAME,
    WITH_A_LINE, WITH_ANOTHER_BOX,
};
use crate::observer::Observer;
use crate::support::pointer::{LEFT_BOX, clear_selection, draw_box};
use crate::support::steps::Step::{Key, RunCommand};
use crate::support::steps::Target::{Both, Box, Nothing};
use crate::support::steps::{perform, select};
use crate::support::typing::{double_click_to_edit, end_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_synced};

/// The state of each element that undo must restore.
type States = BTreeMap<ElementId, (Props, Vec<(char, Marks)>, Body)>;

/// The state of all elements but this one.
fn states(board: &Board, but: ElementId) -> States {
    let letters = |it: &Element| {
        let set =
            |it: StyledRun<'_>| -> Vec<_> { it.text.chars().map(|c| (c, it.marks)).collect() };
        it.text.runs().flat_map(set).collect()
    };
    let look = |it: &Element| (it.props.clone(), letters(it), it.body.clone());
    board
        .elements()
        .filter(|it| it.id != but)
        .map(|it| (it.id, look(it)))
        .collect()
}

/// Ben moves his own box at the right.
async fn ben_nudges_his_box(ben: &Person, observer: &Observer, his: ElementId) -> Result<()> {
    let x = x_of(observer, his)? + 1.0;
    ben.page.press("Right").await?;
    observer
        .wait_for("Ben's box moved on", |board| {
            let at = board.get(his)?.props.at;
            ((at.x - x).abs() < 0.5).then_some(())
        })
        .await
}

fn x_of(observer: &Observer, id: ElementId) -> Result<f64> {
    let board = observer.board();
    let element = board.get(id).context("Ben's box is gone")?;
    Ok(element.props.at.x)
}

/// For each change: Ada makes it, Ben makes another one, and Ada undoes and redoes hers.
fn check_undo(name: &str, (first, setup): Setup, changes: &[Change]) {
    two_user_scenario(name, async |ada, ben, observer| {
        draw_box(ben, At(700.0, 250.0), At(820.0, 330.0)).await?;
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(ben, 1).await?;
        let his = observer.wait_for_element("Ben's box", |_| true).await?.id;
        ada.pick_tool("Pen").await?;
        ada.draw(&line(At(340.0, 400.0), At(480.0, 400.0), 20))
            .await?;
        both_have_elements(ada, ben, 2).await?;
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        double_click_to_edit(ada, LEFT_BOX).await?;
        ada.page.type_text("words").await?;
        end_typing(ada).await?;
        clear_selection(ada).await?;
        observer
            .wait_for_element("words in the box", |it| it.text.plain() == "words")
            .await?;
        let mut start = states(&observer.board(), his);
        select(ada, first).await.context("the setup")?;
        for step in setup {
            perform(ada, *step).await.context("the setup")?;
        }
        if !setup.is_empty() {
            start = stored_states(ada, observer, his, &start).await?;
        }
        for change in changes {
            let (name, chosen, steps) = change;
            select(ada, *chosen).await.context(*name)?;
            for step in *steps {
                perform(ada, *step).await.context(*name)?;
            }
            let done = stored_states(ada, observer, his, &start)
                .await
                .context(*name)?;
            ben_nudges_his_box(ben, observer, his)
                .await
                .context(*name)?;
            undo_redo_undo(ada, observer, his, (&start, &done))
                .await
                .with_context(|| format!("undo of: {name}"))?;
        }
        Ok(())
    });
}

/// The state of Ada's elements, once all of her change is stored.
async fn stored_states(
    ada: &Person,
    observer: &Observer,
    his: ElementId,
    start: &States,
) -> Result<States> {
    observer
        .wait_for("a change", |board| {
            let is_whole = board.elements().all(|it| !it.is_open());
            (is_whole && states(board, his) != *start).then_some(())
        })
        .await?;
    ada.wait_until_saved().await?;
    let seq = ada.seq().await?;
    observer
        .wait_for("all changes of Ada", |board| {
            (observer.seq() >= seq).then(|| states(board, his))
        })
        .await
}

/// Undoes, redoes and undoes a change of Ada's, and checks that Ben's box does not change.
async fn undo_redo_undo(
    ada: &Person,
    observer: &Observer,
    his: ElementId,
    (start, done): (&States, &States),
) -> Result<()> {
    let before = x_of(observer, his)?;
    for (key, wanted) in [("Ctrl+z", start), ("Ctrl+Shift+Z", done), ("Ctrl+z", start)] {
        ada.page.press(key).await?;
        observer
            .wait_for(key, |board| (states(board, his) == *wanted).then_some(()))
            .await?;
        let now = x_of(observer, his)?;
        ensure!((now - before).abs() < 1e-6, "{key} moved Ben's box");
    }
    Ok(())
}

#[test]
fn undo_of_moves_and_stacking_keeps_remote_edits() {
    check_undo("undo of places", NO_SETUP, &BOUNDS);
}

#[test]
fn undo_of_styles_keeps_remote_edits() {
    check_undo("undo of styles", NO_SETUP, &STYLES);
}

#[test]
fn undo_of_create_and_erase_keeps_remote_edits() {
    check_undo("undo of making", NO_SETUP, &CREATION);
}

#[test]
fn undo_of_line_changes_keeps_remote_edits() {
    check_undo("undo of lines", WITH_A_LINE, &LINES);
}

#[test]
fn undo_of_stacking_steps_and_copied_styles_keeps_remote_edits() {
    check_undo("undo of stacks", WITH_ANOTHER_BOX, &STACKING);
}

#[test]
fn undo_of_frame_names_and_contents_keeps_remote_edits() {
    check_undo("undo of frames", WITH_A_FRAME, &FRAMES);
}

#[test]
fn undo_of_ungroup_and_unlock_keeps_remote_edits() {
    let group = (Both, &[Key("Ctrl+g")][..]);
    check_undo(
        "undo of opened groups",
        group,
        &[("ungroup", Both, &[Key("Ctrl+Shift+g")])],
    );
    let lock = (Box, &[Key("Ctrl+Shift+l")][..]);
    check_undo(
        "undo of opened locks",
        lock,
        &[("unlock", Nothing, &[RunCommand("Unlock all")])],
    );
}

#[test]
fn undo_does_not_revert_later_remote_edits() {
    two_user_scenario("undo of a shared change", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        for person in [ada, ben] {
            select(person, Box).await?;
        }
        let is = |x: f64, color: Color| {
            move |it: &Element| (it.props.at.x - x).abs() < 0.01 && it.props.color == color
        };
        // Ada moves the box and Ben colours it. Undoing the move keeps the colour.
        ada.page.press("Shift+Right").await?;
        ben.choose_style("Green").await?;
        observer
            .wait_for_element("moved and green", is(360.0, Color::Green))
            .await?;
        wait_until_synced(ben, ada).await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("back, and green", is(350.0, Color::Green))
            .await?;
        // Both colour it, Ben last. Ada's undo changes nothing.
        ada.choose_style("Blue").await?;
        wait_until_synced(ada, ben).await?;
        ben.choose_style("Red").await?;
        wait_until_synced(ben, ada).await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        wait_until_synced(ada, ben).await?;
        observer
            .wait_for_element("still red", is(350.0, Color::Red))
            .await?;
        // Ben's undo restores the colour before his last choice, which was Ada's.
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("blue again", is(350.0, Color::Blue))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

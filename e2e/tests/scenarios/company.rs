//! Others' work is never disturbed: what they do does not take the keyboard from a text,
//! end a drag or change a selection.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::{Board, Body, Color};

use crate::pair::{
    FIELD, LEFT, RIGHT, around, begins_drag, both_see, drags, has_selected, is_typing, lets_go,
    reaches, two_boxes, witnessed,
};

/// The colour of a person's face in the list, as red, green and blue.
async fn face_of(name: &str, seen_by: &Person) -> Result<[u8; 3]> {
    let colour = format!(
        "(() => {{ const face = document.querySelector('.people-face[title={name:?}] .avatar'); \
            return face && getComputedStyle(face).backgroundColor.match(/\\d+/g).map(Number) }})()"
    );
    seen_by.page.wait_for(&colour).await
}

#[test]
fn what_somebody_has_selected_is_outlined_in_their_colour_with_their_name() {
    witnessed("remote selection", async |ada, ben, _| {
        ada.call_oneself("Ada").await?;
        two_boxes(ada).await?;
        both_see(ada, ben, 2).await?;
        let face = face_of("Ada", ben).await?;
        // The name goes above the box; the outline runs along it.
        let name = Rect {
            x: 350.0,
            y: 230.0,
            width: 24.0,
            height: 14.0,
        };
        let edge = Rect::around(At(410.0, 250.0), 6.0);
        ben.page.wait_for_blank(name).await?;
        ada.page.click_at(LEFT).await?;
        has_selected(ada, 1).await?;
        ben.page.wait_for_ink(name, 20).await?;
        let [red, green, blue, _] = ben.page.board_picture(name).await?.background();
        ensure!(
            [red, green, blue] == face,
            "the name stands on {:?}, the face on {face:?}",
            [red, green, blue]
        );
        let outline = ben.page.board_picture(edge).await?;
        ensure!(outline.has(face), "no outline in the colour of the face");
        let there = Rect::around(At(660.0, 250.0), 6.0);
        let other = ben.page.board_picture(there).await?;
        ensure!(!other.has(face), "the other box is outlined too");
        // Ben's own selection is his own.
        has_selected(ben, 0).await?;
        lets_go(ada).await?;
        ben.page.wait_for_blank(name).await
    });
}

/// From here on it is noticed whenever the text loses the keyboard, even for a moment.
async fn watches_the_keyboard(person: &Person) -> Result<()> {
    let watch = format!(
        "(() => {{ globalThis.__field = {FIELD}; globalThis.__lost = 0; \
            __field.addEventListener('blur', () => {{ __lost += 1 }}); return true }})()"
    );
    person.page.eval::<bool>(&watch).await.map(drop)
}

/// The text has had the keyboard all the time, in the same field.
async fn kept_the_keyboard(person: &Person) -> Result<()> {
    let script = format!("[__lost, {FIELD} === __field]");
    let (lost, is_same): (u32, bool) = person.page.eval(&script).await?;
    ensure!(lost == 0, "the text lost the keyboard {lost} times");
    ensure!(is_same, "the field was replaced under the hands");
    Ok(())
}

#[test]
fn others_move_and_delete_while_i_type_and_i_type_on() {
    witnessed("typing undisturbed", async |ada, ben, witness| {
        two_boxes(ben).await?;
        ada.page.press("t").await?;
        ada.page.click_at(At(400.0, 420.0)).await?;
        is_typing(ada).await?;
        watches_the_keyboard(ada).await?;
        for key in ["o", "n", "e"] {
            ada.page.press(key).await?;
        }
        witness
            .finds("a word", |it| it.text.plain() == "one")
            .await?;
        // Ben takes away a box, and then moves the very text.
        ben.page.click_at(RIGHT).await?;
        has_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_see(ada, ben, 2).await?;
        is_typing(ada).await?;
        ada.page.press("2").await?;
        lets_go(ben).await?;
        drags(ben, At(412.0, 424.0), At(512.0, 504.0)).await?;
        witness
            .finds("the text elsewhere", |it| {
                it.body == Body::Text && it.props.at.x > 450.0
            })
            .await?;
        is_typing(ada).await?;
        ada.page.press("3").await?;
        witness
            .finds("all that was typed", |it| it.text.plain() == "one23")
            .await?;
        kept_the_keyboard(ada).await
    });
}

/// Whether all on the board is so far down, and red.
fn all_red_below(board: &Board, y: f64) -> bool {
    let mut all = board.elements();
    all.all(|it| it.props.color == Color::Red && it.props.at.y > y)
}

#[test]
fn what_others_change_and_delete_neither_ends_my_drag_nor_takes_my_selection() {
    witnessed("drag undisturbed", async |ada, ben, witness| {
        two_boxes(ada).await?;
        both_see(ada, ben, 2).await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(ada, 2).await?;
        let (below, lower) = (At(LEFT.0, LEFT.1 + 133.0), At(LEFT.0, LEFT.1 + 233.0));
        begins_drag(ada, LEFT, below).await?;
        // Shown by the live lane alone.
        ben.page.wait_for_ink(around(below), 8).await?;
        // Ben selects and colours in the middle of it.
        lets_go(ben).await?;
        ben.page.press("Ctrl+a").await?;
        has_selected(ben, 2).await?;
        ben.choose("Red").await?;
        reaches(ben, ada).await?;
        has_selected(ada, 2).await?;
        ada.page.up(Pointer::default(), below).await?;
        witness
            .sees("both red and both moved", |board| {
                all_red_below(board, 380.0).then_some(())
            })
            .await?;
        // A drag again, and one of them goes away under the hand.
        lets_go(ben).await?;
        ben.page.click_at(below).await?;
        has_selected(ben, 1).await?;
        begins_drag(ada, below, lower).await?;
        ben.page.wait_for_ink(around(lower), 8).await?;
        ben.page.press("Delete").await?;
        both_see(ada, ben, 1).await?;
        has_selected(ada, 1).await?;
        ada.page.up(Pointer::default(), lower).await?;
        let lowered = |board: &Board| all_red_below(board, 480.0).then_some(());
        witness.sees("the other one, moved on", lowered).await?;
        // What comes back is where it was when it went, and nobody's selection.
        ben.page.press("Ctrl+z").await?;
        both_see(ada, ben, 2).await?;
        witness
            .sees("one above the other", |board| {
                let mut heights: Vec<f64> = board.elements().map(|it| it.props.at.y).collect();
                heights.sort_by(f64::total_cmp);
                (heights.len() == 2 && heights[1] - heights[0] > 90.0).then_some(())
            })
            .await?;
        has_selected(ada, 1).await
    });
}

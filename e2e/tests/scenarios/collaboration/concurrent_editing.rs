//! Typing, dragging and selecting continue while another user edits.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::Person;
use shared::model::{Board, Body, Color};

use crate::support::pointer::{
    LEFT_BOX, RIGHT_BOX, clear_selection, drag, draw_two_boxes, square_around, start_drag,
};
use crate::support::typing::{TEXT_FIELD, wait_until_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_synced};

/// Counts from here on how often the text field loses the focus.
async fn watch_focus(person: &Person) -> Result<()> {
    let watch = format!(
        "(() => {{ globalThis.__field = {TEXT_FIELD}; globalThis.__lost = 0; \
            __field.addEventListener('blur', () => {{ __lost += 1 }}); return true }})()"
    );
    person.page.eval::<bool>(&watch).await.map(drop)
}

/// Checks that the text field has kept the focus and was not replaced.
async fn check_focus_kept(person: &Person) -> Result<()> {
    let script = format!("[__lost, {TEXT_FIELD} === __field]");
    let (lost, is_same): (u32, bool) = person.page.eval(&script).await?;
    ensure!(lost == 0, "the text lost the focus {lost} times");
    ensure!(is_same, "the field was replaced while typing");
    Ok(())
}

#[test]
fn typing_continues_while_another_user_moves_and_deletes() {
    two_user_scenario("typing during changes", async |ada, ben, observer| {
        draw_two_boxes(ben).await?;
        ada.page.press("t").await?;
        ada.page.click_at(At(400.0, 420.0)).await?;
        wait_until_typing(ada).await?;
        watch_focus(ada).await?;
        for key in ["o", "n", "e"] {
            ada.page.press(key).await?;
        }
        observer
            .wait_for_element("a word", |it| it.text.plain() == "one")
            .await?;
        // Ben deletes a box and then moves the text that Ada is editing.
        ben.page.click_at(RIGHT_BOX).await?;
        wait_for_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 2).await?;
        wait_until_typing(ada).await?;
        ada.page.press("2").await?;
        clear_selection(ben).await?;
        drag(ben, At(412.0, 424.0), At(512.0, 504.0)).await?;
        observer
            .wait_for_element("the text elsewhere", |it| {
                it.body == Body::Text && it.props.at.x > 450.0
            })
            .await?;
        wait_until_typing(ada).await?;
        ada.page.press("3").await?;
        observer
            .wait_for_element("the whole typed text", |it| it.text.plain() == "one23")
            .await?;
        check_focus_kept(ada).await
    });
}

/// Whether all elements are red and below `y`.
fn all_red_below(board: &Board, y: f64) -> bool {
    let mut all = board.elements();
    all.all(|it| it.props.color == Color::Red && it.props.at.y > y)
}

#[test]
fn a_drag_and_a_selection_survive_changes_by_another_user() {
    two_user_scenario("drag during changes", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 2).await?;
        let (below, lower) = (
            At(LEFT_BOX.0, LEFT_BOX.1 + 133.0),
            At(LEFT_BOX.0, LEFT_BOX.1 + 233.0),
        );
        start_drag(ada, LEFT_BOX, below).await?;
        // Only a live update can show this.
        ben.page.wait_for_ink(square_around(below), 8).await?;
        // Ben selects and colours during the drag.
        clear_selection(ben).await?;
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(ben, 2).await?;
        ben.choose_style("Red").await?;
        wait_until_synced(ben, ada).await?;
        wait_for_selected(ada, 2).await?;
        ada.page.up(Pointer::default(), below).await?;
        observer
            .wait_for("both red and both moved", |board| {
                all_red_below(board, 380.0).then_some(())
            })
            .await?;
        // Ben deletes one of the boxes during the next drag.
        clear_selection(ben).await?;
        ben.page.click_at(below).await?;
        wait_for_selected(ben, 1).await?;
        start_drag(ada, below, lower).await?;
        ben.page.wait_for_ink(square_around(lower), 8).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.up(Pointer::default(), lower).await?;
        let lowered = |board: &Board| all_red_below(board, 480.0).then_some(());
        observer.wait_for("the other box, moved", lowered).await?;
        // The restored box is where it was when it was deleted, and it is not selected.
        ben.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await?;
        observer
            .wait_for("one above the other", |board| {
                let mut heights: Vec<f64> = board.elements().map(|it| it.props.at.y).collect();
                heights.sort_by(f64::total_cmp);
                (heights.len() == 2 && heights[1] - heights[0] > 90.0).then_some(())
            })
            .await?;
        wait_for_selected(ada, 1).await
    });
}

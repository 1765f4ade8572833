//! Typing into texts and shapes, alone and together.

use anyhow::ensure;
use e2e::page::At;
use e2e::test_env::scenario;
use shared::model::Body;

use crate::support::places::{BOARD, cell_corner};
use crate::support::pointer::{clear_selection, draw_box, square_around};
use crate::support::typing::{
    double_click_to_edit, end_typing, start_text, two_users_in_one_text, type_keys,
    wait_for_field_text, wait_until_not_typing, wait_until_typing,
};
use crate::support::users::{two_user_scenario, two_users, two_users_with_pens};
use crate::support::wait::both_have_elements;

#[test]
fn two_users_typing_in_one_text_keep_both() {
    scenario("writing-together", async |env| {
        let (ada, ben) = two_users_in_one_text(env, "one").await?;
        ben.page.press("End").await?;
        ada.page.press("Home").await?;
        for (left, right) in ["a", "b", "c"].into_iter().zip(["x", "y", "z"]) {
            tokio::try_join!(type_keys(&ada, left), type_keys(&ben, right))?;
        }
        for person in [&ada, &ben] {
            wait_for_field_text(person, "abconexyz").await?;
        }
        // Each undoes only their own letters, and editing goes on.
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            wait_for_field_text(person, "abcone").await?;
            wait_until_typing(person).await?;
        }
        ben.page.press("Escape").await?;
        wait_until_not_typing(&ben).await?;
        ada.page.press("Escape").await?;
        for person in [&ada, &ben] {
            person.page.press("Escape").await?;
        }
        ada.wait_until_saved().await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await
    });
}

#[test]
fn a_click_inside_moves_the_caret_and_a_click_outside_ends_editing() {
    scenario("writing-pressed", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        let at = cell_corner(0);
        start_text(&ada, at).await?;
        type_keys(&ada, "word").await?;
        ada.page.click_at(At(at.0 + 1.0, at.1)).await?;
        type_keys(&ada, "X").await?;
        wait_for_field_text(&ada, "Xword").await?;
        wait_until_typing(&ada).await?;
        ada.page.click_at(cell_corner(16)).await?;
        wait_until_not_typing(&ada).await?;
        ben.wait_for_elements(1).await?;
        // A text that is left empty is deleted.
        start_text(&ada, cell_corner(4)).await?;
        ben.wait_for_elements(2).await?;
        ada.page.press("Escape").await?;
        ben.wait_for_elements(1).await?;
        let undone = ada.elements().await?;
        ensure!(undone == 1, "{undone} elements");
        Ok(())
    });
}

#[test]
fn a_double_click_edits_the_text_of_a_shape_or_adds_a_text() {
    two_user_scenario("double click", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 250.0), At(600.0, 350.0)).await?;
        double_click_to_edit(ada, At(500.0, 300.0)).await?;
        ada.page.type_text("inside").await?;
        end_typing(ada).await?;
        observer
            .wait_for_element("a box with words", |it| {
                matches!(it.body, Body::Shape(_)) && it.text.plain() == "inside"
            })
            .await?;
        clear_selection(ada).await?;
        ben.page
            .wait_for_ink(square_around(At(500.0, 300.0)), 10)
            .await?;
        double_click_to_edit(ada, At(450.0, 450.0)).await?;
        ada.page.type_text("beside").await?;
        end_typing(ada).await?;
        observer
            .wait_for_element("a text", |it| {
                it.body == Body::Text && it.text.plain() == "beside"
            })
            .await?;
        both_have_elements(ada, ben, 2).await
    });
}

#[test]
fn a_text_is_added_by_its_key_and_undone() {
    two_user_scenario("text by its key", async |ada, ben, observer| {
        ada.page.press("t").await?;
        ada.wait_for_tool("Text").await?;
        ada.page.click_at(At(400.0, 300.0)).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("words").await?;
        end_typing(ada).await?;
        observer
            .wait_for_element("a text", |it| {
                it.body == Body::Text && it.text.plain() == "words"
            })
            .await?;
        clear_selection(ada).await?;
        both_have_elements(ada, ben, 1).await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 0).await?;
        ben.page.wait_for_blank(BOARD).await
    });
}

#[test]
fn tab_indents_and_keeps_the_text_focused() {
    scenario("tab in a text", async |env| {
        let (ada, ben) = two_users(env).await?;
        start_text(&ada, At(400.0, 300.0)).await?;
        type_keys(&ada, "a").await?;
        ada.page.press("Tab").await?;
        type_keys(&ada, "b").await?;
        wait_for_field_text(&ada, "a    b").await?;
        ada.page.press("Shift+Tab").await?;
        wait_until_typing(&ada).await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

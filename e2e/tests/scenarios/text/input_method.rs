//! Typing with an input method while another user types too.

use e2e::page::At;
use e2e::test_env::scenario;
use shared::model::{Body, Element};

use crate::support::places::cell_corner;
use crate::support::pointer::{clear_selection, draw_with_key};
use crate::support::typing::{
    double_click_to_edit, end_typing, start_text, two_users_in_one_text, type_keys,
    wait_for_field_text, wait_until_not_typing, wait_until_typing,
};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_until_painted};

#[test]
fn a_composition_continues_while_another_user_types() {
    scenario("writing-composed", async |env| {
        let (ada, ben) = two_users_in_one_text(env, "go ").await?;
        ben.page.press("Home").await?;
        for step in ["n", "に", "にほ", "にほn", "にほん"] {
            ada.page.compose(step).await?;
        }
        wait_for_field_text(&ben, "go にほん").await?;
        type_keys(&ben, "x").await?;
        wait_for_field_text(&ben, "xgo にほん").await?;
        ada.page.compose("日本").await?;
        wait_for_field_text(&ben, "xgo 日本").await?;
        wait_for_field_text(&ada, "go 日本").await?;
        ada.page.type_text("日本").await?;
        for person in [&ada, &ben] {
            wait_for_field_text(person, "xgo 日本").await?;
        }
        type_keys(&ada, "!").await?;
        wait_for_field_text(&ben, "xgo 日本!").await
    });
}

/// The composition on the way to a word of two letters.
const COMPOSITION: [&str; 5] = ["n", "ni", "ni h", "ni ha", "ni hao"];

fn has_text(words: &'static str) -> impl Fn(&Element) -> bool {
    move |it| it.body == Body::Text && it.text.plain() == words
}

#[test]
fn escape_and_enter_in_a_composition_do_not_end_text_editing() {
    two_user_scenario("composing keys", async |ada, ben, observer| {
        start_text(ada, cell_corner(8)).await?;
        type_keys(ada, "a").await?;
        for update in COMPOSITION {
            ada.page.compose(update).await?;
            wait_for_field_text(ada, &format!("a{update}")).await?;
        }
        observer
            .wait_for_element("the composition", has_text("ani hao"))
            .await?;
        // Escape cancels only the composition.
        ada.page.press_composing("Escape").await?;
        wait_until_painted(ada).await?;
        wait_for_field_text(ada, "ani hao").await?;
        wait_until_typing(ada).await?;
        ada.page.compose("").await?;
        observer
            .wait_for_element("the text without the cancelled composition", has_text("a"))
            .await?;
        for update in COMPOSITION {
            ada.page.compose(update).await?;
        }
        ada.page.compose("你好").await?;
        // Enter accepts the candidate. It neither adds a line nor ends editing.
        ada.page.press_composing("Enter").await?;
        ada.page.type_text("你好").await?;
        wait_until_painted(ada).await?;
        wait_for_field_text(ada, "a你好").await?;
        wait_until_typing(ada).await?;
        observer
            .wait_for_element("the word", has_text("a你好"))
            .await?;
        // Without a composition Enter adds a line, and Escape ends editing.
        type_keys(ada, "\n!").await?;
        observer
            .wait_for_element("two lines", has_text("a你好\n!"))
            .await?;
        end_typing(ada).await?;
        clear_selection(ada).await?;
        // The last line, then the composed word together with the text.
        for _ in 0..2 {
            ada.page.press("Ctrl+z").await?;
        }
        both_have_elements(ada, ben, 0).await
    });
}

#[test]
fn enter_in_a_composition_does_not_end_frame_renaming() {
    two_user_scenario("composing a name", async |ada, ben, observer| {
        draw_with_key(ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        double_click_to_edit(ada, At(400.0, 226.0)).await?;
        for update in ["j", "ji", "jihua", "计划"] {
            ada.page.compose(update).await?;
        }
        ada.page.press_composing("Enter").await?;
        wait_until_painted(ada).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("计划").await?;
        wait_until_typing(ada).await?;
        ada.page.press("Enter").await?;
        wait_until_not_typing(ada).await?;
        observer
            .wait_for_element("the name", |it| it.props.name() == "计划")
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

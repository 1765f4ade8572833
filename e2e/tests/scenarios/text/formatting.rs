//! Bold, italic and lists.

use anyhow::Result;
use e2e::page::At;
use e2e::test_env::scenario;
use shared::model::Marks;

use crate::observer::Observer;
use crate::support::places::{BOARD, cell_corner};
use crate::support::pointer::draw_box;
use crate::support::touch::tap_control;
use crate::support::typing::{
    double_click_to_edit, end_typing, start_text, start_text_by_touch, type_keys,
    wait_for_field_text, wait_until_typing,
};
use crate::support::users::{PHONES, phone_and_desktop, two_user_scenario};
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Waits until a text with these formatted runs is stored.
async fn wait_for_formatting(
    observer: &Observer,
    what: &str,
    wanted: &[(&str, Marks)],
) -> Result<()> {
    let each = |(text, marks): &(&str, Marks)| -> Vec<(char, Marks)> {
        text.chars().map(|letter| (letter, *marks)).collect()
    };
    let wanted: Vec<_> = wanted.iter().flat_map(each).collect();
    observer
        .wait_for_element(what, |it| {
            let stretches = it.text.runs();
            let letters = stretches.flat_map(|it| each(&(it.text, it.marks)));
            letters.eq(wanted.iter().copied())
        })
        .await
        .map(drop)
}

#[test]
fn lists_continue_and_shortcuts_format_letters() {
    two_user_scenario("writing-lists", async |ada, ben, observer| {
        let at = cell_corner(0);
        start_text(ada, at).await?;
        type_keys(ada, "- a\nb").await?;
        wait_for_field_text(ada, "• a\n• b").await?;
        ada.page.press("Ctrl+b").await?;
        type_keys(ada, "!").await?;
        wait_for_field_text(ada, "• a\n• b!").await?;
        let (plain, bold) = (("• a\n• b", Marks::NONE), ("!", Marks::BOLD));
        wait_for_formatting(observer, "a bold mark behind the list", &[plain, bold]).await?;
        // A shortcut formats only the selected letters.
        ada.page.press("Left").await?;
        ada.page.press("Shift+Left").await?;
        ada.page.press("Ctrl+i").await?;
        let slanted = ("b", Marks::ITALIC);
        let before = ("• a\n• ", Marks::NONE);
        wait_for_formatting(observer, "a slanted b", &[before, slanted, bold]).await?;
        ada.page.press("Escape").await?;
        // A selection would show as handles to her and as an outline to him.
        ada.page.press("Escape").await?;
        ada.wait_until_saved().await?;
        ben.wait_for_elements(1).await?;
        ben.wait_for_same_picture_as(ada, BOARD).await
    });
}

#[test]
fn shortcuts_make_the_text_of_a_selected_shape_bold_and_italic() {
    two_user_scenario("marks", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 250.0), At(600.0, 350.0)).await?;
        double_click_to_edit(ada, At(500.0, 300.0)).await?;
        ada.page.type_text("loud").await?;
        end_typing(ada).await?;
        wait_for_selected(ada, 1).await?;
        for (key, marks) in [
            ("Ctrl+b", Marks::BOLD),
            ("Ctrl+i", Marks::BOLD.set(Marks::ITALIC, true)),
        ] {
            ada.page.press(key).await?;
            observer
                .wait_for_element(key, |it| {
                    let mut stretches = it.text.runs();
                    stretches.all(|stretch| stretch.marks == marks)
                })
                .await?;
        }
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("plain again", |it| {
                it.text.plain() == "loud" && it.text.runs().all(|it| it.marks == Marks::NONE)
            })
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn a_button_makes_text_bold_on_a_phone() {
    scenario("phone letters", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        start_text_by_touch(&ada, At(60.0, 300.0)).await?;
        ada.page.type_text("plain ").await?;
        tap_control(&ada, "button", "Style").await?;
        tap_control(&ada, "button", "Bold text").await?;
        let pressed = "document.querySelector('[aria-label=\"Bold text\"]')\
            ?.getAttribute('aria-pressed') === 'true'";
        ada.page.wait_for::<bool>(pressed).await?;
        wait_until_typing(&ada).await?;
        ada.page.type_text("bold").await?;
        both_have_elements(&ada, &ben, 1).await?;
        // Ben's panel shows a mixed state for the text that he selects.
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(&ben, 1).await?;
        let mixed = "document.querySelector('[aria-label=\"Bold text\"]')\
            ?.getAttribute('aria-pressed') === 'false'";
        ben.page.wait_for::<bool>(mixed).await?;
        ben.page.click("button", "Bold text").await?;
        ben.page.wait_for::<bool>(pressed).await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

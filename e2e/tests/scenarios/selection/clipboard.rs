//! Copying, cutting and pasting: on one board, between boards, and from other programs.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::model::{Body, Color, Dash, Element, Outline};

use crate::observer::Observer;
use crate::support::controls::{copy_selection, cut_selection, paste};
use crate::support::pointer::{clear_selection, draw_box, draw_two_boxes};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Puts a text on the clipboard, as another program does.
async fn copy_elsewhere(person: &Person, text: &str) -> Result<()> {
    let origin: String = person.page.eval("location.origin").await?;
    person.context.allow_clipboard(&origin).await?;
    let write = format!("navigator.clipboard.writeText({text:?}).then(() => true)");
    person.page.eval::<bool>(&write).await.map(drop)
}

#[test]
fn copy_and_cut_paste_the_selection_as_one_undo_step() {
    two_user_scenario("copy and paste", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 2).await?;
        copy_selection(ada).await?;
        paste(ada).await?;
        both_have_elements(ada, ben, 4).await?;
        wait_for_selected(ada, 2).await?;
        cut_selection(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        paste(ada).await?;
        both_have_elements(ada, ben, 4).await?;
        // A paste is one undo step.
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await?;
        observer
            .wait_for("the two original elements", |board| {
                (board.len() == 2).then_some(())
            })
            .await
    });
}

/// Whether the centre of an element is there.
fn is_centred_at(x: f64, y: f64) -> impl Fn(&Element) -> bool {
    move |it| {
        let [width, height] = it.props.size().map(f64::from);
        let at = it.props.at;
        let middle = (at.x + width / 2.0, at.y + height / 2.0);
        (middle.0 - x).abs() < 1.0 && (middle.1 - y).abs() < 1.0
    }
}

#[test]
fn a_paste_lands_at_the_pointer_beside_the_last_paste_or_in_the_centre() {
    two_user_scenario("paste positions", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        copy_selection(ada).await?;
        ada.page.hover(At(700.0, 450.0)).await?;
        paste(ada).await?;
        observer
            .wait_for_element("one at the pointer", is_centred_at(700.0, 450.0))
            .await?;
        paste(ada).await?;
        observer
            .wait_for_element("one beside it", is_centred_at(720.0, 470.0))
            .await?;
        // The pointer is not over the board.
        let button = ada.page.find("button", "Zoom in").await?;
        ada.page.hover(button.centre()).await?;
        paste(ada).await?;
        observer
            .wait_for_element("one in the middle", is_centred_at(640.0, 400.0))
            .await?;
        // A duplicate is placed beside its original, wherever the pointer is.
        clear_selection(ada).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Ctrl+d").await?;
        observer
            .wait_for_element("a duplicate", is_centred_at(430.0, 310.0))
            .await?;
        both_have_elements(ada, ben, 5).await
    });
}

#[test]
fn elements_are_pasted_into_another_board() {
    scenario("across boards", async |env| {
        let url = env.one_server().await?;
        let (here, there) = (env.board(&url).await?, env.board(&url).await?);
        let ada = env.guest("ada", &here.owner.at(&url)).await?;
        draw_two_boxes(&ada).await?;
        ada.page.press("Ctrl+a").await?;
        copy_selection(&ada).await?;
        // The other board is another tab of the same person.
        let other = Person {
            context: ada.context.clone(),
            page: ada.context.page().await?,
        };
        other.open(&there.owner.at(&url)).await?;
        let ben = env.guest("ben", &there.edit.at(&url)).await?;
        let observer = Observer::join(&url, &there).await?;
        paste(&other).await?;
        both_have_elements(&other, &ben, 2).await?;
        observer
            .wait_for("two rectangles as large as on the other board", |board| {
                board
                    .elements()
                    .all(|it| it.props.size() == [120.0, 80.0])
                    .then_some(())
            })
            .await?;
        ada.wait_for_elements(2).await
    });
}

#[test]
fn pasted_text_and_svg_become_elements() {
    two_user_scenario("paste from elsewhere", async |ada, ben, observer| {
        copy_elsewhere(ada, "Bought: milk").await?;
        paste(ada).await?;
        both_have_elements(ada, ben, 1).await?;
        observer
            .wait_for_element("the pasted text", |it| {
                it.body == Body::Text && it.text.plain() == "Bought: milk"
            })
            .await?;
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>\
            <rect x='10' y='10' width='80' height='60' fill='none' stroke='#d63438'/>\
            <circle cx='150' cy='50' r='30' fill='none' stroke='#2f6be0'/></svg>";
        copy_elsewhere(ada, svg).await?;
        paste(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        for outline in [Outline::Rectangle, Outline::Ellipse] {
            observer
                .wait_for_element("the pasted shape", |it| it.body == Body::Shape(outline))
                .await?;
        }
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn copy_style_applies_only_the_style() {
    two_user_scenario("copy style", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Red").await?;
        ada.choose_style("Dashed line").await?;
        ada.page.press("Ctrl+Alt+c").await?;
        clear_selection(ada).await?;
        ada.page.click_at(At(600.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Ctrl+Alt+v").await?;
        observer
            .wait_for("two dashed red rectangles", |board| {
                board
                    .elements()
                    .all(|it| it.props.color == Color::Red && it.props.dash() == Dash::Dashed)
                    .then_some(())
            })
            .await?;
        // Undo reverts only the style.
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the second element as before", |it| {
                it.props.dash() == Dash::Solid
            })
            .await?;
        both_have_elements(ada, ben, 2).await
    });
}

#[test]
fn pasting_into_a_text_field_does_not_paste_on_the_board() {
    two_user_scenario("clipboard of a field", async |ada, ben, _| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.press("Ctrl+a").await?;
        copy_selection(ada).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        paste(ada).await?;
        ada.page.press("Escape").await?;
        both_have_elements(ada, ben, 1).await
    });
}

//! Copying, cutting and pasting: on one board, from board to board, from elsewhere.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::scene;
use shared::model::{Body, Color, Dash, Element, Outline};

use crate::pair::{
    both_see, copies, cuts, has_selected, lets_go, makes_box, pastes, two_boxes, witnessed,
};
use crate::witness::Witness;

/// Puts on the clipboard what another program would.
async fn elsewhere_copies(person: &Person, text: &str) -> Result<()> {
    let origin: String = person.page.eval("location.origin").await?;
    person.context.allow_clipboard(&origin).await?;
    let write = format!("navigator.clipboard.writeText({text:?}).then(() => true)");
    person.page.eval::<bool>(&write).await.map(drop)
}

#[test]
fn what_is_copied_is_pasted_beside_it_and_what_is_cut_moves() {
    witnessed("copy and paste", async |ada, ben, witness| {
        two_boxes(ada).await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(ada, 2).await?;
        copies(ada).await?;
        pastes(ada).await?;
        both_see(ada, ben, 4).await?;
        has_selected(ada, 2).await?;
        cuts(ada).await?;
        both_see(ada, ben, 2).await?;
        pastes(ada).await?;
        both_see(ada, ben, 4).await?;
        // A paste is one step.
        ada.page.press("Ctrl+z").await?;
        both_see(ada, ben, 2).await?;
        witness
            .sees("the two that were there", |board| {
                (board.len() == 2).then_some(())
            })
            .await
    });
}

/// Whether the middle of a box is there.
fn is_about(x: f64, y: f64) -> impl Fn(&Element) -> bool {
    move |it| {
        let [width, height] = it.props.size().map(f64::from);
        let at = it.props.at;
        let middle = (at.x + width / 2.0, at.y + height / 2.0);
        (middle.0 - x).abs() < 1.0 && (middle.1 - y).abs() < 1.0
    }
}

#[test]
fn a_paste_lands_at_the_pointer_beside_what_is_there_or_in_the_middle() {
    witnessed("where pastes land", async |ada, ben, witness| {
        makes_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        has_selected(ada, 1).await?;
        copies(ada).await?;
        ada.page.hover(At(700.0, 450.0)).await?;
        pastes(ada).await?;
        witness
            .finds("one at the pointer", is_about(700.0, 450.0))
            .await?;
        pastes(ada).await?;
        witness
            .finds("one beside it", is_about(720.0, 470.0))
            .await?;
        // The pointer has left the board.
        let button = ada.page.find("button", "Zoom in").await?;
        ada.page.hover(button.centre()).await?;
        pastes(ada).await?;
        witness
            .finds("one in the middle", is_about(640.0, 400.0))
            .await?;
        // A duplicate lies beside its original, wherever the pointer is.
        lets_go(ada).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        has_selected(ada, 1).await?;
        ada.page.press("Ctrl+d").await?;
        witness.finds("a duplicate", is_about(430.0, 310.0)).await?;
        both_see(ada, ben, 5).await
    });
}

#[test]
fn elements_go_from_one_board_to_another() {
    scene("across boards", async |stage| {
        let url = stage.one_server().await?;
        let (here, there) = (stage.board(&url).await?, stage.board(&url).await?);
        let ada = stage.guest("ada", &here.owner.at(&url)).await?;
        two_boxes(&ada).await?;
        ada.page.press("Ctrl+a").await?;
        copies(&ada).await?;
        // The other board is another tab of the same person.
        let other = Person {
            context: ada.context.clone(),
            page: ada.context.page().await?,
        };
        other.open(&there.owner.at(&url)).await?;
        let ben = stage.guest("ben", &there.edit.at(&url)).await?;
        let witness = Witness::join(&url, &there).await?;
        pastes(&other).await?;
        both_see(&other, &ben, 2).await?;
        witness
            .sees("two rectangles as large as on the other board", |board| {
                board
                    .elements()
                    .all(|it| it.props.size() == [120.0, 80.0])
                    .then_some(())
            })
            .await?;
        ada.sees_elements(2).await
    });
}

#[test]
fn text_and_drawings_from_elsewhere_become_elements() {
    witnessed("paste from elsewhere", async |ada, ben, witness| {
        elsewhere_copies(ada, "Bought: milk").await?;
        pastes(ada).await?;
        both_see(ada, ben, 1).await?;
        witness
            .finds("the pasted text", |it| {
                it.body == Body::Text && it.text.plain() == "Bought: milk"
            })
            .await?;
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>\
            <rect x='10' y='10' width='80' height='60' fill='none' stroke='#d63438'/>\
            <circle cx='150' cy='50' r='30' fill='none' stroke='#2f6be0'/></svg>";
        elsewhere_copies(ada, svg).await?;
        pastes(ada).await?;
        both_see(ada, ben, 3).await?;
        for outline in [Outline::Rectangle, Outline::Ellipse] {
            witness
                .finds("the pasted shape", |it| it.body == Body::Shape(outline))
                .await?;
        }
        ada.page.press("Ctrl+z").await?;
        both_see(ada, ben, 1).await
    });
}

#[test]
fn a_style_is_copied_without_its_element() {
    witnessed("copy style", async |ada, ben, witness| {
        two_boxes(ada).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        has_selected(ada, 1).await?;
        ada.choose("Red").await?;
        ada.choose("Dashed line").await?;
        ada.page.press("Ctrl+Alt+c").await?;
        lets_go(ada).await?;
        ada.page.click_at(At(600.0, 290.0)).await?;
        has_selected(ada, 1).await?;
        ada.page.press("Ctrl+Alt+v").await?;
        witness
            .sees("two dashed red rectangles", |board| {
                board
                    .elements()
                    .all(|it| it.props.color == Color::Red && it.props.dash() == Dash::Dashed)
                    .then_some(())
            })
            .await?;
        // And that alone is taken back.
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("the second as it was", |it| it.props.dash() == Dash::Solid)
            .await?;
        both_see(ada, ben, 2).await
    });
}

#[test]
fn the_keyboard_of_a_field_is_its_own() {
    witnessed("clipboard of a field", async |ada, ben, _| {
        makes_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.press("Ctrl+a").await?;
        copies(ada).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        pastes(ada).await?;
        ada.page.press("Escape").await?;
        both_see(ada, ben, 1).await
    });
}

//! What colours, keys and letters are for: what was drawn, or what is drawn next.

use anyhow::ensure;
use e2e::page::At;
use e2e::stage::scene;
use shared::model::{Body, Color};

use crate::pair::{both_see, drags, ends_typing, has_selected, is_typing, witnessed};
use crate::phone::{PHONES, begins_text_by_finger, phone_and_desk, taps};
use crate::writing::types;

#[test]
fn a_colour_is_for_the_tool_in_hand_and_not_for_what_was_drawn_before() {
    witnessed("colour of the next", async |ada, ben, witness| {
        ada.page.press("r").await?;
        drags(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        has_selected(ada, 1).await?;
        ada.page.press("p").await?;
        has_selected(ada, 0).await?;
        ada.choose("Red").await?;
        drags(ada, At(600.0, 250.0), At(700.0, 300.0)).await?;
        let is_ink = |body: &Body| matches!(body, Body::Stroke(_));
        let ink = witness.finds("ink", |it| is_ink(&it.body)).await?;
        ensure!(ink.props.color == Color::Red, "{:?}", ink.props.color);
        let shape = witness.finds("a shape", |it| !is_ink(&it.body)).await?;
        ensure!(shape.props.color == Color::Black, "{:?}", shape.props.color);
        // Nor does Backspace hit what was drawn before.
        ada.page.press("Backspace").await?;
        both_see(ada, ben, 2).await
    });
}

#[test]
fn a_tool_that_is_kept_makes_each_in_the_colour_chosen_before() {
    witnessed("colours in a row", async |ada, ben, witness| {
        ada.page.press("r").await?;
        ada.page.press("q").await?;
        let colors = [
            ("Red", Color::Red),
            ("Green", Color::Green),
            ("Blue", Color::Blue),
        ];
        for (x, (name, color)) in [320.0, 480.0, 640.0].into_iter().zip(colors) {
            ada.choose(name).await?;
            drags(ada, At(x, 250.0), At(x + 100.0, 330.0)).await?;
            witness.finds(name, |it| it.props.color == color).await?;
        }
        both_see(ada, ben, 3).await?;
        for (name, color) in colors {
            witness.finds(name, |it| it.props.color == color).await?;
        }
        Ok(())
    });
}

#[test]
fn keys_alone_put_one_thing_after_another() {
    witnessed("one after another", async |ada, ben, witness| {
        ada.page.press("v").await?;
        for key in ["r", "o", "n"] {
            ada.page.press(key).await?;
            ada.page.press("Enter").await?;
        }
        is_typing(ada).await?;
        types(ada, "todo").await?;
        ends_typing(ada).await?;
        witness
            .finds("the note", |it| it.text.plain() == "todo")
            .await?;
        both_see(ada, ben, 3).await
    });
}

#[test]
fn letters_are_made_bold_by_a_button_where_there_are_no_keys() {
    scene("phone letters", async |stage| {
        let (ada, ben) = phone_and_desk(stage, PHONES[0]).await?;
        begins_text_by_finger(&ada, At(60.0, 300.0)).await?;
        ada.page.type_text("plain ").await?;
        taps(&ada, "button", "Style").await?;
        taps(&ada, "button", "Bold text").await?;
        let pressed = "document.querySelector('[aria-label=\"Bold text\"]')\
            ?.getAttribute('aria-pressed') === 'true'";
        ada.page.wait_for::<bool>(pressed).await?;
        is_typing(&ada).await?;
        ada.page.type_text("bold").await?;
        both_see(&ada, &ben, 1).await?;
        // What is written so, Ben's panel says of the letters that he marks.
        ben.page.press("Ctrl+a").await?;
        has_selected(&ben, 1).await?;
        let mixed = "document.querySelector('[aria-label=\"Bold text\"]')\
            ?.getAttribute('aria-pressed') === 'false'";
        ben.page.wait_for::<bool>(mixed).await?;
        ben.page.click("button", "Bold text").await?;
        ben.page.wait_for::<bool>(pressed).await?;
        both_see(&ada, &ben, 1).await
    });
}

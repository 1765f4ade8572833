//! Typing text, on a desktop and on a phone.

use anyhow::{Context as _, Result};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId};
use shared::model::{Body, Color, Marks, NewElement, OrderKey, Props, RichText, StyledRun};
use shared::op::Op;

use crate::observer::Observer;
use crate::support::places::cell_corner;
use crate::support::touch::pick_tool_by_touch;
use crate::support::users::two_users_with_pens;
use crate::support::wait::both_have_elements;

/// The field that receives the keys while a text is edited.
pub(crate) const TEXT_FIELD: &str = "document.querySelector('[aria-label=Writing] textarea')";

/// Waits until a text has the keyboard focus.
pub(crate) async fn wait_until_typing(person: &Person) -> Result<()> {
    let focused = format!("{TEXT_FIELD} !== null && document.activeElement === {TEXT_FIELD}");
    person.page.wait_for::<bool>(&focused).await.map(drop)
}

/// Waits until no text is edited on this page.
pub(crate) async fn wait_until_not_typing(person: &Person) -> Result<()> {
    let gone = format!("{TEXT_FIELD} === null && __e2e.data('typing') === 0");
    person.page.wait_for::<bool>(&gone).await.map(drop)
}

/// Ends editing; the element stays selected.
pub(crate) async fn end_typing(person: &Person) -> Result<()> {
    person.page.press("Escape").await?;
    wait_until_not_typing(person).await
}

/// Double-clicks and waits until a text is edited.
pub(crate) async fn double_click_to_edit(person: &Person, at: At) -> Result<()> {
    for _ in 0..2 {
        person.page.click_at(at).await?;
    }
    wait_until_typing(person).await
}

/// Adds a text there and begins to edit it.
pub(crate) async fn start_text(person: &Person, at: At) -> Result<()> {
    person.page.press("t").await?;
    person.page.click_at(at).await?;
    wait_until_typing(person).await
}

/// Waits until the field has exactly this text.
pub(crate) async fn wait_for_field_text(person: &Person, text: &str) -> Result<()> {
    let holds = format!("{TEXT_FIELD}?.value === {text:?}");
    person.page.wait_for::<bool>(&holds).await.map(drop)
}

/// Types key by key.
pub(crate) async fn type_keys(person: &Person, keys: &str) -> Result<()> {
    for key in keys.chars() {
        let name = match key {
            ' ' => "Space".to_owned(),
            '\n' => "Enter".to_owned(),
            key => key.to_string(),
        };
        person.page.press(&name).await?;
    }
    Ok(())
}

/// Ada adds a text with these words, and both edit it.
pub(crate) async fn two_users_in_one_text(
    env: &mut TestEnv,
    words: &str,
) -> Result<(Person, Person)> {
    let (ada, ben) = two_users_with_pens(env).await?;
    let at = cell_corner(0);
    start_text(&ada, at).await?;
    type_keys(&ada, words).await?;
    both_have_elements(&ada, &ben, 1).await?;
    // With the text tool, a click on a text edits it.
    start_text(&ben, At(at.0 + 2.0, at.1)).await?;
    wait_for_field_text(&ben, words).await?;
    Ok((ada, ben))
}

/// Adds a text there by touch and begins to edit it.
pub(crate) async fn start_text_by_touch(person: &Person, at: At) -> Result<()> {
    pick_tool_by_touch(person, "Text").await?;
    person.page.touch(&[vec![at]]).await?;
    wait_until_typing(person).await
}

/// Sets the person's name and adds a sticky note with these words.
pub(crate) async fn write_note_as(person: &Person, name: &str, words: &str) -> Result<()> {
    person.set_name(name).await?;
    person.page.press("n").await?;
    person.page.click_at(At(500.0, 300.0)).await?;
    wait_until_typing(person).await?;
    person.page.type_text(words).await?;
    end_typing(person).await
}

/// Puts a text on the board, by the observer.
pub(crate) fn put_text(observer: &Observer, number: u8, at: [f64; 2], text: &str) -> Result<()> {
    let z = OrderKey::from_bytes(vec![0x70 + number]).context("no key")?;
    let at = BoardPoint::new(at[0], at[1]);
    let props = Props::plain(z, at, Color::Black, 4.0, 255);
    let mut new = NewElement::new(ElementId::from_bytes([number; 16]), props, Body::Text);
    let plain = [StyledRun {
        text,
        marks: Marks::NONE,
    }];
    new.text = RichText::typed(ClientId::from_bytes([1; 16]), plain);
    observer.submit(vec![Op::Put(Box::new(new))])
}

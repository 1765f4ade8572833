//! Writing: by keys, by two people at once, with lists.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::{Stage, scene};
use shared::model::Marks;

use crate::pair::{FIELD, both_see, is_typing, two_with_pens, types_no_more, witnessed};
use crate::places::{BOARD, place};
use crate::witness::Witness;

/// Begins a text there.
pub(crate) async fn begins_text(person: &Person, at: At) -> Result<()> {
    person.page.press("t").await?;
    person.page.click_at(at).await?;
    is_typing(person).await
}

/// Waits until the field holds just this.
pub(crate) async fn field_holds(person: &Person, text: &str) -> Result<()> {
    let holds = format!("{FIELD}?.value === {text:?}");
    person.page.wait_for::<bool>(&holds).await.map(drop)
}

/// Types key by key.
pub(crate) async fn types(person: &Person, keys: &str) -> Result<()> {
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

/// Ada has written this, and both write on it.
pub(crate) async fn two_in_one_text(stage: &mut Stage, words: &str) -> Result<(Person, Person)> {
    let (ada, ben) = two_with_pens(stage).await?;
    let at = place(0);
    begins_text(&ada, at).await?;
    types(&ada, words).await?;
    both_see(&ada, &ben, 1).await?;
    // With the tool for text, a press on a text writes on it.
    begins_text(&ben, At(at.0 + 2.0, at.1)).await?;
    field_holds(&ben, words).await?;
    Ok((ada, ben))
}

#[test]
fn two_people_who_write_in_one_text_keep_both() {
    scene("writing-together", async |stage| {
        let (ada, ben) = two_in_one_text(stage, "one").await?;
        ben.page.press("End").await?;
        ada.page.press("Home").await?;
        for (left, right) in ["a", "b", "c"].into_iter().zip(["x", "y", "z"]) {
            tokio::try_join!(types(&ada, left), types(&ben, right))?;
        }
        for person in [&ada, &ben] {
            field_holds(person, "abconexyz").await?;
        }
        // Each takes back their own alone, without leaving the text.
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            field_holds(person, "abcone").await?;
            is_typing(person).await?;
        }
        ben.page.press("Escape").await?;
        types_no_more(&ben).await?;
        ada.page.press("Escape").await?;
        for person in [&ada, &ben] {
            person.page.press("Escape").await?;
        }
        ada.saved().await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ben.sees_the_same_as(&ada, BOARD).await
    });
}

#[test]
fn a_press_in_the_text_moves_the_caret_and_one_beside_it_ends_the_writing() {
    scene("writing-pressed", async |stage| {
        let (ada, ben) = two_with_pens(stage).await?;
        let at = place(0);
        begins_text(&ada, at).await?;
        types(&ada, "word").await?;
        ada.page.click_at(At(at.0 + 1.0, at.1)).await?;
        types(&ada, "X").await?;
        field_holds(&ada, "Xword").await?;
        is_typing(&ada).await?;
        ada.page.click_at(place(16)).await?;
        types_no_more(&ada).await?;
        ben.sees_elements(1).await?;
        // A text that is left empty is nowhere.
        begins_text(&ada, place(4)).await?;
        ben.sees_elements(2).await?;
        ada.page.press("Escape").await?;
        ben.sees_elements(1).await?;
        let undone = ada.elements().await?;
        ensure!(undone == 1, "{undone} elements");
        Ok(())
    });
}

/// Waits until a text is written down with these stretches, each with its marks.
async fn is_marked(witness: &Witness, what: &str, wanted: &[(&str, Marks)]) -> Result<()> {
    let each = |(text, marks): &(&str, Marks)| -> Vec<(char, Marks)> {
        text.chars().map(|letter| (letter, *marks)).collect()
    };
    let wanted: Vec<_> = wanted.iter().flat_map(each).collect();
    witness
        .finds(what, |it| {
            let stretches = it.text.stretches();
            let letters = stretches.flat_map(|it| each(&(it.text, it.marks)));
            letters.eq(wanted.iter().copied())
        })
        .await
        .map(drop)
}

#[test]
fn lists_go_on_and_marks_are_set_by_keys() {
    witnessed("writing-lists", async |ada, ben, witness| {
        let at = place(0);
        begins_text(ada, at).await?;
        types(ada, "- a\nb").await?;
        field_holds(ada, "• a\n• b").await?;
        ada.page.press("Ctrl+b").await?;
        types(ada, "!").await?;
        field_holds(ada, "• a\n• b!").await?;
        let (plain, bold) = (("• a\n• b", Marks::NONE), ("!", Marks::BOLD));
        is_marked(witness, "a bold mark behind the list", &[plain, bold]).await?;
        // What is selected of it is set too, and nothing else.
        ada.page.press("Left").await?;
        ada.page.press("Shift+Left").await?;
        ada.page.press("Ctrl+i").await?;
        let slanted = ("b", Marks::ITALIC);
        let before = ("• a\n• ", Marks::NONE);
        is_marked(witness, "a slanted b", &[before, slanted, bold]).await?;
        ada.page.press("Escape").await?;
        // What is selected shows to her as handles, and to him as an outline.
        ada.page.press("Escape").await?;
        ada.saved().await?;
        ben.sees_elements(1).await?;
        ben.sees_the_same_as(ada, BOARD).await
    });
}

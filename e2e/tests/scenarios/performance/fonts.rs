//! A font loads when one of its letters is shown, and no other font loads.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use shared::model::{Element, Marks};

use crate::support::places::{cell, cell_corner};
use crate::support::pointer::clear_selection;
use crate::support::typing::{end_typing, wait_until_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_painted};

/// The font files that a page has requested, without the hashes in their names.
fn requested_fonts(person: &Person) -> BTreeSet<String> {
    let requests = person.page.log().requests();
    let files = requests
        .iter()
        .filter_map(|request| request.split_once("/fonts/"));
    let name = |(_, file): (&str, &str)| file.split('.').next().unwrap_or_default().to_owned();
    files.map(name).collect()
}

/// The font of the name above a remote selection.
const NAMES: &str = "sans-700-latin";

/// Waits until no font is loading, and checks that Ada's page has requested exactly these fonts, and
/// Ben's page these and the font of Ada's name.
async fn wait_for_fonts(
    (ada, ben): (&Person, &Person),
    what: &str,
    hers: &[&str],
    more: &[&str],
) -> Result<()> {
    for (person, wanted) in [(ada, hers.to_vec()), (ben, [hers, more].concat())] {
        let wanted: BTreeSet<String> = wanted.into_iter().map(str::to_owned).collect();
        wait_until_painted(person).await?;
        let loaded = "document.fonts.ready.then(() => true)";
        person.page.eval::<bool>(loaded).await?;
        // The log gets a request shortly after the page makes it.
        wait_until_painted(person).await?;
        let asked = requested_fonts(person);
        ensure!(asked == wanted, "{what}: {asked:?}, not {wanted:?}");
    }
    Ok(())
}

async fn add_text(person: &Person, at: At, face: &str, words: &str) -> Result<()> {
    person.page.press("t").await?;
    person.choose_style(face).await?;
    person.page.click_at(at).await?;
    wait_until_typing(person).await?;
    person.page.type_text(words).await?;
    end_typing(person).await
}

#[test]
fn only_the_fonts_and_letters_in_use_are_loaded() {
    two_user_scenario("typefaces", async |ada, ben, observer| {
        let both = (ada, ben);
        ada.pick_tool("Pen").await?;
        ada.draw_dash(cell_corner(8)).await?;
        both_have_elements(ada, ben, 1).await?;
        ben.page.wait_for_ink(cell(8), 20).await?;
        wait_for_fonts(both, "before anybody writes", &[], &[]).await?;
        add_text(ada, At(600.0, 250.0), "Handwritten", "hand").await?;
        both_have_elements(ada, ben, 2).await?;
        // Ben sees Ada's name above her selection.
        wait_for_fonts(both, "a word", &["hand-400-latin"], &[NAMES]).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Ctrl+b").await?;
        let is_bold = |it: &Element| {
            let mut all = it.text.runs();
            !it.text.is_empty() && all.all(|it| it.marks == Marks::BOLD)
        };
        observer.wait_for_element("a bold word", is_bold).await?;
        let heavy = ["hand-400-latin", "hand-700-latin"];
        wait_for_fonts(both, "a bold word", &heavy, &[NAMES]).await?;
        clear_selection(ada).await?;
        // Letters of another alphabet in another font.
        add_text(ada, At(600.0, 350.0), "Monospace", "λόγος").await?;
        both_have_elements(ada, ben, 3).await?;
        // The browser measures a font by its space, which is in the Latin file.
        let greek = [&heavy[..], &["mono-400-greek", "mono-400-latin"]].concat();
        wait_for_fonts(both, "a Greek word", &greek, &[NAMES]).await
    });
}

//! Nobody is kept out at moments that pass: while a colour is picked, a name written, a
//! notice shown, the line gone; and where there is no board.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::page::At;
use e2e::person::Person;
use e2e::proxy::Weather;
use e2e::stage::scene;

use crate::barriers::{in_both_themes, shows};
use crate::offline::one_behind_a_proxy;
use crate::pair::{
    ends_typing, has_selected, is_typing, lets_go, makes, opens_twice, runs, two_on_one_server,
};
use crate::phone::{PHONES, phone_and_desk, swipes, takes};
use crate::places::place;

#[test]
fn axe_finds_nothing_while_a_colour_is_picked_or_a_frame_named() {
    scene("axe picking", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        makes(&ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        opens_twice(&ada, At(400.0, 226.0)).await?;
        ada.page.find("textbox", "Name of the frame").await?;
        in_both_themes(&ada, "the name of a frame").await?;
        ends_typing(&ada).await?;
        lets_go(&ada).await?;
        ada.take("Pen").await?;
        let pick = "Pick a colour from the board";
        ada.page.click("button", pick).await?;
        shows(&ada, ".eyedropper").await?;
        in_both_themes(&ada, "picking a colour").await
    });
}

#[test]
fn axe_finds_nothing_in_notices() {
    scene("axe notices", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        for scheme in [Scheme::Light, Scheme::Dark] {
            ada.page.scheme(scheme).await?;
            // Nobody gave leave for the clipboard, or somebody did: either is said.
            runs(&ada, "Copy link to this place").await?;
            shows(&ada, ".toast").await?;
            let place = format!("a notice, {scheme:?}");
            ada.page.has_no_barriers(&place).await?;
            let is_there = "document.querySelector('.toast') !== null";
            ensure!(
                ada.page.eval::<bool>(is_there).await?,
                "it was gone: {place}"
            );
            ada.page.click("button", "Dismiss").await?;
            ada.page.wait_for::<bool>(&format!("!({is_there})")).await?;
        }
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_in_a_palette_that_finds_nothing() {
    scene("axe palette", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        ada.page.type_text("zzzzzz").await?;
        shows(&ada, ".command-none").await?;
        in_both_themes(&ada, "a palette that finds nothing").await
    });
}

#[test]
fn axe_finds_nothing_while_the_line_is_gone() {
    scene("axe offline", async |stage| {
        let (ada, proxy, _) = one_behind_a_proxy(stage).await?;
        ada.take("Pen").await?;
        proxy.set(Weather::Cut);
        ada.dash(place(0)).await?;
        ada.pill_says("Reconnecting").await?;
        in_both_themes(&ada, "without a line").await
    });
}

/// What is shown instead of a board, by the title of the notice.
async fn notice(person: &Person, title: &str) -> Result<()> {
    let says = format!("document.querySelector('.notice-title')?.textContent === {title:?}");
    person.page.wait_for::<bool>(&says).await?;
    in_both_themes(person, title).await
}

#[test]
fn axe_finds_nothing_where_there_is_no_board() {
    scene("axe notices instead", async |stage| {
        let url = stage.one_server().await?;
        stage.connections_will_break();
        let board = stage.board(&url).await?;
        let ada = stage.person("ada").await?;
        ada.page.goto(&format!("{url}/b/cut-off")).await?;
        notice(&ada, "Nothing is here").await?;
        ada.page.goto(&format!("{url}/b/{}", board.id)).await?;
        notice(&ada, "This link is incomplete").await?;
        let link = format!("{url}/b/{}#{}", board.id, "A".repeat(22));
        ada.page.goto("about:blank").await?;
        ada.page.goto(&link).await?;
        notice(&ada, "This link does not open a board").await
    });
}

#[test]
fn axe_finds_nothing_on_a_phone_about_what_is_selected_found_and_asked_for() {
    scene("axe phone moments", async |stage| {
        let (ada, _) = phone_and_desk(stage, PHONES[0]).await?;
        takes(&ada, "Rectangle").await?;
        swipes(&ada, At(100.0, 250.0), At(260.0, 400.0)).await?;
        ada.sees_elements(1).await?;
        // A tap beside it lets go, and one takes it.
        let aside = At(320.0, 560.0);
        ada.page.touch(&[vec![aside]]).await?;
        has_selected(&ada, 0).await?;
        ada.page.touch(&[vec![At(100.0, 320.0)]]).await?;
        has_selected(&ada, 1).await?;
        in_both_themes(&ada, "a box selected").await?;
        ada.page.fingers_down(&[At(100.0, 330.0)]).await?;
        ada.page.find("menuitem", "Delete").await?;
        ada.page.fingers_up().await?;
        in_both_themes(&ada, "the menu of a long press").await?;
        ada.page.touch(&[vec![aside]]).await?;
        let gone = "document.querySelector('.context-menu') === null";
        ada.page.wait_for::<bool>(gone).await?;
        takes(&ada, "Text").await?;
        ada.page.touch(&[vec![At(120.0, 480.0)]]).await?;
        is_typing(&ada).await?;
        ada.page.type_text("needle").await?;
        in_both_themes(&ada, "writing").await?;
        ends_typing(&ada).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        ada.page.type_text("needle").await?;
        let found = "document.querySelector('.find-count')?.textContent.includes('1 of 1')";
        ada.page.wait_for::<bool>(found).await?;
        in_both_themes(&ada, "a place found").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        in_both_themes(&ada, "the palette").await
    });
}

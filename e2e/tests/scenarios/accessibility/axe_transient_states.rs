//! axe-core finds no violation in states that pass: while the eyedropper is open, a frame is
//! renamed, a notice shows or the connection is lost; nor where there is no board.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::controls::run_command;
use crate::support::places::cell_corner;
use crate::support::pointer::{clear_selection, draw_with_key};
use crate::support::touch::{pick_tool_by_touch, swipe};
use crate::support::typing::{double_click_to_edit, end_typing, wait_until_typing};
use crate::support::users::{PHONES, phone_and_desktop, two_users, user_behind_a_proxy};
use crate::support::wait::{wait_for_selected, wait_until_visible};

#[test]
fn the_eyedropper_and_frame_renaming_have_no_axe_violations() {
    scenario("axe picking", async |env| {
        let (ada, _) = two_users(env).await?;
        draw_with_key(&ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        double_click_to_edit(&ada, At(400.0, 226.0)).await?;
        ada.page.find("textbox", "Name of the frame").await?;
        check_axe_in_both_themes(&ada, "the name of a frame").await?;
        end_typing(&ada).await?;
        clear_selection(&ada).await?;
        ada.pick_tool("Pen").await?;
        let pick = "Pick a colour from the board";
        ada.page.click("button", pick).await?;
        wait_until_visible(&ada, ".eyedropper").await?;
        check_axe_in_both_themes(&ada, "picking a colour").await
    });
}

#[test]
fn notices_have_no_axe_violations() {
    scenario("axe notices", async |env| {
        let (ada, _) = two_users(env).await?;
        for scheme in [Scheme::Light, Scheme::Dark] {
            ada.page.scheme(scheme).await?;
            // The notice appears whether or not the page may use the clipboard.
            run_command(&ada, "Copy link to this place").await?;
            wait_until_visible(&ada, ".toast").await?;
            let place = format!("a notice, {scheme:?}");
            ada.page.has_no_axe_violations(&place).await?;
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
fn an_empty_command_search_has_no_axe_violations() {
    scenario("axe palette", async |env| {
        let (ada, _) = two_users(env).await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        ada.page.type_text("zzzzzz").await?;
        wait_until_visible(&ada, ".command-none").await?;
        check_axe_in_both_themes(&ada, "a palette that finds nothing").await
    });
}

#[test]
fn a_lost_connection_has_no_axe_violations() {
    scenario("axe offline", async |env| {
        let (ada, proxy, _) = user_behind_a_proxy(env).await?;
        ada.pick_tool("Pen").await?;
        proxy.refuse();
        ada.draw_dash(cell_corner(0)).await?;
        ada.wait_for_status("Reconnecting").await?;
        check_axe_in_both_themes(&ada, "without a line").await
    });
}

/// Waits for the notice with this title that replaces the board.
async fn wait_for_notice(person: &Person, title: &str) -> Result<()> {
    let says = format!("document.querySelector('.notice-title')?.textContent === {title:?}");
    person.page.wait_for::<bool>(&says).await?;
    check_axe_in_both_themes(person, title).await
}

#[test]
fn a_missing_board_has_no_axe_violations() {
    scenario("axe notices instead", async |env| {
        let url = env.one_server().await?;
        env.connections_will_break();
        let board = env.board(&url).await?;
        let ada = env.person("ada").await?;
        ada.page.goto(&format!("{url}/b/cut-off")).await?;
        wait_for_notice(&ada, "Nothing is here").await?;
        ada.page.goto(&format!("{url}/b/{}", board.id)).await?;
        wait_for_notice(&ada, "This link is incomplete").await?;
        let link = format!("{url}/b/{}#{}", board.id, "A".repeat(22));
        ada.page.goto("about:blank").await?;
        ada.page.goto(&link).await?;
        wait_for_notice(&ada, "This link does not open a board").await
    });
}

#[test]
fn phone_selection_search_and_dialogs_have_no_axe_violations() {
    scenario("axe phone states", async |env| {
        let (ada, _) = phone_and_desktop(env, PHONES[0]).await?;
        pick_tool_by_touch(&ada, "Rectangle").await?;
        swipe(&ada, At(100.0, 250.0), At(260.0, 400.0)).await?;
        ada.wait_for_elements(1).await?;
        // One tap deselects, and the next one selects.
        let aside = At(320.0, 560.0);
        ada.page.touch(&[vec![aside]]).await?;
        wait_for_selected(&ada, 0).await?;
        ada.page.touch(&[vec![At(100.0, 320.0)]]).await?;
        wait_for_selected(&ada, 1).await?;
        check_axe_in_both_themes(&ada, "a box selected").await?;
        ada.page.fingers_down(&[At(100.0, 330.0)]).await?;
        ada.page.find("menuitem", "Delete").await?;
        ada.page.fingers_up().await?;
        check_axe_in_both_themes(&ada, "the menu of a long press").await?;
        // The menu is to the right of this place.
        ada.page.touch(&[vec![At(40.0, 220.0)]]).await?;
        let gone = "document.querySelector('.context-menu') === null";
        ada.page.wait_for::<bool>(gone).await?;
        pick_tool_by_touch(&ada, "Text").await?;
        ada.page.touch(&[vec![At(120.0, 480.0)]]).await?;
        wait_until_typing(&ada).await?;
        ada.page.type_text("needle").await?;
        check_axe_in_both_themes(&ada, "writing").await?;
        end_typing(&ada).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        ada.page.type_text("needle").await?;
        let found = "document.querySelector('.find-count')?.textContent.includes('1 of 1')";
        ada.page.wait_for::<bool>(found).await?;
        check_axe_in_both_themes(&ada, "a place found").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        check_axe_in_both_themes(&ada, "the palette").await
    });
}

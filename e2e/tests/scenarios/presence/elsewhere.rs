//! People who look at other parts of the board: signs at the edge, and invitations.

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::places::{cell, cell_corner};
use crate::support::users::two_users_apart;
use crate::support::wait::both_have_elements;

const AT: At = At(640.0, 400.0);

async fn pan(person: &Person, by: f64) -> Result<()> {
    person.page.wheel(AT, At(0.0, -by), Modifiers::NONE).await
}

/// Where the dash in cell 8 is after the view moved by this much.
fn dash_below(by: f64) -> Rect {
    let rect = cell(8);
    let y = rect.y + by;
    Rect { y, ..rect }
}

#[test]
fn an_invitation_leads_to_the_view_of_the_person() {
    scenario("invitation", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.pick_tool("Pen").await?;
        ada.set_name("Ada").await?;
        ada.draw_dash(cell_corner(8)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        pan(&ada, 160.0).await?;
        ada.page.wait_for_ink(dash_below(160.0), 20).await?;
        ada.page.click("button", "Show everyone").await?;
        ada.page.click("button", "Bring everyone to me").await?;
        let text = "document.querySelector('.gather-text')?.textContent \
                    === 'Ada asks you to look at their view.'";
        ben.page.wait_for::<bool>(text).await?;
        ben.page.wait_for_ink(cell(8), 20).await?;
        ben.page.click("button", "Go").await?;
        ben.page.wait_for_ink(dash_below(160.0), 20).await?;

        pan(&ada, 80.0).await?;
        ada.page.click("button", "Show everyone").await?;
        ada.page
            .click("switch", "Take everyone along without asking")
            .await?;
        ada.page.click("button", "Bring everyone to me").await?;
        ben.page.wait_for_ink(dash_below(240.0), 20).await?;
        let asked = "document.querySelector('.gather') === null";
        ben.page.wait_for::<bool>(asked).await.map(drop)
    });
}

#[test]
fn a_sign_at_the_edge_leads_to_a_person() {
    scenario("sign at the edge", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.set_name("Ada").await?;
        ada.page.hover(AT).await?;
        ben.wait_for_cursor_of("Ada").await?;
        pan(&ben, 900.0).await?;
        ben.page.click("button", "Go to Ada").await?;
        let gone = "document.querySelector('.edge') === null";
        ben.page.wait_for::<bool>(gone).await?;
        let in_view = "(() => { const at = document.querySelector('.cursor').getBoundingClientRect(); \
                       return Math.hypot(at.x - 640, at.y - 400) < 20 })()";
        ben.page.wait_for::<bool>(in_view).await.map(drop)
    });
}

#[test]
fn hidden_cursors_stay_hidden_after_a_reload() {
    scenario("hidden cursors", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.set_name("Ada").await?;
        ada.page.hover(AT).await?;
        ben.wait_for_cursor_of("Ada").await?;
        let shows =
            |what: &str| format!("document.querySelector('.cursor {what}')?.checkVisibility()");
        let is_name_hidden = format!("{} === false", shows(".cursor-name"));
        let is_arrow_shown = format!("{} === true", shows(".cursor-arrow"));
        let is_arrow_hidden = format!("{} === false", shows(".cursor-arrow"));
        ben.page.click("button", "Show everyone").await?;
        ben.page.click("switch", "Hide names").await?;
        ben.page.wait_for::<bool>(&is_name_hidden).await?;
        ben.page.wait_for::<bool>(&is_arrow_shown).await?;
        ben.page.click("switch", "Hide cursors").await?;
        ben.page.wait_for::<bool>(&is_arrow_hidden).await?;
        ben.page.reload().await?;
        ben.wait_for_people_count(2).await?;
        ada.page.hover(At(AT.0 + 50.0, AT.1)).await?;
        ben.page.wait_for::<bool>(&is_arrow_hidden).await.map(drop)
    });
}

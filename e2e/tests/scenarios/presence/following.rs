//! Following the view of another person.

use anyhow::{Result, ensure};
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::test_env::{TestEnv, scenario};

use crate::support::places::{cell, cell_corner};
use crate::support::users::two_users_apart;
use crate::support::wait::both_have_elements;

const PILL: &str = "document.querySelector('.follow-pill')";
const AT: At = At(640.0, 400.0);

/// Ada and Ben see a dash, and Ben follows Ada.
async fn ben_follows_ada(env: &mut TestEnv) -> Result<(Person, Person)> {
    let (ada, ben) = two_users_apart(env).await?;
    ada.pick_tool("Pen").await?;
    ada.set_name("Ada").await?;
    ben.set_name("Ben").await?;
    ada.draw_dash(cell_corner(8)).await?;
    both_have_elements(&ada, &ben, 1).await?;
    follow(&ben, "Ada").await?;
    Ok((ada, ben))
}

async fn follow(person: &Person, name: &str) -> Result<()> {
    person.page.click("button", "Show everyone").await?;
    let button = format!("Follow {name}");
    person.page.click("button", &button).await?;
    let words = format!("Following {name}");
    let shown = format!("{PILL}?.querySelector('.follow-name')?.textContent === {words:?}");
    person.page.wait_for::<bool>(&shown).await.map(drop)
}

async fn wait_until_not_following(person: &Person) -> Result<()> {
    let gone = format!("{PILL} === null");
    person.page.wait_for::<bool>(&gone).await.map(drop)
}

fn below(rect: Rect, by: f64) -> Rect {
    let y = rect.y + by;
    Rect { y, ..rect }
}

#[test]
fn a_followed_view_is_shown_until_the_follower_moves() {
    scenario("following", async |env| {
        let (ada, ben) = ben_follows_ada(env).await?;
        ada.page.wheel(AT, At(0.0, -160.0), Modifiers::NONE).await?;
        ben.page.wait_for_ink(below(cell(8), 160.0), 20).await?;
        ben.page.wait_for_blank(cell(8)).await?;
        ada.page.wheel(AT, At(0.0, -200.0), Modifiers::CTRL).await?;
        ada.wait_for_zoom("zoom > 105").await?;
        let zoom = ada.zoom().await?;
        ben.wait_for_zoom(&format!("zoom === {zoom}")).await?;
        ada.page.click("button", "Show everyone").await?;
        let told = "[...document.querySelectorAll('.people-row')]\
            .some((it) => it.textContent.includes('Ben') && it.textContent.includes('Follows you'))";
        ada.page.wait_for::<bool>(told).await?;
        ada.page.press("Escape").await?;

        ben.page.wheel(AT, At(0.0, 50.0), Modifiers::NONE).await?;
        wait_until_not_following(&ben).await?;
        ada.page.press("Ctrl+0").await?;
        ada.wait_for_zoom("zoom === 100").await?;
        ensure!(ben.zoom().await? == zoom, "Ben still follows");
        Ok(())
    });
}

#[test]
fn following_ends_by_escape_by_its_button_and_when_the_person_leaves() {
    scenario("end of following", async |env| {
        let (ada, ben) = ben_follows_ada(env).await?;
        ben.page.press("Escape").await?;
        wait_until_not_following(&ben).await?;
        follow(&ben, "Ada").await?;
        ben.page.click("button", "Stop following Ada").await?;
        wait_until_not_following(&ben).await?;
        follow(&ben, "Ada").await?;
        ada.page.close().await?;
        wait_until_not_following(&ben).await
    });
}

#[test]
fn two_people_cannot_follow_each_other() {
    scenario("circle", async |env| {
        let (ada, ben) = ben_follows_ada(env).await?;
        follow(&ada, "Ben").await?;
        wait_until_not_following(&ben).await?;
        let zoom = ada.zoom().await?;
        ensure!(zoom == 100.0, "the views drive each other: {zoom}");
        Ok(())
    });
}

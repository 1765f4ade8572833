//! The start page, and pages that show no board or let nobody draw.

use anyhow::Result;
use e2e::emulate::Network;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use testkit::board::Board;

use super::panels::share;
use crate::set::Set;

/// A title longer than any screen.
pub(crate) const LONG: &str = "Notes, sketches and decisions of the second meeting about the garden house behind the old mill";

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, set: &mut Set<'_>) -> Result<()> {
    start(env, set).await?;
    notices(env, set).await?;
    for (link, name) in set.lesser.clone().iter().zip(["editor", "view-only"]) {
        if set.wants(name) {
            let visitor = guest(env, set).await?;
            visitor.open(link).await?;
            set.shoot_page(&visitor, name).await?;
            share(&visitor).await?;
            set.shoot_page(&visitor, &format!("{name}-share")).await?;
            visitor.page.close().await?;
        }
    }
    set.shoot("offline", async |ada| {
        ada.page.set_network(Network::Offline).await?;
        // Closing the socket is what a lost line does; the browser keeps open ones while it plays offline.
        let gone = "/^(Reconnecting|Not saved)/.test(__e2e.status())";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    })
    .await?;
    set.ada.page.set_network(Network::Online).await?;
    set.shoot("long-title", async |ada| {
        ada.fill("Board title", LONG).await
    })
    .await
}

/// Somebody new with the same screen.
async fn guest(env: &mut TestEnv, set: &Set<'_>) -> Result<Person> {
    let person = env.person("guest").await?;
    set.device.put_before(&person).await?;
    Ok(person)
}

async fn start(env: &mut TestEnv, set: &mut Set<'_>) -> Result<()> {
    if !set.wants("start") {
        return Ok(());
    }
    let guest = guest(env, set).await?;
    let home = format!("{}/", set.url);
    guest.page.goto(&home).await?;
    guest.page.find("button", "New board").await?;
    set.shoot_page(&guest, "start-empty").await?;
    for title in ["Kitchen", LONG, "Retrospective, week 41"] {
        let board = Board::create(&set.url).await?;
        guest.open(&board.owner.at(&set.url)).await?;
        guest.fill("Board title", title).await?;
        guest.wait_until_saved().await?;
    }
    guest.open(&set.lesser[0]).await?;
    guest.page.goto(&home).await?;
    guest
        .page
        .wait_for::<bool>("document.body.textContent.includes('Kitchen')")
        .await?;
    set.shoot_page(&guest, "start").await?;
    guest.page.close().await
}

async fn notices(env: &mut TestEnv, set: &mut Set<'_>) -> Result<()> {
    let board = set.link.split('#').next().unwrap_or_default().to_owned();
    for (name, address) in [
        ("notice-broken", format!("{}/b/what", set.url)),
        ("notice-incomplete", board.clone()),
        ("notice-turned-away", format!("{board}#{}", "A".repeat(22))),
    ] {
        if set.wants(name) {
            let guest = guest(env, set).await?;
            guest.page.goto(&address).await?;
            guest
                .page
                .wait_for::<bool>("!!document.querySelector('.notice')")
                .await?;
            set.shoot_page(&guest, name).await?;
            guest.page.close().await?;
        }
    }
    Ok(())
}

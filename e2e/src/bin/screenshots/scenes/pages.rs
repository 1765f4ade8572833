//! The start page, pages without a board, and boards on which one cannot draw.

use anyhow::Result;
use e2e::emulate::Network;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use testkit::board::Board;

use super::panels::share;
use crate::series::Series;

/// A title longer than any screen.
pub(crate) const LONG: &str = "Notes, sketches and decisions of the second meeting about the garden house behind the old mill";

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    start(env, series).await?;
    notices(env, series).await?;
    for (link, name) in series
        .other_links
        .clone()
        .iter()
        .zip(["editor", "view-only"])
    {
        if series.wants(name) {
            let visitor = guest(env, series).await?;
            visitor.open(link).await?;
            series.shoot_page(&visitor, name).await?;
            share(&visitor).await?;
            series
                .shoot_page(&visitor, &format!("{name}-share"))
                .await?;
            visitor.page.close().await?;
        }
    }
    series
        .shoot("offline", async |ada| {
            ada.page.set_network(Network::Offline).await?;
            // Chromium may keep open WebSockets while it emulates an offline network.
            let says_so = "!!document.querySelector('.connection-notice')";
            ada.page.wait_for::<bool>(says_so).await.map(drop)
        })
        .await?;
    series.ada.page.set_network(Network::Online).await?;
    series
        .shoot("long-title", async |ada| {
            ada.fill("Board title", LONG).await
        })
        .await
}

/// Adds a new person with the same screen.
async fn guest(env: &mut TestEnv, series: &Series<'_>) -> Result<Person> {
    let person = env.person("guest").await?;
    series.device.apply_to(&person).await?;
    Ok(person)
}

async fn start(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.wants("start") {
        return Ok(());
    }
    let guest = guest(env, series).await?;
    let home = format!("{}/", series.url);
    guest.page.goto(&home).await?;
    guest.page.find("button", "New board").await?;
    series.shoot_page(&guest, "start-empty").await?;
    for title in ["Kitchen", LONG, "Retrospective, week 41"] {
        let board = Board::create(&series.url).await?;
        guest.open(&board.owner.at(&series.url)).await?;
        guest.fill("Board title", title).await?;
        guest.wait_until_saved().await?;
    }
    guest.open(&series.other_links[0]).await?;
    guest.page.goto(&home).await?;
    guest
        .page
        .wait_for::<bool>("document.body.textContent.includes('Kitchen')")
        .await?;
    series.shoot_page(&guest, "start").await?;
    guest.page.close().await
}

async fn notices(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    let board = series.link.split('#').next().unwrap_or_default().to_owned();
    for (name, address) in [
        ("notice-broken", format!("{}/b/what", series.url)),
        ("notice-incomplete", board.clone()),
        ("notice-turned-away", format!("{board}#{}", "A".repeat(22))),
    ] {
        if series.wants(name) {
            let guest = guest(env, series).await?;
            guest.page.goto(&address).await?;
            guest
                .page
                .wait_for::<bool>("!!document.querySelector('.notice')")
                .await?;
            series.shoot_page(&guest, name).await?;
            guest.page.close().await?;
        }
    }
    Ok(())
}

//! Takes pictures of every state of the product, on pages of a real server.
//!
//! `cargo xtask screenshots [part of the names]` runs it. It replaces the pictures in
//! `docs/screenshots`, which the documents show, and saves all others in `target/screenshots`. The
//! name of a picture consists of the state, the screen and the theme.

mod album;
mod content;
mod scenes;
mod series;
#[allow(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "constant lists of points"
)]
mod sketch;

use album::Album;
use anyhow::{Result, ensure};
use e2e::browser::SiteData;
use e2e::page::At;
use e2e::test_env::TestEnv;
use scenes::{
    arrows, assistant, board_history, chat, diagrams, exports, other_users, pages, panels,
    pictures, programs, selecting, sizes, together, tools,
};
use series::{Device, Series};

#[tokio::main]
async fn main() -> Result<()> {
    let album = Album::new(std::env::args().nth(1))?;
    let mut env = TestEnv::start(SiteData::Allowed).await?;
    let mut failures = Vec::new();
    for device in Device::ALL {
        failures.extend(shoot(&mut env, &album, device).await?);
    }
    env.browser.close().await?;
    ensure!(
        failures.is_empty(),
        "these states were not reached:\n{}",
        failures.join("\n")
    );
    Ok(())
}

/// Takes all pictures on one screen; returns the states that could not be reached.
async fn shoot(env: &mut TestEnv, album: &Album, device: Device) -> Result<Vec<String>> {
    let mut series = Series::build(env, album, device).await?;
    series.shoot("board-empty", async |_| Ok(())).await?;
    content::make(&series).await?;
    let ben = series.ben.clone();
    series
        .shoot("board", async |ada| {
            for by in [0.0, 10.0] {
                ben.page.hover(At(1030.0 + by, 400.0 - by)).await?;
            }
            ada.wait_for_cursor_of("Ben").await
        })
        .await?;
    tools::shoot(&mut series).await?;
    selecting::shoot(&mut series).await?;
    arrows::shoot(&mut series).await?;
    diagrams::shoot(&mut series).await?;
    panels::shoot(&mut series).await?;
    chat::shoot(&mut series).await?;
    together::shoot(env, &mut series).await?;
    board_history::shoot(env, &mut series).await?;
    programs::shoot(env, &mut series).await?;
    assistant::shoot(env, &mut series).await?;
    exports::shoot(&mut series).await?;
    pictures::shoot(&mut series).await?;
    sizes::shoot(&mut series).await?;
    other_users::shoot(env, &mut series).await?;
    pages::shoot(env, &mut series).await?;
    panels::find(&mut series).await?;
    series.open_tab().await?;
    selecting::zooms(&mut series).await?;
    panels::lost(&mut series).await?;
    Ok(series.failures())
}

//! Makes the pictures of everything people see: a real server, real people, real strokes.
//!
//! `cargo xtask screenshots [part of the names]`, by default all of them: into `docs/screenshots`
//! what is there already, because the documents show it, and the rest into `target/screenshots`.
//! A picture's name says the state, the screen and the theme.

mod album;
mod content;
mod scenes;
mod set;
#[allow(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "constant lists of points"
)]
mod sketch;

use album::Album;
use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::test_env::TestEnv;
use scenes::{company, doors, panels, selecting, sizes, tools};
use set::{Device, Set};

#[tokio::main]
async fn main() -> Result<()> {
    let album = Album::new(std::env::args().nth(1))?;
    let mut env = TestEnv::start().await?;
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

/// Takes all pictures on one screen; returns what could not be reached.
async fn shoot(env: &mut TestEnv, album: &Album, device: Device) -> Result<Vec<String>> {
    let mut set = Set::build(env, album, device).await?;
    set.shoot("board-empty", async |_| Ok(())).await?;
    content::make(&set).await?;
    let ben = set.ben.clone();
    set.shoot("board", async |ada| {
        for by in [0.0, 10.0] {
            ben.page.hover(At(1030.0 + by, 400.0 - by)).await?;
        }
        ada.wait_for_cursor_of("Ben").await
    })
    .await?;
    tools::shoot(&mut set).await?;
    selecting::shoot(&mut set).await?;
    panels::shoot(&mut set).await?;
    sizes::shoot(&mut set).await?;
    company::shoot(env, &mut set).await?;
    doors::shoot(env, &mut set).await?;
    panels::find(&mut set).await?;
    set.open_tab().await?;
    selecting::zooms(&mut set).await?;
    panels::lost(&mut set).await?;
    Ok(set.failures())
}

//! Makes the pictures of the README: a real server, two real people, real strokes.
//!
//! `cargo run -p e2e --bin screenshots [directory]`, by default into `docs/screenshots`.

#[allow(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "constant lists of points"
)]
mod sketch;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use e2e::emulate::Scheme;
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Page, Rect};
use e2e::person::Person;
use e2e::stage::Stage;
use sketch::{Ink, Stroke};

#[tokio::main]
async fn main() -> Result<()> {
    let album = Album::new(std::env::args().nth(1))?;
    let mut stage = Stage::set().await?;
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let link = board.links.owner.at(&url);
    let ada = stage.guest("ada", &link).await?;
    let ben = stage.guest("ben", &board.links.edit.at(&url)).await?;
    ada.page.scheme(Scheme::Light).await?;
    ada.fill("Board title", "Garden house").await?;
    ada.call_oneself("Ada").await?;
    ben.call_oneself("Ben").await?;

    for stroke in sketch::adas() {
        draw(&ada, &stroke).await?;
    }
    for stroke in sketch::bens() {
        draw(&ben, &stroke).await?;
    }
    ada.take("Pen").await?;
    ada.page.hover(At(700.0, 130.0)).await?;
    ben.page.hover(At(1000.0, 330.0)).await?;
    ben.page.hover(At(1010.0, 340.0)).await?;
    ada.saved().await?;
    ada.sees_cursor_of("Ben").await?;
    settle(&ada.page).await?;
    album.keep(&ada.page, "board-light").await?;

    ada.page.scheme(Scheme::Dark).await?;
    settle(&ada.page).await?;
    album.keep(&ada.page, "board-dark").await?;
    ada.page.scheme(Scheme::Light).await?;
    ada.page.click("button", "Share").await?;
    ada.page
        .wait_for::<bool>("document.querySelector('.link-field').value.includes('/b/')")
        .await?;
    settle(&ada.page).await?;
    album.keep(&ada.page, "share").await?;

    phone(&mut stage, &album, &board.links.edit.at(&url)).await?;
    ada.page.goto(&format!("{url}/")).await?;
    ada.page
        .wait_for::<bool>("document.body.textContent.includes('Garden house')")
        .await?;
    settle(&ada.page).await?;
    album.keep(&ada.page, "start").await?;
    stage.browser.close().await
}

/// The same board on a phone.
async fn phone(stage: &mut Stage, album: &Album, link: &str) -> Result<()> {
    let cleo = stage.person("cleo").await?;
    cleo.page.phone().await?;
    cleo.page.scheme(Scheme::Light).await?;
    cleo.open(link).await?;
    let screen = Rect {
        x: 0.0,
        y: 0.0,
        width: 390.0,
        height: 844.0,
    };
    cleo.page.wait_for_ink(screen, 100).await?;
    cleo.page.press("Shift+!").await?;
    cleo.zoom_becomes("zoom < 100").await?;
    settle(&cleo.page).await?;
    album.keep(&cleo.page, "phone").await
}

/// Takes the tool, colour and width of a stroke and draws it with a pen of changing pressure.
async fn draw(person: &Person, stroke: &Stroke) -> Result<()> {
    let Ink {
        tool,
        colour,
        width,
    } = stroke.ink;
    person.take(tool).await?;
    person.choose(colour).await?;
    person.choose(width).await?;
    let (Some(first), Some(last)) = (stroke.points.first(), stroke.points.last()) else {
        return Ok(());
    };
    let pen = |force| Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    };
    person.page.down(pen(first.1), first.0).await?;
    for (at, force) in stroke.points.iter().skip(1) {
        person.page.drag(pen(*force), *at).await?;
    }
    person.page.up(pen(0.0), last.0).await
}

/// Waits until nothing on the page moves any more.
async fn settle(page: &Page) -> Result<()> {
    let still = "document.fonts.ready\
        .then(() => Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
            .map((a) => a.finished.catch(() => 0))))\
        .then(() => new Promise((r) => setTimeout(() => requestAnimationFrame(() => r(true)), 400)))";
    page.eval::<bool>(still).await.map(drop)
}

/// The directory of the pictures.
struct Album(PathBuf);

impl Album {
    fn new(directory: Option<String>) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("no workspace")?;
        let path = directory.map_or_else(|| workspace.join("docs/screenshots"), PathBuf::from);
        std::fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }

    async fn keep(&self, page: &Page, name: &str) -> Result<()> {
        let path = self.0.join(format!("{name}.png"));
        std::fs::write(&path, page.screenshot(None).await?)
            .with_context(|| path.display().to_string())
    }
}

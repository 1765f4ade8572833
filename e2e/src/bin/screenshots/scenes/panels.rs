//! Menus, dialogs and panels.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;

use crate::series::Series;

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    palette(series).await?;
    series
        .shoot("menu", async |ada| ada.page.click("button", "Menu").await)
        .await?;
    series
        .shoot("help", async |ada| {
            ada.page.press("?").await?;
            ada.page.find("dialog", "Help").await.map(drop)
        })
        .await?;
    series
        .shoot("find-nothing", async |ada| {
            ada.page.press("Ctrl+f").await?;
            ada.page.find("searchbox", "Find text").await?;
            ada.page.type_text("elephant").await
        })
        .await?;
    series
        .shoot("outline", async |ada| command(ada, "Outline").await)
        .await?;
    series
        .shoot("minimap", async |ada| command(ada, "Minimap").await)
        .await?;
    series
        .shoot("outline-and-minimap", async |ada| {
            command(ada, "Outline").await?;
            let shown = "document.querySelector('.minimap-panel') !== null";
            if !ada.page.eval::<bool>(shown).await? {
                command(ada, "Minimap").await?;
            }
            Ok(())
        })
        .await?;
    series.shoot("share", async |ada| share(ada).await).await?;
    series
        .shoot("toast", async |ada| command(ada, "Copy link").await)
        .await?;
    series
        .shoot("name-card", async |ada| {
            ada.page.click("button", "Show everyone").await
        })
        .await
}

/// The search and its matches. The tab keeps the view of the match.
pub(crate) async fn find(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("find", async |ada| {
            ada.page.press("Ctrl+f").await?;
            ada.page.find("searchbox", "Find text").await?;
            ada.page.type_text("i").await?;
            ada.page.press("Enter").await
        })
        .await
}

/// A view without any element. The tab keeps this view, so this state comes last.
pub(crate) async fn lost(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("lost", async |ada| {
            let far = At(9000.0, 9000.0);
            ada.page
                .wheel(At(300.0, 300.0), far, e2e::keys::Modifiers::NONE)
                .await?;
            ada.page.find("button", "Back to content").await.map(drop)
        })
        .await
}

/// Opens the dialog and waits for the link in it.
pub(crate) async fn share(person: &Person) -> Result<()> {
    person.page.click("button", "Share").await?;
    let linked = "document.querySelector('.link-field').value.includes('/b/')";
    person.page.wait_for::<bool>(linked).await.map(drop)
}

async fn palette(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("palette", async |ada| open_palette(ada).await)
        .await?;
    series
        .shoot("palette-filtered", async |ada| {
            open_palette(ada).await?;
            ada.page.type_text("align").await
        })
        .await?;
    series
        .shoot("palette-nothing", async |ada| {
            open_palette(ada).await?;
            ada.page.type_text("elephant").await
        })
        .await
}

async fn open_palette(person: &Person) -> Result<()> {
    person.page.press("Ctrl+k").await?;
    let focused = "document.activeElement?.getAttribute('aria-label') === 'Search commands'";
    person.page.wait_for::<bool>(focused).await.map(drop)
}

/// Runs the first command that the palette finds for these words.
pub(crate) async fn command(person: &Person, words: &str) -> Result<()> {
    open_palette(person).await?;
    person.page.type_text(words).await?;
    person.page.press("Enter").await?;
    let closed = "document.activeElement?.getAttribute('aria-label') !== 'Search commands'";
    person.page.wait_for::<bool>(closed).await.map(drop)
}

//! The past of the board: who drew something, undoing a person's work, clearing the board.

use anyhow::Result;
use e2e::person::Person;

use super::panels::{command, share};
use crate::series::Series;

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    if !series.album.wants("past") {
        return Ok(());
    }
    series
        .shoot("past-origins", async |ada| {
            ada.page.press("Escape").await?;
            ada.page.press("Ctrl+a").await?;
            command(ada, "Who drew this?").await?;
            let known = "!!document.querySelector('.origins .people-row')";
            ada.page.wait_for::<bool>(known).await.map(drop)
        })
        .await?;
    series
        .shoot("past-undo-work", async |ada| {
            ada.page.click("button", "Show everyone").await?;
            ada.page.click("button", "Actions for Ben").await?;
            ada.page.click("button", "Undo work").await?;
            ada.page.find("button", "Undo all of it").await.map(drop)
        })
        .await?;
    series
        .shoot("past-clear", async |ada| {
            open_clearing(ada).await?;
            ada.page.click("button", "Clear board").await?;
            ada.page.find("button", "Clear it now").await.map(drop)
        })
        .await?;
    series
        .shoot("past-cleared", async |ada| {
            open_clearing(ada).await?;
            ada.page.click("button", "Clear board").await?;
            ada.page.click("button", "Clear it now").await?;
            ada.wait_for_elements(0).await?;
            let back = "!!document.querySelector('button[aria-label^=\"Bring back\"]')";
            ada.page.wait_for::<bool>(back).await.map(drop)
        })
        .await
}

async fn open_clearing(ada: &Person) -> Result<()> {
    share(ada).await?;
    let scroll = "((it) => it && (it.scrollIntoView({ block: 'end' }), true))(document.querySelector('[aria-label=\"Clear the board\"]'))";
    ada.page.wait_for::<bool>(scroll).await.map(drop)
}

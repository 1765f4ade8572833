//! The history of the board: who drew something, undoing a person's work, clearing and deleting the
//! board.

use anyhow::Result;
use e2e::person::Person;
use e2e::test_env::TestEnv;

use super::panels::{command, share};
use crate::series::Series;

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.album.wants_any_of("history") {
        return Ok(());
    }
    series
        .shoot("history-origins", async |ada| {
            ada.page.press("Escape").await?;
            ada.page.press("Ctrl+a").await?;
            command(ada, "Who drew this?").await?;
            let known = "!!document.querySelector('.origins .people-row')";
            ada.page.wait_for::<bool>(known).await.map(drop)
        })
        .await?;
    series
        .shoot("history-undo-work", async |ada| {
            ada.page.click("button", "Show everyone").await?;
            ada.page.click("button", "Actions for Ben").await?;
            ada.page.click("button", "Undo work").await?;
            ada.page.find("button", "Undo all of it").await.map(drop)
        })
        .await?;
    series
        .shoot("history-clear", async |ada| {
            open_clearing(ada).await?;
            ada.page.click("button", "Clear board").await?;
            ada.page.find("button", "Clear it now").await.map(drop)
        })
        .await?;
    series
        .shoot("history-cleared", async |ada| {
            open_clearing(ada).await?;
            ada.page.click("button", "Clear board").await?;
            ada.page.click("button", "Clear it now").await?;
            ada.wait_for_elements(0).await?;
            let back = "!!document.querySelector('button[aria-label^=\"Bring back\"]')";
            ada.page.wait_for::<bool>(back).await.map(drop)
        })
        .await?;
    series
        .shoot("history-delete", async |ada| {
            ask_for_the_title(ada, "Another title").await?;
            let wrong = "document.body.innerText.includes('That is not the title of this board.')";
            ada.page.wait_for::<bool>(wrong).await.map(drop)
        })
        .await?;
    if series.wants("history-deleted") {
        deleted(env, series).await?;
    }
    Ok(())
}

/// Tries to delete the board with this title.
async fn ask_for_the_title(person: &Person, title: &str) -> Result<()> {
    share(person).await?;
    person.page.click("button", "Delete board…").await?;
    person.page.type_text(title).await?;
    person.page.press("Enter").await
}

/// Deletes a board of its own.
async fn deleted(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    let board = env.board(&series.url).await?;
    let owner = env.person("deleter").await?;
    series.device.apply_to(&owner).await?;
    owner.open(&board.owner.at(&series.url)).await?;
    env.connections_will_break();
    ask_for_the_title(&owner, "Untitled board").await?;
    let gone = "document.body.innerText.includes('This board was deleted')";
    owner.page.wait_for::<bool>(gone).await?;
    series.shoot_page(&owner, "history-deleted").await?;
    owner.page.close().await
}

async fn open_clearing(ada: &Person) -> Result<()> {
    share(ada).await?;
    let scroll = "((it) => it && (it.scrollIntoView({ block: 'end' }), true))(document.querySelector('[aria-label=\"Clear the board\"]'))";
    ada.page.wait_for::<bool>(scroll).await.map(drop)
}

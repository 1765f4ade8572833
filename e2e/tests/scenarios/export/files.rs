//! Saving to files, and opening files as new boards.

use anyhow::{Result, ensure};
use e2e::files::Downloads;
use e2e::person::Person;
use e2e::test_env::scenario;

use super::support::{draw_plan, essence};
use crate::observer::Observer;
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// Lets the browser answer its file dialog with a real file of the page's own.
const PICK: &str = "(globalThis.showSaveFilePicker = async ({ suggestedName }) => {\
    const folder = await navigator.storage.getDirectory();\
    return folder.getFileHandle(suggestedName, { create: true }) }, true)";

const SAVED: &str = "(async () => {\
    const folder = await navigator.storage.getDirectory();\
    const file = await (await folder.getFileHandle('Untitled board.json')).getFile();\
    return file.text() })()";

/// Saves the board as a download, because the browser has no file dialog.
async fn save(ada: &Person, downloads: &Downloads) -> Result<Vec<u8>> {
    ada.page
        .eval::<bool>("(globalThis.showSaveFilePicker = undefined, true)")
        .await?;
    ada.page.press("Ctrl+s").await?;
    downloads.take("Untitled board.json").await
}

#[test]
fn a_board_is_saved_where_the_user_wants_or_downloaded() {
    two_user_scenario("save", async |ada, ben, _| {
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        let downloaded = String::from_utf8(save(ada, &downloads).await?)?;
        ada.page.eval::<bool>(PICK).await?;
        ada.page.press("Ctrl+s").await?;
        let said = "[...document.querySelectorAll('.toast')].some((it) => it.textContent.includes('Saved.'))";
        ada.page.wait_for::<bool>(said).await?;
        let saved: String = ada.page.eval(SAVED).await?;
        ensure!(
            saved == downloaded && saved.contains("\"type\":\"commonslate\""),
            "{saved}"
        );
        Ok(())
    });
}

#[test]
fn a_file_opens_as_a_new_board_from_the_start_page() {
    scenario("open", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let observer = Observer::join(&url, &board).await?;
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(&ada).await?;
        ada.wait_until_saved().await?;
        let before = observer
            .wait_for("the plan", |board| {
                (board.len() == 3).then(|| essence(board))
            })
            .await?;
        let file = save(&ada, &downloads).await?;
        ada.page.goto(&url).await?;
        ada.page.find("button", "Open file").await?;
        // A file that is no board leaves the page as it is, and the reason is named.
        ada.page.drop_file("film.mp4", b"\0\0\0\x18ftyp").await?;
        let named = "document.querySelector('[role=alert]')?.textContent.includes('film.mp4')";
        ada.page.wait_for::<bool>(named).await?;
        ada.page.drop_file("Garden.json", &file).await?;
        ada.page
            .wait_for::<bool>("location.pathname.startsWith('/b/')")
            .await?;
        ada.wait_for_elements(3).await?;
        ada.wait_until_saved().await?;
        let title = "document.querySelector('[aria-label=\"Board title\"]').value";
        let title: String = ada.page.eval(title).await?;
        ensure!(title == "Untitled board", "{title}");
        // Another person finds the same elements there.
        let link: String = ada.page.eval("location.href").await?;
        let ben = env.guest("ben", &link).await?;
        ben.wait_for_elements(3).await?;
        // A reload does not put them there again.
        ada.page.reload().await?;
        ada.wait_for_elements(3).await?;
        let again = save(&ada, &Downloads::of(&ada.context).await?).await?;
        ensure!(lines(&again) == lines(&file), "another board");
        ensure!(before.len() == 3, "{before:?}");
        Ok(())
    });
}

/// The number of elements of a file: one a line.
fn lines(file: &[u8]) -> usize {
    file.split(|byte| *byte == b'\n').count()
}

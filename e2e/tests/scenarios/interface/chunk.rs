//! Dialogs and panels whose code is in a file of its own, which is loaded after the start.

use anyhow::{Context as _, Result, ensure};
use e2e::page::Page;
use e2e::test_env::scenario;

use crate::support::users::one_user;

/// The name of the file, for requests to be blocked.
const CHUNK: &str = "*_chunk.wasm";

async fn wait_for(page: &Page, script: &str) -> Result<()> {
    page.wait_for::<bool>(script).await.map(drop)
}

#[test]
fn a_dialog_whose_code_did_not_load_says_so_and_opens_later() {
    scenario("the chunk is away", async |env| {
        let ada = one_user(env).await?;
        env.connections_will_break();
        ada.page.block_requests(&[CHUNK]).await?;
        ada.page.reload().await?;
        ada.wait_until_saved().await?;
        let says = "document.querySelector('.toasts').textContent\
                    .includes('A part of Commonslate did not load.')";
        for key in ["?", "Ctrl+k"] {
            ada.page.press(key).await?;
            wait_for(&ada.page, says)
                .await
                .with_context(|| key.to_owned())?;
            let missing: bool = ada
                .page
                .eval("document.querySelector('dialog:modal') === null")
                .await?;
            ensure!(missing, "{key} opened something");
            ada.page.click("button", "Dismiss").await?;
            wait_for(&ada.page, &format!("!({says})")).await?;
        }
        // A menu that stays empty is hidden again.
        ada.page.click("button", "Menu").await?;
        wait_for(&ada.page, says).await?;
        wait_for(
            &ada.page,
            "document.querySelector(':popover-open') === null",
        )
        .await?;
        // The board takes keys again.
        ada.page.press("r").await?;
        ada.wait_for_tool("Rectangle").await?;
        ada.page.block_requests(&[]).await?;
        ada.page.click("button", "Menu").await?;
        let has_focus = "document.activeElement.textContent.includes('New board')";
        wait_for(&ada.page, has_focus).await?;
        ada.page.press("Escape").await?;
        ada.page.press("?").await?;
        ada.page.find("dialog", "Help").await?;
        Ok(())
    });
}

#[test]
fn keys_do_not_reach_the_board_while_a_dialog_is_loaded() {
    scenario("keys for a dialog to come", async |env| {
        let ada = one_user(env).await?;
        // The file arrives only when the board has arrived, so this page is asked before that.
        ada.page
            .throttle_network(e2e::emulate::Speed {
                down: 200_000.0,
                up: 200_000.0,
            })
            .await?;
        ada.page.reload().await?;
        wait_for(&ada.page, "document.querySelector('main canvas') !== null").await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.press("r").await?;
        ada.page.find("combobox", "Search commands").await?;
        ada.page.press("Escape").await?;
        ada.wait_for_tool("Pen").await?;
        Ok(())
    });
}

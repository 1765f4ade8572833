//! A board made with nothing but the keyboard.

use anyhow::ensure;
use e2e::stage::scene;

#[test]
fn a_board_is_made_with_keys_alone() {
    scene("keys alone", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
        let ben = stage.guest("ben", &board.links.edit.at(&url)).await?;
        ada.page
            .eval::<Option<()>>("document.querySelector('main canvas, main').focus()")
            .await?;
        // A sticky note: taken, placed, written on, moved.
        ada.page.press("n").await?;
        ada.page.press("Enter").await?;
        ben.sees_elements(1).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("by keys").await?;
        ada.page.press("Escape").await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 0")
            .await?;
        let seq: u64 = ben.page.eval("__e2e.data('seq')").await?;
        ada.page.press("Right").await?;
        ben.page
            .wait_for::<bool>(&format!("__e2e.data('seq') > {seq}"))
            .await?;
        // Another one; then from one to the other by Tab; then away with it.
        ada.page.press("Ctrl+d").await?;
        ben.sees_elements(2).await?;
        ada.page.press("Tab").await?;
        ada.page
            .wait_for::<bool>("__e2e.data('selected') === 1")
            .await?;
        ada.page.press("Delete").await?;
        ben.sees_elements(1).await?;
        ada.page.press("Ctrl+z").await?;
        ben.sees_elements(2).await?;
        ensure!(ada.elements().await? == 2, "undo did not bring it back");
        Ok(())
    });
}

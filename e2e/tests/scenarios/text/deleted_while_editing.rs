//! Another user deletes the text being edited.

use anyhow::Context as _;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::typing::{start_text, type_keys, wait_until_not_typing};
use crate::support::users::two_users;
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn deletion_of_the_edited_text_is_reported_and_further_typing_triggers_no_shortcut() {
    scenario("deleted text", async |env| {
        let (ada, ben) = two_users(env).await?;
        start_text(&ada, At(400.0, 300.0)).await?;
        type_keys(&ada, "words").await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(&ben, 1).await?;
        ben.page.press("Delete").await?;
        wait_until_not_typing(&ada).await?;
        type_keys(&ada, "pqr").await?;
        ada.wait_for_tool("Select")
            .await
            .context("typing picked a tool")?;
        let told = "document.querySelector('.toast')?.textContent.includes('deleted')";
        ada.page.wait_for::<bool>(told).await?;
        // After a click, keys are shortcuts again.
        ada.page.click_at(At(900.0, 600.0)).await?;
        ada.page.press("p").await?;
        ada.wait_for_tool("Pen").await
    });
}

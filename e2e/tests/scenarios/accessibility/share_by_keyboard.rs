//! The links of a board are managed with the keyboard alone.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::users::one_user;

/// More presses of Tab than the page has controls.
const MOST_PRESSES: usize = 80;

/// Presses Tab until a control with this name has the focus. `within` is a selector of what
/// surrounds it.
async fn tab_to(person: &Person, within: &str, name: &str) -> Result<()> {
    let there = format!(
        "(() => {{ const at = document.activeElement; \
         const name = at?.getAttribute('aria-label') ?? at?.closest('label')?.textContent ?? at?.textContent; \
         return !!at?.closest({within:?}) && name?.trim() === {name:?} }})()"
    );
    for _ in 0..MOST_PRESSES {
        if person.page.eval::<bool>(&there).await? {
            return Ok(());
        }
        person.page.press("Tab").await?;
    }
    anyhow::bail!("{name} cannot be reached by Tab")
}

async fn press(person: &Person, within: &str, name: &str) -> Result<()> {
    tab_to(person, within, name).await?;
    person.page.press("Enter").await
}

#[test]
fn a_link_is_made_copied_and_revoked_with_the_keyboard_alone() {
    scenario("share by keyboard", async |env| {
        let ada = one_user(env).await?;
        let url = env.server(0)?.url();
        ada.context.allow_clipboard(&url).await?;
        press(&ada, "header", "Share").await?;
        ada.page
            .wait_for::<bool>("document.querySelectorAll('.link-entry').length >= 3")
            .await?;
        press(&ada, "dialog", "New link").await?;
        tab_to(&ada, ".link-form", "Label").await?;
        ada.page.type_text("Class").await?;
        tab_to(&ada, ".link-form", "People at once").await?;
        ada.page.type_text("many").await?;
        ada.page.press("Enter").await?;
        // The wrong field has the focus, and what was typed stays.
        let refused = "document.activeElement.getAttribute('aria-invalid') === 'true' \
             && document.getElementById(document.activeElement.getAttribute('aria-describedby')) \
             .textContent.includes('whole number')";
        ada.page.wait_for::<bool>(refused).await?;
        check_axe_in_both_themes(&ada, "the form of a link").await?;
        ada.page.press("Ctrl+A").await?;
        ada.page.type_text("5").await?;
        ada.page.press("Enter").await?;
        let entry = "[role=group][aria-label^=Class]";
        let made = format!("document.querySelector({entry:?})?.textContent.includes('0 of 5')");
        ada.page.wait_for::<bool>(&made).await?;

        press(&ada, entry, "Copy").await?;
        let copied: String = ada
            .page
            .wait_for("navigator.clipboard.readText().then((text) => text.includes('#') && text)")
            .await?;
        press(&ada, entry, "QR code").await?;
        press(&ada, entry, "Change").await?;
        check_axe_in_both_themes(&ada, "a link with its code and its form").await?;
        press(&ada, entry, "Revoke").await?;
        press(&ada, entry, "Revoke it now").await?;
        let ended = format!("document.querySelector({entry:?})?.dataset.ended === 'true'");
        ada.page.wait_for::<bool>(&ended).await?;
        ada.page.press("Escape").await?;
        let at_button = "document.querySelector('dialog[open]') === null \
             && document.activeElement?.getAttribute('aria-label') === 'Share'";
        ada.page.wait_for::<bool>(at_button).await?;
        ensure!(copied.starts_with(&url), "the copied link: {copied}");
        Ok(())
    });
}

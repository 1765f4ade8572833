//! Light and dark.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::test_env::scenario;

use crate::support::places::{cell, cell_corner};
use crate::support::users::one_user;

/// The lightness of the board's background, `0 ..= 255`.
async fn lightness(person: &Person) -> Result<u32> {
    let shot = Picture::decode(&person.page.screenshot(Some(cell(9))).await?)?;
    Ok(shot.background()[..3]
        .iter()
        .map(|channel| u32::from(*channel))
        .sum::<u32>()
        / 3)
}

#[test]
fn the_theme_follows_the_system_or_the_menu_and_ink_stays_visible() {
    scenario("themes", async |env| {
        let ada = one_user(env).await?;
        ada.page.scheme(Scheme::Light).await?;
        ada.pick_tool("Pen").await?;
        ada.choose_style("Black").await?;
        ada.draw_dash(cell_corner(8)).await?;
        ada.wait_until_saved().await?;
        ensure!(
            lightness(&ada).await? > 200,
            "light is {}",
            lightness(&ada).await?
        );
        ada.page.wait_for_ink(cell(8), 20).await?;

        ada.page.scheme(Scheme::Dark).await?;
        let dark = "matchMedia('(prefers-color-scheme: dark)').matches";
        ada.page.wait_for::<bool>(dark).await?;
        let settled = "Promise.all(document.getAnimations().map((a) => a.finished.catch(() => 0)))\
            .then(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true)))))";
        ada.page.eval::<bool>(settled).await?;
        ensure!(
            lightness(&ada).await? < 80,
            "dark is {}",
            lightness(&ada).await?
        );
        ada.page.wait_for_ink(cell(8), 20).await?;
        let shown = async |rect| {
            anyhow::Ok(Picture::decode(&ada.page.screenshot(Some(rect)).await?)?.ink())
        };
        // Beside the dash only the dots of the background show.
        let (dash, paper) = (shown(cell(8)).await?, shown(cell(9)).await?);
        ensure!(
            dash > paper + 20,
            "black ink is invisible in the dark: {dash} and {paper}"
        );

        ada.page.click("button", "Menu").await?;
        ada.page.click("menuitemradio", "Light").await?;
        ada.page.press("Escape").await?;
        ada.page
            .wait_for::<bool>("document.documentElement.dataset.theme === 'light'")
            .await?;
        ada.page.eval::<bool>(settled).await?;
        ensure!(
            lightness(&ada).await? > 200,
            "the menu's light is {}",
            lightness(&ada).await?
        );
        Ok(())
    });
}

//! Themes, the phone, and the keyboard alone.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::stage::{Stage, scene};

use crate::places::{place, spot};

async fn somebody(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    stage.guest("ada", &board.owner.at(&url)).await
}

/// How light the board is where nothing is drawn, `0 ..= 255`.
async fn lightness(person: &Person) -> Result<u32> {
    let shot = Picture::decode(&person.page.screenshot(Some(spot(9))).await?)?;
    Ok(shot.background()[..3]
        .iter()
        .map(|channel| u32::from(*channel))
        .sum::<u32>()
        / 3)
}

#[test]
fn the_theme_follows_the_system_and_the_menu_and_ink_stays_visible() {
    scene("themes", async |stage| {
        let ada = somebody(stage).await?;
        ada.page.scheme(Scheme::Light).await?;
        ada.take("Pen").await?;
        ada.choose("Black").await?;
        ada.dash(place(8)).await?;
        ada.saved().await?;
        ensure!(
            lightness(&ada).await? > 200,
            "light is {}",
            lightness(&ada).await?
        );
        ada.page.wait_for_ink(spot(8), 20).await?;

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
        ada.page.wait_for_ink(spot(8), 20).await?;
        let shown = async |rect| {
            anyhow::Ok(Picture::decode(&ada.page.screenshot(Some(rect)).await?)?.ink())
        };
        // Beside the dash only the dots of the paper show.
        let (dash, paper) = (shown(spot(8)).await?, shown(spot(9)).await?);
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

/// Visible controls smaller than a fingertip, with their sizes.
const SMALL: &str = "[...document.querySelectorAll('button, a[href], input, [role=button], [role=radio]')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < 43.5)\
    .map(([e, box]) => `${e.getAttribute('aria-label') ?? e.textContent} \
        ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)";

async fn fits_the_phone(person: &Person) -> Result<()> {
    let wide: i64 = person
        .page
        .eval("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth")
        .await?;
    ensure!(wide <= 0, "the page is {wide} pixels too wide");
    let small: Vec<String> = person.page.eval(SMALL).await?;
    ensure!(small.is_empty(), "too small for a finger: {small:?}");
    let outside: Vec<String> = person
        .page
        .eval(
            "[...document.querySelectorAll('button')].filter((e) => e.checkVisibility())\
             .map((e) => [e, e.getBoundingClientRect()])\
             .filter(([e, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1) \
                && !e.closest('[role=toolbar], [role=radiogroup]'))\
             .map(([e]) => e.getAttribute('aria-label') ?? e.textContent)",
        )
        .await?;
    ensure!(
        outside.is_empty(),
        "outside the phone's screen: {outside:?}"
    );
    Ok(())
}

#[test]
fn the_phone_layout_fits_and_its_targets_fit_a_finger() {
    scene("phone", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.person("ada").await?;
        ada.page.phone().await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.find("button", "New board").await?;
        fits_the_phone(&ada).await?;
        ada.open(&board.owner.at(&url)).await?;
        ada.page.find("button", "Pen").await?;
        fits_the_phone(&ada).await
    });
}

#[test]
fn a_tool_can_be_reached_and_taken_with_the_keyboard_alone() {
    scene("keyboard only", async |stage| {
        let ada = somebody(stage).await?;
        let inside = "!!document.activeElement?.closest('[role=toolbar][aria-label=\"Tools\"]')";
        let mut presses = 0;
        while !ada.page.eval::<bool>(inside).await? {
            ada.page.press("Tab").await?;
            presses += 1;
            ensure!(presses < 60, "the toolbar cannot be reached by Tab");
        }
        let label = "document.activeElement.getAttribute('aria-label')";
        let mut steps = 0;
        while ada.page.eval::<String>(label).await? != "Eraser" {
            ada.page.press("Right").await?;
            steps += 1;
            ensure!(steps < 20, "the eraser cannot be reached by arrows");
        }
        let focus = "getComputedStyle(document.activeElement).outlineStyle !== 'none' \
            || getComputedStyle(document.activeElement).boxShadow !== 'none'";
        ensure!(
            ada.page.eval::<bool>(focus).await?,
            "the focus is invisible"
        );
        ada.page.press("Enter").await?;
        ada.holds("Eraser").await
    });
}

//! The start page and the board on a phone.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::stage::scene;

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
fn the_start_page_and_the_board_fit_a_phone() {
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

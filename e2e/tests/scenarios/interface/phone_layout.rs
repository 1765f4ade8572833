//! The start page and the board on a phone.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

/// Visible controls smaller than a fingertip, with their sizes.
const SMALL: &str = "[...document.querySelectorAll('button, a[href], input, [role=button], [role=radio]')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < 43.5)\
    .map(([e, box]) => `${e.getAttribute('aria-label') ?? e.textContent} \
        ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)";

async fn check_fits_phone(person: &Person) -> Result<()> {
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
    scenario("phone", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.person("ada").await?;
        ada.page.phone().await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.find("button", "New board").await?;
        check_fits_phone(&ada).await?;
        ada.open(&board.owner.at(&url)).await?;
        ada.page.find("button", "Pen").await?;
        check_fits_phone(&ada).await
    });
}

//! One person with two tabs of one browser.

use anyhow::ensure;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

#[test]
fn two_tabs_of_one_browser_are_one_person_with_two_cursors() {
    scenario("two tabs", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        ben.set_name("Ben").await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        ada.set_name("Ada").await?;
        let second = Person {
            page: ada.context.page().await?,
            context: ada.context.clone(),
        };
        second.open(&board.owner.at(&url)).await?;
        ada.page.hover(At(400.0, 300.0)).await?;
        second.page.hover(At(600.0, 420.0)).await?;
        let both = "document.querySelectorAll('.cursor').length === 2";
        ben.page.wait_for::<bool>(both).await?;
        ben.wait_for_people(&["Ada", "Ben (you)"]).await?;
        for tab in [&ada, &second] {
            tab.wait_for_people(&["Ada (you)", "Ben"]).await?;
        }
        ben.page.click("button", "Show everyone").await?;
        let count = "document.querySelector('.people-card .card-title').textContent";
        let count = ben.page.eval::<String>(count).await?;
        ensure!(count == "2 people here", "the card says: {count}");

        second.page.close().await?;
        let one = "document.querySelectorAll('.cursor').length === 1";
        ben.page.wait_for::<bool>(one).await?;
        ben.wait_for_people(&["Ada", "Ben (you)"]).await
    });
}

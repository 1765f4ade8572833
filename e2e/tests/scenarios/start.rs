//! The start page, and the title of a board.

use anyhow::ensure;
use e2e::stage::scene;

use crate::places::place;

#[test]
fn a_new_board_opens_for_its_owner_and_is_listed_afterwards() {
    scene("new board", async |stage| {
        let url = stage.one_server().await?;
        let ada = stage.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.click("button", "New board").await?;
        let here = "/^\\/b\\/[\\w-]{22}$/.test(location.pathname) \
            && /^#[\\w-]{22}$/.test(location.hash) && location.href";
        let link: String = ada.page.wait_for(here).await?;
        stage.keep_secret(link.parse()?);
        ada.pill_says("Saved").await?;
        ada.take("Pen").await?;
        ada.dash(place(3)).await?;
        ada.saved().await?;
        ada.fill("Board title", "Plans for spring").await?;
        ada.page
            .wait_for::<bool>("document.title.includes('Plans for spring')")
            .await?;
        ada.saved().await?;

        ada.page.goto(&format!("{url}/")).await?;
        let listed = "[...document.querySelectorAll('a')].find((a) => \
            a.textContent.includes('Plans for spring') && a.textContent.includes('Owner'))";
        ada.page.wait_for::<bool>(&format!("!!{listed}")).await?;
        ada.page
            .eval::<Option<()>>(&format!("{listed}.click()"))
            .await?;
        ada.sees_elements(1).await?;
        ada.pill_says("Saved").await?;
        let again: String = ada.page.eval("location.href").await?;
        ensure!(again == link, "the list leads to {again}, not to {link}");
        Ok(())
    });
}

#[test]
fn a_new_title_shows_at_the_other_person() {
    scene("title", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        let ben = stage.guest("ben", &board.edit.at(&url)).await?;
        ada.fill("Board title", "Über uns").await?;
        let shown = "document.querySelector('[aria-label=\"Board title\"]').value === 'Über uns'";
        ben.page.wait_for::<bool>(shown).await?;
        ben.page.reload().await?;
        ben.page.wait_for::<bool>(shown).await.map(drop)
    });
}

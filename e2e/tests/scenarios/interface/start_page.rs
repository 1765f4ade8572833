//! The start page, the title of a board, and data stored by earlier versions.

use anyhow::ensure;
use e2e::test_env::scenario;

use crate::support::places::cell_corner;

#[test]
fn a_new_board_opens_for_its_owner_and_is_listed_afterwards() {
    scenario("new board", async |env| {
        let url = env.one_server().await?;
        let ada = env.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.click("button", "New board").await?;
        let here = "/^\\/b\\/[\\w-]{22}$/.test(location.pathname) \
            && /^#[\\w-]{22}$/.test(location.hash) && location.href";
        let link: String = ada.page.wait_for(here).await?;
        env.keep_secret(link.parse()?);
        ada.wait_for_status("Saved").await?;
        ada.pick_tool("Pen").await?;
        ada.draw_dash(cell_corner(3)).await?;
        ada.wait_until_saved().await?;
        ada.fill("Board title", "Plans for spring").await?;
        ada.page
            .wait_for::<bool>("document.title.includes('Plans for spring')")
            .await?;
        ada.wait_until_saved().await?;

        ada.page.goto(&format!("{url}/")).await?;
        let listed = "[...document.querySelectorAll('a')].find((a) => \
            a.textContent.includes('Plans for spring') && a.textContent.includes('Owner'))";
        ada.page.wait_for::<bool>(&format!("!!{listed}")).await?;
        ada.page
            .eval::<Option<()>>(&format!("{listed}.click()"))
            .await?;
        ada.wait_for_elements(1).await?;
        ada.wait_for_status("Saved").await?;
        let again: String = ada.page.eval("location.href").await?;
        ensure!(again == link, "the list opens {again}, not {link}");
        Ok(())
    });
}

#[test]
fn a_new_title_reaches_the_other_page() {
    scenario("title", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        ada.fill("Board title", "Über uns").await?;
        let shown = "document.querySelector('[aria-label=\"Board title\"]').value === 'Über uns'";
        ben.page.wait_for::<bool>(shown).await?;
        ben.page.reload().await?;
        ben.page.wait_for::<bool>(shown).await.map(drop)
    });
}

#[test]
fn data_stored_by_an_earlier_version_is_read_and_rewritten() {
    scenario("earlier version", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        let (id, secret) = (board.id, board.owner.secret.reveal());
        let keep = format!(
            "localStorage.clear(), \
             localStorage.setItem('commonslate:board:{id}', '17 owner {secret} - - Plans of old '), \
             localStorage.setItem('commonslate:profile', '7 Ada L.'), \
             localStorage.setItem('commonslate:theme', 'dark'), \
             localStorage.setItem('commonslate:styles', '1;pen=2,2,255'), true"
        );
        ada.page.eval::<bool>(&keep).await?;
        ada.page.reload().await?;

        let listed = "[...document.querySelectorAll('a')].find((a) => \
            a.textContent.includes('Plans of old') && a.textContent.includes('Owner'))";
        ada.page.wait_for::<bool>(&format!("!!{listed}")).await?;
        let dark = "document.documentElement.dataset.theme === 'dark'";
        ada.page
            .eval::<Option<()>>(&format!("{listed}.click()"))
            .await?;
        ada.wait_for_status("Saved").await?;
        ada.page.wait_for::<bool>(dark).await?;
        let kept = |key: &str| format!("JSON.parse(localStorage.getItem('commonslate:{key}'))");
        let name: String = ada.page.eval(&format!("{}.name", kept("profile"))).await?;
        ensure!(name == "Ada L.", "the profile is of {name}");
        let role: String = ada
            .page
            .eval(&format!("{}.role", kept(&format!("board:{id}"))))
            .await?;
        ensure!(role == "owner", "the board is kept as {role}'s");
        Ok(())
    });
}

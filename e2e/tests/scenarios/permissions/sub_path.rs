//! A server that shares its address with others, below a path.

use anyhow::{Result, ensure};
use e2e::path_proxy::{PATH, PathTreatment};
use e2e::test_env::{TestEnv, scenario};
use testkit::board::Link;

use crate::support::places::{BOARD, cell_corner};

#[test]
fn a_server_below_a_path_works_behind_a_proxy_that_keeps_the_path() {
    scenario("kept path", async |env| {
        works(env, PathTreatment::Keep).await
    });
}

#[test]
fn a_server_below_a_path_works_behind_a_proxy_that_removes_the_path() {
    scenario("removed path", async |env| {
        works(env, PathTreatment::Remove).await
    });
}

async fn works(env: &mut TestEnv, treatment: PathTreatment) -> Result<()> {
    let proxy = env.server_below_path(treatment).await?;
    let url = proxy.url();
    // The start page makes a board by a server function and opens it.
    let ada = env.person("ada").await?;
    ada.page.goto(&format!("{url}/")).await?;
    ada.page.click("button", "New board").await?;
    ada.wait_for_status("Saved").await?;
    let link: String = ada.page.eval("location.href").await?;
    ensure!(link.starts_with(&format!("{url}/b/")), "{link}");
    env.keep_secret(link.parse::<Link>()?);

    ada.pick_tool("Pen").await?;
    ada.draw_dash(cell_corner(1)).await?;
    ada.wait_until_saved().await?;

    // The link for others leads to the same board, through the same path.
    ada.page.click("button", "Share").await?;
    let shared = "document.querySelector('.link-field').value";
    let shared: String = ada.page.wait_for(shared).await?;
    ensure!(shared.starts_with(&format!("{url}/b/")), "{shared}");
    ada.page.press("Escape").await?;
    let ben = env.guest("ben", &shared).await?;
    ben.wait_for_elements(1).await?;
    ben.wait_for_same_picture_as(&ada, BOARD).await?;

    // The files of the page come from below the path, and so does what installs it.
    let manifest = "fetch(document.querySelector('link[rel=manifest]').href)\
        .then((answer) => answer.json().then((it) => new URL(it.start_url, answer.url).pathname))";
    ensure!(ada.page.eval::<String>(manifest).await? == format!("{PATH}/"));
    let outside = "performance.getEntriesByType('resource')\
        .map((entry) => new URL(entry.name).pathname)";
    let paths: Vec<String> = ada.page.eval(outside).await?;
    let is_below = |path: &&String| path.starts_with(PATH);
    ensure!(paths.iter().all(|path| is_below(&path)), "{paths:?}");
    let fonts =
        "document.fonts.load('400 16px \"Commonslate Hand\"').then((fonts) => fonts.length > 0)";
    ensure!(ada.page.eval::<bool>(fonts).await?, "no font");

    // The start page lists the board, and its link opens it.
    ada.page.goto(&format!("{url}/")).await?;
    let listed: String = ada
        .page
        .wait_for("document.querySelector('.board-link')?.href")
        .await?;
    ensure!(listed == link, "{listed}");
    Ok(())
}

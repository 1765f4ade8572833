//! Programs on the board: what they propose, how people see them, and what owners set about them.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::TestEnv;
use testkit::board::Link;

use super::panels::share;
use crate::series::Series;

/// A name longer than its place.
const LONG: &str = "Sprint planning assistant of the garden house group";

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.album.wants_any_of("programs") {
        return Ok(());
    }
    if series.wants("programs-proposals") || series.wants("programs-people") {
        proposals(env, series).await?;
    }
    series
        .shoot("programs-settings", async |ada| {
            share(ada).await?;
            let scroll = "((it) => it && (it.scrollIntoView({ block: 'center' }), true))(\
                [...document.querySelectorAll('[role=switch]')].find((it) => \
                it.textContent.includes('propose') || \
                it.getAttribute('aria-label')?.includes('propose')))";
            ada.page.wait_for::<bool>(scroll).await.map(drop)
        })
        .await?;
    if series.wants("programs-docs") {
        docs(env, series).await?;
    }
    Ok(())
}

/// Two programs propose something on a board of its own.
async fn proposals(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    let board = env.board(&series.url).await?;
    let owner = env.person("watcher").await?;
    series.device.apply_to(&owner).await?;
    owner.open(&board.owner.at(&series.url)).await?;
    owner.wait_for_status("Saved").await?;
    let diagram = "{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { \
        name: 'create_diagram', arguments: { propose: true, x: 20, y: 260, \
        mermaid: 'flowchart LR\\n a[Wood] --> b{Dry?}\\n b -->|yes| c[Build]\\n b -->|no| d[Wait]' } } }";
    post(
        &owner,
        board.edit,
        &format!("/mcp/{}", board.id),
        LONG,
        diagram,
    )
    .await?;
    let note =
        "{ propose: true, elements: [{ kind: 'sticky', text: 'Paint the shed', x: 60, y: 480 }] }";
    let elements = format!("/api/v1/boards/{}/elements", board.id);
    post(&owner, board.edit, &elements, "nightly", note).await?;
    let shown = "document.querySelectorAll('section[aria-label=Proposal]').length === 2 && \
        document.body.innerText.includes('nightly proposes')";
    owner.page.wait_for::<bool>(shown).await?;
    if series.wants("programs-proposals") {
        series.shoot_page(&owner, "programs-proposals").await?;
    }
    if series.wants("programs-people") {
        owner.page.click("button", "Show everyone").await?;
        let listed =
            "[...document.querySelectorAll('.people-role')].some((it) => it.textContent === 'AI')";
        owner.page.wait_for::<bool>(listed).await?;
        series.shoot_page(&owner, "programs-people").await?;
    }
    owner.page.close().await
}

/// The page about the API.
async fn docs(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    let reader = env.person("reader").await?;
    series.device.apply_to(&reader).await?;
    reader
        .page
        .goto(&format!("{}/api/v1/docs/", series.url))
        .await?;
    let shown = "document.body.innerText.includes('/api/v1/boards')";
    reader.page.wait_for::<bool>(shown).await?;
    series.shoot_page(&reader, "programs-docs").await?;
    reader.page.close().await
}

/// Sends a request of a program from the page of a person.
async fn post(person: &Person, link: Link, url: &str, name: &str, body: &str) -> Result<()> {
    let secret = link.secret.reveal();
    let script = format!(
        "fetch('{url}', {{ method: 'POST', body: JSON.stringify({body}), headers: {{ \
         'Authorization': 'Bearer {secret}', 'Content-Type': 'application/json', \
         'Accept': 'application/json, text/event-stream', \
         'Commonslate-Program': '{name}' }} }}).then((answer) => answer.status)"
    );
    let status: u16 = person.page.eval(&script).await?;
    ensure!(
        (200..300).contains(&status),
        "{url} was answered with {status}"
    );
    Ok(())
}

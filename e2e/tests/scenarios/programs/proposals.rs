//! A program proposes elements; people accept, adjust or discard them.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;
use testkit::board::Link;

use crate::support::wait::{both_have_elements, wait_for_selected};

/// Sends a request of a program from the page of a person, to the server of that page. Returns the
/// status of the answer.
async fn post(person: &Person, link: Link, url: &str, body: &str) -> Result<u16> {
    let secret = link.secret.reveal();
    let script = format!(
        "fetch('{url}', {{ method: 'POST', body: JSON.stringify({body}), headers: {{ \
         'Authorization': 'Bearer {secret}', 'Content-Type': 'application/json', \
         'Accept': 'application/json, text/event-stream', \
         'Commonslate-Program': 'Planner' }} }}).then((answer) => answer.status)"
    );
    person.page.eval(&script).await
}

async fn wait_for_card(person: &Person, words: Option<&str>) -> Result<()> {
    let wanted = words.map_or("undefined".to_owned(), |words| format!("'{words}'"));
    let script = format!(
        "document.querySelector('section[aria-label=\"Proposal\"] p')?.textContent === {wanted}"
    );
    person.page.wait_for::<bool>(&script).await.map(drop)
}

/// Calls a tool of the server as an agent does.
async fn call(person: &Person, link: Link, tool: &str, arguments: &str) -> Result<()> {
    let body = format!(
        "{{ jsonrpc: '2.0', id: 1, method: 'tools/call', \
         params: {{ name: '{tool}', arguments: {arguments} }} }}"
    );
    let status = post(person, link, &format!("/mcp/{}", link.board), &body).await?;
    ensure!(status == 200, "{tool} was answered with {status}");
    Ok(())
}

/// A diagram of twelve nodes in a row that is only proposed.
fn diagram() -> String {
    let nodes: Vec<String> = (0..12).map(|at| format!("{{ id: 'n{at}' }}")).collect();
    let edges = (1..12).map(|at| format!("{{ from: 'n{}', to: 'n{at}' }}", at - 1));
    let edges: Vec<String> = edges.collect();
    let (nodes, edges) = (nodes.join(","), edges.join(","));
    format!("{{ propose: true, direction: 'right', nodes: [{nodes}], edges: [{edges}] }}")
}

/// Two notes that are only proposed.
const NOTES: &str = "{ propose: true, elements: [\
    { kind: 'sticky', text: 'Idea', x: 200, y: 200 }, \
    { kind: 'sticky', text: 'Plan', x: 500, y: 200 }] }";

#[test]
fn a_proposal_of_a_program_is_accepted_adjusted_or_discarded_by_people() {
    scenario("proposals", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let ada = env.guest("ada", &board.owner.at(&one)).await?;
        let ben = env.guest("ben", &board.edit.at(&two)).await?;
        let words = "Planner proposes 2 elements.";
        let elements = format!("/api/v1/boards/{}/elements", board.id);

        ensure!(post(&ada, board.edit, &elements, NOTES).await? == 201);
        for person in [&ada, &ben] {
            wait_for_card(person, Some(words)).await?;
        }
        ada.page.click("button", "Show everyone").await?;
        let role = "[...document.querySelectorAll('.people-role')].some((it) => \
                    it.textContent === 'Script')";
        ada.page.wait_for::<bool>(role).await?;
        ada.page.press("Escape").await?;

        // Ben discards it, and undo does not bring it back.
        ben.page.click("button", "Discard").await?;
        both_have_elements(&ada, &ben, 0).await?;
        wait_for_card(&ada, None).await?;
        ben.page.press("Ctrl+z").await?;
        ben.wait_until_saved().await?;
        both_have_elements(&ada, &ben, 0).await?;

        // Ada adjusts the next one and accepts it; one step of undo makes it a proposal again.
        ensure!(post(&ben, board.edit, &elements, NOTES).await? == 201);
        wait_for_card(&ada, Some(words)).await?;
        ada.page.click("button", "Adjust").await?;
        wait_for_selected(&ada, 2).await?;
        ada.page.press("Right").await?;
        ada.page.click("button", "Accept").await?;
        for person in [&ada, &ben] {
            wait_for_card(person, None).await?;
        }
        both_have_elements(&ada, &ben, 2).await?;
        ada.page.press("Ctrl+z").await?;
        wait_for_card(&ben, Some(words)).await
    });
}

#[test]
fn a_diagram_that_an_agent_proposes_is_accepted_and_what_it_draws_itself_is_undone_by_it() {
    scenario("agent proposes", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let ada = env.guest("ada", &board.owner.at(&one)).await?;
        let ben = env.guest("ben", &board.edit.at(&two)).await?;
        call(&ada, board.edit, "create_diagram", &diagram()).await?;
        wait_for_card(&ben, Some("Planner proposes 23 elements.")).await?;
        ben.page.click("button", "Accept").await?;
        wait_for_card(&ada, None).await?;
        both_have_elements(&ada, &ben, 23).await?;
        ada.page.click("button", "Show everyone").await?;
        let role = "[...document.querySelectorAll('.people-role')].some((it) => \
                    it.textContent === 'AI')";
        ada.page.wait_for::<bool>(role).await?;

        let stroke = "{ points: [[0, 300], [80, 340], [160, 300]] }";
        call(&ben, board.edit, "draw_stroke", stroke).await?;
        both_have_elements(&ada, &ben, 24).await?;
        // The diagram was changed by Ben, who accepted it, so it stays.
        call(&ada, board.edit, "undo_mine", "{}").await?;
        both_have_elements(&ada, &ben, 23).await
    });
}

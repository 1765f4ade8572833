//! An owner deletes a board, which is gone for all people on all servers.

use std::time::Duration;

use anyhow::ensure;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;

/// How long a deletion may take until all servers follow it.
const EVERYWHERE: Duration = Duration::from_secs(2);

fn says(words: &str) -> String {
    format!("document.body.innerText.includes({words:?})")
}

#[test]
fn a_board_that_its_owner_deletes_is_gone_for_all_people_and_from_the_owners_browser() {
    scenario("deleted board", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        let editor = env.guest("editor", &board.edit.at(&two)).await?;
        editor.pick_tool("Pen").await?;
        editor.draw_dash(At(400.0, 300.0)).await?;
        owner.wait_for_elements(1).await?;

        // The whole way by keyboard, from the button on.
        owner.page.click("button", "Share").await?;
        owner.page.find("button", "Delete board…").await?;
        let focus = "[...document.querySelectorAll('button')].find((it) => it.textContent === 'Delete board…').focus()";
        owner.page.eval::<Option<()>>(focus).await?;
        owner.page.press("Enter").await?;
        let asks = "document.activeElement.closest('label')?.innerText";
        let question: String = owner.page.wait_for(asks).await?;
        let title: String = owner
            .page
            .eval("document.querySelector('.delete-question strong').textContent")
            .await?;
        ensure!(
            question.ends_with(&title) && !title.is_empty(),
            "{question:?}"
        );
        check_axe_in_both_themes(&owner, "the question for the title").await?;
        owner
            .page
            .eval::<Option<()>>("document.querySelector('.delete-question input').focus()")
            .await?;
        owner.page.type_text("another title").await?;
        owner.page.press("Enter").await?;
        owner
            .page
            .wait_for::<bool>(&says("That is not the title of this board."))
            .await?;
        owner.wait_for_elements(1).await?;

        env.connections_will_break();
        owner.page.press("Ctrl+A").await?;
        owner.page.type_text(&title).await?;
        owner.page.press("Enter").await?;
        let unknown = says("This link does not open a board");
        editor
            .page
            .wait_for_within::<bool>(&unknown, EVERYWHERE)
            .await?;
        owner
            .page
            .wait_for::<bool>(&says("This board was deleted"))
            .await?;
        // The others still have what they saw.
        editor.page.find("button", "Copy it to a new board").await?;
        ensure!(!owner.page.eval::<bool>(&says("Copy it")).await?);
        for person in [&owner, &editor] {
            person.page.reload().await?;
            person.page.wait_for::<bool>(&unknown).await?;
        }
        let kept = "Object.keys(localStorage).filter((key) => key.startsWith('commonslate:board:')).length";
        ensure!(
            owner.page.eval::<u32>(kept).await? == 0,
            "the owner's browser keeps the board"
        );
        ensure!(editor.page.eval::<u32>(kept).await? == 1);
        Ok(())
    });
}

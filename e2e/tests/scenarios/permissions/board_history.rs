//! Owners undo the work of a person, clear the board and bring it back; all people can ask who drew
//! something.

use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::{TestEnv, scenario};

use crate::support::controls::run_command;
use crate::support::pointer::clear_selection;

/// An owner on one server, and Ada, who may edit, on another one.
async fn owner_and_editor(env: &mut TestEnv) -> anyhow::Result<(Person, Person)> {
    let [one, two] = env.two_servers().await?;
    let board = env.board(&one).await?;
    let owner = env.guest("owner", &board.owner.at(&one)).await?;
    let ada = env.guest("ada", &board.edit.at(&two)).await?;
    ada.set_name("Ada").await?;
    owner.wait_for_people_count(2).await?;
    Ok((owner, ada))
}

fn says(words: &str) -> String {
    format!("document.querySelector('dialog[open]')?.innerText.includes({words:?})")
}

#[test]
fn an_owner_undoes_the_work_of_a_person_on_the_other_server() {
    scenario("undo of a person's work", async |env| {
        let (owner, ada) = owner_and_editor(env).await?;
        owner.pick_tool("Pen").await?;
        owner.draw_dash(At(300.0, 300.0)).await?;
        ada.wait_for_elements(1).await?;
        ada.pick_tool("Pen").await?;
        for row in [360.0, 420.0] {
            ada.draw_dash(At(300.0, row)).await?;
        }
        owner.wait_for_elements(3).await?;
        ada.wait_until_saved().await?;

        clear_selection(&owner).await?;
        owner.page.press("Ctrl+a").await?;
        run_command(&owner, "Who drew this?").await?;
        owner
            .page
            .wait_for::<bool>(&says("drew 2 elements, Today"))
            .await?;
        owner.page.wait_for::<bool>(&says("Ada")).await?;
        owner.page.press("Escape").await?;

        owner.page.click("button", "Show everyone").await?;
        owner.page.click("button", "Actions for Ada").await?;
        owner.page.click("button", "Undo work").await?;
        owner.page.click("button", "Undo since they came").await?;
        owner.wait_for_elements(1).await?;
        ada.wait_for_elements(1).await?;
        owner.page.click("button", "Undo").await?;
        owner.wait_for_elements(3).await?;
        ada.wait_for_elements(3).await
    });
}

#[test]
fn a_cleared_board_is_brought_back_on_both_servers() {
    scenario("cleared board", async |env| {
        let (owner, ada) = owner_and_editor(env).await?;
        for (person, row) in [(&ada, 300.0), (&owner, 360.0)] {
            person.pick_tool("Pen").await?;
            person.draw_dash(At(300.0, row)).await?;
        }
        owner.wait_for_elements(2).await?;
        owner.wait_until_saved().await?;
        owner.page.click("button", "Share").await?;
        owner.page.click("button", "Clear board").await?;
        owner.page.click("button", "Clear it now").await?;
        for person in [&owner, &ada] {
            person.wait_for_elements(0).await?;
        }
        // A reload forgets the undo steps, and not the board.
        owner.wait_until_saved().await?;
        owner.page.reload().await?;
        owner.page.click("button", "Share").await?;
        let back = "((it) => it && (it.click(), true))(document.querySelector('button[aria-label^=\"Bring back\"]'))";
        owner.page.wait_for::<bool>(back).await?;
        for person in [&owner, &ada] {
            person.wait_for_elements(2).await?;
        }
        Ok(())
    });
}

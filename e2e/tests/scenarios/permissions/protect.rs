//! Owners protect elements, which only owners change then.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::controls::run_command;
use crate::support::pointer::clear_selection;

/// The owner protects the upper line, or removes the protection; then the other page knows it.
async fn toggle_protection(owner: &Person, other: &Person) -> Result<()> {
    clear_selection(owner).await?;
    owner.page.click_at(At(330.0, 310.0)).await?;
    run_command(owner, "Protect or remove protection").await?;
    owner.wait_until_saved().await?;
    let seq = owner.seq().await?;
    other.wait_for_seq(seq).await
}

async fn delete_everything(person: &Person) -> Result<()> {
    clear_selection(person).await?;
    person.page.press("Ctrl+a").await?;
    person.page.press("Delete").await
}

#[test]
fn a_protected_element_stays_until_an_owner_removes_the_protection() {
    scenario("protected element", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        let editor = env.guest("editor", &board.edit.at(&two)).await?;
        for (row, count) in [(300.0, 1), (400.0, 2)] {
            owner.pick_tool("Pen").await?;
            owner.draw_dash(At(300.0, row)).await?;
            editor.wait_for_elements(count).await?;
        }
        toggle_protection(&owner, &editor).await?;
        delete_everything(&editor).await?;
        owner.wait_for_elements(1).await?;
        // The key by which an editor unlocks what is locked does nothing here.
        editor.page.click_at(At(330.0, 310.0)).await?;
        editor.page.press("Ctrl+Shift+L").await?;
        editor.page.press("Delete").await?;
        editor.wait_until_saved().await?;
        editor.wait_for_elements(1).await?;

        toggle_protection(&owner, &editor).await?;
        delete_everything(&editor).await?;
        owner.wait_for_elements(0).await
    });
}

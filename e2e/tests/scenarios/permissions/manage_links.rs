//! Owners revoke links, freeze the board, mute and remove people.

use std::time::Duration;

use anyhow::ensure;
use e2e::person::Person;
use e2e::test_env::scenario;

/// How long a change may take until all servers follow it.
const EVERYWHERE: Duration = Duration::from_secs(2);

async fn open_share(owner: &Person) -> anyhow::Result<()> {
    owner.page.click("button", "Share").await?;
    let listed = "document.querySelectorAll('.link-entry').length >= 3";
    owner.page.wait_for::<bool>(listed).await.map(drop)
}

/// Makes a link for viewing with a label, and returns its address.
async fn make_link(owner: &Person, label: &str) -> anyhow::Result<String> {
    owner.page.click("button", "New link").await?;
    owner.page.click("textbox", "Label").await?;
    owner.page.type_text(label).await?;
    owner.page.click("button", "Make the link").await?;
    let made = format!("!!document.querySelector('.link-entry[aria-label^={label:?}]')");
    owner.page.wait_for::<bool>(&made).await?;
    press(owner, label, "Copy").await?;
    let copied = "(document.querySelector('.manage [role=status]')?.textContent || '').startsWith('Copied: can view')";
    owner.page.wait_for::<bool>(copied).await?;
    owner.page.eval("navigator.clipboard.readText()").await
}

/// Presses a button of a link or of a person.
async fn press(owner: &Person, entry: &str, button: &str) -> anyhow::Result<()> {
    let press = format!(
        "((button) => button && (button.focus(), button.click(), true))([...document.querySelectorAll(\
         '[role=group][aria-label^={entry:?}] button')].find((it) => it.textContent.trim() === {button:?}))"
    );
    owner.page.wait_for::<bool>(&press).await.map(drop)
}

fn says(words: &str) -> String {
    format!("document.body.innerText.includes({words:?})")
}

#[test]
fn a_revoked_link_lets_its_people_go_on_another_server() {
    scenario("revoked link", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        owner.context.allow_clipboard(&one).await?;
        open_share(&owner).await?;
        let link = make_link(&owner, "Friends").await?;
        press(&owner, "Friends", "Change").await?;
        let programs = "Programs may use this link";
        owner.page.click("switch", programs).await?;
        owner.page.click("button", "Save").await?;
        owner.page.wait_for::<bool>(&says("; no programs")).await?;
        let link = link.replace(&one, &two);
        let viewer = env.guest("viewer", &link).await?;
        viewer.wait_for_status("Read only").await?;
        env.connections_will_break();
        press(&owner, "Friends", "Revoke").await?;
        press(&owner, "Friends", "Revoke it now").await?;
        let gone = says("This link was revoked");
        viewer
            .page
            .wait_for_within::<bool>(&gone, EVERYWHERE)
            .await?;
        let ended = "!!document.querySelector('.link-entry[aria-label^=Friends][data-ended=true]')";
        owner.page.wait_for::<bool>(ended).await.map(drop)
    });
}

#[test]
fn a_rotated_link_is_replaced_by_another() {
    scenario("rotated link", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        owner.context.allow_clipboard(&one).await?;
        open_share(&owner).await?;
        let link = make_link(&owner, "Class").await?;
        let link = link.replace(&one, &two);
        let viewer = env.guest("viewer", &link).await?;
        viewer.wait_for_status("Read only").await?;
        env.connections_will_break();
        press(&owner, "Class", "Rotate").await?;
        press(&owner, "Class", "Replace it now").await?;
        let gone = says("This link was revoked");
        viewer
            .page
            .wait_for_within::<bool>(&gone, EVERYWHERE)
            .await?;
        let both = "document.querySelectorAll('.link-entry[aria-label^=Class]').length === 2";
        owner.page.wait_for::<bool>(both).await.map(drop)
    });
}

#[test]
fn a_frozen_board_takes_the_tools_of_others_until_it_is_free() {
    scenario("frozen board", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        let editor = env.guest("editor", &board.edit.at(&two)).await?;
        editor.pick_tool("Pen").await?;
        open_share(&owner).await?;
        owner.page.click("switch", "Freeze").await?;
        editor
            .page
            .wait_for_within::<bool>(&says("Frozen."), EVERYWHERE)
            .await?;
        editor.wait_for_status("Read only").await?;
        let pen = "!document.querySelector('button[aria-label=\"Pen\"]')";
        editor.page.wait_for::<bool>(pen).await?;
        owner.page.click("switch", "Freeze").await?;
        editor.pick_tool("Pen").await?;
        ensure!(!editor.page.eval::<bool>(&says("Frozen.")).await?);
        Ok(())
    });
}

#[test]
fn a_muted_person_is_told_and_a_removed_one_does_not_come_back() {
    scenario("muted and removed", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let owner = env.guest("owner", &board.owner.at(&one)).await?;
        let editor = env.guest("editor", &board.edit.at(&two)).await?;
        editor.pick_tool("Pen").await?;
        owner.page.click("button", "Show everyone").await?;
        let menu =
            "document.querySelector('[aria-label^=\"Actions for \"]')?.getAttribute('aria-label')";
        let menu: String = owner.page.wait_for(menu).await?;
        owner.page.click("button", &menu).await?;
        let name = menu.replace("Actions for ", "");
        press(&owner, &name, "Mute").await?;
        let muted = says("You are muted.");
        editor
            .page
            .wait_for_within::<bool>(&muted, EVERYWHERE)
            .await?;
        env.connections_will_break();
        press(&owner, &name, "Remove").await?;
        press(&owner, &name, "Remove now").await?;
        let gone = says("You were removed from this board");
        editor
            .page
            .wait_for_within::<bool>(&gone, EVERYWHERE)
            .await?;
        editor.page.reload().await?;
        editor.page.wait_for::<bool>(&gone).await?;
        owner.page.find("button", "Allow again").await.map(drop)
    });
}

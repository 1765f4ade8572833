//! What each share link allows.

use anyhow::ensure;
use e2e::page::At;
use e2e::person::line;
use e2e::test_env::scenario;
use testkit::board::Link;

use crate::support::places::{BOARD, cell, cell_corner};

#[test]
fn a_view_link_shows_the_board_but_cannot_draw() {
    scenario("view link", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let owner = env.guest("owner", &board.owner.at(&url)).await?;
        let viewer = env.guest("viewer", &board.view.at(&url)).await?;
        viewer.wait_for_status("Read only").await?;
        let pen = "(() => { const pen = document.querySelector('button[aria-label=\"Pen\"]'); \
            return !pen || pen.disabled })()";
        ensure!(
            viewer.page.eval::<bool>(pen).await?,
            "a viewer is offered the pen"
        );

        // The viewer tries anyway, by keyboard and by mouse.
        viewer.page.press("p").await?;
        // The path returns to its start, so that panning leaves the view where it was.
        let At(x, y) = cell_corner(0);
        let mut path = line(At(x, y), At(x + 60.0, y + 20.0), 6);
        path.extend(line(At(x + 60.0, y + 20.0), At(x, y), 6));
        viewer.draw(&path).await?;
        owner.pick_tool("Pen").await?;
        owner.draw_dash(cell_corner(3)).await?;
        owner.wait_until_saved().await?;

        // If the viewer sent anything, the server got it before the owner's stroke came back.
        viewer.wait_for_elements(1).await?;
        viewer.wait_for_same_picture_as(&owner, BOARD).await?;
        ensure!(owner.elements().await? == 1, "the viewer drew");
        ensure!(
            owner.page.ink(cell(0)).await? == 0,
            "the viewer's ink shows at the owner"
        );
        ensure!(
            viewer.page.ink(cell(0)).await? == 0,
            "the viewer sees ink that is not there"
        );
        Ok(())
    });
}

#[test]
fn links_of_the_share_dialog_grant_what_they_say() {
    scenario("share dialog", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let owner = env.guest("owner", &board.owner.at(&url)).await?;
        owner.context.allow_clipboard(&url).await?;
        let copy = async |choice: &str| {
            let old: String = owner
                .page
                .eval("document.querySelector('.link-field').value")
                .await?;
            owner.page.click("radio", choice).await?;
            let fresh = format!(
                "((link) => link.includes('/b/') && link !== {old:?} && link)\
                 (document.querySelector('.link-field').value)"
            );
            if choice == "Can view" {
                owner.page.wait_for::<String>(&fresh).await?;
            }
            owner.page.click("button", "Copy link").await?;
            owner
                .page
                .wait_for::<bool>("document.body.textContent.includes('Copied')")
                .await?;
            let copied: String = owner.page.eval("navigator.clipboard.readText()").await?;
            owner.page.find("button", "Copy link").await?;
            anyhow::Ok(copied)
        };
        owner.page.click("button", "Share").await?;
        owner
            .page
            .wait_for::<bool>("document.querySelector('.link-field').value.includes('/b/')")
            .await?;
        let edit: Link = copy("Can edit").await?.parse()?;
        let view: Link = copy("Can view").await?.parse()?;
        ensure!(edit != view, "both links are the same");
        ensure!(edit != board.owner, "the edit link is the owner's own");
        owner.page.press("Escape").await?;

        let editor = env.guest("editor", &edit.at(&url)).await?;
        editor.pick_tool("Pen").await?;
        editor.draw_dash(cell_corner(2)).await?;
        editor.wait_until_saved().await?;
        owner.wait_for_elements(1).await?;
        let viewer = env.guest("viewer", &view.at(&url)).await?;
        viewer.wait_for_status("Read only").await?;
        viewer.wait_for_same_picture_as(&owner, BOARD).await
    });
}

#[test]
fn a_wrong_secret_opens_nothing_and_shows_a_notice() {
    scenario("wrong secret", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        env.connections_will_break();
        let stranger = env.person("stranger").await?;
        let link = format!("{url}/b/{}#{}", board.id, "A".repeat(22));
        stranger.page.goto(&link).await?;
        let said = "/link|key|access|allowed/i.test(document.body.innerText) \
            && !/^(Saved|Saving|Read only)/.test(__e2e.status()) \
            && !!document.querySelector('[role=alert], [role=alertdialog], dialog[open], .toast, .note')";
        stranger.page.wait_for::<bool>(said).await.map(drop)
    });
}

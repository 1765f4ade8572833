//! Moving the view to content: back to content, links to a view, zoom to selection.

use anyhow::{Context as _, Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::controls::run_command;
use crate::support::places::BOARD;
use crate::support::pointer::{clear_selection, draw_box, scroll_by};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_painted};

#[test]
fn back_to_content_returns_to_the_drawing() {
    scenario("back to content", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        draw_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        ensure!(
            ada.page
                .find_now("button", "Back to content")
                .await?
                .is_none(),
            "the button shows although the drawing is in view"
        );
        scroll_by(&ada, At(9_000.0, 7_000.0)).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.click("button", "Back to content").await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        let gone = "![...document.querySelectorAll('button')]\
            .some((it) => it.textContent.includes('Back to content'))";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    });
}

#[test]
fn a_link_to_a_view_opens_that_view() {
    scenario("deep link", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        ada.context.allow_clipboard(&url).await?;
        scroll_by(&ada, At(3_000.0, -2_000.0)).await?;
        draw_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        ada.page.press("Ctrl+-").await?;
        ada.wait_for_zoom("zoom < 100").await?;
        let zoom = ada.zoom().await?;
        run_command(&ada, "Copy link to this place").await?;
        let link: String = ada
            .page
            .wait_for(
                "navigator.clipboard.readText().then((text) => text.includes('&at=') && text)",
            )
            .await?;
        let ben = env.guest("ben", &link).await?;
        ben.wait_for_elements(1).await?;
        ben.wait_for_zoom(&format!("zoom === {zoom}")).await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await
    });
}

/// The distance from the edges of a picture to its ink: left, top, right, bottom.
async fn margins(person: &Person, rect: Rect) -> Result<[usize; 4]> {
    let picture = person.page.board_picture(rect).await?;
    let ground = picture.background();
    let pixels = picture.rgba.chunks_exact(4).enumerate();
    let inked = pixels
        .filter(|(_, pixel)| *pixel != ground)
        .map(|(at, _)| at);
    let places: Vec<_> = inked
        .map(|at| (at % picture.width, at / picture.width))
        .collect();
    let columns = || places.iter().map(|(x, _)| *x);
    let rows = || places.iter().map(|(_, y)| *y);
    let blank = "nothing to be seen";
    Ok([
        columns().min().context(blank)?,
        rows().min().context(blank)?,
        picture.width - columns().max().context(blank)?,
        picture.height - rows().max().context(blank)?,
    ])
}

/// The part of the board that the window shows.
const WINDOW: Rect = Rect {
    x: 0.0,
    y: 0.0,
    width: 1280.0,
    height: 800.0,
};

/// Waits until the ink is in the centre of the window and none is at the edges.
async fn wait_until_centred(person: &Person, what: &str) -> Result<()> {
    wait_until_painted(person).await?;
    let [left, top, right, bottom] = margins(person, WINDOW).await?;
    ensure!(
        left.abs_diff(right) < 20 && top.abs_diff(bottom) < 20,
        "{what} is not in the middle: {:?}",
        [left, top, right, bottom]
    );
    ensure!(left.min(top) > 20, "{what} is not completely visible");
    Ok(())
}

#[test]
fn zoom_to_selection_moves_only_ones_own_view() {
    two_user_scenario("zoom to selection", async |ada, ben, _| {
        // The distance between the boxes is larger than the window.
        for _ in 0..4 {
            ada.page.press("Ctrl+-").await?;
        }
        ada.wait_for_zoom("zoom < 50").await?;
        let far = ada.zoom().await?;
        draw_box(ada, At(300.0, 250.0), At(360.0, 310.0)).await?;
        draw_box(ada, At(900.0, 550.0), At(960.0, 610.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        ada.page.click_at(At(300.0, 280.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Shift+@").await?;
        ada.wait_for_zoom("zoom === 100").await?;
        clear_selection(ada).await?;
        wait_until_centred(ada, "the left box").await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 2).await?;
        ada.page.press("Shift+@").await?;
        ada.wait_for_zoom(&format!("zoom < 100 && zoom > {far}"))
            .await?;
        clear_selection(ada).await?;
        wait_until_centred(ada, "both boxes").await?;
        ben.wait_for_zoom("zoom === 100").await
    });
}

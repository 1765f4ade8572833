//! The eyedropper picks a colour from the board.

use e2e::page::At;
use e2e::person::line;
use shared::model::Color;

use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_painted};

/// Whether the eyedropper is open.
const IS_OPEN: &str = "document.querySelector('.eyedropper') !== null";

#[test]
fn the_eyedropper_picks_a_colour_from_the_board() {
    two_user_scenario("eyedropper", async |ada, ben, observer| {
        ada.pick_tool("Pen").await?;
        ada.choose_style("Red").await?;
        ada.choose_style("Extra bold").await?;
        ada.draw(&line(At(400.0, 300.0), At(600.0, 300.0), 10))
            .await?;
        both_have_elements(ada, ben, 1).await?;
        ada.choose_style("Blue").await?;
        ada.page
            .click("button", "Pick a colour from the board")
            .await?;
        ada.page.wait_for::<bool>(IS_OPEN).await?;
        ada.page.click_at(At(500.0, 300.0)).await?;
        ada.draw(&line(At(400.0, 400.0), At(600.0, 400.0), 10))
            .await?;
        both_have_elements(ada, ben, 2).await?;
        observer
            .wait_for("two red strokes", |board| {
                let mut all = board.elements();
                all.all(|it| it.props.color == Color::Red).then_some(())
            })
            .await
    });
}

#[test]
fn escape_closes_only_the_eyedropper() {
    two_user_scenario("eyedropper escape", async |ada, ben, _| {
        ada.pick_tool("Pen").await?;
        ada.draw(&line(At(400.0, 300.0), At(600.0, 300.0), 10))
            .await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 1).await?;
        ada.page
            .click("button", "Pick a colour from the board")
            .await?;
        ada.page.wait_for::<bool>(IS_OPEN).await?;
        ada.page.press("Escape").await?;
        ada.page.wait_for::<bool>(&format!("!({IS_OPEN})")).await?;
        // Another effect of the key would show in the next frame.
        wait_until_painted(ada).await?;
        wait_for_selected(ada, 1).await
    });
}

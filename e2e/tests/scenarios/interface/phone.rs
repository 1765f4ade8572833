//! The board on a phone: the toolbar at the bottom, its sheets, and targets large enough for a
//! finger, down to the smallest phone.

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::touch::{pick_tool_by_touch, swipe, tap_control};
use crate::support::users::{PHONES, phone_and_desktop};
use crate::support::wait::{both_have_elements, wait_for_animations, wait_until_synced};

/// The smallest target for a finger, in CSS pixels, minus rounding.
const MIN_TARGET: f64 = 43.5;

/// Visible controls smaller than a fingertip, with their sizes.
const SMALL: &str = "[...document.querySelectorAll(\
        'button, a[href], input, [role=button], [role=radio], [role=menuitem], label')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))\
    .filter((e) => !(e instanceof HTMLInputElement && e.closest('label')))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < MIN_TARGET)\
    .map(([e, box]) => `${e.getAttribute('aria-label') ?? e.textContent} \
        ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)";

/// Controls outside the screen that no scrolling can bring into view.
const UNREACHABLE: &str = "[...document.querySelectorAll('button, input')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([e, box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1 \
        || box.top < -1 || box.bottom > innerHeight + 1))\
    .filter(([e]) => { for (let up = e; up; up = up.parentElement) { \
        const { overflowX, overflowY } = getComputedStyle(up); \
        if (/auto|scroll/.test(overflowX + overflowY)) return false; } return true; })\
    .map(([e]) => e.getAttribute('aria-label') ?? e.textContent)";

/// Checks that every visible control is reachable and large enough for a finger.
async fn check_fits(person: &Person, place: &str) -> Result<()> {
    wait_for_animations(person).await?;
    let small = SMALL.replace("MIN_TARGET", &MIN_TARGET.to_string());
    let small: Vec<String> = person.page.eval(&small).await?;
    ensure!(
        small.is_empty(),
        "{place}: too small for a finger: {small:?}"
    );
    let lost: Vec<String> = person.page.eval(UNREACHABLE).await?;
    ensure!(lost.is_empty(), "{place}: out of the screen: {lost:?}");
    let wide: i64 = person
        .page
        .eval("document.documentElement.scrollWidth - innerWidth")
        .await?;
    ensure!(wide <= 0, "{place}: {wide} pixels too wide");
    Ok(())
}

#[test]
fn the_toolbar_is_at_the_bottom_and_opens_more_tools() {
    scenario("phone tools", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        let bar = ada.page.find("toolbar", "Tools").await?;
        ensure!(
            bar.y > 844.0 * 0.8,
            "the toolbar is {} pixels below the top",
            bar.y
        );
        // The toolbar has no room for this tool.
        pick_tool_by_touch(&ada, "Ellipse").await?;
        let gone =
            "!document.querySelector('[role=group][aria-label=\"More tools\"]').checkVisibility()";
        ada.page.wait_for::<bool>(gone).await?;
        swipe(&ada, At(100.0, 250.0), At(260.0, 350.0)).await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn a_colour_from_the_style_sheet_reaches_the_other_page() {
    scenario("phone style", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        tap_control(&ada, "button", "Pen").await?;
        let open = "document.querySelector('[aria-label=Style] [role=radio]')?.checkVisibility()";
        let shown: bool = ada.page.eval(&format!("{open} ?? false")).await?;
        ensure!(!shown, "the sheet opened by itself");
        tap_control(&ada, "button", "Style").await?;
        tap_control(&ada, "radio", "Red").await?;
        tap_control(&ada, "button", "Style").await?;
        ada.page
            .wait_for::<bool>(&format!("!({open} ?? false)"))
            .await?;
        swipe(&ada, At(100.0, 250.0), At(260.0, 300.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_until_synced(&ada, &ben).await?;
        let all = e2e::page::Rect {
            x: 300.0,
            y: 100.0,
            width: 700.0,
            height: 500.0,
        };
        ben.page.press("Shift+1").await?;
        ben.page.wait_for_ink(all, 40).await?;
        let ink = ben
            .page
            .board_picture(all)
            .await?
            .ink_colour()
            .unwrap_or_default();
        ensure!(ink[0] > 150 && ink[1] < 110, "drawn in {ink:?}");
        Ok(())
    });
}

#[test]
fn every_control_fits_a_finger_on_every_phone() {
    scenario("phone sizes", async |env| {
        for size in PHONES {
            let (ada, _) = phone_and_desktop(env, size).await?;
            let place = |what: &str| format!("{what} at {} by {}", size.0, size.1);
            check_fits(&ada, &place("the board")).await?;
            for tool in [
                "Pen",
                "Highlighter",
                "Rectangle",
                "Arrow",
                "Text",
                "Sticky note",
            ] {
                pick_tool_by_touch(&ada, tool).await?;
                tap_control(&ada, "button", "Style").await?;
                ada.page.find("radio", "Red").await.context(place(tool))?;
                check_fits(&ada, &place(tool)).await?;
                tap_control(&ada, "button", "Style").await?;
            }
            tap_control(&ada, "button", "More tools").await?;
            check_fits(&ada, &place("more tools")).await?;
            ada.page.press("Escape").await?;
            for button in ["Menu", "Share", "Show everyone"] {
                tap_control(&ada, "button", button).await?;
                check_fits(&ada, &place(button)).await?;
                ada.page.press("Escape").await?;
            }
        }
        Ok(())
    });
}

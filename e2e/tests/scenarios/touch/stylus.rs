//! A stylus: pressure, hover, barrel button, eraser end, and fingers beside it.

use anyhow::{Result, ensure};
use e2e::input::{Button, Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::test_env::scenario;

use crate::support::places::BOARD;
use crate::support::pointer::square_around;
use crate::support::touch::{PALM_REJECTION, draw_with_stylus, swipe};
use crate::support::users::{one_user_on_a_tablet, tablet_and_desktop};
use crate::support::wait::{both_have_elements, wait_until_painted, wait_until_synced};

#[test]
fn a_stylus_pressed_harder_draws_thicker() {
    scenario("pressure", async |env| {
        let ada = one_user_on_a_tablet(env).await?;
        for (row, force) in [(0.0, 0.15), (1.0, 0.95)] {
            let y = 220.0 + 120.0 * row;
            let pen = Pointer {
                tool: Tool::Pen(force),
                ..Pointer::default()
            };
            ada.page
                .stroke(pen, &line(At(400.0, y), At(700.0, y + 20.0), 20))
                .await?;
        }
        ada.wait_for_elements(2).await?;
        let strip = |y: f64| Rect {
            x: 380.0,
            y: y - 30.0,
            width: 340.0,
            height: 80.0,
        };
        let light = ada.page.wait_for_ink(strip(220.0), 20).await?;
        let hard = ada.page.wait_for_ink(strip(340.0), 20).await?;
        ensure!(
            hard * 2 > light * 3,
            "pressed hard {hard} pixels, lightly {light}"
        );
        Ok(())
    });
}

#[test]
fn after_stylus_input_a_finger_pans_and_the_stylus_draws() {
    scenario("pen mode", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        swipe(&ada, At(400.0, 250.0), At(480.0, 250.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        draw_with_stylus(&ada, At(400.0, 350.0), At(480.0, 350.0)).await?;
        both_have_elements(&ada, &ben, 2).await?;
        // A touch shortly after the stylus is a palm and is ignored.
        swipe(&ada, At(600.0, 400.0), At(600.0, 500.0)).await?;
        ada.page
            .wait_for_ink(Rect::around(At(440.0, 350.0), 12.0), 8)
            .await?;
        tokio::time::sleep(PALM_REJECTION).await;
        swipe(&ada, At(600.0, 400.0), At(600.0, 500.0)).await?;
        ada.page
            .wait_for_ink(Rect::around(At(440.0, 450.0), 12.0), 8)
            .await?;
        ada.page
            .wait_for_blank(Rect::around(At(440.0, 250.0), 12.0))
            .await?;
        both_have_elements(&ada, &ben, 2).await?;
        ben.page
            .wait_for_ink(Rect::around(At(440.0, 350.0), 12.0), 8)
            .await
            .map(drop)
    });
}

/// Strokes with the eraser end of a stylus. DevTools has no such button, so the page gets synthetic
/// events.
async fn erase_with_eraser_end(person: &Person, from: At, to: At) -> Result<()> {
    let script = format!(
        "(() => {{ const main = document.querySelector('main[aria-label=Board]'); \
         const say = (kind, part, held) => main.dispatchEvent(new PointerEvent(kind, {{ \
            bubbles: true, cancelable: true, pointerId: 77, pointerType: 'pen', isPrimary: true, \
            pressure: held ? 0.5 : 0, button: kind === 'pointermove' ? -1 : 5, \
            buttons: held ? 32 : 0, \
            clientX: {} + ({} - {}) * part, clientY: {} + ({} - {}) * part }})); \
         say('pointerdown', 0, true); \
         for (let step = 1; step <= 8; step++) say('pointermove', step / 8, true); \
         say('pointerup', 1, false); return true }})()",
        from.0, to.0, from.0, from.1, to.1, from.1
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

#[test]
fn the_eraser_end_of_a_stylus_erases_with_any_tool() {
    scenario("eraser end", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        draw_with_stylus(&ada, At(400.0, 300.0), At(600.0, 300.0)).await?;
        draw_with_stylus(&ada, At(400.0, 400.0), At(600.0, 400.0)).await?;
        both_have_elements(&ada, &ben, 2).await?;
        erase_with_eraser_end(&ada, At(500.0, 270.0), At(500.0, 330.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page
            .wait_for_blank(Rect::around(At(450.0, 300.0), 12.0))
            .await?;
        ben.page
            .wait_for_ink(Rect::around(At(450.0, 400.0), 12.0), 8)
            .await?;
        // The pen is still the active tool.
        ada.wait_for_tool("Pen").await?;
        ensure!(ada.elements().await? == 1, "the eraser drew");
        Ok(())
    });
}

/// A stylus with this pressure.
fn stylus(force: f64) -> Pointer {
    Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    }
}

#[test]
fn a_hovering_stylus_draws_nothing_and_its_barrel_button_opens_the_menu() {
    scenario("hover and barrel", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        ada.set_name("Ada").await?;
        for at in line(At(400.0, 300.0), At(700.0, 400.0), 20) {
            ada.page.hover_with(stylus(0.0), at).await?;
        }
        // Its position shows as a cursor, as with a mouse.
        ben.wait_for_cursor_of("Ada").await?;
        wait_until_painted(&ada).await?;
        ensure!(ada.page.ink(BOARD).await? == 0, "the hovering pen drew");
        let path = line(At(400.0, 300.0), At(600.0, 300.0), 8);
        ada.page.stroke(stylus(0.5), &path).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page
            .wait_for_ink(square_around(At(500.0, 300.0)), 8)
            .await?;
        // The barrel button opens the context menu and draws nothing.
        let barrel = Pointer {
            button: Button::Right,
            ..stylus(0.5)
        };
        let aside = line(At(500.0, 400.0), At(560.0, 400.0), 4);
        ada.page.stroke(barrel, &aside).await?;
        ada.page.find("menuitem", "Select all").await?;
        ada.page.press("Escape").await?;
        let gone = "document.querySelector('.context-menu') === null";
        ada.page.wait_for::<bool>(gone).await?;
        wait_until_synced(&ada, &ben).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page
            .wait_for_blank(Rect::around(At(530.0, 400.0), 40.0))
            .await?;
        ada.wait_for_tool("Pen").await
    });
}

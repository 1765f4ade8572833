//! Gestures with fingers: draw, pinch, tap, long press.

use anyhow::ensure;
use e2e::page::{At, Rect};
use e2e::person::line;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::touch::{PALM_REJECTION, draw_with_stylus, swipe};
use crate::support::users::{one_user_on_a_tablet, tablet_and_desktop};
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn one_finger_draws() {
    scenario("one finger", async |env| {
        let ada = one_user_on_a_tablet(env).await?;
        let At(x, y) = cell_corner(8);
        let path: Vec<Vec<At>> = line(At(x, y), At(x + 60.0, y + 20.0), 8)
            .into_iter()
            .map(|at| vec![at])
            .collect();
        ada.page.touch(&path).await?;
        ada.wait_for_elements(1).await?;
        ada.page.wait_for_ink(cell(8), 20).await?;
        ada.wait_until_saved().await
    });
}

#[test]
fn a_pinch_zooms_and_leaves_no_mark() {
    scenario("pinch", async |env| {
        let ada = one_user_on_a_tablet(env).await?;
        ada.draw(&line(At(600.0, 380.0), At(680.0, 400.0), 8))
            .await?;
        ada.wait_for_elements(1).await?;
        let before = ada.page.wait_for_ink(BOARD, 20).await?;
        let spread = |step: f64| {
            vec![
                At(600.0 - 15.0 * step, 390.0),
                At(680.0 + 15.0 * step, 390.0),
            ]
        };
        let steps: Vec<Vec<At>> = (0..=10).map(|step| spread(f64::from(step))).collect();
        ada.page.touch(&steps).await?;

        ada.wait_for_zoom("zoom > 200").await?;
        ada.page.wait_for_ink(BOARD, 2 * before).await?;
        ensure!(ada.elements().await? == 1, "the fingers left a mark");

        // Two fingers side by side move the board.
        let slide = |step: f64| vec![At(500.0, 300.0 + 8.0 * step), At(560.0, 300.0 + 8.0 * step)];
        let middle = Rect {
            x: 560.0,
            y: 380.0,
            width: 30.0,
            height: 20.0,
        };
        let steps: Vec<Vec<At>> = (0..=20).map(|step| slide(f64::from(step))).collect();
        ada.page.touch(&steps).await?;
        ada.page.wait_for_blank(middle).await?;
        ensure!(ada.elements().await? == 1, "the fingers left a mark");
        Ok(())
    });
}

#[test]
fn a_pinch_zooms_with_any_tool_and_draws_nothing() {
    scenario("pinch with any tool", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        draw_with_stylus(&ada, At(600.0, 380.0), At(680.0, 380.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        tokio::time::sleep(PALM_REJECTION).await;
        let mut zoom = ada.zoom().await?;
        for tool in [
            "Pen",
            "Eraser",
            "Rectangle",
            "Text",
            "Sticky note",
            "Select",
            "Hand",
        ] {
            ada.page.click("button", tool).await?;
            let apart = |step: u32| {
                let by = 3.0 * f64::from(step);
                vec![At(560.0 - by, 450.0), At(720.0 + by, 450.0)]
            };
            let steps: Vec<Vec<At>> = (0..=10).map(apart).collect();
            ada.page.touch(&steps).await?;
            ada.wait_for_zoom(&format!("zoom > {zoom} + 5")).await?;
            zoom = ada.zoom().await?;
        }
        ada.wait_until_saved().await?;
        both_have_elements(&ada, &ben, 1).await?;
        let typing: bool = ada
            .page
            .eval("__e2e.dataNextFrame('typing').then((on) => on === 1)")
            .await?;
        ensure!(!typing, "a gesture began editing");
        Ok(())
    });
}

#[test]
fn a_two_finger_tap_undoes_and_a_three_finger_tap_redoes() {
    scenario("taps", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        swipe(&ada, At(400.0, 250.0), At(480.0, 250.0)).await?;
        swipe(&ada, At(400.0, 350.0), At(480.0, 350.0)).await?;
        both_have_elements(&ada, &ben, 2).await?;
        let two = vec![At(600.0, 300.0), At(660.0, 310.0)];
        let three = vec![At(600.0, 300.0), At(660.0, 310.0), At(720.0, 300.0)];
        ada.page.touch(std::slice::from_ref(&two)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.touch(&[two]).await?;
        both_have_elements(&ada, &ben, 0).await?;
        ben.page.wait_for_blank(BOARD).await?;
        ada.page.touch(&[three]).await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn a_long_press_opens_the_context_menu_of_the_element() {
    scenario("long press", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        ada.page.press("r").await?;
        swipe(&ada, At(400.0, 250.0), At(560.0, 350.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.press("Escape").await?;
        ada.page.click("button", "Select").await?;
        ada.page.fingers_down(&[At(400.0, 300.0)]).await?;
        ada.page.find("menuitem", "Delete").await?;
        ada.page.fingers_up().await?;
        let rect = ada.page.find("menuitem", "Delete").await?;
        ada.page.touch(&[vec![rect.centre()]]).await?;
        both_have_elements(&ada, &ben, 0).await
    });
}

#[test]
fn a_touch_on_the_board_gives_it_the_keyboard_focus() {
    scenario("finger takes keyboard", async |env| {
        let (ada, ben) = tablet_and_desktop(env).await?;
        ada.pick_tool("Rectangle").await?;
        let focus = "document.querySelector('.tool-button[aria-label=Rectangle]').focus()";
        ada.page.eval::<Option<()>>(focus).await?;
        swipe(&ada, At(400.0, 250.0), At(520.0, 350.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_for_selected(&ada, 1).await?;
        // If the toolbar had the focus, the key would move among its buttons.
        let seq = ben.seq().await?;
        ada.page.press("Right").await?;
        ben.page
            .wait_for::<bool>(&format!("__e2e.data('seq') > {seq}"))
            .await
            .map(drop)
    });
}

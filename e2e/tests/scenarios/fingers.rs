//! Fingers and pens together: taps, long presses, the mode of a pen, its other end.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::pair::{both_see, has_selected};
use crate::places::BOARD;

/// Longer than a hand that holds a pen is taken for one.
const AFTER_A_PEN: Duration = Duration::from_millis(700);

/// Ada with a touch screen and a pen in hand, Ben at a desk.
pub(crate) async fn tablet_and_desk(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok((ada, ben))
}

/// One finger along a line.
async fn swipes(person: &Person, from: At, to: At) -> Result<()> {
    let path: Vec<Vec<At>> = line(from, to, 8).into_iter().map(|at| vec![at]).collect();
    person.page.touch(&path).await
}

async fn pens(person: &Person, from: At, to: At) -> Result<()> {
    let pen = Pointer {
        tool: Tool::Pen(0.5),
        ..Pointer::default()
    };
    person.page.stroke(pen, &line(from, to, 8)).await
}

#[test]
fn once_a_pen_was_seen_a_finger_moves_the_view_and_the_pen_draws() {
    scene("pen mode", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        swipes(&ada, At(400.0, 250.0), At(480.0, 250.0)).await?;
        both_see(&ada, &ben, 1).await?;
        pens(&ada, At(400.0, 350.0), At(480.0, 350.0)).await?;
        both_see(&ada, &ben, 2).await?;
        // A palm that comes down with the pen does nothing at all.
        swipes(&ada, At(600.0, 400.0), At(600.0, 500.0)).await?;
        ada.page
            .wait_for_ink(Rect::around(At(440.0, 350.0), 12.0), 8)
            .await?;
        tokio::time::sleep(AFTER_A_PEN).await;
        swipes(&ada, At(600.0, 400.0), At(600.0, 500.0)).await?;
        ada.page
            .wait_for_ink(Rect::around(At(440.0, 450.0), 12.0), 8)
            .await?;
        ada.page
            .wait_for_blank(Rect::around(At(440.0, 250.0), 12.0))
            .await?;
        both_see(&ada, &ben, 2).await?;
        ben.page
            .wait_for_ink(Rect::around(At(440.0, 350.0), 12.0), 8)
            .await
            .map(drop)
    });
}

#[test]
fn two_fingers_zoom_whatever_is_in_hand_and_leave_no_dot() {
    scene("pinch with any tool", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        pens(&ada, At(600.0, 380.0), At(680.0, 380.0)).await?;
        both_see(&ada, &ben, 1).await?;
        tokio::time::sleep(AFTER_A_PEN).await;
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
            ada.zoom_becomes(&format!("zoom > {zoom} + 5")).await?;
            zoom = ada.zoom().await?;
        }
        ada.saved().await?;
        both_see(&ada, &ben, 1).await?;
        let typing: bool = ada
            .page
            .eval("__e2e.told('typing').then((on) => on === 1)")
            .await?;
        ensure!(!typing, "a gesture began to write");
        Ok(())
    });
}

#[test]
fn two_fingers_tap_undo_and_three_redo() {
    scene("taps", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        swipes(&ada, At(400.0, 250.0), At(480.0, 250.0)).await?;
        swipes(&ada, At(400.0, 350.0), At(480.0, 350.0)).await?;
        both_see(&ada, &ben, 2).await?;
        let two = vec![At(600.0, 300.0), At(660.0, 310.0)];
        let three = vec![At(600.0, 300.0), At(660.0, 310.0), At(720.0, 300.0)];
        ada.page.touch(std::slice::from_ref(&two)).await?;
        both_see(&ada, &ben, 1).await?;
        ada.page.touch(&[two]).await?;
        both_see(&ada, &ben, 0).await?;
        ben.page.wait_for_blank(BOARD).await?;
        ada.page.touch(&[three]).await?;
        both_see(&ada, &ben, 1).await
    });
}

#[test]
fn a_finger_that_rests_opens_the_menu_of_what_is_under_it() {
    scene("long press", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        ada.page.press("r").await?;
        swipes(&ada, At(400.0, 250.0), At(560.0, 350.0)).await?;
        both_see(&ada, &ben, 1).await?;
        ada.page.press("Escape").await?;
        ada.page.click("button", "Select").await?;
        ada.page.fingers_down(&[At(400.0, 300.0)]).await?;
        ada.page.find("menuitem", "Delete").await?;
        ada.page.fingers_up().await?;
        let rect = ada.page.find("menuitem", "Delete").await?;
        ada.page.touch(&[vec![rect.centre()]]).await?;
        both_see(&ada, &ben, 0).await
    });
}

/// The other end of a pen touches down, wipes and is lifted. The tools of the browser
/// know no such button, so the page gets the events without a device.
async fn wipes(person: &Person, from: At, to: At) -> Result<()> {
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
fn the_other_end_of_a_pen_erases_whatever_tool_is_in_hand() {
    scene("eraser end", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        pens(&ada, At(400.0, 300.0), At(600.0, 300.0)).await?;
        pens(&ada, At(400.0, 400.0), At(600.0, 400.0)).await?;
        both_see(&ada, &ben, 2).await?;
        wipes(&ada, At(500.0, 270.0), At(500.0, 330.0)).await?;
        both_see(&ada, &ben, 1).await?;
        ben.page
            .wait_for_blank(Rect::around(At(450.0, 300.0), 12.0))
            .await?;
        ben.page
            .wait_for_ink(Rect::around(At(450.0, 400.0), 12.0), 8)
            .await?;
        // The tool in hand is the pen still.
        ada.holds("Pen").await?;
        ensure!(ada.elements().await? == 1, "the eraser drew");
        Ok(())
    });
}

#[test]
fn a_finger_on_the_board_gives_it_the_keyboard() {
    scene("finger takes keyboard", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        ada.take("Rectangle").await?;
        let focus = "document.querySelector('.tool-button[aria-label=Rectangle]').focus()";
        ada.page.eval::<Option<()>>(focus).await?;
        swipes(&ada, At(400.0, 250.0), At(520.0, 350.0)).await?;
        both_see(&ada, &ben, 1).await?;
        has_selected(&ada, 1).await?;
        // The toolbar would use it to move among its buttons.
        let seq = ben.seq().await?;
        ada.page.press("Right").await?;
        ben.page
            .wait_for::<bool>(&format!("__e2e.data('seq') > {seq}"))
            .await
            .map(drop)
    });
}

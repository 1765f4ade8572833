//! Fingers and pens.

use anyhow::{Result, ensure};
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::places::{BOARD, place, spot};

async fn tablet(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok(ada)
}

#[test]
fn one_finger_draws() {
    scene("one finger", async |stage| {
        let ada = tablet(stage).await?;
        let At(x, y) = place(8);
        let path: Vec<Vec<At>> = line(At(x, y), At(x + 60.0, y + 20.0), 8)
            .into_iter()
            .map(|at| vec![at])
            .collect();
        ada.page.touch(&path).await?;
        ada.sees_elements(1).await?;
        ada.page.wait_for_ink(spot(8), 20).await?;
        ada.saved().await
    });
}

#[test]
fn two_fingers_pinch_and_leave_no_mark() {
    scene("pinch", async |stage| {
        let ada = tablet(stage).await?;
        ada.draw(&line(At(600.0, 380.0), At(680.0, 400.0), 8))
            .await?;
        ada.sees_elements(1).await?;
        let before = ada.page.wait_for_ink(BOARD, 20).await?;
        let spread = |step: f64| {
            vec![
                At(600.0 - 15.0 * step, 390.0),
                At(680.0 + 15.0 * step, 390.0),
            ]
        };
        let steps: Vec<Vec<At>> = (0..=10).map(|step| spread(f64::from(step))).collect();
        ada.page.touch(&steps).await?;

        ada.zoom_becomes("zoom > 200").await?;
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
fn a_pen_pressed_harder_draws_thicker() {
    scene("pressure", async |stage| {
        let ada = tablet(stage).await?;
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
        ada.sees_elements(2).await?;
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

//! Moving the view: wheel, space-drag, hand tool, middle button, keys, buttons.

use anyhow::{Result, ensure};
use e2e::input::{Button, Pointer};
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::pointer::draw_box;

/// Somebody alone on a board with one dash.
async fn somebody(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    ada.take("Pen").await?;
    ada.dash(cell_corner(8)).await?;
    ada.sees_elements(1).await?;
    ada.saved().await?;
    Ok(ada)
}

fn moved(rect: Rect, by: At) -> Rect {
    Rect {
        x: rect.x + by.0,
        y: rect.y + by.1,
        ..rect
    }
}

/// The dash has left its place for one further along, and nothing was drawn.
async fn dash_moved(ada: &Person, by: At) -> Result<()> {
    ada.page.wait_for_ink(moved(cell(8), by), 20).await?;
    ada.page.wait_for_blank(cell(8)).await?;
    ensure!(ada.elements().await? == 1, "moving the board drew on it");
    Ok(())
}

#[test]
fn the_wheel_pans_and_with_ctrl_zooms_at_the_pointer() {
    scene("wheel", async |stage| {
        let ada = somebody(stage).await?;
        let at = cell_corner(8);
        ada.page.wheel(at, At(0.0, -120.0), Modifiers::NONE).await?;
        dash_moved(&ada, At(0.0, 120.0)).await?;
        ada.page.wheel(at, At(0.0, 120.0), Modifiers::NONE).await?;
        ada.page.wait_for_ink(cell(8), 20).await?;
        ada.page
            .wheel(at, At(0.0, -150.0), Modifiers::SHIFT)
            .await?;
        dash_moved(&ada, At(150.0, 0.0)).await?;
        ada.page.wheel(at, At(0.0, 150.0), Modifiers::SHIFT).await?;
        let before = ada.page.wait_for_ink(cell(8), 20).await?;

        ada.page.wheel(at, At(0.0, -200.0), Modifiers::CTRL).await?;
        ada.zoom_becomes("zoom > 105").await?;
        let dash = Rect {
            width: 300.0,
            height: 200.0,
            ..cell(8)
        };
        ada.page.wait_for_ink(dash, before + before / 10).await?;
        // The point under the pointer stayed where it was.
        ada.page.wait_for_ink(Rect::around(at, 12.0), 5).await?;
        for _ in 0..3 {
            ada.page.wheel(at, At(0.0, 200.0), Modifiers::CTRL).await?;
        }
        ada.zoom_becomes("zoom < 95").await
    });
}

#[test]
fn space_middle_button_and_hand_tool_pan() {
    scene("dragging", async |stage| {
        let ada = somebody(stage).await?;
        let mouse = Pointer::default();
        let (from, to) = (At(700.0, 450.0), At(820.0, 550.0));
        let (there, back) = (line(from, to, 8), line(to, from, 8));

        ada.page.hover(from).await?;
        ada.page.hold("Space").await?;
        ada.page.stroke(mouse, &there).await?;
        ada.page.release("Space").await?;
        dash_moved(&ada, At(120.0, 100.0)).await?;

        ada.page
            .stroke(
                Pointer {
                    button: Button::Middle,
                    ..mouse
                },
                &back,
            )
            .await?;
        ada.page.wait_for_ink(cell(8), 20).await?;

        ada.take("Hand").await?;
        ada.page.stroke(mouse, &there).await?;
        dash_moved(&ada, At(120.0, 100.0)).await
    });
}

#[test]
fn keys_and_buttons_zoom() {
    scene("zooming", async |stage| {
        let ada = somebody(stage).await?;
        ada.zoom_becomes("zoom === 100").await?;
        ada.page.press("Ctrl++").await?;
        ada.zoom_becomes("zoom > 100").await?;
        ada.page.press("Ctrl+0").await?;
        ada.zoom_becomes("zoom === 100").await?;
        ada.page.press("Ctrl+-").await?;
        ada.zoom_becomes("zoom < 100").await?;
        ada.page.click("button", "Zoom to 100%").await?;
        ada.zoom_becomes("zoom === 100").await?;
        ada.page.click("button", "Zoom in").await?;
        ada.zoom_becomes("zoom > 100").await?;
        let closer = ada.zoom().await?;
        ada.page.click("button", "Zoom out").await?;
        ada.zoom_becomes(&format!("zoom < {closer}")).await?;

        // Far away, "Zoom to fit" brings the drawing back.
        ada.page
            .wheel(cell_corner(8), At(4000.0, 4000.0), Modifiers::NONE)
            .await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.click("button", "Zoom to fit").await?;
        ada.page.wait_for_ink(BOARD, 20).await?;
        ada.page
            .wheel(cell_corner(8), At(4000.0, 4000.0), Modifiers::NONE)
            .await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.press("Shift+!").await?;
        ada.page.wait_for_ink(BOARD, 20).await.map(drop)
    });
}

#[test]
fn zoom_ranges_from_5_to_3000_percent_and_stays_sharp() {
    scene("zoom limits", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        draw_box(&ada, At(600.0, 380.0), At(680.0, 420.0)).await?;
        for _ in 0..14 {
            ada.page.press("Ctrl+-").await?;
        }
        ada.zoom_becomes("zoom === 5").await?;
        ada.page.press("Ctrl+-").await?;
        ada.zoom_becomes("zoom === 5").await?;
        ada.page.press("Ctrl+0").await?;
        ada.zoom_becomes("zoom === 100").await?;
        let edge = At(600.0, 400.0);
        for _ in 0..40 {
            ada.page
                .wheel(edge, At(0.0, -200.0), Modifiers::CTRL)
                .await?;
        }
        ada.zoom_becomes("zoom === 3000").await?;
        // Along the edge's side, ink turns to ground within two pixels.
        let strip = Rect {
            x: 500.0,
            y: 400.0,
            width: 280.0,
            height: 2.0,
        };
        ada.page.wait_for_ink(strip, 40).await?;
        let sharp = async || -> Result<usize> {
            let picture = ada.page.board_picture(strip).await?;
            let alpha: Vec<u8> = picture.rgba.iter().skip(3).step_by(4).copied().collect();
            Ok(alpha[..picture.width]
                .iter()
                .filter(|alpha| (20..=235).contains(*alpha))
                .count())
        };
        for _ in 0..40 {
            if sharp().await? <= 4 {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        anyhow::bail!("{} pixels of the edge are blurred", sharp().await?)
    });
}

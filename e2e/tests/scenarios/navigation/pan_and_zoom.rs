//! Moving the view: wheel, space-drag, hand tool, middle button, keys, buttons.

use anyhow::{Result, ensure};
use e2e::input::{Button, Pointer};
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::test_env::{TestEnv, scenario};

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::pointer::draw_box;

/// Ada alone on a board with one dash.
async fn user_with_a_dash(env: &mut TestEnv) -> Result<Person> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.guest("ada", &board.owner.at(&url)).await?;
    ada.pick_tool("Pen").await?;
    ada.draw_dash(cell_corner(8)).await?;
    ada.wait_for_elements(1).await?;
    ada.wait_until_saved().await?;
    Ok(ada)
}

fn moved(rect: Rect, by: At) -> Rect {
    Rect {
        x: rect.x + by.0,
        y: rect.y + by.1,
        ..rect
    }
}

/// Waits until the dash has moved by this much, and checks that nothing was drawn.
async fn wait_for_dash_moved(ada: &Person, by: At) -> Result<()> {
    ada.page.wait_for_ink(moved(cell(8), by), 20).await?;
    ada.page.wait_for_blank(cell(8)).await?;
    ensure!(ada.elements().await? == 1, "moving the board drew on it");
    Ok(())
}

#[test]
fn the_wheel_pans_and_with_ctrl_zooms_at_the_pointer() {
    scenario("wheel", async |env| {
        let ada = user_with_a_dash(env).await?;
        let at = cell_corner(8);
        ada.page.wheel(at, At(0.0, -120.0), Modifiers::NONE).await?;
        wait_for_dash_moved(&ada, At(0.0, 120.0)).await?;
        ada.page.wheel(at, At(0.0, 120.0), Modifiers::NONE).await?;
        ada.page.wait_for_ink(cell(8), 20).await?;
        ada.page
            .wheel(at, At(0.0, -150.0), Modifiers::SHIFT)
            .await?;
        wait_for_dash_moved(&ada, At(150.0, 0.0)).await?;
        ada.page.wheel(at, At(0.0, 150.0), Modifiers::SHIFT).await?;
        let before = ada.page.wait_for_ink(cell(8), 20).await?;

        ada.page.wheel(at, At(0.0, -200.0), Modifiers::CTRL).await?;
        ada.wait_for_zoom("zoom > 105").await?;
        let dash = Rect {
            width: 300.0,
            height: 200.0,
            ..cell(8)
        };
        ada.page.wait_for_ink(dash, before + before / 10).await?;
        // The point under the pointer has not moved.
        ada.page.wait_for_ink(Rect::around(at, 12.0), 5).await?;
        for _ in 0..3 {
            ada.page.wheel(at, At(0.0, 200.0), Modifiers::CTRL).await?;
        }
        ada.wait_for_zoom("zoom < 95").await
    });
}

#[test]
fn space_middle_button_and_hand_tool_pan() {
    scenario("dragging", async |env| {
        let ada = user_with_a_dash(env).await?;
        let mouse = Pointer::default();
        let (from, to) = (At(700.0, 450.0), At(820.0, 550.0));
        let (there, back) = (line(from, to, 8), line(to, from, 8));

        ada.page.hover(from).await?;
        ada.page.hold("Space").await?;
        ada.page.stroke(mouse, &there).await?;
        ada.page.release("Space").await?;
        wait_for_dash_moved(&ada, At(120.0, 100.0)).await?;

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

        ada.pick_tool("Hand").await?;
        ada.page.stroke(mouse, &there).await?;
        wait_for_dash_moved(&ada, At(120.0, 100.0)).await
    });
}

#[test]
fn keys_and_buttons_zoom() {
    scenario("zooming", async |env| {
        let ada = user_with_a_dash(env).await?;
        ada.wait_for_zoom("zoom === 100").await?;
        ada.page.press("Ctrl++").await?;
        ada.wait_for_zoom("zoom > 100").await?;
        ada.page.press("Ctrl+0").await?;
        ada.wait_for_zoom("zoom === 100").await?;
        ada.page.press("Ctrl+-").await?;
        ada.wait_for_zoom("zoom < 100").await?;
        ada.page.click("button", "Zoom to 100%").await?;
        ada.wait_for_zoom("zoom === 100").await?;
        ada.page.click("button", "Zoom in").await?;
        ada.wait_for_zoom("zoom > 100").await?;
        let closer = ada.zoom().await?;
        ada.page.click("button", "Zoom out").await?;
        ada.wait_for_zoom(&format!("zoom < {closer}")).await?;

        // "Zoom to fit" shows the drawing again after a long pan.
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
    scenario("zoom limits", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        draw_box(&ada, At(600.0, 380.0), At(680.0, 420.0)).await?;
        for _ in 0..14 {
            ada.page.press("Ctrl+-").await?;
        }
        ada.wait_for_zoom("zoom === 5").await?;
        ada.page.press("Ctrl+-").await?;
        ada.wait_for_zoom("zoom === 5").await?;
        ada.page.press("Ctrl+0").await?;
        ada.wait_for_zoom("zoom === 100").await?;
        let edge = At(600.0, 400.0);
        for _ in 0..40 {
            ada.page
                .wheel(edge, At(0.0, -200.0), Modifiers::CTRL)
                .await?;
        }
        ada.wait_for_zoom("zoom === 3000").await?;
        // A sharp edge changes from ink to background within two pixels.
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

//! Finding one's way: the way back, links to places, the minimap, the ends of zoom.

use anyhow::{Result, ensure};
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::stage::scene;

use crate::pair::{around, makes_box, runs, shows_minimap};
use crate::places::BOARD;

/// Turns the wheel, by CSS pixels.
async fn wheels(person: &Person, delta: At) -> Result<()> {
    let at = At(640.0, 400.0);
    person.page.wheel(at, delta, Modifiers::NONE).await
}

#[test]
fn who_is_lost_is_led_back_to_what_there_is() {
    scene("back to content", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        makes_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        ensure!(
            ada.page
                .find_now("button", "Back to content")
                .await?
                .is_none(),
            "nobody is lost yet"
        );
        wheels(&ada, At(9_000.0, 7_000.0)).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.click("button", "Back to content").await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        let gone = "![...document.querySelectorAll('button')]\
            .some((it) => it.textContent.includes('Back to content'))";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    });
}

#[test]
fn a_link_to_a_place_shows_others_that_place() {
    scene("deep link", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        ada.context.allow_clipboard(&url).await?;
        wheels(&ada, At(3_000.0, -2_000.0)).await?;
        makes_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        ada.page.press("Ctrl+-").await?;
        ada.zoom_becomes("zoom < 100").await?;
        let zoom = ada.zoom().await?;
        runs(&ada, "Copy link to this place").await?;
        let link: String = ada
            .page
            .wait_for(
                "navigator.clipboard.readText().then((text) => text.includes('&at=') && text)",
            )
            .await?;
        let ben = stage.guest("ben", &link).await?;
        ben.sees_elements(1).await?;
        ben.zoom_becomes(&format!("zoom === {zoom}")).await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ben.sees_the_same_as(&ada, BOARD).await
    });
}

#[test]
fn the_minimap_leads_where_it_is_pressed() {
    scene("minimap", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        makes_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        wheels(&ada, At(4_000.0, 0.0)).await?;
        makes_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        shows_minimap(&ada).await?;
        let map: Vec<f64> = ada
            .page
            .wait_for(
                "((box) => box && box.width > 0 && [box.x, box.y, box.width, box.height])\
                 (document.querySelector('.minimap')?.getBoundingClientRect())",
            )
            .await?;
        // The first box lies at the left end of all there is, the view at the right.
        ada.page.wait_for_ink(around(At(500.0, 340.0)), 4).await?;
        ada.page
            .click_at(At(map[0] + map[2] * 0.5, map[1] + map[3] * 0.5))
            .await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page
            .click_at(At(map[0] + map[2] * 0.12, map[1] + map[3] * 0.5))
            .await?;
        ada.page.wait_for_ink(BOARD, 40).await.map(drop)
    });
}

#[test]
fn zoom_goes_from_five_to_three_thousand_percent_and_stays_sharp() {
    scene("zoom limits", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        makes_box(&ada, At(600.0, 380.0), At(680.0, 420.0)).await?;
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

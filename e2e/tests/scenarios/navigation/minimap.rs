//! The minimap.

use anyhow::ensure;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::controls::open_minimap;
use crate::support::places::BOARD;
use crate::support::pointer::{draw_box, scroll_by, square_around};
use crate::support::users::one_user_with_a_dash;

#[test]
fn a_click_on_the_minimap_moves_the_view_there() {
    scenario("minimap", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        draw_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        scroll_by(&ada, At(4_000.0, 0.0)).await?;
        draw_box(&ada, At(500.0, 300.0), At(620.0, 380.0)).await?;
        open_minimap(&ada).await?;
        let map: Vec<f64> = ada
            .page
            .wait_for(
                "((box) => box && box.width > 0 && [box.x, box.y, box.width, box.height])\
                 (document.querySelector('.minimap')?.getBoundingClientRect())",
            )
            .await?;
        // The first box is at the left end of the minimap, and the view at the right end.
        ada.page
            .wait_for_ink(square_around(At(500.0, 340.0)), 4)
            .await?;
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
fn a_still_pointer_on_the_minimap_moves_nothing() {
    scenario("minimap drag", async |env| {
        let ada = one_user_with_a_dash(env).await?;
        open_minimap(&ada).await?;
        ada.page
            .wait_for::<bool>("document.querySelector('.minimap') !== null")
            .await?;
        let drags = "(async () => {
            const map = document.querySelector('.minimap');
            const box = map.getBoundingClientRect();
            const frame = () => new Promise((r) => requestAnimationFrame(() => r()));
            const send = (type, dx) => map.dispatchEvent(new PointerEvent(type, {
                bubbles: true, pointerId: 1, buttons: 1,
                clientX: box.right - 6 + dx, clientY: box.top + box.height / 2,
            }));
            const dots = () => document.querySelector('.board-background').style.cssText;
            await frame();
            send('pointerdown', 0);
            await frame(); await frame();
            const first = dots();
            for (let move = 0; move < 30; move += 1) { send('pointermove', 0); await frame(); }
            await frame();
            return first !== '' && first === dots();
        })()";
        let held: bool = ada.page.eval(drags).await?;
        ensure!(held, "the view moved under a still finger");
        Ok(())
    });
}

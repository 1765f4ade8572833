//! Panels beside the board, and where the keyboard is while they come and go.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::stage::{Stage, scene};

use crate::pair::shows_minimap;
use crate::places::place;

/// Somebody alone on a board with four dashes by two pens, far from one another.
async fn somebody(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    ada.take("Pen").await?;
    ada.dash(place(8)).await?;
    ada.saved().await?;
    Ok(ada)
}

async fn has_keyboard(person: &Person, selector: &str) -> Result<()> {
    let has = format!("document.activeElement?.matches({selector:?})");
    person.page.wait_for::<bool>(&has).await.map(drop)
}

#[test]
fn the_search_is_called_again_and_gives_the_keyboard_back() {
    scene("find focus", async |stage| {
        let ada = somebody(stage).await?;
        ada.page.press("Ctrl+f").await?;
        has_keyboard(&ada, ".find-field").await?;
        ada.page.type_text("ink").await?;
        ada.page
            .eval::<Option<()>>("document.querySelector('main.board').focus()")
            .await?;
        has_keyboard(&ada, "main.board").await?;
        ada.page.press("Ctrl+f").await?;
        has_keyboard(&ada, ".find-field").await?;
        // What was looked for is marked, so that other words take its place.
        ada.page.type_text("x").await?;
        let value: String = ada
            .page
            .eval("document.querySelector('.find-field').value")
            .await?;
        ensure!(value == "x", "the field holds {value:?}");
        ada.page.press("Escape").await?;
        has_keyboard(&ada, "main.board").await
    });
}

#[test]
fn the_outline_is_one_stop_for_tab_and_follows_the_board() {
    scene("outline focus", async |stage| {
        let ada = somebody(stage).await?;
        ada.page.press("n").await?;
        ada.page.click_at(place(25)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("a note").await?;
        ada.page.press("Escape").await?;
        ada.page.click("button", "Outline").await?;
        let stops = |rows: usize| {
            format!(
                "document.querySelectorAll('.outline-entry').length === {rows} && \
                 document.querySelectorAll('.outline-entry[tabindex=\"0\"]').length === 1"
            )
        };
        ada.page.wait_for::<bool>(&stops(2)).await?;
        let focus = "document.querySelector('.outline-entry[tabindex=\"0\"]').focus()";
        ada.page.eval::<Option<()>>(focus).await?;
        ada.page.press("Down").await?;
        has_keyboard(&ada, "li:last-child > .outline-entry[tabindex=\"0\"]").await?;
        ada.page.wait_for::<bool>(&stops(2)).await?;
        ada.page.click("button", "Close outline").await?;
        has_keyboard(&ada, "main.board").await?;

        // A list that is open shows what comes.
        ada.page.click("button", "Outline").await?;
        ada.page.wait_for::<bool>(&stops(2)).await?;
        ada.take("Text").await?;
        ada.page.click_at(place(40)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("more").await?;
        ada.page.press("Escape").await?;
        ada.page.wait_for::<bool>(&stops(3)).await.map(drop)
    });
}

#[test]
fn a_finger_that_rests_on_the_minimap_moves_nothing() {
    scene("minimap drag", async |stage| {
        let ada = somebody(stage).await?;
        shows_minimap(&ada).await?;
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
            const dots = () => document.querySelector('main.board').style.cssText;
            await frame();
            send('pointerdown', 0);
            await frame(); await frame();
            const first = dots();
            for (let move = 0; move < 30; move += 1) { send('pointermove', 0); await frame(); }
            await frame();
            return first !== '' && first === dots();
        })()";
        let held: bool = ada.page.eval(drags).await?;
        ensure!(held, "the view ran away under a finger that did not move");
        Ok(())
    });
}

//! Users who ask for reduced motion get no animations.

use anyhow::{Result, ensure};
use e2e::emulate::Motion;
use e2e::input::Pointer;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::controls::run_command;
use crate::support::places::BOARD;
use crate::support::pointer::{draw_box, start_drag};
use crate::support::users::{one_user, two_users};
use crate::support::wait::{both_have_elements, wait_until_painted};

/// How something is closed that a button opened.
#[derive(Clone, Copy)]
enum Close {
    Escape,
    Button,
}

/// A button, the selector of what it opens, and how that is closed.
const OPENED: [(&str, &str, Close); 5] = [
    ("Menu", "[role=menu]", Close::Escape),
    ("Share", "dialog[open]", Close::Escape),
    ("Find", ".find-bar", Close::Escape),
    ("Outline", ".outline", Close::Button),
    ("Minimap", ".minimap", Close::Button),
];

/// The longest animation while menus and panels open and close, in milliseconds. An endless one
/// counts as a minute.
async fn longest_animation(person: &Person) -> Result<f64> {
    // Earlier animations do not count.
    let still = "Promise.all(document.getAnimations().map((a) => a.finished.catch(() => 0)))\
        .then(() => true)";
    person.page.eval::<bool>(still).await?;
    let watch = "(() => { globalThis.__longest = 0; const look = () => { \
            for (const a of document.getAnimations()) { \
                const { activeDuration } = a.effect.getComputedTiming(); \
                globalThis.__longest = Math.max(globalThis.__longest, Math.min(activeDuration, 6e4)); \
            } requestAnimationFrame(look) }; look(); return true })()";
    person.page.eval::<bool>(watch).await?;
    for (button, seen, end) in OPENED {
        person.page.click("button", button).await?;
        let visible = format!("document.querySelector({seen:?})?.checkVisibility() ?? false");
        person.page.wait_for::<bool>(&visible).await?;
        wait_until_painted(person).await?;
        match end {
            Close::Escape => person.page.press("Escape").await?,
            Close::Button => person.page.click("button", button).await?,
        }
        let gone = format!("!({visible})");
        person.page.wait_for::<bool>(&gone).await?;
    }
    run_command(person, "Copy link to this place").await?;
    let notice = "document.querySelector('.toast') !== null";
    person.page.wait_for::<bool>(notice).await?;
    wait_until_painted(person).await?;
    person.page.click("button", "Dismiss").await?;
    person.page.eval("globalThis.__longest").await
}

#[test]
fn reduced_motion_stops_animations() {
    scenario("reduced motion", async |env| {
        let ada = one_user(env).await?;
        ada.page.motion(Motion::Normal).await?;
        let usual = longest_animation(&ada).await?;
        ensure!(
            usual > 50.0,
            "nothing is animated without reduced motion: {usual} ms"
        );
        ada.page.motion(Motion::Reduced).await?;
        let reduced = longest_animation(&ada).await?;
        ensure!(reduced <= 10.0, "an animation runs for {reduced} ms");
        Ok(())
    });
}

#[test]
fn with_reduced_motion_the_view_jumps_and_the_laser_still_fades() {
    scenario("reduced motion on the board", async |env| {
        let (ada, ben) = two_users(env).await?;
        for person in [&ada, &ben] {
            person.page.motion(Motion::Reduced).await?;
        }
        draw_box(&ada, At(400.0, 250.0), At(520.0, 330.0)).await?;
        let away = At(5_000.0, 4_000.0);
        let middle = At(640.0, 400.0);
        ada.page.wheel(middle, away, Modifiers::NONE).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.press("Shift+!").await?;
        wait_until_painted(&ada).await?;
        let at_once = ada.page.board_picture(BOARD).await?;
        ensure!(at_once.ink() > 100, "the view is still on its way");
        for _ in 0..10 {
            wait_until_painted(&ada).await?;
        }
        let later = ada.page.board_picture(BOARD).await?;
        let moved = at_once.difference(&later)?;
        ensure!(moved == 0, "{moved} pixels of the view moved on");
        // The laser fades for everybody, because a line that stays would look like ink.
        ben.page.wheel(middle, away, Modifiers::NONE).await?;
        ben.page.wait_for_blank(BOARD).await?;
        ben.page.press("k").await?;
        let end = At(700.0, 340.0);
        start_drag(&ben, At(400.0, 300.0), end).await?;
        ben.page.wait_for_ink(BOARD, 50).await?;
        ben.page.up(Pointer::default(), end).await?;
        ben.page.wait_for_blank(BOARD).await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

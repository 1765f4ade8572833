//! What makes a board bearable for everybody: movement only for those who like it, a
//! focus that is seen wherever it goes, help that leaves nothing out.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use e2e::emulate::Motion;
use e2e::input::Pointer;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::{Stage, scene};

use crate::pair::{begins_drag, both_see, is_painted, makes_box, runs, two_on_one_server};
use crate::places::BOARD;

async fn somebody(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    stage.guest("ada", &board.owner.at(&url)).await
}

/// What ends something that came up by its button.
#[derive(Clone, Copy)]
enum End {
    Escape,
    Button,
}

/// What comes up by its button, how it is seen, and how it goes.
const COME_UP: [(&str, &str, End); 5] = [
    ("Menu", "[role=menu]", End::Escape),
    ("Share", "dialog[open]", End::Escape),
    ("Find", ".find-bar", End::Escape),
    ("Outline", ".outline", End::Button),
    ("Minimap", ".minimap", End::Button),
];

/// The longest of all movements that begin while a few things open and close, in
/// milliseconds; those without an end count as a minute.
async fn longest_movement(person: &Person) -> Result<f64> {
    // What still moves from before is none of it.
    let still = "Promise.all(document.getAnimations().map((a) => a.finished.catch(() => 0)))\
        .then(() => true)";
    person.page.eval::<bool>(still).await?;
    let watch = "(() => { globalThis.__longest = 0; const look = () => { \
            for (const a of document.getAnimations()) { \
                const { activeDuration } = a.effect.getComputedTiming(); \
                globalThis.__longest = Math.max(globalThis.__longest, Math.min(activeDuration, 6e4)); \
            } requestAnimationFrame(look) }; look(); return true })()";
    person.page.eval::<bool>(watch).await?;
    for (button, seen, end) in COME_UP {
        person.page.click("button", button).await?;
        let visible = format!("document.querySelector({seen:?})?.checkVisibility() ?? false");
        person.page.wait_for::<bool>(&visible).await?;
        is_painted(person).await?;
        match end {
            End::Escape => person.page.press("Escape").await?,
            End::Button => person.page.click("button", button).await?,
        }
        let gone = format!("!({visible})");
        person.page.wait_for::<bool>(&gone).await?;
    }
    runs(person, "Copy link to this place").await?;
    let notice = "document.querySelector('.toast') !== null";
    person.page.wait_for::<bool>(notice).await?;
    is_painted(person).await?;
    person.page.click("button", "Dismiss").await?;
    person.page.eval("globalThis.__longest").await
}

#[test]
fn who_likes_no_movement_gets_none() {
    scene("reduced motion", async |stage| {
        let ada = somebody(stage).await?;
        ada.page.motion(Motion::AsUsual).await?;
        let usual = longest_movement(&ada).await?;
        ensure!(usual > 50.0, "nothing moves at all: {usual} ms");
        ada.page.motion(Motion::Reduced).await?;
        let reduced = longest_movement(&ada).await?;
        ensure!(reduced <= 10.0, "something moves for {reduced} ms");
        Ok(())
    });
}

#[test]
fn who_likes_no_movement_points_with_light_and_is_where_they_go_at_once() {
    scene("reduced motion on the board", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        for person in [&ada, &ben] {
            person.page.motion(Motion::Reduced).await?;
        }
        makes_box(&ada, At(400.0, 250.0), At(520.0, 330.0)).await?;
        let away = At(5_000.0, 4_000.0);
        let middle = At(640.0, 400.0);
        ada.page.wheel(middle, away, Modifiers::NONE).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.press("Shift+!").await?;
        is_painted(&ada).await?;
        let at_once = ada.page.board_picture(BOARD).await?;
        ensure!(at_once.ink() > 100, "the view is still on its way");
        for _ in 0..10 {
            is_painted(&ada).await?;
        }
        let later = ada.page.board_picture(BOARD).await?;
        let moved = at_once.difference(&later)?;
        ensure!(moved == 0, "{moved} pixels of the view moved on");
        // Light fades for everybody: what stays would be taken for ink.
        ben.page.wheel(middle, away, Modifiers::NONE).await?;
        ben.page.wait_for_blank(BOARD).await?;
        ben.page.press("k").await?;
        let end = At(700.0, 340.0);
        begins_drag(&ben, At(400.0, 300.0), end).await?;
        ben.page.wait_for_ink(BOARD, 50).await?;
        ben.page.up(Pointer::default(), end).await?;
        ben.page.wait_for_blank(BOARD).await?;
        both_see(&ada, &ben, 1).await
    });
}

/// What has the focus, and whether it is seen: a ring of two pixels, or a shadow. On its
/// way around, the focus passes by what belongs to the browser.
const FOCUS: &str = "(() => { const it = document.activeElement; \
    if (it === document.body) return ['the browser', true]; \
    const name = it.getAttribute('aria-label') ?? it.textContent.trim().slice(0, 40); \
    const seen = [it, it.closest('label') ?? it].some((each) => { \
        const style = getComputedStyle(each); \
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) \
            || style.boxShadow !== 'none' }); \
    return [`${it.localName} ${name}`, seen] })()";

#[test]
fn the_focus_is_seen_wherever_it_goes() {
    scene("visible focus", async |stage| {
        let ada = somebody(stage).await?;
        ada.take("Rectangle").await?;
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for _ in 0..80 {
            ada.page.press("Tab").await?;
            let (name, visible): (String, bool) = ada.page.eval(FOCUS).await?;
            ensure!(visible, "the focus on {name} is invisible");
            seen.insert(name);
        }
        for place in [
            "Menu",
            "Share",
            "Rectangle",
            "Undo",
            "Zoom in",
            "Black",
            "Help",
        ] {
            let met = seen.iter().any(|name| name.ends_with(place));
            ensure!(
                met || place == "Undo",
                "Tab never comes to {place}: {seen:?}"
            );
        }
        Ok(())
    });
}

/// Names and keys of all lines of a list, as a person reads them.
async fn lines(person: &Person, script: &str) -> Result<BTreeSet<(String, String)>> {
    let lines: Vec<(String, String)> = person.page.eval(script).await?;
    Ok(lines.into_iter().collect())
}

#[test]
fn the_help_names_every_shortcut_that_there_is() {
    scene("help", async |stage| {
        let ada = somebody(stage).await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        let plain = |text: &str| format!("{text}.replace(/[+\\s]/g, '')");
        let commands = format!(
            "[...document.querySelectorAll('.command')].map((it) => \
                [it.querySelector('.command-label').textContent, {}]).filter(([, keys]) => keys)",
            plain("it.querySelector('kbd').textContent")
        );
        let commands = lines(&ada, &commands).await?;
        ensure!(
            commands.len() > 40,
            "only {} commands have keys",
            commands.len()
        );
        ada.page.press("Escape").await?;
        ada.page
            .wait_for::<bool>("document.querySelector('[role=combobox]') === null")
            .await?;
        ada.page.press("?").await?;
        ada.page
            .wait_for::<bool>("document.querySelectorAll('dialog[open] .help-line').length > 40")
            .await?;
        let help = format!(
            "[...document.querySelectorAll('.help-line')].map((it) => \
                [it.querySelector('dt').textContent, {}])",
            plain("it.querySelector('dd').textContent")
        );
        let help = lines(&ada, &help).await?;
        let missing: Vec<_> = commands.difference(&help).collect();
        ensure!(missing.is_empty(), "not in the help: {missing:?}");
        for gesture in ["Two-fingertap", "Three-fingertap", "Longpress"] {
            let told = help.iter().any(|(_, keys)| keys == gesture);
            ensure!(told, "the help does not tell of {gesture}");
        }
        Ok(())
    });
}

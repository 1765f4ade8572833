//! The board on a phone: the bar at the bottom, the sheets that come up from it, and
//! targets that fit a finger, down to the smallest phone.

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::{Stage, scene};

use crate::pair::{both_see, is_typing, reaches};

/// Width and height of a phone of a usual size and of the smallest.
pub(crate) const PHONES: [(u32, u32); 2] = [(390, 844), (320, 568)];

/// The least that a finger hits, in CSS pixels, less what rounding takes.
const FINGER: f64 = 43.5;

/// Visible controls smaller than a fingertip, with their sizes.
const SMALL: &str = "[...document.querySelectorAll(\
        'button, a[href], input, [role=button], [role=radio], [role=menuitem], label')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))\
    .filter((e) => !(e instanceof HTMLInputElement && e.closest('label')))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < FINGER)\
    .map(([e, box]) => `${e.getAttribute('aria-label') ?? e.textContent} \
        ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)";

/// Controls that nobody can bring onto the screen: out of it, and in nothing that scrolls.
const LOST: &str = "[...document.querySelectorAll('button, input')]\
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))\
    .map((e) => [e, e.getBoundingClientRect()])\
    .filter(([e, box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1 \
        || box.top < -1 || box.bottom > innerHeight + 1))\
    .filter(([e]) => { for (let up = e; up; up = up.parentElement) { \
        const { overflowX, overflowY } = getComputedStyle(up); \
        if (/auto|scroll/.test(overflowX + overflowY)) return false; } return true; })\
    .map(([e]) => e.getAttribute('aria-label') ?? e.textContent)";

/// Waits until nothing moves that will ever stop.
async fn comes_to_rest(person: &Person) -> Result<()> {
    let rest = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))\
        .then(() => Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
        .map((a) => a.finished.catch(() => 0)))).then(() => true)";
    person.page.eval::<bool>(rest).await.map(drop)
}

/// Whether all that shows can be reached and hit by a finger.
async fn fits(person: &Person, place: &str) -> Result<()> {
    comes_to_rest(person).await?;
    let small = SMALL.replace("FINGER", &FINGER.to_string());
    let small: Vec<String> = person.page.eval(&small).await?;
    ensure!(
        small.is_empty(),
        "{place}: too small for a finger: {small:?}"
    );
    let lost: Vec<String> = person.page.eval(LOST).await?;
    ensure!(lost.is_empty(), "{place}: out of the screen: {lost:?}");
    let wide: i64 = person
        .page
        .eval("document.documentElement.scrollWidth - innerWidth")
        .await?;
    ensure!(wide <= 0, "{place}: {wide} pixels too wide");
    Ok(())
}

/// Taps a control once it has come to rest: nobody is faster than a sheet that slides.
pub(crate) async fn taps(person: &Person, role: &str, name: &str) -> Result<()> {
    person.page.find(role, name).await?;
    comes_to_rest(person).await?;
    let rect = person.page.find(role, name).await?;
    person.page.touch(&[vec![rect.centre()]]).await
}

/// Takes a tool from the bar if it has room there, else from the sheet with the rest.
pub(crate) async fn takes(person: &Person, tool: &str) -> Result<()> {
    if person.page.find_now("button", tool).await?.is_none() {
        taps(person, "button", "More tools").await?;
    }
    taps(person, "button", tool).await
}

/// Begins a text there with a finger.
pub(crate) async fn begins_text_by_finger(person: &Person, at: At) -> Result<()> {
    takes(person, "Text").await?;
    person.page.touch(&[vec![at]]).await?;
    is_typing(person).await
}

/// Draws with a finger.
pub(crate) async fn swipes(person: &Person, from: At, to: At) -> Result<()> {
    let path = e2e::person::line(from, to, 8);
    let path: Vec<Vec<At>> = path.into_iter().map(|at| vec![at]).collect();
    person.page.touch(&path).await
}

/// Ada with a phone of a size, Ben at a desk.
pub(crate) async fn phone_and_desk(
    stage: &mut Stage,
    size: (u32, u32),
) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.phone_of(size.0, size.1).await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

#[test]
fn the_bar_stands_at_the_bottom_and_the_rest_of_the_tools_comes_up_from_it() {
    scene("phone tools", async |stage| {
        let (ada, ben) = phone_and_desk(stage, PHONES[0]).await?;
        let bar = ada.page.find("toolbar", "Tools").await?;
        ensure!(bar.y > 844.0 * 0.8, "the bar stands {} from above", bar.y);
        // A tool that has no room in the bar.
        takes(&ada, "Ellipse").await?;
        let gone =
            "!document.querySelector('[role=group][aria-label=\"More tools\"]').checkVisibility()";
        ada.page.wait_for::<bool>(gone).await?;
        swipes(&ada, At(100.0, 250.0), At(260.0, 350.0)).await?;
        both_see(&ada, &ben, 1).await
    });
}

#[test]
fn a_colour_of_the_style_sheet_reaches_the_other_page() {
    scene("phone style", async |stage| {
        let (ada, ben) = phone_and_desk(stage, PHONES[0]).await?;
        taps(&ada, "button", "Pen").await?;
        let open = "document.querySelector('[aria-label=Style] [role=radio]')?.checkVisibility()";
        let shown: bool = ada.page.eval(&format!("{open} ?? false")).await?;
        ensure!(!shown, "the sheet covers the board unasked");
        taps(&ada, "button", "Style").await?;
        taps(&ada, "radio", "Red").await?;
        taps(&ada, "button", "Style").await?;
        ada.page
            .wait_for::<bool>(&format!("!({open} ?? false)"))
            .await?;
        swipes(&ada, At(100.0, 250.0), At(260.0, 300.0)).await?;
        both_see(&ada, &ben, 1).await?;
        reaches(&ada, &ben).await?;
        let all = e2e::page::Rect {
            x: 300.0,
            y: 100.0,
            width: 700.0,
            height: 500.0,
        };
        ben.page.press("Shift+1").await?;
        ben.page.wait_for_ink(all, 40).await?;
        let ink = ben
            .page
            .board_picture(all)
            .await?
            .ink_colour()
            .unwrap_or_default();
        ensure!(ink[0] > 150 && ink[1] < 110, "drawn in {ink:?}");
        Ok(())
    });
}

#[test]
fn everything_fits_a_finger_on_every_phone() {
    scene("phone sizes", async |stage| {
        for size in PHONES {
            let (ada, _) = phone_and_desk(stage, size).await?;
            let place = |what: &str| format!("{what} at {} by {}", size.0, size.1);
            fits(&ada, &place("the board")).await?;
            for tool in [
                "Pen",
                "Highlighter",
                "Rectangle",
                "Arrow",
                "Text",
                "Sticky note",
            ] {
                takes(&ada, tool).await?;
                taps(&ada, "button", "Style").await?;
                ada.page.find("radio", "Red").await.context(place(tool))?;
                fits(&ada, &place(tool)).await?;
                taps(&ada, "button", "Style").await?;
            }
            taps(&ada, "button", "More tools").await?;
            fits(&ada, &place("more tools")).await?;
            ada.page.press("Escape").await?;
            for button in ["Menu", "Share", "Show everyone"] {
                taps(&ada, "button", button).await?;
                fits(&ada, &place(button)).await?;
                ada.page.press("Escape").await?;
            }
        }
        Ok(())
    });
}

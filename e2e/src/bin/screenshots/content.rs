//! Makes the board of the pictures: a plan with shapes, arrows, notes and a drawing.

use anyhow::Result;
use e2e::input::{Pointer, Tool};
use e2e::page::At;
use e2e::person::{Person, line};

use crate::series::{Device, Series};
use crate::sketch::{self, Ink, Stroke};

/// Two corners of a box: upper left and lower right.
type Corners = (At, At);

/// The first box of the plan.
pub(crate) const fn idea(device: Device) -> Corners {
    (
        device.at((340.0, 170.0), (20.0, 176.0)),
        device.at((480.0, 250.0), (124.0, 240.0)),
    )
}

/// The question of the plan.
pub(crate) const fn question(device: Device) -> Corners {
    (
        device.at((570.0, 130.0), (170.0, 140.0)),
        device.at((790.0, 290.0), (382.0, 276.0)),
    )
}

/// The end of the plan.
pub(crate) const fn end(device: Device) -> Corners {
    (
        device.at((590.0, 380.0), (196.0, 334.0)),
        device.at((770.0, 480.0), (356.0, 414.0)),
    )
}

/// Ada's note.
pub(crate) const fn note(device: Device) -> Corners {
    (
        device.at((850.0, 130.0), (16.0, 300.0)),
        device.at((1030.0, 310.0), (172.0, 456.0)),
    )
}

/// The centre of a box.
pub(crate) const fn middle((from, to): Corners) -> At {
    At(f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1))
}

/// Makes everything with both people, by pointer and keyboard.
pub(crate) async fn make(series: &Series<'_>) -> Result<()> {
    let (ada, ben) = (&series.ada, &series.ben);
    ada.fill("Board title", "Garden house").await?;
    plan(ada, series.device).await?;
    drawing(ada, ben, series.device).await?;
    for person in [ada, ben] {
        person.page.press("Escape").await?;
        picked(person, "Select").await?;
    }
    ada.wait_until_saved().await?;
    ben.wait_until_saved().await
}

/// Draws shapes with text, arrows between them, and a note.
async fn plan(ada: &Person, device: Device) -> Result<()> {
    let (from, over, to) = (idea(device), question(device), end(device));
    shape(ada, "Rectangle", from, "Idea").await?;
    shape(ada, "Diamond", over, "Wood?").await?;
    shape(ada, "Ellipse", to, "Build it").await?;
    let out_of = At(from.1.0 - 2.0, middle(from).1);
    arrow(ada, out_of, At(over.0.0 + 3.0, middle(over).1)).await?;
    arrow(ada, middle(over), At(middle(to).0, to.0.1 + 2.0)).await?;
    let paper = note(device);
    shape(ada, "Sticky note", paper, "Ask Mia about the old beams").await?;
    let heading = device.at((340.0, 96.0), (24.0, 116.0));
    words(ada, heading, "Garden house, step by step").await
}

/// Ada draws a house. On a desktop Ben adds a tree and a note; a phone has no room for them.
async fn drawing(ada: &Person, ben: &Person, device: Device) -> Result<()> {
    let (corner, scale) = match device {
        Device::Desk => (At(850.0, 600.0), 1.0),
        Device::Phone => (At(110.0, 632.0), 0.8),
    };
    for stroke in sketch::house(corner, scale) {
        draw(ada, &stroke).await?;
    }
    if device == Device::Phone {
        return Ok(());
    }
    // Both pages show the same part of the board.
    let paper = (At(1060.0, 150.0), At(1240.0, 330.0));
    let text = "I have a saw and two free days in June";
    shape(ben, "Sticky note", paper, text).await?;
    for stroke in sketch::greenery(At(1150.0, 500.0)) {
        draw(ben, &stroke).await?;
    }
    Ok(())
}

/// Drags out a box with a tool and writes on it.
pub(crate) async fn shape(
    person: &Person,
    tool: &str,
    (from, to): Corners,
    text: &str,
) -> Result<()> {
    picked(person, tool).await?;
    person.draw(&line(from, to, 6)).await?;
    if !writes(person).await? {
        person.page.press("Enter").await?;
    }
    write(person, text).await
}

async fn words(person: &Person, at: At, text: &str) -> Result<()> {
    picked(person, "Text").await?;
    person.page.click_at(at).await?;
    write(person, text).await
}

/// Waits for the text field, types, and clears the selection.
async fn write(person: &Person, text: &str) -> Result<()> {
    let focused = "document.activeElement?.matches('textarea[aria-label=Text]')";
    person.page.wait_for::<bool>(focused).await?;
    person.page.type_text(text).await?;
    for _ in 0..2 {
        person.page.press("Escape").await?;
    }
    Ok(())
}

async fn writes(person: &Person) -> Result<bool> {
    let asked = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => \
        r(!!document.activeElement?.matches('textarea[aria-label=Text]')))))";
    person.page.eval(asked).await
}

async fn arrow(person: &Person, from: At, to: At) -> Result<()> {
    picked(person, "Arrow").await?;
    person.draw(&line(from, to, 8)).await?;
    person.page.press("Escape").await
}

/// Picks a tool by its button, or by its key if a phone shows no button.
pub(crate) async fn picked(person: &Person, tool: &str) -> Result<()> {
    let key = match tool {
        "Select" => "v",
        "Pen" => "p",
        "Highlighter" => "Shift+P",
        "Eraser" => "e",
        "Rectangle" => "r",
        "Ellipse" => "o",
        "Diamond" => "3",
        "Line" => "l",
        "Arrow" => "a",
        "Text" => "t",
        "Sticky note" => "n",
        "Frame" => "f",
        "Laser" => "k",
        other => anyhow::bail!("no key for {other}"),
    };
    // The button is preferred, because a key would show the focus ring around the board.
    let shown = format!(
        "document.querySelector('.tool-button[aria-label={tool:?}]')?.checkVisibility() === true"
    );
    if person.page.eval::<bool>(&shown).await? {
        return person.pick_tool(tool).await;
    }
    let blur = "document.activeElement?.blur()";
    person.page.eval::<Option<()>>(blur).await?;
    person.page.press(key).await?;
    person.wait_for_tool(tool).await
}

/// Picks the tool, colour and width of a stroke and draws it with a stylus and its pressure.
async fn draw(person: &Person, stroke: &Stroke) -> Result<()> {
    let Ink {
        tool,
        colour,
        width,
    } = stroke.ink;
    picked(person, tool).await?;
    chosen(person, colour).await?;
    chosen(person, width).await?;
    close_sheet(person).await?;
    let (Some(first), Some(last)) = (stroke.points.first(), stroke.points.last()) else {
        return Ok(());
    };
    let pen = |force| Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    };
    person.page.down(pen(first.1), first.0).await?;
    for (at, force) in stroke.points.iter().skip(1) {
        person.page.drag(pen(*force), *at).await?;
    }
    person.page.up(pen(0.0), last.0).await
}

/// Chooses a style in the style panel, which must first be opened on a phone.
async fn chosen(person: &Person, name: &str) -> Result<()> {
    let there = format!("!!document.querySelector('.style-panel [aria-label={name:?}]')");
    if !person.page.eval::<bool>(&there).await? {
        person.page.click("button", "Style").await?;
    }
    person.choose_style(name).await
}

/// Closes the style panel on a phone, where it covers the place to draw at.
async fn close_sheet(person: &Person) -> Result<()> {
    let covers = "innerWidth < 640 && !!document.querySelector('.style-panel')";
    if person.page.eval::<bool>(covers).await? {
        person.page.click("button", "Style").await?;
        let gone = "!document.querySelector('.style-panel')";
        person.page.wait_for::<bool>(gone).await?;
    }
    Ok(())
}

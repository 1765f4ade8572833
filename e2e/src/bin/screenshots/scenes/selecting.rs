//! Elements that are selected, being selected, or being moved.

use anyhow::Result;
use e2e::input::{Button, Pointer};
use e2e::page::At;
use e2e::person::{Person, line};

use super::tools::held;
use crate::content::{end, idea, middle, note, picked, question};
use crate::series::{Device, Series};

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    one(series).await?;
    series
        .shoot("selection-many", async |ada| {
            ada.page.press("Ctrl+a").await?;
            selected(ada, "> 3").await
        })
        .await?;
    series
        .shoot("marquee", async |ada| {
            picked(ada, "Select").await?;
            let (from, to) = (
                device.at((300.0, 90.0), (10.0, 98.0)),
                device.at((800.0, 500.0), (384.0, 320.0)),
            );
            held(ada, &line(from, to, 8)).await
        })
        .await?;
    series
        .shoot("snapping", async |ada| {
            picked(ada, "Select").await?;
            let (from, to) = (
                edge(device),
                At(middle(question(device)).0 + 1.0, edge(device).1 + 40.0),
            );
            held(ada, &line(from, to, 12)).await
        })
        .await?;
    menus(series).await
}

/// One selected element of each kind that looks different.
async fn one(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("selection-one", async |ada| click(ada, edge(device)).await)
        .await?;
    series
        .shoot("selection-note", async |ada| {
            click(ada, middle(note(device))).await
        })
        .await?;
    series
        .shoot("selection-text", async |ada| {
            let At(x, y) = device.at((350.0, 98.0), (34.0, 118.0));
            click(ada, At(x, y)).await
        })
        .await?;
    series
        .shoot("selection-line", async |ada| {
            let (from, to) = (idea(device), question(device));
            let y = f64::midpoint(middle(from).1, middle(to).1);
            click(ada, At(f64::midpoint(from.1.0, to.0.0), y)).await
        })
        .await?;
    series
        .shoot("rotating", async |ada| turned(ada, device).await.map(drop))
        .await?;
    series
        .shoot("selection-rotated", async |ada| {
            let to = turned(ada, device).await?;
            ada.page.up(Pointer::default(), to).await?;
            ada.page
                .hover(device.at((500.0, 560.0), (60.0, 520.0)))
                .await
        })
        .await
}

/// Rotates the end of the plan by its handle, which stays pressed; returns the position.
async fn turned(person: &Person, device: Device) -> Result<At> {
    let corners = end(device);
    click(person, At(corners.0.0 + 1.0, middle(corners).1)).await?;
    let above = At(middle(corners).0, corners.0.1 - 24.0);
    let to = At(above.0 + 40.0, above.1 + 10.0);
    held(person, &line(above, to, 8)).await?;
    Ok(to)
}

async fn menus(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("context-menu", async |ada| {
            click(ada, edge(device)).await?;
            ada.page.stroke(right(), &[edge(device)]).await?;
            ada.page.find("menu", "Board menu").await.map(drop)
        })
        .await?;
    series
        .shoot("context-menu-empty", async |ada| {
            ada.page
                .stroke(right(), &[device.at((1240.0, 690.0), (370.0, 600.0))])
                .await?;
            ada.page.find("menu", "Board menu").await.map(drop)
        })
        .await
}

/// The smallest and the largest zoom. The tab keeps this view, so these states come late.
pub(crate) async fn zooms(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("zoom-near", async |ada| {
            let at = middle(idea(device));
            zoom(ada, at, -240.0, "zoom >= 2999").await
        })
        .await?;
    series
        .shoot("zoom-far", async |ada| {
            zoom(ada, middle(question(device)), 240.0, "zoom <= 5").await
        })
        .await
}

/// Turns the wheel, and waits until the zoom satisfies a condition.
async fn zoom(person: &Person, at: At, by: f64, enough: &str) -> Result<()> {
    for _ in 0..40 {
        person
            .page
            .wheel(at, At(0.0, by), e2e::keys::Modifiers::CTRL)
            .await?;
    }
    person.wait_for_zoom(enough).await
}

const fn right() -> Pointer {
    Pointer {
        button: Button::Right,
        tool: e2e::input::Tool::Mouse,
        held: e2e::keys::Modifiers::NONE,
    }
}

/// A point on the edge of the first box; a box without fill is selected by its edge.
const fn edge(device: Device) -> At {
    let (from, to) = idea(device);
    At(from.0, f64::midpoint(from.1, to.1))
}

async fn click(person: &Person, at: At) -> Result<()> {
    picked(person, "Select").await?;
    person.page.click_at(at).await?;
    selected(person, "=== 1").await
}

/// Waits until the number of selected elements satisfies a condition.
pub(crate) async fn selected(person: &Person, how_many: &str) -> Result<()> {
    let there = format!("__e2e.data('selected') {how_many}");
    person.page.wait_for::<bool>(&there).await.map(drop)
}

//! Each active tool with its options, and tools in use.

use std::f64::consts::TAU;

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::{Person, line};

use crate::content::{middle, note, picked};
use crate::series::{Device, Series};

/// The tools whose panels differ, and the names of their pictures.
const TOOLS: [(&str, &str); 13] = [
    ("Select", "tool-select"),
    ("Pen", "tool-pen"),
    ("Highlighter", "tool-highlighter"),
    ("Eraser", "tool-eraser"),
    ("Rectangle", "tool-rectangle"),
    ("Ellipse", "tool-ellipse"),
    ("Diamond", "tool-diamond"),
    ("Line", "tool-line"),
    ("Arrow", "tool-arrow"),
    ("Text", "tool-text"),
    ("Sticky note", "tool-sticky"),
    ("Frame", "tool-frame"),
    ("Laser", "tool-laser"),
];

/// Takes their pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    for (tool, name) in TOOLS {
        let device = series.device;
        series
            .shoot(name, async |ada| {
                picked(ada, tool).await?;
                with_sheet(ada, device).await
            })
            .await?;
    }
    at_work(series).await?;
    writing(series).await
}

async fn at_work(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("more-tools", async |ada| {
            if device == Device::Phone {
                ada.page.click("button", "More tools").await?;
            }
            Ok(())
        })
        .await?;
    series
        .shoot("drawing-shape", async |ada| {
            picked(ada, "Rectangle").await?;
            let (from, to) = (
                device.at((330.0, 480.0), (40.0, 460.0)),
                device.at((560.0, 640.0), (300.0, 560.0)),
            );
            held(ada, &line(from, to, 8)).await
        })
        .await?;
    // On an emulated phone, a screenshot during pointer input would get the wrong scale.
    if device == Device::Desk {
        let trail = trail();
        series
            .shoot_moving("laser-trail", &trail, async |ada| {
                picked(ada, "Laser").await?;
                held(ada, trail.get(..1).unwrap_or_default()).await
            })
            .await?;
    }
    Ok(())
}

async fn writing(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("writing", async |ada| {
            picked(ada, "Text").await?;
            ada.page
                .click_at(device.at((340.0, 520.0), (30.0, 480.0)))
                .await?;
            field(ada).await?;
            ada.page
                .type_text("What we still need:\n- nails\n- a ladder\n- good weather")
                .await
        })
        .await?;
    series
        .shoot("writing-on-note", async |ada| {
            picked(ada, "Select").await?;
            ada.page.click_at(middle(note(device))).await?;
            ada.page.press("Enter").await?;
            field(ada).await?;
            ada.page
                .type_text(", and whether anybody has a long ladder")
                .await
        })
        .await
}

/// A closed curve that a pointer can follow repeatedly.
fn trail() -> Vec<At> {
    let middle = At(500.0, 580.0);
    (0..60)
        .map(|step| f64::from(step) / 60.0 * TAU)
        .map(|angle| {
            At(
                middle.0 + 130.0 * angle.cos(),
                middle.1 + 50.0 * (2.0 * angle).sin(),
            )
        })
        .collect()
}

/// Opens the style panel on a phone by its button, if the tool has one.
pub(crate) async fn with_sheet(person: &Person, device: Device) -> Result<()> {
    let enabled = "document.querySelector('.style-toggle:enabled') !== null \
        && document.querySelector('.style-panel') === null";
    if device == Device::Phone && person.page.eval::<bool>(enabled).await? {
        person.page.click("button", "Style").await?;
    }
    Ok(())
}

/// Presses and moves; the pointer stays down.
pub(crate) async fn held(person: &Person, path: &[At]) -> Result<()> {
    let mouse = Pointer::default();
    if let Some((first, rest)) = path.split_first() {
        person.page.down(mouse, *first).await?;
        for at in rest {
            person.page.drag(mouse, *at).await?;
        }
    }
    Ok(())
}

/// Waits until the text field has the focus.
async fn field(person: &Person) -> Result<()> {
    let focused = "document.activeElement?.matches('textarea[aria-label=Text]')";
    person.page.wait_for::<bool>(focused).await.map(drop)
}

//! Arrows: an elbow, one with text, and one around a shape.

use anyhow::Result;
use e2e::page::At;
use e2e::person::{Person, line};

use super::tools::with_sheet;
use crate::content::{end, idea, middle, note, picked};
use crate::series::{Device, Series};

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("arrow-elbow", async |ada| elbow(ada, device).await)
        .await?;
    series
        .shoot("arrow-text", async |ada| {
            elbow(ada, device).await?;
            write(ada, "when it is dry").await?;
            ada.page.press("Escape").await?;
            ada.page.press("Escape").await
        })
        .await?;
    series
        .shoot("arrow-writing", async |ada| {
            elbow(ada, device).await?;
            write(ada, "when it is dry, and only then").await
        })
        .await?;
    series
        .shoot("arrow-loop", async |ada| {
            let (from, to) = idea(device);
            let top = At(middle((from, to)).0, from.1 + 1.0);
            let left = At(from.0 + 1.0, middle((from, to)).1);
            drawn(ada, device, "Curved", top, left).await
        })
        .await
}

/// Draws an elbow arrow from below the note to below the end of the plan.
async fn elbow(ada: &Person, device: Device) -> Result<()> {
    let lower = |(from, to)| At(middle((from, to)).0, to.1 - 2.0);
    drawn(
        ada,
        device,
        "Elbow",
        lower(note(device)),
        lower(end(device)),
    )
    .await
}

async fn drawn(ada: &Person, device: Device, route: &str, from: At, to: At) -> Result<()> {
    picked(ada, "Arrow").await?;
    with_sheet(ada, device).await?;
    ada.choose_style(route).await?;
    if device == Device::Phone {
        ada.page.click("button", "Style").await?;
    }
    ada.draw(&line(from, to, 8)).await?;
    ada.wait_for_tool("Select").await
}

async fn write(ada: &Person, text: &str) -> Result<()> {
    ada.page.press("Enter").await?;
    let focused = "document.activeElement?.matches('textarea[aria-label=Text]')";
    ada.page.wait_for::<bool>(focused).await?;
    ada.page.type_text(text).await
}

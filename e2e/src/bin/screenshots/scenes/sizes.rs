//! Screens of other sizes, smaller and larger.

use anyhow::Result;
use e2e::input::{Button, Pointer};
use e2e::keys::Modifiers;
use e2e::page::At;

use super::panels::share;
use super::tools::with_sheet;
use crate::content::picked;
use crate::series::{Device, Series};

/// A small phone, a phone in landscape and a tablet, in CSS pixels.
const SIZES: [(u32, u32); 3] = [(320, 568), (844, 390), (820, 1180)];

/// Takes the pictures, on touch screens.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    if device != Device::Phone {
        return Ok(());
    }
    for (width, height) in SIZES {
        series.ada.page.phone_of_size(width, height).await?;
        let name = |state| format!("size-{width}x{height}-{state}");
        series
            .shoot(&name("pen"), async |ada| {
                picked(ada, "Pen").await?;
                with_sheet(ada, device).await
            })
            .await?;
        series
            .shoot(&name("menu"), async |ada| {
                ada.page.click("button", "Menu").await
            })
            .await?;
        series
            .shoot(&name("context-menu"), async |ada| {
                picked(ada, "Select").await?;
                ada.page.press("Ctrl+a").await?;
                let right = Pointer {
                    button: Button::Right,
                    tool: e2e::input::Tool::Mouse,
                    held: Modifiers::NONE,
                };
                ada.page
                    .stroke(right, &[At(f64::from(width) * 0.62, 205.0)])
                    .await
            })
            .await?;
        series
            .shoot(&name("share"), async |ada| share(ada).await)
            .await?;
    }
    device.apply_to(&series.ada).await
}

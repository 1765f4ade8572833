//! Labels in shapes, colours of fills, ink in a frame, and the selection on a phone.

use anyhow::Result;
use e2e::page::At;
use e2e::person::line;

use super::selecting::selected;
use super::tools::with_sheet;
use crate::content::{picked, shape};
use crate::series::{Device, Series};

/// Pastes a drawing whose reading takes long.
const PASTE: &str = "(() => { const data = new DataTransfer(); \
    const curve = 'c1 2 3 4 5 6 s1 2 3 4 q1 2 3 4 t1 2 a5 4 30 1 0 9 9'.repeat(40_000); \
    data.setData('text/plain', `<svg>${`<path d=\"M0 0${curve}\"/>`.repeat(14)}</svg>`); \
    const init = { bubbles: true, cancelable: true, clipboardData: data }; \
    document.body.dispatchEvent(new ClipboardEvent('paste', init)); return true; })()";

/// Places to the right of the plan on a desktop, and over it on a phone.
const fn place(device: Device, x: f64, y: f64) -> At {
    let (left, top) = match device {
        Device::Desk => (300.0, 510.0),
        Device::Phone => (10.0, 470.0),
    };
    At(left + x, top + y)
}

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    let device = series.device;
    series
        .shoot("labels", async |ada| {
            for (tool, x, y, size, label) in [
                ("Diamond", 0.0, 0.0, [160.0, 100.0], "Approved?"),
                ("Ellipse", 190.0, 10.0, [140.0, 80.0], "Customer"),
                ("Rectangle", 60.0, 120.0, [100.0, 60.0], "Authentication"),
            ] {
                let from = place(device, x, y);
                let to = At(from.0 + size[0], from.1 + size[1]);
                shape(ada, tool, (from, to), label).await?;
            }
            Ok(())
        })
        .await?;
    series
        .shoot("fill-colour", async |ada| {
            let corners = (place(device, 40.0, 20.0), place(device, 260.0, 140.0));
            picked(ada, "Rectangle").await?;
            ada.draw(&line(corners.0, corners.1, 6)).await?;
            selected(ada, "=== 1").await?;
            with_sheet(ada, device).await?;
            for style in ["Solid fill", "Yellow fill", "Red"] {
                ada.choose_style(style).await?;
            }
            Ok(())
        })
        .await?;
    series
        .shoot("frame-ink", async |ada| {
            picked(ada, "Frame").await?;
            let (from, to) = (place(device, 20.0, 20.0), place(device, 220.0, 140.0));
            ada.draw(&line(from, to, 6)).await?;
            selected(ada, "=== 1").await?;
            picked(ada, "Pen").await?;
            let ink = line(place(device, 60.0, 40.0), place(device, 320.0, 150.0), 8);
            ada.draw(&ink).await
        })
        .await?;
    series
        .shoot("reading", async |ada| {
            ada.page.eval::<bool>(PASTE).await?;
            ada.page.find("button", "Stop").await.map(drop)
        })
        .await
}

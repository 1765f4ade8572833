//! The export dialog.

use anyhow::Result;
use e2e::person::Person;

use crate::series::Series;

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("export-png", async |ada| open(ada).await)
        .await?;
    series
        .shoot("export-transparent", async |ada| {
            open(ada).await?;
            ada.page.click("radio", "SVG").await?;
            ada.page.click("switch", "Background").await
        })
        .await?;
    series
        .shoot("export-pdf", async |ada| {
            open(ada).await?;
            ada.page.click("radio", "PDF").await
        })
        .await?;
    series
        .shoot("export-excalidraw", async |ada| {
            open(ada).await?;
            ada.page.click("radio", "Excalidraw").await
        })
        .await?;
    series
        .shoot("export-server", async |ada| {
            open(ada).await?;
            ada.page.click("spinbutton", "Width in pixels").await?;
            ada.page
                .eval::<Option<()>>("document.activeElement.select()")
                .await?;
            ada.page.type_text("16384").await?;
            ada.page.press("Tab").await
        })
        .await?;
    series
        .shoot("export-underway", async |ada| {
            open(ada).await?;
            // No answer comes, so the work goes on.
            ada.page
                .eval::<bool>("(globalThis.writeContent = () => new Promise(() => {}), true)")
                .await?;
            ada.page.click("radio", "JSON").await?;
            ada.page.click("button", "Download").await?;
            ada.page.find("button", "Stop").await.map(drop)
        })
        .await?;
    series
        .shoot("export-failed", async |ada| {
            open(ada).await?;
            ada.page
                .eval::<bool>(
                    "(globalThis.writeContent = () => Promise.reject('not-loaded'), true)",
                )
                .await?;
            ada.page.click("radio", "JSON").await?;
            ada.page.click("button", "Download").await?;
            let failed = "document.querySelector('.export-note[data-tone=failed]') !== null";
            ada.page.wait_for::<bool>(failed).await.map(drop)
        })
        .await
}

async fn open(ada: &Person) -> Result<()> {
    ada.page.press("Escape").await?;
    ada.page.press("Ctrl+Shift+E").await?;
    ada.page.find("button", "Download").await?;
    let painted = "document.querySelector('.export-picture').width !== 300";
    ada.page.wait_for::<bool>(painted).await.map(drop)
}

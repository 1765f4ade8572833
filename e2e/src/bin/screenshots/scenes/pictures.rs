//! Pictures: one that is selected, cropped, described, on its way, or cannot be loaded.

use anyhow::Result;
use e2e::emulate::Speed;
use e2e::person::Person;

use super::selecting::selected;
use crate::series::Series;

/// The link speed of an upload that takes seconds, in bytes per second.
const SLOW: Speed = Speed {
    down: 400_000.0,
    up: 60_000.0,
};
const UNLIMITED: Speed = Speed {
    down: -1.0,
    up: -1.0,
};

/// Drops a drawn landscape, or noise, whose file is large, on the middle of the page.
fn drop_picture(is_noise: bool) -> String {
    format!(
        "(async () => {{
          const canvas = new OffscreenCanvas(480, 320);
          const context = canvas.getContext('2d');
          const sky = context.createLinearGradient(0, 0, 0, 320);
          sky.addColorStop(0, '#8ecae6');
          sky.addColorStop(1, '#ffe8d6');
          context.fillStyle = sky;
          context.fillRect(0, 0, 480, 320);
          context.fillStyle = '#ffb703';
          context.beginPath();
          context.arc(360, 90, 40, 0, 7);
          context.fill();
          context.fillStyle = '#386641';
          context.beginPath();
          context.moveTo(0, 320); context.lineTo(150, 130); context.lineTo(260, 260);
          context.lineTo(340, 180); context.lineTo(480, 320);
          context.fill();
          if ({is_noise}) {{
            const data = context.getImageData(0, 0, 480, 320);
            for (let i = 0; i < data.data.length; i++) {{
              if (i % 4 !== 3) data.data[i] ^= Math.imul(i, 2654435761) >>> 26;
            }}
            context.putImageData(data, 0, 0);
          }}
          const blob = await canvas.convertToBlob({{ type: 'image/png' }});
          const data = new DataTransfer();
          data.items.add(new File([blob], 'landscape.png', {{ type: 'image/png' }}));
          const target = document.querySelector('main canvas');
          const [clientX, clientY] = [innerWidth / 2, innerHeight / 2];
          const init = {{ bubbles: true, cancelable: true, clientX, clientY, dataTransfer: data }};
          target.dispatchEvent(new DragEvent('drop', init));
          return true;
        }})()"
    )
}

async fn with_picture(ada: &Person, is_noise: bool) -> Result<()> {
    ada.page.press("Escape").await?;
    ada.page.eval::<bool>(&drop_picture(is_noise)).await?;
    selected(ada, "=== 1").await
}

/// Takes the pictures.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("picture", async |ada| {
            with_picture(ada, false).await?;
            ada.wait_until_saved().await
        })
        .await?;
    series
        .shoot("picture-crop", async |ada| {
            with_picture(ada, false).await?;
            ada.page.press("Enter").await
        })
        .await?;
    series
        .shoot("picture-menu", async |ada| with_menu(ada).await)
        .await?;
    series
        .shoot("picture-description", async |ada| {
            with_menu(ada).await?;
            ada.page.click("menuitem", "Alternative text").await?;
            ada.page.find("textbox", "Alternative text").await?;
            ada.page.type_text("هضاب خضراء تحت شمس صفراء").await
        })
        .await?;
    series
        .shoot("picture-uploading", async |ada| {
            ada.page.throttle_network(SLOW).await?;
            with_picture(ada, true).await?;
            ada.page.press("Escape").await?;
            let begun = "document.querySelector('.status-progress') !== null";
            ada.page.wait_for::<bool>(begun).await.map(drop)
        })
        .await?;
    series.ada.page.throttle_network(UNLIMITED).await?;
    series.ada.wait_until_saved().await
}

/// A picture with the context menu open.
async fn with_menu(ada: &Person) -> Result<()> {
    with_picture(ada, false).await?;
    ada.page.press("Shift+F10").await?;
    ada.page
        .find("menuitem", "Alternative text")
        .await
        .map(drop)
}

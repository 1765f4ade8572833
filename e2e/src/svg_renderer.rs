//! Renders SVG documents in an empty tab.

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::browser::Context;
use crate::page::Page;
use crate::pixels::Picture;

/// A tab that renders SVG documents.
#[derive(Debug)]
pub struct SvgRenderer {
    page: Page,
}

/// Renders a document as an image of a size and returns its pixels. An image cannot use fonts of
/// the page around it, so each image contains the fonts.
const PAINT: &str = "globalThis.__paint = async (svg, width, height) => {
    const dressed = svg.replace('<rect', `<style>${globalThis.__faces}</style><rect`);
    const url = URL.createObjectURL(new Blob([dressed], { type: 'image/svg+xml' }));
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0, width, height);
    URL.revokeObjectURL(url);
    const { data } = context.getImageData(0, 0, width, height);
    let binary = '';
    for (let i = 0; i < data.length; i += 32768) {
        binary += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return btoa(binary);
}";

impl SvgRenderer {
    /// Opens the tab; `faces` are `@font-face` rules with their fonts in them.
    ///
    /// # Errors
    /// If the browser opens no tab.
    pub async fn new(context: &Context, faces: &str) -> Result<Self> {
        let page = context.page().await?;
        let faces = serde_json::to_string(faces)?;
        page.eval::<bool>(&format!("globalThis.__faces = {faces}; {PAINT}; true"))
            .await?;
        Ok(Self { page })
    }

    /// Renders a document at a size in pixels.
    ///
    /// # Errors
    /// If the browser cannot decode it as an image.
    pub async fn paint(&self, svg: &str, width: usize, height: usize) -> Result<Picture> {
        let svg = serde_json::to_string(svg)?;
        let script = format!("__paint({svg}, {width}, {height})");
        let data: String = self.page.eval(&script).await.context("painting an SVG")?;
        let rgba = STANDARD.decode(data)?;
        ensure!(rgba.len() == width * height * 4, "painted in another size");
        Ok(Picture {
            width,
            height,
            rgba,
        })
    }
}

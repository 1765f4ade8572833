//! Pictures of a page: screenshots, ink in a rectangle, and the difference of two pictures.

use anyhow::{Context, Result, anyhow, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::page::{Page, Rect};

/// Two colours are different if one channel differs by more than this. Antialiasing and blending
/// of the same shape differ by less.
const CHANNEL_TOLERANCE: u8 = 40;

/// A picture in RGBA, eight bits a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Four bytes a pixel, row by row.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// Reads a PNG.
    ///
    /// # Errors
    /// If it is no PNG of 8-bit RGB or RGBA.
    pub fn decode(png: &[u8]) -> Result<Self> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
        let size = reader
            .output_buffer_size()
            .ok_or_else(|| anyhow!("picture too large"))?;
        let mut buffer = vec![0; size];
        let info = reader.next_frame(&mut buffer)?;
        ensure!(
            info.bit_depth == png::BitDepth::Eight,
            "not eight bits a channel"
        );
        let rgba = match info.color_type {
            png::ColorType::Rgba => buffer,
            png::ColorType::Rgb => buffer
                .chunks_exact(3)
                .flat_map(|rgb| rgb.iter().copied().chain([255]))
                .collect(),
            other => return Err(anyhow!("unexpected colour type {other:?}")),
        };
        Ok(Self {
            width: info.width as usize,
            height: info.height as usize,
            rgba,
        })
    }

    /// The most common colour, which is the background.
    #[must_use]
    pub fn background(&self) -> [u8; 4] {
        let mut counts = std::collections::HashMap::<[u8; 4], usize>::new();
        for pixel in self.pixels() {
            *counts.entry(pixel).or_default() += 1;
        }
        counts
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map_or([0; 4], |(colour, _)| colour)
    }

    /// The number of pixels that are not background.
    #[must_use]
    pub fn ink(&self) -> usize {
        let ground = self.background();
        self.pixels().filter(|pixel| differ(*pixel, ground)).count()
    }

    /// The most common colour besides the background, if there is any ink.
    #[must_use]
    pub fn ink_colour(&self) -> Option<[u8; 4]> {
        let ground = self.background();
        let rgba = self
            .pixels()
            .filter(|pixel| differ(*pixel, ground))
            .flatten()
            .collect();
        let ink = Self {
            width: 0,
            height: 0,
            rgba,
        };
        (!ink.rgba.is_empty()).then(|| ink.background())
    }

    /// Whether the picture contains this colour.
    #[must_use]
    pub fn has(&self, [red, green, blue]: [u8; 3]) -> bool {
        let wanted = [red, green, blue, u8::MAX];
        self.pixels().any(|pixel| !differ(pixel, wanted))
    }

    /// The number of pixels in which two pictures of the same size differ.
    ///
    /// # Errors
    /// If the sizes differ.
    pub fn difference(&self, other: &Self) -> Result<usize> {
        ensure!(
            (self.width, self.height) == (other.width, other.height),
            "pictures of different size: {}x{} and {}x{}",
            self.width,
            self.height,
            other.width,
            other.height
        );
        Ok(self
            .pixels()
            .zip(other.pixels())
            .filter(|(one, two)| differ(*one, *two))
            .count())
    }

    fn pixels(&self) -> impl Iterator<Item = [u8; 4]> {
        self.rgba
            .chunks_exact(4)
            .filter_map(|pixel| pixel.try_into().ok())
    }
}

fn differ(one: [u8; 4], two: [u8; 4]) -> bool {
    one.iter()
        .zip(two)
        .any(|(one, two)| one.abs_diff(two) > CHANNEL_TOLERANCE)
}

impl Page {
    /// A screenshot of the page as PNG, or of a part of it.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn screenshot(&self, clip: Option<Rect>) -> Result<Vec<u8>> {
        let mut params = json!({ "format": "png" });
        if let (Some(clip), Some(params)) = (clip, params.as_object_mut()) {
            let Rect {
                x,
                y,
                width,
                height,
            } = clip;
            let clip = json!({ "x": x, "y": y, "width": width, "height": height, "scale": 1 });
            params.insert("clip".to_owned(), clip);
        }
        let answer = self.session.call("Page.captureScreenshot", params).await?;
        let data = answer["data"]
            .as_str()
            .ok_or_else(|| anyhow!("no screenshot"))?;
        Ok(STANDARD.decode(data)?)
    }

    /// The board's canvases alone, without cursors and controls, as they show in `rect`.
    ///
    /// # Errors
    /// If the page shows no board.
    pub async fn board_picture(&self, rect: Rect) -> Result<Picture> {
        let script = format!("__e2e.picture({})", corners(rect));
        let data: Option<String> = self.eval(&script).await?;
        let rgba = STANDARD.decode(data.context("the page shows no board")?)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "CSS pixels"
        )]
        let (width, height) = (rect.width.round() as usize, rect.height.round() as usize);
        ensure!(
            rgba.len() == width * height * 4,
            "picture of unexpected size"
        );
        Ok(Picture {
            width,
            height,
            rgba,
        })
    }

    /// The number of pixels of the board's canvases in `rect` that are not background.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn ink(&self, rect: Rect) -> Result<u64> {
        self.eval(&format!("__e2e.ink({})", corners(rect))).await
    }

    /// Waits until there is ink in `rect`: at least `least` pixels.
    ///
    /// # Errors
    /// If there is not within [`crate::PATIENCE`].
    pub async fn wait_for_ink(&self, rect: Rect, least: u64) -> Result<u64> {
        let ink = format!("__e2e.ink({})", corners(rect));
        self.wait_for(&format!("{ink} >= {least} && {ink}")).await
    }

    /// Waits until `rect` is blank.
    ///
    /// # Errors
    /// If it is not within [`crate::PATIENCE`].
    pub async fn wait_for_blank(&self, rect: Rect) -> Result<()> {
        let blank = format!("__e2e.ink({}) === 0", corners(rect));
        self.wait_for::<bool>(&blank).await.map(drop)
    }
}

/// The rectangle as four whole numbers for a script.
fn corners(rect: Rect) -> String {
    let Rect {
        x,
        y,
        width,
        height,
    } = rect;
    format!(
        "{}, {}, {}, {}",
        x.round(),
        y.round(),
        width.round(),
        height.round()
    )
}

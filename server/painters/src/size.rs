//! Sizes of PNG files in pixels.

use shared::geometry::BoardRect;

/// The longest side in pixels. Viewers and printers take no more, and encoders of PNG count in 31 bits.
pub const MAX_SIDE_PX: u32 = 32_768;

/// The most pixels. A file takes some seconds of a processor for each hundred million.
pub const MAX_PIXELS: u64 = 400_000_000;

/// How large a file is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolution {
    /// Pixels of one board unit.
    Scale(f64),
    /// The width in pixels.
    Width(u32),
    /// The longer side in pixels. Small regions are not enlarged to more than `scale` pixels of one
    /// board unit.
    Within {
        /// The longer side in pixels.
        side: u32,
        /// The largest scale.
        scale: f64,
    },
}

impl Resolution {
    /// Pixels of one board unit in a file that shows `region`.
    #[must_use]
    pub fn scale(self, region: BoardRect) -> f64 {
        match self {
            Self::Scale(scale) => scale,
            Self::Width(width) => f64::from(width) / region.width(),
            Self::Within { side, scale } => {
                let longer = region.width().max(region.height());
                (f64::from(side) / longer).min(scale)
            }
        }
    }
}

/// The size of a file in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelSize {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
    /// Pixels of one board unit.
    pub scale: f64,
}

/// The reason why a file has no size.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SizeError {
    /// It is too large.
    #[error(
        "the picture would have {width} × {height} pixels; at most {MAX_SIDE_PX} a side and \
         {MAX_PIXELS} in all are allowed"
    )]
    TooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
    },
}

impl PixelSize {
    /// The size of a file that shows `region`.
    ///
    /// # Errors
    /// [`SizeError::TooLarge`].
    pub fn of(region: BoardRect, resolution: Resolution) -> Result<Self, SizeError> {
        let scale = resolution.scale(region);
        // Rounding must not make a file of a given width wider.
        let pixels = |side: f64| (side * scale - 1e-6).ceil().max(1.0) as u64;
        let (width, height) = (pixels(region.width()), pixels(region.height()));
        let allowed = |side: u64| u32::try_from(side).ok().filter(|side| *side <= MAX_SIDE_PX);
        match (allowed(width), allowed(height)) {
            (Some(across), Some(down)) if width * height <= MAX_PIXELS => Ok(Self {
                width: across,
                height: down,
                scale,
            }),
            _ => Err(SizeError::TooLarge { width, height }),
        }
    }
}

//! PNG in bands: a band of rows is painted, compressed and written before the next one.

mod canvas;

use std::io::{ErrorKind, Write};

use kurbo::{Affine, Rect};
use png::chunk::iTXt;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError};
use shared::geometry::BoardRect;
use shared::paint::Rendering;
use tiny_skia::Pixmap;

use crate::pictures::ScaledPictures;
use crate::{PaintContext, PaintError, PixelSize};
use canvas::Canvas;

/// Bytes of the pixels of one band. A larger one needs fewer passes over the elements.
const BAND_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of compressed data in one chunk.
const CHUNK_BYTES: usize = 64 * 1024;
/// How far curves may be from the exact ones, in pixels.
const TOLERANCE_PX: f64 = 0.1;
/// Elements this near to a band in pixels are painted into it, because edges are smoothed.
const EDGE_PX: f64 = 2.0;

/// Writes a rendering as a PNG file. `scene` is the data of an `iTXt` chunk, such as
/// `formats::embed::png` makes.
///
/// # Errors
/// [`PaintError::Library`], or [`PaintError::Write`] if it was abandoned or `out` takes no more.
pub fn write_png(
    rendering: &Rendering<'_>,
    size: PixelSize,
    context: PaintContext<'_>,
    scene: Option<&[u8]>,
    out: impl Write,
) -> Result<(), PaintError> {
    let background = rendering.background();
    let mut encoder = Encoder::new(out, size.width, size.height);
    let color = if background.is_some() {
        ColorType::Rgb
    } else {
        ColorType::Rgba
    };
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header().map_err(failed)?;
    if let Some(scene) = scene {
        writer.write_chunk(iTXt, scene).map_err(failed)?;
    }
    let mut rows = writer
        .stream_writer_with_size(CHUNK_BYTES)
        .map_err(failed)?;
    let row_bytes = size.width as usize * 4;
    let height = u32::try_from(BAND_BYTES / row_bytes)
        .unwrap_or(1)
        .clamp(1, size.height);
    let mut pixels = Pixmap::new(size.width, height).ok_or_else(too_large)?;
    let mut pictures = ScaledPictures::new(context.pictures);
    let mut from = 0;
    while from < size.height {
        let count = height.min(size.height - from);
        match background {
            Some(rgb) => pixels.fill(tiny_skia::Color::from_rgba8(rgb.r, rgb.g, rgb.b, 255)),
            None => pixels.fill(tiny_skia::Color::TRANSPARENT),
        }
        let (region, to_pixels) = band(rendering.region(), size.scale, from, &pixels);
        let mut canvas = Canvas::new(&mut pixels, to_pixels, region, context, &mut pictures);
        rendering.paint(region, TOLERANCE_PX / size.scale, &mut canvas);
        if (context.is_abandoned)() {
            return Err(PaintError::Write(ErrorKind::BrokenPipe.into()));
        }
        let band = pixels.data().chunks_exact(row_bytes).take(count as usize);
        for row in band {
            rows.write_all(&encoded(row, color))?;
        }
        from += count;
    }
    rows.finish().map_err(failed)
}

/// The part of the board that the rows from `top` on show, and the map from the board to these rows.
fn band(region: BoardRect, scale: f64, top: u32, pixels: &Pixmap) -> (BoardRect, Affine) {
    let to_pixels = Affine::translate((0.0, -f64::from(top)))
        * Affine::scale(scale)
        * Affine::translate(-region.origin().to_vec2());
    let size = (f64::from(pixels.width()), f64::from(pixels.height()));
    let own = Rect::from_origin_size((0.0, 0.0), size).inflate(EDGE_PX, EDGE_PX);
    (to_pixels.inverse().transform_rect_bbox(own), to_pixels)
}

/// The bytes of a row: without the alpha of an opaque picture, and with colours that are not
/// multiplied by their alpha.
fn encoded(row: &[u8], color: ColorType) -> Vec<u8> {
    let pixels = row.as_chunks::<4>().0.iter();
    if color == ColorType::Rgb {
        return pixels.flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    }
    let plain = pixels.flat_map(|[r, g, b, a]| {
        let alpha = u32::from(*a);
        let plain = |value: u8| {
            (u32::from(value) * 255 + alpha / 2)
                .checked_div(alpha)
                .unwrap_or(0)
        };
        let [r, g, b] = [*r, *g, *b].map(|value| plain(value).min(255) as u8);
        [r, g, b, *a]
    });
    plain.collect()
}

fn failed(error: EncodingError) -> PaintError {
    match error {
        EncodingError::IoError(error) => PaintError::Write(error),
        other => PaintError::Library(other.to_string()),
    }
}

fn too_large() -> PaintError {
    PaintError::Library("a band of this picture is too large".to_owned())
}

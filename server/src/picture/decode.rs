//! Pixels, decoded within limits.

use std::io::Cursor;
use std::ops::Range;

use bytes::Bytes;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};
use shared::limits::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};
use shared::model::MediaType;

use super::error::{MAX_DECODED_BYTES, PictureError};
use super::format::decoder_of;

/// Pixels on the longer side of the picture from which the preview is made, as ThumbHash wants it.
const PREVIEW_SIDE: u32 = 100;

/// The facts about a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureInfo {
    /// The format of its file.
    pub media_type: MediaType,
    /// Pixels from left to right, as it is shown.
    pub width: u32,
    /// Pixels from top to bottom, as it is shown.
    pub height: u32,
    /// A blurred preview: a ThumbHash of at most 25 bytes.
    pub thumbhash: Vec<u8>,
}

/// What the head of a file says about its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// How the picture has to be turned to be shown. An animation is shown as it is: no encoder here
    /// writes its frames, and a turned first frame would be worse than none that is turned.
    pub(super) orientation: Orientation,
    /// Bytes that a decoder may use.
    pub(super) decoding_bytes: u64,
}

/// Reads the head of a file and checks its size. Allocates no pixels.
pub(super) fn head(media_type: MediaType, file: &[u8]) -> Result<Head, PictureError> {
    let mut decoder = decoder(media_type, file)?;
    let orientation = if is_animated(media_type, file)? {
        Orientation::NoTransforms
    } else {
        decoder.orientation().map_err(unreadable)?
    };
    let bytes = decoder.total_bytes();
    // Decoders keep intermediate values: JPEG with several scans 2 bytes for each colour.
    let factor = if media_type == MediaType::Jpeg { 4 } else { 2 };
    Ok(Head {
        orientation,
        decoding_bytes: bytes.saturating_mul(factor),
    })
}

/// Whether a file has frames and may have EXIF, which GIF has not.
fn is_animated(media_type: MediaType, file: &[u8]) -> Result<bool, PictureError> {
    let file = Cursor::new(file);
    let animated = match media_type {
        MediaType::Png => PngDecoder::new(file).and_then(|decoder| decoder.is_apng()),
        MediaType::WebP => WebPDecoder::new(file).map(|decoder| decoder.has_animation()),
        MediaType::Jpeg | MediaType::Gif => Ok(false),
    };
    animated.map_err(unreadable)
}

/// Decodes the first frame.
pub(super) fn pixels(media_type: MediaType, file: &[u8]) -> Result<DynamicImage, PictureError> {
    DynamicImage::from_decoder(decoder(media_type, file)?).map_err(unreadable)
}

/// The facts about a picture with these pixels.
pub(super) fn info(media_type: MediaType, pixels: &DynamicImage) -> PictureInfo {
    let preview = pixels.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE).to_rgba8();
    let [width, height] = [preview.width(), preview.height()].map(|side| side as usize);
    PictureInfo {
        media_type,
        width: pixels.width(),
        height: pixels.height(),
        thumbhash: thumbhash::rgba_to_thumb_hash(width, height, preview.as_raw()),
    }
}

/// The file of a picture, turned as it has to be shown.
pub(super) fn turned(
    media_type: MediaType,
    file: &[u8],
    orientation: Orientation,
) -> Result<Bytes, PictureError> {
    let profile = decoder(media_type, file)?
        .icc_profile()
        .map_err(unreadable)?;
    let mut pixels = pixels(media_type, file)?;
    pixels.apply_orientation(orientation);
    let profile = profile.filter(|profile| describes(profile, &pixels));
    encoded(media_type, &pixels, profile)
}

/// Whether a colour profile is about colours like those of the pixels. That of a JPEG with printing
/// colours is not, because its pixels are decoded to red, green and blue.
fn describes(profile: &[u8], pixels: &DynamicImage) -> bool {
    let colors: &[u8] = if pixels.color().has_color() {
        b"RGB "
    } else {
        b"GRAY"
    };
    profile.get(PROFILE_COLORS) == Some(colors)
}

/// Where an ICC profile names its colours.
const PROFILE_COLORS: Range<usize> = 16..20;
/// Quality of a JPEG that was turned: a loss that no eye sees.
const QUALITY: u8 = 92;

fn encoded(
    media_type: MediaType,
    pixels: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<Bytes, PictureError> {
    let mut file = Vec::new();
    let written = match media_type {
        MediaType::Jpeg => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, QUALITY);
            write(pixels, encoder, profile)
        }
        MediaType::Png => write(
            pixels,
            image::codecs::png::PngEncoder::new(&mut file),
            profile,
        ),
        MediaType::WebP => {
            let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
            write(pixels, encoder, profile)
        }
        MediaType::Gif => write(pixels, image::codecs::gif::GifEncoder::new(&mut file), None),
    };
    written.map_err(unreadable)?;
    Ok(file.into())
}

fn write(
    pixels: &DynamicImage,
    mut encoder: impl image::ImageEncoder,
    profile: Option<Vec<u8>>,
) -> Result<(), ImageError> {
    if let Some(profile) = profile {
        // A format that takes no profile shows its colours a little differently.
        drop(encoder.set_icc_profile(profile));
    }
    pixels.write_with_encoder(encoder)
}

fn decoder(media_type: MediaType, file: &[u8]) -> Result<impl ImageDecoder, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(file), decoder_of(media_type));
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_PICTURE_SIDE || pixels > MAX_PICTURE_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    if pixels == 0 {
        return Err(PictureError::Damaged("it has no pixels".to_owned()));
    }
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        return Err(PictureError::TooMuchMemory);
    }
    Ok(decoder)
}

/// The longest reason of a decoder that is passed on, in characters.
const MAX_REASON_CHARS: usize = 200;

fn unreadable(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooMuchMemory,
        other => {
            let reason = other.to_string();
            PictureError::Damaged(reason.chars().take(MAX_REASON_CHARS).collect())
        }
    }
}

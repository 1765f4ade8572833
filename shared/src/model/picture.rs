//! Pictures: which file an image shows, and which part of it.

use std::fmt;
use std::str::FromStr;

use kurbo::Rect;
use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::blob_hash::BlobHash;

/// The format of a picture's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaType {
    /// PNG.
    #[serde(rename = "p")]
    Png,
    /// JPEG.
    #[serde(rename = "j")]
    Jpeg,
    /// WebP.
    #[serde(rename = "w")]
    WebP,
    /// GIF, of which painters show the first frame.
    #[serde(rename = "g")]
    Gif,
}

impl MediaType {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Png, Self::Jpeg, Self::WebP, Self::Gif];

    /// Its name in HTTP and in addresses with data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// The ending of the names of such files, without a dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Gif => "gif",
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A media type that is not that of a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a format of pictures: image/png, image/jpeg, image/webp and image/gif are")]
pub struct UnknownMediaType(String);

impl FromStr for MediaType {
    type Err = UnknownMediaType;

    fn from_str(name: &str) -> Result<Self, UnknownMediaType> {
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownMediaType(name.chars().take(40).collect()))
    }
}

/// A picture: the file that holds its pixels, and what a client shows before it has the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize_tuple, Deserialize_tuple)]
pub struct Picture {
    /// The name of its file.
    pub sha256: BlobHash,
    /// The format of its file.
    pub media_type: MediaType,
    /// Its width in pixels, 1 to `MAX_PICTURE_SIDE`.
    pub width: u32,
    /// Its height in pixels, 1 to `MAX_PICTURE_SIDE`.
    pub height: u32,
    /// A blurred preview: a [ThumbHash](https://evanw.github.io/thumbhash/) of at most
    /// `MAX_THUMBHASH_BYTES`. Empty if there is none.
    #[serde(with = "serde_bytes")]
    pub thumbhash: Vec<u8>,
}

/// The part of a picture that an image shows: its edges as parts of the picture's width and height,
/// from 0 at the left and upper edge to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Crop {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge, at least `MIN_CROP` to the right of the left one.
    pub right: f32,
    /// The lower edge, at least `MIN_CROP` below the upper one.
    pub bottom: f32,
}

impl Crop {
    /// The whole picture.
    pub const WHOLE: Self = Self {
        left: 0.0,
        top: 0.0,
        right: 1.0,
        bottom: 1.0,
    };

    /// The part as a rectangle.
    #[must_use]
    pub fn rect(self) -> Rect {
        let [left, top, right, bottom] =
            [self.left, self.top, self.right, self.bottom].map(f64::from);
        Rect::new(left, top, right, bottom)
    }
}

impl Default for Crop {
    fn default() -> Self {
        Self::WHOLE
    }
}

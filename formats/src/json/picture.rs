//! The picture of an image, and the part of it that is shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use shared::model::{Crop, MediaType, Picture};

use super::ids::Ids;
use super::names::Name;
use super::values::Form;

/// The picture of an image. The file has its name, not its pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonPicture {
    sha256: String,
    media_type: Name<MediaType>,
    width: u32,
    height: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    thumbhash: String,
}

impl Form<Option<Picture>> for JsonPicture {
    fn write(value: &Option<Picture>) -> Self {
        let picture = value.as_ref();
        Self {
            sha256: picture.map(|it| it.sha256.to_string()).unwrap_or_default(),
            media_type: Name(picture.map_or(MediaType::Png, |it| it.media_type)),
            width: picture.map_or(0, |it| it.width),
            height: picture.map_or(0, |it| it.height),
            thumbhash: picture.map_or_else(String::new, |it| STANDARD.encode(&it.thumbhash)),
        }
    }

    fn read(self, _: &mut Ids) -> Result<Option<Picture>, String> {
        let thumbhash = STANDARD.decode(&self.thumbhash);
        Ok(Some(Picture {
            sha256: self
                .sha256
                .parse()
                .map_err(|error| format!("sha256: {error}"))?,
            media_type: self.media_type.0,
            width: self.width,
            height: self.height,
            thumbhash: thumbhash.map_err(|error| format!("thumbhash: {error}"))?,
        }))
    }
}

/// The part of a picture that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonCrop {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Form<Crop> for JsonCrop {
    fn write(value: &Crop) -> Self {
        let Crop {
            left,
            top,
            right,
            bottom,
        } = *value;
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    fn read(self, _: &mut Ids) -> Result<Crop, String> {
        let Self {
            left,
            top,
            right,
            bottom,
        } = self;
        Ok(Crop {
            left,
            top,
            right,
            bottom,
        })
    }
}

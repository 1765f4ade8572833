//! Prepares files that a user chose, pasted or dropped: decodes them, bounds them, and encodes them
//! anew without metadata. A worker does this (`client/prepare-picture.js`).

use js_sys::{Reflect, Uint8Array};
use serde_bytes::ByteBuf;
use shared::limits::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};
use shared::model::{BlobHash, Picture};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::outbox::PictureFile;

/// Bytes of a file that is read. A larger one has too many pixels in all formats that browsers read.
const MAX_SOURCE_BYTES: f64 = 100.0 * 1024.0 * 1024.0;

#[wasm_bindgen]
extern "C" {
    /// Prepares a picture in a worker; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = preparePicture, catch)]
    async fn prepare_picture(
        file: &Blob,
        most_pixels: f64,
        most_side: f64,
        most_bytes: f64,
    ) -> Result<JsValue, JsValue>;
}

/// A picture that is ready to be put on a board.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prepared {
    /// The picture.
    pub(crate) picture: Picture,
    /// Its file.
    pub(crate) file: PictureFile,
    /// It had more pixels or bytes than a board takes.
    pub(crate) is_shrunk: bool,
    /// It moves in other programs; here it shows its first frame.
    pub(crate) is_first_frame: bool,
}

/// Why a file is not a picture for the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    /// The code of the worker did not load.
    #[error("a part of Commonslate did not load; check the connection")]
    NotLoaded,
    /// The file has too many bytes.
    #[error("the file is larger than 100 MB")]
    TooLarge,
    /// The picture has too many pixels.
    #[error("the picture has more than 100 million pixels")]
    TooManyPixels,
    /// The browser does not know the format, or the file is damaged.
    #[error("this browser cannot read it as a picture")]
    Unreadable,
}

/// Prepares a file.
///
/// # Errors
/// If it is no picture that a board can show.
pub(crate) async fn prepare(file: &Blob) -> Result<Prepared, Unfit> {
    if file.size() > MAX_SOURCE_BYTES {
        return Err(Unfit::TooLarge);
    }
    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    let most = (MAX_PICTURE_PIXELS as f64, MAX_PICTURE_BYTES as f64);
    let side = f64::from(MAX_PICTURE_SIDE);
    match prepare_picture(file, most.0, side, most.1).await {
        Ok(made) => read(&made).await.ok_or(Unfit::Unreadable),
        Err(error) => Err(match error.as_string().as_deref() {
            Some("too-many-pixels") => Unfit::TooManyPixels,
            Some("not-loaded") => Unfit::NotLoaded,
            _ => Unfit::Unreadable,
        }),
    }
}

async fn read(made: &JsValue) -> Option<Prepared> {
    let get = |name: &str| Reflect::get(made, &name.into()).ok();
    let is = |name: &str| get(name).is_some_and(|value| value.is_truthy());
    let blob: Blob = get("file")?.dyn_into().ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    // Pages over plain HTTP have no SubtleCrypto.
    let given = get("sha256").and_then(|hash| hash.dyn_into::<Uint8Array>().ok());
    let given = given.and_then(|hash| <[u8; 32]>::try_from(hash.to_vec()).ok());
    let sha256 = given.map_or_else(|| BlobHash::of(&bytes), BlobHash::from_bytes);
    let media_type = get("mediaType")?.as_string()?.parse().ok()?;
    let picture = Picture {
        sha256,
        media_type,
        width: number(made, "width")?,
        height: number(made, "height")?,
        thumbhash: thumbhash(&get("preview")?).unwrap_or_default(),
    };
    let file = PictureFile {
        sha256,
        media_type,
        bytes: ByteBuf::from(bytes),
    };
    Some(Prepared {
        picture,
        file,
        is_shrunk: is("isShrunk"),
        is_first_frame: is("isFirstFrame"),
    })
}

fn thumbhash(preview: &JsValue) -> Option<Vec<u8>> {
    let pixels = Reflect::get(preview, &"pixels".into()).ok()?;
    let pixels = pixels.dyn_into::<Uint8Array>().ok()?.to_vec();
    let (width, height) = (number(preview, "width")?, number(preview, "height")?);
    let (width, height) = (width as usize, height as usize);
    // The library stops the program on other sizes.
    let is_sound = (1..=100).contains(&width)
        && (1..=100).contains(&height)
        && pixels.len() == width * height * 4;
    is_sound.then(|| thumbhash::rgba_to_thumb_hash(width, height, &pixels))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the sizes of a picture are small whole numbers"
)]
fn number(of: &JsValue, name: &str) -> Option<u32> {
    let number = Reflect::get(of, &name.into()).ok()?.as_f64()?;
    Some(number as u32)
}

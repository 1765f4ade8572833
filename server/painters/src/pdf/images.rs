//! Pictures in the form that a PDF has them: JPEG as it is, others as compressed pixels.

use std::collections::BTreeMap;

use krilla::image::Image;
use shared::model::{BlobHash, MediaType, Picture};

use crate::pictures::Pictures;

/// Bytes of all pictures of a file before they are compressed. A PDF is in memory as a whole.
const MAX_BYTES: usize = 256 * 1024 * 1024;
/// Pixels on a side of a picture, more than a printer shows on a page. A larger one is scaled down.
const MAX_SIDE: u32 = 4_096;

/// The pictures of a file. It has each one once, however many images show it.
pub(super) struct Images<'a> {
    pictures: &'a dyn Pictures,
    known: BTreeMap<BlobHash, Option<Image>>,
    bytes_left: usize,
}

impl<'a> Images<'a> {
    pub(super) const fn new(pictures: &'a dyn Pictures) -> Self {
        Self {
            pictures,
            known: BTreeMap::new(),
            bytes_left: MAX_BYTES,
        }
    }

    /// A picture; `None` if it is not at hand or the file has no room for it.
    pub(super) fn get(&mut self, picture: &Picture) -> Option<Image> {
        if let Some(known) = self.known.get(&picture.sha256) {
            return known.clone();
        }
        let image = self.load(picture);
        self.known.insert(picture.sha256, image.clone());
        image
    }

    /// Whether all pictures were there that an image asked for.
    pub(super) fn has_all(&self) -> bool {
        self.known.values().all(Option::is_some)
    }

    fn load(&mut self, picture: &Picture) -> Option<Image> {
        if picture.media_type == MediaType::Jpeg {
            let file = self.pictures.file(picture)?;
            let bytes = file.len();
            // The pixels of a file that this library cannot read may be read by another one.
            if let Ok(image) = Image::from_jpeg(file.into(), true) {
                return self.take(bytes).then_some(image);
            }
        }
        let pixels = self.pictures.pixels(picture)?;
        let by = pixels.width.max(pixels.height).div_ceil(MAX_SIDE).max(1);
        let pixels = pixels.shrunk([by, by]);
        let fits = self.take(pixels.rgba.len());
        fits.then(|| Image::from_rgba8(pixels.rgba, pixels.width, pixels.height))
    }

    /// Whether there is room for so many bytes more; they are taken then.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.unwrap_or(self.bytes_left);
        left.is_some()
    }
}

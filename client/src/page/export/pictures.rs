//! The pictures of an export: their files, and their pixels.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_bytes::ByteBuf;
use shared::limits::{MAX_EMBEDDED_BYTES, MAX_EMBEDDED_FILES};
use shared::model::{BlobHash, Body, EmbeddedFile, Picture};
use shared::paint::{PictureAddresses, Rendering, data_address};

use super::work::{ExportError, Work};
use crate::clipboard::bytes_in;
use crate::pictures::{
    Drawable, Drawables, MAX_DECODED_PIXELS, Pictures, decode, decoded_scale, decoded_size,
};

/// What the user reads while pictures are loaded.
const LOADING: &str = "Loading the pictures …";

/// The files of pictures for one file, up to a bound.
#[derive(Debug, Default)]
pub(super) struct EmbeddedFiles {
    files: BTreeMap<BlobHash, EmbeddedFile>,
    bytes: u64,
    /// Files that could not be loaded.
    missing: usize,
    /// Files beyond the bound.
    beyond: usize,
}

impl EmbeddedFiles {
    /// Whether a file of this length fits. One that does not is counted.
    fn fits(&mut self, length: u64) -> bool {
        let fits = self.files.len() < MAX_EMBEDDED_FILES
            && self.bytes.saturating_add(length) <= MAX_EMBEDDED_BYTES;
        if fits {
            self.bytes += length;
        } else {
            self.beyond += 1;
        }
        fits
    }

    fn add(&mut self, picture: &Picture, bytes: Vec<u8>) {
        let file = EmbeddedFile {
            name: picture.sha256,
            media_type: picture.media_type.name().to_owned(),
            bytes: ByteBuf::from(bytes),
        };
        self.files.insert(picture.sha256, file);
    }

    /// The files, for the program that writes them.
    pub(super) fn into_files(self) -> Vec<EmbeddedFile> {
        self.files.into_values().collect()
    }

    /// Sentences that name the pictures that are missing.
    pub(super) fn notice(&self) -> Option<String> {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("One picture {one}, so only its preview is there.")),
            count => Some(format!(
                "{count} pictures {many}, so only their previews are there."
            )),
        };
        let missing = counted(self.missing, "could not be loaded", "could not be loaded");
        let beyond = counted(
            self.beyond,
            "does not fit into the file",
            "do not fit into the file",
        );
        joined(missing, beyond)
    }
}

impl PictureAddresses for EmbeddedFiles {
    fn address(&self, picture: &Picture) -> Option<String> {
        let file = self.files.get(&picture.sha256)?;
        Some(data_address(picture.media_type, &file.bytes))
    }
}

/// Two sentences as one text.
pub(super) fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some([&one, " ", &other].concat()),
        (one, other) => one.or(other),
    }
}

/// Decoded pictures for one painting. A picture that is not among them is painted as on the page.
#[derive(Debug)]
pub(super) struct DecodedPictures {
    decoded: BTreeMap<BlobHash, Drawable>,
    page: Rc<Pictures>,
}

impl Drawables for DecodedPictures {
    fn shown(&self, picture: &Picture, scale: f64) -> Option<Drawable> {
        let own = self.decoded.get(&picture.sha256).cloned();
        own.or_else(|| self.page.shown(picture, scale))
    }
}

impl Drop for DecodedPictures {
    fn drop(&mut self) {
        self.decoded.values().for_each(|it| it.image.close());
    }
}

/// A picture that an export shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WantedPicture {
    picture: Picture,
    /// The greatest scale at which an image shows it, 1.0 for all of its pixels.
    scale: f64,
}

/// The pictures of a rendering that has `pixels` pixels for a board unit.
pub(super) fn wanted(rendering: &Rendering<'_>, pixels: f64) -> Vec<WantedPicture> {
    let mut wanted: BTreeMap<BlobHash, WantedPicture> = BTreeMap::new();
    for (element, _) in rendering.elements() {
        let props = &element.props;
        let Some(picture) = props.picture().filter(|_| element.body == Body::Image) else {
            continue;
        };
        let ([width, height], part) = (props.size(), props.crop().rect());
        let across = f64::from(width) / part.width() / f64::from(picture.width);
        let down = f64::from(height) / part.height() / f64::from(picture.height);
        let scale = decoded_scale(across.max(down) * pixels);
        let known = wanted.entry(picture.sha256);
        let known = known.or_insert(WantedPicture { picture, scale });
        known.scale = known.scale.max(scale);
    }
    wanted.into_values().collect()
}

/// Whether these pictures can be decoded all at once.
pub(super) fn fit_decoded(wanted: &[WantedPicture]) -> bool {
    let pixels = wanted.iter().map(|it| {
        let [width, height] = decoded_size(&it.picture, it.scale);
        width * height
    });
    #[expect(clippy::cast_precision_loss, reason = "some millions")]
    let most = MAX_DECODED_PIXELS as f64;
    pixels.sum::<f64>() <= most
}

/// Which parts of the pictures an export needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needs {
    /// Their files, for a file that holds them.
    pub(super) files: bool,
    /// Their pixels, for a painting.
    pub(super) pixels: bool,
}

/// Loads the pictures of an export, one after the other. A picture that cannot be had is counted.
///
/// # Errors
/// If the user stops it.
pub(super) async fn load(
    wanted: &[WantedPicture],
    needs: Needs,
    page: Rc<Pictures>,
    work: &Work,
) -> Result<(EmbeddedFiles, DecodedPictures), ExportError> {
    let mut files = EmbeddedFiles::default();
    let mut pixels = DecodedPictures {
        decoded: BTreeMap::new(),
        page,
    };
    for (number, WantedPicture { picture, scale }) in wanted.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        work.says(LOADING, Some(number as f64 / wanted.len() as f64));
        let loaded = pixels.page.file(picture.sha256).await;
        work.check()?;
        let Ok(file) = loaded else {
            files.missing += 1;
            continue;
        };
        if needs.pixels {
            let size = (*scale < 1.0).then(|| decoded_size(picture, *scale));
            match decode(&file, size).await {
                Some(decoded) => {
                    pixels.decoded.insert(picture.sha256, decoded);
                }
                None => files.missing += 1,
            }
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a file is a whole number"
        )]
        if needs.files && files.fits(file.size() as u64) {
            match bytes_in(file).await {
                Ok(bytes) => files.add(picture, bytes),
                Err(_) => files.missing += 1,
            }
        }
        work.check()?;
    }
    Ok((files, pixels))
}

#[cfg(test)]
mod tests {
    use shared::geometry::BoardPoint;
    use shared::id::{ClientId, ElementId};
    use shared::model::{Color, MediaType, NewElement, OrderKey, Prop, Props, Scope};
    use shared::paint::{RenderingOptions, SvgDetails};

    use super::*;

    fn picture(number: u8, side: u32) -> Picture {
        Picture {
            sha256: BlobHash::from_bytes([number; 32]),
            media_type: MediaType::Png,
            width: side,
            height: side,
            thumbhash: Vec::new(),
        }
    }

    /// A board with images of 100 units that show these pictures.
    fn board(pictures: &[Picture]) -> shared::model::Board {
        let elements: Vec<NewElement> = (1..)
            .zip(pictures)
            .map(|(number, picture)| {
                let at = BoardPoint::new(f64::from(number) * 200.0, 0.0);
                let mut props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
                props.set(Prop::Size([100.0, 100.0]));
                props.set(Prop::Picture(Some(picture.clone())));
                NewElement::new(ElementId::from_bytes([number; 16]), props, Body::Image)
            })
            .collect();
        editor::board_of(&elements, ClientId::from_bytes([1; 16]))
    }

    #[test]
    fn pictures_are_wanted_as_large_as_the_export_shows_them() {
        let board = board(&[picture(1, 400), picture(2, 100), picture(1, 400)]);
        let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
        let scales = |pixels| -> Vec<f64> {
            let wanted = wanted(&rendering, pixels);
            wanted.iter().map(|it| it.scale).collect()
        };
        assert_eq!(scales(1.0), [0.25, 1.0], "each picture is loaded once");
        assert_eq!(scales(2.0), [0.5, 1.0]);
    }

    #[test]
    fn pictures_that_take_too_much_memory_are_left_to_the_server() {
        let large = [picture(1, 6_000), picture(2, 6_000)];
        let fit = |count: usize| {
            let board = board(large.get(..count).unwrap());
            let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
            fit_decoded(&wanted(&rendering, 60.0))
        };
        assert!(fit(1));
        assert!(!fit(2));
    }

    #[test]
    fn an_svg_holds_the_files_up_to_the_bound_and_the_rest_is_named() {
        let pictures = [picture(1, 10), picture(2, 10)];
        let board = board(&pictures);
        let mut files = EmbeddedFiles::default();
        let [first, second] = &pictures;
        assert!(files.fits(MAX_EMBEDDED_BYTES));
        files.add(first, b"pixels".to_vec());
        assert_eq!(files.notice(), None);
        assert!(!files.fits(1), "{second:?}");
        let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
        let details = SvgDetails {
            pictures: Some(&files),
            ..SvgDetails::titled("Plan")
        };
        let svg = rendering.write_svg(&details, String::new());
        assert_eq!(svg.matches("data:image/png;base64,cGl4ZWxz").count(), 1);
        let notice = "One picture does not fit into the file, so only its preview is there.";
        assert_eq!(files.notice().as_deref(), Some(notice));
        files.missing = 2;
        let notice = files.notice().unwrap();
        let words = "2 pictures could not be loaded, so only their previews are there. One";
        assert!(notice.starts_with(words), "{notice}");
    }
}

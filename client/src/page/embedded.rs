//! Pictures that come with elements in a file or on a clipboard.
//!
//! A file whose hash is its name was prepared before, so it is uploaded as it is. All others are prepared like
//! pasted pictures, which removes their metadata, and their images show the result.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use js_sys::{Array, Uint8Array};
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::{BlobHash, EmbeddedFile, NewElement, Picture, Prop};
use web_sys::{Blob, BlobPropertyBag};

use crate::chunk::{NotLoaded, in_chunk};
use crate::importer::Reading;
use crate::outbox::PictureFile;
use crate::pictures::{Prepared, prepare};

/// Elements with the files of their pictures, ready for a board.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ready {
    /// The elements, from the bottom of the stack up.
    pub(super) elements: Vec<NewElement>,
    /// The files to upload.
    pub(super) files: Vec<PictureFile>,
    /// Sentences that name the parts that were not kept.
    pub(super) notice: Option<String>,
}

impl Ready {
    /// Prepares the pictures of a reading; nothing is left of it once `is_stopped` is set.
    ///
    /// # Errors
    /// If the code for that does not load.
    pub(super) async fn of(
        reading: Reading,
        is_stopped: Rc<Cell<bool>>,
    ) -> Result<Option<Self>, NotLoaded> {
        let ready = Self {
            elements: reading.elements,
            files: Vec::new(),
            notice: reading.notice,
        };
        if reading.files.is_empty() {
            return Ok(Some(ready));
        }
        Ok(loaded(ready, reading.files, is_stopped).await?.await)
    }
}

in_chunk! {
    fn loaded(
        ready: Ready,
        files: Vec<EmbeddedFile>,
        is_stopped: Rc<Cell<bool>>,
    ) -> Result<LocalBoxFuture<'static, Option<Ready>>, NotLoaded> {
        Ok(Box::pin(prepared(ready, files, is_stopped)))
    }
}

async fn prepared(
    mut ready: Ready,
    files: Vec<EmbeddedFile>,
    is_stopped: Rc<Cell<bool>>,
) -> Option<Ready> {
    let mut made = BTreeMap::new();
    for file in files {
        if is_stopped.get() {
            return None;
        }
        let name = file.name;
        match unchanged(file) {
            Ok(file) => ready.files.push(file),
            Err(file) => {
                let prepared = match blob(&file) {
                    Some(blob) => prepare(&blob).await.ok(),
                    None => None,
                };
                made.insert(
                    name,
                    prepared.map(|Prepared { picture, file, .. }| {
                        ready.files.push(file);
                        picture
                    }),
                );
            }
        }
    }
    show(&mut ready, &made);
    (!is_stopped.get()).then_some(ready)
}

/// The file as it is, if a program of ours prepared it.
fn unchanged(file: EmbeddedFile) -> Result<PictureFile, EmbeddedFile> {
    let media_type = file.media_type.parse().ok();
    let media_type = media_type.filter(|_| {
        file.bytes.len() as u64 <= MAX_PICTURE_BYTES && BlobHash::of(&file.bytes) == file.name
    });
    match media_type {
        Some(media_type) => Ok(PictureFile {
            sha256: file.name,
            media_type,
            bytes: file.bytes,
        }),
        None => Err(file),
    }
}

/// Lets the images show the pictures that were made of their files. Images without one are left out
/// and counted.
fn show(ready: &mut Ready, made: &BTreeMap<BlobHash, Option<Picture>>) {
    let before = ready.elements.len();
    ready.elements.retain_mut(|new| {
        let shown = new.props.picture();
        match shown.and_then(|shown| made.get(&shown.sha256)) {
            Some(Some(picture)) => {
                new.props.set(Prop::Picture(Some(picture.clone())));
                true
            }
            Some(None) => false,
            None => true,
        }
    });
    let sentence = match before - ready.elements.len() {
        0 => return,
        1 => "One picture cannot be read, so its image was left out.".to_owned(),
        count => format!("The pictures of {count} images cannot be read, so they were left out."),
    };
    ready.notice = Some(match ready.notice.take() {
        Some(notice) => [&notice, " ", &sentence].concat(),
        None => sentence,
    });
}

fn blob(file: &EmbeddedFile) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(&file.media_type);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;
    use shared::geometry::BoardPoint;
    use shared::id::ElementId;
    use shared::model::{Body, Color, MediaType, OrderKey, Props};

    use super::*;

    fn picture(name: &[u8]) -> Picture {
        Picture {
            sha256: BlobHash::of(name),
            media_type: MediaType::Png,
            width: 1,
            height: 1,
            thumbhash: Vec::new(),
        }
    }

    fn image(number: u8, name: &[u8]) -> NewElement {
        let at = BoardPoint::new(5.0, 6.0);
        let mut props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
        props.set(Prop::Size([30.0, 20.0]));
        props.set(Prop::Picture(Some(picture(name))));
        NewElement::new(ElementId::from_bytes([number; 16]), props, Body::Image)
    }

    fn file(name: &[u8], bytes: &[u8], media_type: &str) -> EmbeddedFile {
        EmbeddedFile {
            name: BlobHash::of(name),
            media_type: media_type.to_owned(),
            bytes: ByteBuf::from(bytes),
        }
    }

    #[test]
    fn only_files_with_their_hash_as_a_name_are_uploaded_as_they_are() {
        let own = unchanged(file(b"pixels", b"pixels", "image/png")).unwrap();
        assert_eq!(
            (own.sha256, own.media_type),
            (BlobHash::of(b"pixels"), MediaType::Png)
        );
        for other in [
            file(b"id", b"pixels", "image/png"),
            file(b"<svg/>", b"<svg/>", "image/svg+xml"),
        ] {
            assert_eq!(unchanged(other.clone()), Err(other));
        }
    }

    #[test]
    fn images_show_what_was_made_of_their_files_and_stay_as_they_were() {
        let mut ready = Ready {
            elements: vec![
                image(1, b"a"),
                image(2, b"b"),
                image(3, b"own"),
                image(4, b"a"),
            ],
            ..Ready::default()
        };
        let made = picture(b"made of a");
        let all = [
            (BlobHash::of(b"a"), Some(made.clone())),
            (BlobHash::of(b"b"), None),
        ];
        show(&mut ready, &all.into_iter().collect());
        let shown: Vec<_> = ready.elements.iter().map(|it| it.props.picture()).collect();
        assert_eq!(shown, [made.clone(), picture(b"own"), made].map(Some));
        let size = ready.elements.first().map(|it| it.props.size());
        assert_eq!(size, Some([30.0, 20.0]));
        let notice = "One picture cannot be read, so its image was left out.";
        assert_eq!(ready.notice.as_deref(), Some(notice));
    }
}

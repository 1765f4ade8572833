//! Writes elements to files.

use std::collections::BTreeMap;

use editor::board_of;
use formats::embed::{png, svg};
use formats::{excalidraw, json};
use shared::model::{BlobHash, EmbeddedFile, NewElement, Picture, Scope};
use shared::paint::{PictureAddresses, data_address};

use crate::ids::AUTHOR;
use crate::left_out;

/// The form of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON of our own.
    Json,
    /// A scene of Excalidraw.
    Excalidraw,
    /// This PNG, with the elements in it.
    Png(Vec<u8>),
    /// This SVG, with the elements in it.
    Svg(String),
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The content.
    pub file: Vec<u8>,
    /// A sentence that names what the form does not have; `None` if it has everything.
    pub notice: Option<String>,
}

/// The files of pictures, by their names.
#[derive(Debug)]
struct Files<'a>(BTreeMap<BlobHash, &'a EmbeddedFile>);

impl PictureAddresses for Files<'_> {
    fn address(&self, picture: &Picture) -> Option<String> {
        let file = self.0.get(&picture.sha256)?;
        Some(data_address(picture.media_type, &file.bytes))
    }
}

/// Writes elements, which are given from the bottom of the stack up, and the files of their pictures;
/// `None` if the picture is none.
#[must_use]
pub fn write(
    elements: &[NewElement],
    title: &str,
    form: &Form,
    files: &[EmbeddedFile],
) -> Option<Written> {
    let files = Files(files.iter().map(|file| (file.name, file)).collect());
    let json = || own_json(elements, title, &files);
    let mut notice = None;
    let file = match form {
        Form::Json => json()?.into_bytes(),
        Form::Excalidraw => {
            let scene = excalidraw::write(&board_of(elements, AUTHOR), &Scope::Board, Some(&files));
            let words: Vec<&str> = scene.not_kept.iter().map(|it| it.words()).collect();
            notice = left_out::sentence(&words);
            scene.json.into_bytes()
        }
        Form::Png(picture) => png::with_scene(picture, &json()?).ok()?,
        Form::Svg(picture) => svg::with_scene(picture, &json()?).ok()?.into_bytes(),
    };
    Some(Written { file, notice })
}

fn own_json(elements: &[NewElement], title: &str, files: &Files<'_>) -> Option<String> {
    let mut written = Vec::new();
    let pictures = elements.iter().filter_map(|it| it.props.picture());
    let pictures: BTreeMap<BlobHash, Picture> = pictures.map(|it| (it.sha256, it)).collect();
    let files = pictures.values().filter_map(|picture| {
        let file = files.0.get(&picture.sha256)?;
        Some((picture, file.bytes.to_vec()))
    });
    json::write(title, elements, files, &mut written).ok()?;
    String::from_utf8(written).ok()
}

#[cfg(test)]
mod tests {
    use shared::model::{Body, Crop, MediaType, Prop};

    use super::*;
    use crate::ids::id;
    use crate::{Kind, read};

    const DRAWING: &str = "<svg><rect x='10' y='20' width='30' height='40' fill='#f00'/>\
                           <circle cx='90' cy='50' r='20'/></svg>";
    /// A PNG of one pixel.
    const PIXEL: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0,
        0, 1, 0, 0, 0, 1, 8, 4, 0, 0, 0, 0xb5, 0x1c, 0x0c, 0x02, 0, 0, 0, 11, b'I', b'D', b'A',
        b'T', 0x78, 0xda, 0x63, 0x64, 0xf8, 0x0f, 0, 1, 5, 1, 1, 0x27, 0x18, 0xe3, 0x66, 0, 0, 0,
        0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];

    fn elements() -> Vec<NewElement> {
        read(DRAWING.as_bytes(), Kind::Drawing, 1.0)
            .unwrap()
            .elements
    }

    #[test]
    fn files_of_our_own_are_read_as_they_were_written() {
        let forms = [
            Form::Json,
            Form::Png(PIXEL.to_vec()),
            Form::Svg("<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>".to_owned()),
        ];
        for form in forms {
            let file = write(&elements(), "Plan <1>", &form, &[]).unwrap().file;
            // The zoom of the view says nothing about a file of our own.
            let read = read(&file, Kind::Drawing, 3.0).unwrap();
            assert_eq!((read.title.as_str(), read.notice), ("Plan <1>", None));
            let again = write(&read.elements, "Plan <1>", &Form::Json, &[]);
            assert_eq!(
                again,
                write(&elements(), "Plan <1>", &Form::Json, &[]),
                "{form:?}"
            );
            assert_eq!(read.elements.len(), 2);
        }
    }

    /// An image that shows a part of a picture, and the file of that.
    fn image() -> (NewElement, EmbeddedFile) {
        let bytes = PIXEL.to_vec();
        let mut props = elements().remove(0).props;
        let sha256 = BlobHash::of(&bytes);
        props.set(Prop::Picture(Some(Picture {
            sha256,
            media_type: MediaType::Png,
            width: 8,
            height: 4,
            thumbhash: Vec::new(),
        })));
        props.set(Prop::Crop(Crop {
            left: 0.25,
            top: 0.0,
            right: 0.5,
            bottom: 0.75,
        }));
        props.set(Prop::Scale([-1.0, 1.0]));
        let file = EmbeddedFile {
            name: sha256,
            media_type: "image/png".to_owned(),
            bytes: bytes.into(),
        };
        (NewElement::new(id(9), props, Body::Image), file)
    }

    #[test]
    fn files_of_our_own_carry_the_files_of_pictures() {
        let (image, file) = image();
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>";
        for form in [
            Form::Json,
            Form::Png(PIXEL.to_vec()),
            Form::Svg(svg.to_owned()),
        ] {
            let files = std::slice::from_ref(&file);
            let written = write(std::slice::from_ref(&image), "", &form, files);
            let again = read(&written.unwrap().file, Kind::Drawing, 1.0).unwrap();
            assert_eq!(again.files, files, "{form:?}");
            let shown = again.elements.first().unwrap();
            assert_eq!(shown.props.picture(), image.props.picture());
            assert_eq!(again.notice, None);
        }
    }

    #[test]
    fn scenes_of_excalidraw_carry_the_files_of_pictures() {
        let (image, file) = image();
        let elements = std::slice::from_ref(&image);
        let bare = write(elements, "", &Form::Excalidraw, &[]).unwrap();
        let notice = "Not kept: pictures (placeholders instead).";
        assert_eq!(bare.notice.as_deref(), Some(notice));
        let again = read(&bare.file, Kind::Drawing, 1.0).unwrap();
        assert_eq!((again.elements.len(), again.files.len()), (0, 0));
        assert_eq!(again.notice.as_deref(), Some("Not kept: pictures."));

        let files = std::slice::from_ref(&file);
        let written = write(elements, "", &Form::Excalidraw, files).unwrap();
        assert_eq!(written.notice, None);
        let again = read(&written.file, Kind::Drawing, 1.0).unwrap();
        assert_eq!(again.notice, None);
        let ([shown], [read]) = (again.elements.as_slice(), again.files.as_slice()) else {
            panic!("{again:?}");
        };
        assert_eq!(read.bytes, file.bytes);
        assert_eq!(read.media_type, "image/png");
        assert_eq!(shown.props.picture().unwrap().sha256, read.name);
        // The page prepares it, because its name is not its hash.
        assert_ne!(read.name, file.name);
        let look = |new: &NewElement| {
            let props = &new.props;
            (props.at, props.size(), props.crop(), props.scale())
        };
        assert_eq!(look(shown), look(&image));
    }

    #[test]
    fn a_scene_of_excalidraw_is_written() {
        let written = write(&elements(), "Plan", &Form::Excalidraw, &[]).unwrap();
        assert_eq!(written.notice, None);
        let again = read(&written.file, Kind::Drawing, 1.0).unwrap();
        assert_eq!(again.elements.len(), 2);
    }

    #[test]
    fn what_excalidraw_does_not_have_is_named() {
        let page = "<p>a <b>bold</b> word</p>";
        let elements = read(page.as_bytes(), Kind::Html, 1.0).unwrap().elements;
        let written = write(&elements, "", &Form::Excalidraw, &[]).unwrap();
        let notice = "Not kept: bold and italic.";
        assert_eq!(written.notice.as_deref(), Some(notice));
        assert_eq!(write(&elements, "", &Form::Json, &[]).unwrap().notice, None);
    }

    #[test]
    fn a_file_of_our_own_with_a_fault_is_named_and_gives_nothing() {
        let file = write(&elements(), "", &Form::Json, &[]).unwrap().file;
        let file = String::from_utf8(file).unwrap();
        let newer = file.replace("\"version\":1", "\"version\":99");
        let cut = &file[..file.len() / 2];
        for faulty in [newer.as_str(), cut] {
            let read = read(faulty.as_bytes(), Kind::Drawing, 1.0);
            let read = read.unwrap_or_else(|| panic!("not taken for our own: {faulty}"));
            assert!(read.elements.is_empty());
            let notice = read.notice.unwrap();
            assert!(notice.starts_with("This file cannot be read: "), "{notice}");
        }
    }

    #[test]
    fn nothing_is_added_to_a_file_that_is_no_picture() {
        assert_eq!(
            write(&elements(), "", &Form::Png(b"GIF89a".to_vec()), &[]),
            None
        );
        assert_eq!(
            write(&elements(), "", &Form::Svg("<html/>".to_owned()), &[]),
            None
        );
    }
}

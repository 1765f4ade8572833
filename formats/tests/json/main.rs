//! The JSON of boards: written and read again, and every kind of bad file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod boards;
mod faults;

use boards::{elements, visible};
use formats::json::{read, to_string};
use proptest::prelude::*;
use shared::model::NewElement;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_as_the_same_elements(elements in elements(), title in ".{0,120}") {
        let written = to_string(&title, &elements);
        let scene = read(written.as_bytes()).unwrap();
        prop_assert_eq!(&scene.title, &title);
        let seen = |all: &[NewElement]| all.iter().map(visible).collect::<Vec<_>>();
        prop_assert_eq!(seen(&scene.elements), seen(&elements));
        prop_assert!(scene.elements.is_sorted_by(|low, high| low.props.z < high.props.z));
        prop_assert_eq!(to_string(&title, &scene.elements), written);
    }

    #[test]
    fn any_change_of_a_file_is_read_or_refused(
        elements in elements(),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut written = to_string("Title", &elements).into_bytes();
        let at = at.index(written.len());
        written[at] = byte;
        if let Ok(scene) = read(&written) {
            for new in scene.elements {
                prop_assert!(shared::op::Op::Put(Box::new(new)).validate().is_ok());
            }
        }
    }
}

#[test]
fn a_file_of_version_1_is_read_and_written_unchanged() {
    let kept = include_str!("version_1.json");
    let scene = read(kept.as_bytes()).unwrap();
    assert_eq!(scene.title, "Kept");
    assert_eq!(to_string(&scene.title, &scene.elements), kept);
}

#[test]
fn a_file_written_by_hand_needs_little() {
    let scene = read(
        br##"{"type": "commonslate", "version": 1, "elements": [
            {"kind": "rectangle", "id": "box", "x": 10, "size": [100, 60], "text": "Start", "groups": ["a"]},
            {"kind": "diamond", "x": 200, "size": [80, 80], "color": "#ff0000", "fill": "drawn:#00ff00", "groups": ["a"]},
            {"kind": "line", "points": [[0, 0], [9, 9]], "heads": ["none", "arrow"], "start": {"to": "box"}},
            {"kind": "stroke", "ink": [[0, 0], [5, 5, 0.25]]},
            {"kind": "path", "size": [10, 20], "path": "M0 0H10V20Z"}]}"##,
    )
    .unwrap();
    let [boxed, diamond, line, stroke, path] = scene.elements.as_slice() else {
        panic!("{scene:?}");
    };
    assert_eq!(line.props.start().unwrap().to, boxed.id);
    assert_eq!(boxed.props.groups(), diamond.props.groups());
    assert_ne!(boxed.id, diamond.id);
    let shared::model::Body::Stroke(stroke) = &stroke.body else {
        panic!("{stroke:?}");
    };
    assert_eq!(stroke.points()[0].pressure, 128.0 / 255.0);
    let shared::model::Body::Path(path) = &path.body else {
        panic!("{path:?}");
    };
    let drawn = path.outline.to_path(kurbo::Size::new(10.0, 20.0));
    assert_eq!(drawn.to_svg(), "M0,0 L10,0 L10,20 Z");
}

#[test]
fn files_of_pictures_stand_behind_the_elements_and_are_read_again() {
    let picture = shared::model::Picture {
        sha256: shared::model::BlobHash::of(b"a file"),
        media_type: shared::model::MediaType::Gif,
        width: 1,
        height: 1,
        thumbhash: Vec::new(),
    };
    let mut written = Vec::new();
    let files = [(&picture, b"a file".to_vec())];
    formats::json::write("Title", [] as [NewElement; 0], files, &mut written).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let file = &json["files"][picture.sha256.to_string()];
    assert_eq!(file["media_type"], "image/gif");
    assert_eq!(file["data"], "YSBmaWxl");
    let scene = read(&written).unwrap();
    assert_eq!(
        (scene.title.as_str(), scene.has_more_files),
        ("Title", false)
    );
    let [again] = scene.files.as_slice() else {
        panic!("{:?}", scene.files);
    };
    assert_eq!(
        (
            again.name,
            again.media_type.as_str(),
            again.bytes.as_slice()
        ),
        (picture.sha256, "image/gif", &b"a file"[..])
    );
    // A damaged file does not spoil the others.
    let damaged = String::from_utf8(written).unwrap().replace("YSBmaWxl", "?");
    let scene = read(damaged.as_bytes()).unwrap();
    assert_eq!((scene.files.len(), scene.has_more_files), (0, true));
}

#[test]
fn each_field_of_an_element_has_a_schema() {
    let file = br#"{"type": "commonslate", "version": 1, "elements": [{"unknown": 1}]}"#;
    let message = read(file).unwrap_err().to_string();
    let (_, known) = message.split_once("expected one of").unwrap();
    let mut known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    known.sort_unstable();
    let schema = formats::json::schema();
    let mut described: Vec<&str> = schema.keys().map(String::as_str).collect();
    described.sort_unstable();
    assert_eq!(described, known);
}

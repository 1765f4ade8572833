//! Clipboards and files of tldraw. Those in the folder were made by its own libraries:
//! `@tldraw/tlschema` 5.1.1 checked each record, and lz-string 1.5.0 packed them.

use std::f64::consts::FRAC_PI_2;

use shared::model::layout::oriented_box;
use shared::model::palette::Rgb;
use shared::model::{
    Arrowhead, Board, Body, Brush, Color, Dash, Element, Filling, Font, NewElement, Outline, Route,
};

use super::{read_file, read_html};
use crate::ids::AUTHOR;

const FIRST_VERSION: &str = include_str!("tests/clipboard_1.html");
const THIRD_VERSION: &str = include_str!("tests/clipboard_3.html");
const FILE: &str = include_str!("tests/two_pages.tldr");

fn read(html: &str) -> (Vec<NewElement>, String) {
    let (elements, report) = read_html(html, 1.0).unwrap();
    (elements, report.sentence().unwrap_or_default())
}

fn drawn(hex: u32) -> Color {
    Color::Drawn(Rgb::from_hex(hex))
}

fn plain(shapes: &str) -> String {
    let data = format!(r#"{{"shapes":[{shapes}],"bindings":[]}}"#);
    format!(
        r#"<div data-tldraw="">{{"type":"application/tldraw","kind":"content","version":2,"data":{data}}}</div>"#
    )
}

/// The middle of an element's box, rounded.
fn middle(new: &NewElement) -> [i32; 2] {
    let element = Element::new(new.clone(), AUTHOR);
    let (rect, _) = oriented_box(&Board::new(), &element);
    [rect.center().x, rect.center().y].map(|at| at.round() as i32)
}

#[test]
fn every_version_of_the_clipboard_gives_the_same_elements() {
    let (elements, notice) = read(FIRST_VERSION);
    assert_eq!(
        elements.len(),
        17,
        "all but the group and the video, and one label"
    );
    assert_eq!(
        notice,
        "Not kept: videos and sounds, links and colours of labels."
    );
    assert_eq!(read(THIRD_VERSION), (elements, notice));
}

#[test]
fn a_file_gives_its_first_page() {
    let (elements, report) = read_file(FILE, 1.0).unwrap();
    assert_eq!(elements.len(), read(FIRST_VERSION).0.len());
    assert!(
        report
            .sentence()
            .unwrap()
            .contains("pages behind the first")
    );
    assert!(crate::read(FILE.as_bytes(), crate::Kind::Drawing, 1.0).is_some());
}

#[test]
fn shapes_notes_and_texts_keep_their_look() {
    let (elements, _) = read(FIRST_VERSION);
    let [garden, dashed, star, label, text, note, ..] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert_eq!(garden.body, Body::Shape(Outline::Rectangle));
    assert_eq!(garden.text.plain(), "Garden");
    assert_eq!(
        (garden.props.color, garden.props.fill()),
        (drawn(0x0044_65e9), Some(drawn(0x00dc_e1f8)))
    );
    assert_eq!(dashed.body, Body::Shape(Outline::Ellipse));
    assert_eq!(
        (
            dashed.props.dash(),
            dashed.props.filling(),
            dashed.props.size()
        ),
        (Dash::Dashed, Filling::Tint, [200.0, 120.0])
    );
    // A quarter turn about its upper left corner.
    assert!(matches!(star.body, Body::Path(_)));
    assert_eq!((middle(star), middle(label)), ([-60, 360], [-60, 360]));
    assert!((f64::from(star.props.angle()) - FRAC_PI_2).abs() < 1e-6);
    assert_eq!(star.props.groups().len(), 1);
    assert_eq!(star.props.groups(), label.props.groups());
    assert_eq!(label.text.plain(), "Star");
    assert_eq!(text.text.plain(), "plain bold link\n• one\n• two");
    assert_eq!(
        (text.props.font(), text.props.text_size()),
        (Font::Mono, 36.0)
    );
    assert!(matches!(note.body, Body::Sticky { .. }));
    assert_eq!(
        (note.text.plain().as_str(), note.props.color),
        ("Note ☂", Color::Green)
    );
}

#[test]
fn members_of_frames_and_groups_keep_their_places() {
    let (elements, _) = read(FIRST_VERSION);
    let frame = elements.iter().find(|new| new.body == Body::Frame).unwrap();
    let member = elements
        .iter()
        .find(|new| new.props.frame() == Some(frame.id));
    assert_eq!(frame.props.name(), "Plan");
    assert_eq!(middle(member.unwrap()), [945, 50]);
    let of = |outline| {
        elements
            .iter()
            .find(move |new| new.body == Body::Shape(outline))
    };
    let (diamond, triangle) = (
        of(Outline::Diamond).unwrap(),
        of(Outline::Triangle).unwrap(),
    );
    assert_eq!(middle(diamond), [925, 425]);
    assert_eq!(middle(triangle), [985, 425]);
    assert_eq!(diamond.props.groups(), triangle.props.groups());
    assert_eq!(
        (diamond.props.groups().len(), diamond.props.opacity),
        (1, 128)
    );
}

#[test]
fn arrows_stay_bound_and_keep_their_labels() {
    let (elements, _) = read(FIRST_VERSION);
    let lines: Vec<_> = elements
        .iter()
        .filter(|new| new.body == Body::Line)
        .collect();
    let [bent, elbow, curve, corner] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    let [start, end] = [bent.props.start(), bent.props.end()].map(Option::unwrap);
    assert_eq!((start.to, start.at), (elements[0].id, [0.9, 0.5]));
    assert_eq!(
        (end.to, end.at),
        (elements[1].id, [0.5, 0.5]),
        "not precise"
    );
    assert_eq!(
        (bent.props.route(), bent.props.points().len()),
        (Route::Curved, 3)
    );
    assert_eq!(bent.props.heads(), [Arrowhead::None, Arrowhead::Triangle]);
    assert_eq!(
        (bent.text.plain().as_str(), bent.props.text_position()),
        ("then", 0.25)
    );
    assert_eq!(elbow.props.route(), Route::Elbow);
    assert_eq!(
        elbow.props.end().unwrap().to,
        elements[2].id,
        "bound to a figure"
    );
    assert_eq!(
        (curve.props.route(), curve.props.points()),
        (Route::Curved, vec![[0.0, 0.0], [50.0, 40.0], [100.0, 0.0]])
    );
    assert_eq!(
        corner.props.points(),
        vec![[0.0, 0.0], [40.0, 0.0], [40.0, 40.0]]
    );
}

#[test]
fn ink_keeps_its_points_and_pressure() {
    let (elements, _) = read(FIRST_VERSION);
    let strokes = elements.iter().filter_map(|new| match &new.body {
        Body::Stroke(stroke) => Some((new, stroke)),
        _ => None,
    });
    let strokes: Vec<_> = strokes.collect();
    let [(_, pen), (yellow, highlighter)] = strokes.as_slice() else {
        panic!("{strokes:?}");
    };
    assert_eq!((pen.brush, pen.len()), (Brush::Pen, 3));
    assert_eq!(highlighter.brush, Brush::Highlighter);
    assert!(yellow.props.opacity < 200 && yellow.props.width > 20.0);
    // A closed figure with a fill, stretched to twice its width.
    let is_filled = |new: &&NewElement| matches!(new.body, Body::Path(_)) && new.text.is_empty();
    let filled = elements.iter().rfind(is_filled).unwrap();
    assert_eq!(filled.props.size(), [80.0, 30.0]);
    assert_eq!(filled.props.width, 4.5);
}

#[test]
fn earlier_versions_of_records_are_read() {
    let html = plain(
        r#"{"id":"shape:a","type":"geo","parentId":"page:p","props":{"geo":"oval","w":80,"h":40,"text":"old"}},
        {"id":"shape:r","type":"arrow","parentId":"page:p","props":{"start":{"type":"binding","boundShapeId":"shape:a","normalizedAnchor":{"x":0.5,"y":1},"isExact":false},"end":{"type":"point","x":50,"y":90}}},
        {"id":"shape:d","type":"draw","parentId":"page:p","props":{"segments":[{"type":"free","points":[{"x":0,"y":0,"z":0.5},{"x":9,"y":2,"z":0.5}]}]}}"#,
    );
    let (elements, notice) = read(&html);
    let [oval, arrow, ink] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert_eq!(
        (oval.text.plain().as_str(), oval.props.corner()),
        ("old", 20.0)
    );
    assert_eq!(arrow.props.start().unwrap().to, oval.id);
    assert!(matches!(&ink.body, Body::Stroke(stroke) if stroke.len() == 2));
    assert_eq!(notice, "");
}

/// The points of the only line, on the board.
fn points_of_line(elements: &[NewElement]) -> Vec<[i32; 2]> {
    let line = elements.iter().find(|new| new.body == Body::Line).unwrap();
    let at = line.props.at;
    let points = line.props.points().into_iter();
    let places = points.map(|[x, y]| [at.x + f64::from(x), at.y + f64::from(y)]);
    places.map(|at| at.map(|at| at.round() as i32)).collect()
}

#[test]
fn a_bent_arrow_ends_where_the_shapes_are_that_it_is_bound_to() {
    let end = |to: &str, x: f64| {
        format!(
            r#"{{"type":"binding","boundShapeId":"{to}","normalizedAnchor":{{"x":{x},"y":0.5}},"isPrecise":true}}"#
        )
    };
    let boxes = r#"{"id":"a","type":"geo","x":100,"y":100,"props":{"w":80,"h":40}},
        {"id":"b","type":"geo","x":400,"y":100,"props":{"w":80,"h":20,"growY":20}}"#;
    let expected = [[100, 120], [290, 170], [480, 120]];
    // An earlier record stores no places of bound ends.
    let (start, finish) = (end("a", 0.0), end("b", 1.0));
    let (elements, _) = read(&plain(&format!(
        r#"{boxes},{{"id":"r","type":"arrow","x":7,"y":9,"props":{{"bend":50,"start":{start},"end":{finish}}}}}"#
    )));
    assert_eq!(points_of_line(&elements), expected);
    // The places of a later record are out of date.
    let arrow = r#"{"id":"r","type":"arrow","x":7,"y":9,"props":{"bend":50,"start":{"x":1,"y":1},"end":{"x":2,"y":80}}}"#;
    let binding = |terminal: &str, to: &str, x: f64| {
        format!(
            r#"{{"id":"{terminal}","type":"arrow","fromId":"r","toId":"{to}","props":{{"terminal":"{terminal}","normalizedAnchor":{{"x":{x},"y":0.5}},"isPrecise":true}}}}"#
        )
    };
    let bindings = [binding("start", "a", 0.0), binding("end", "b", 1.0)].join(",");
    let html = plain(&format!("{boxes},{arrow}"));
    let bound = html.replace(r#""bindings":[]"#, &format!(r#""bindings":[{bindings}]"#));
    assert_eq!(points_of_line(&read(&bound).0), expected);
}

#[test]
fn an_arrow_ends_where_a_shape_is_that_holds_no_lines() {
    let group = r#"{"id":"g","type":"group","x":300,"y":0},
        {"id":"m","type":"geo","parentId":"g","x":0,"y":0,"props":{"w":20,"h":20}},
        {"id":"n","type":"geo","parentId":"g","x":80,"y":80,"props":{"w":20,"h":20}}"#;
    for (shape, end) in [
        (
            r#"{"id":"g","type":"image","x":300,"y":0,"props":{"w":60,"h":40}}"#,
            [330, 20],
        ),
        (
            r#"{"id":"g","type":"draw","x":300,"y":0,"props":{"segments":[{"type":"free","points":[{"x":0,"y":0},{"x":40,"y":80},{"x":60,"y":4}]}]}}"#,
            [330, 40],
        ),
        (
            r#"{"id":"g","type":"line","x":300,"y":0,"props":{"points":{"a1":{"index":"a1","x":0,"y":0},"a2":{"index":"a2","x":10,"y":30}}}}"#,
            [305, 15],
        ),
        (group, [350, 50]),
    ] {
        let (elements, _) = read(&plain(&format!(
            r#"{{"id":"r","type":"arrow","x":7,"y":9,"props":{{"start":{{"x":0,"y":0}},"end":{{"boundShapeId":"g","normalizedAnchor":{{"x":0.9,"y":0.5}},"isPrecise":false}}}}}},{shape}"#
        )));
        assert_eq!(points_of_line(&elements), [[7, 9], end], "{shape}");
    }
}

#[test]
fn lines_of_all_versions_are_read() {
    for props in [
        r#""points":{"k":{"id":"k","index":"a2","x":5,"y":9},"l":{"id":"l","index":"a1","x":1,"y":2}}"#,
        r#""points":[{"x":1,"y":2},{"x":5,"y":9}]"#,
        r#""handles":{"a2":{"x":5,"y":9},"a1":{"x":1,"y":2}}"#,
        r#""handles":{"end":{"id":"end","type":"vertex","index":"a2","x":5,"y":9},"start":{"id":"start","type":"vertex","index":"a1","x":1,"y":2}}"#,
    ] {
        let html = plain(&format!(
            r#"{{"id":"a","type":"line","props":{{{props}}}}}"#
        ));
        let (elements, _) = read(&html);
        assert_eq!(elements.len(), 1, "{props}");
        assert_eq!(points_of_line(&elements), [[1, 2], [5, 9]], "{props}");
    }
}

#[test]
fn only_shapes_that_cannot_be_read_are_named() {
    let file = |record: &str| {
        format!(
            r#"{{"tldrawFileFormatVersion":1,"records":[{{"id":"page:p","typeName":"page","index":"a1"}},{record},
            {{"id":"a","typeName":"shape","type":"geo","parentId":"page:p","props":{{"w":9,"h":9}}}}]}}"#
        )
    };
    for (record, notice) in [
        (
            r#"{"id":"asset:a","typeName":"asset","props":{"w":"wide","size":7}}"#,
            None,
        ),
        (r#"{"id":"camera:c","typeName":"camera","x":null}"#, None),
        (
            r#"{"id":"b","typeName":"shape","type":"geo","parentId":"page:p","x":"far"}"#,
            Some("Not kept: elements of unknown kinds."),
        ),
    ] {
        let (elements, report) = read_file(&file(record), 1.0).unwrap();
        assert_eq!(elements.len(), 1, "{record}");
        assert_eq!(report.sentence().as_deref(), notice, "{record}");
    }
}

#[test]
fn the_opacity_of_a_frame_is_that_of_its_members_too() {
    let (elements, _) = read(&plain(
        r#"{"id":"f","type":"frame","opacity":0.5,"props":{"w":90,"h":90}},
        {"id":"a","type":"geo","parentId":"f","opacity":0.5,"props":{"w":9,"h":9}}"#,
    ));
    let opacity: Vec<u8> = elements.iter().map(|new| new.props.opacity).collect();
    assert_eq!(opacity, [128, 64]);
}

#[test]
fn colours_of_labels_are_named_if_they_differ_from_those_of_lines() {
    for (props, notice) in [
        (
            r#""color":"blue","labelColor":"red","text":"Plan""#,
            "Not kept: colours of labels.",
        ),
        (r#""color":"blue","labelColor":"blue","text":"Plan""#, ""),
        (r#""color":"blue","labelColor":"red","text":"""#, ""),
    ] {
        let html = plain(&format!(
            r#"{{"id":"a","type":"geo","props":{{"w":99,"h":99,{props}}}}}"#
        ));
        assert_eq!(read(&html).1, notice, "{props}");
    }
}

#[test]
fn other_html_is_no_clipboard_and_hostile_ones_do_no_harm() {
    for html in [
        "",
        "<p>data-tldraw</p>",
        "<div data-tldraw></div>",
        "<div data-tldraw>????</div>",
        "<div data-tldraw>{}</div>",
        r#"<div data-tldraw>{"type":"other","data":{}}</div>"#,
        r#"<div data-tldraw>{"type":"application/tldraw","data":{"otherCompressed":"AAAA"}}</div>"#,
    ] {
        assert!(read_html(html, 1.0).is_none(), "{html}");
    }
    // Shapes in each other, and deep groups.
    let shape = |id: usize, parent: usize| {
        format!(r#"{{"id":"s{id}","type":"group","parentId":"s{parent}"}}"#)
    };
    let deep: Vec<String> = (1..30_000)
        .map(|number| shape(number, number - 1))
        .collect();
    let (elements, notice) = read(&plain(&format!(
        "{},{}",
        [shape(90_001, 90_002), shape(90_002, 90_001)].join(","),
        deep.join(",")
    )));
    assert!(elements.is_empty() && notice.contains("limit"), "{notice}");
    let (elements, notice) = read(&plain(
        r#"{"id":"a","type":"geo","x":1e300,"props":{"w":-5,"h":1e308,"scale":-1}},
        {"id":"b","type":"line","props":{"points":{}}},{"id":"c","type":"draw","props":{}},
        {"id":"d","type":"draw","props":{"isClosed":true,"fill":"solid"}},
        {"id":"e","type":"arrow","rotation":1e300,"props":{"bend":1e308,"labelPosition":-7}},
        {"id":"f","type":"geo","props":{"geo":"cloud","w":0,"h":0,"text":"x"}},
        {"id":"g","type":"geo","x":"none"},7,{"id":"h","type":"magic"}"#,
    ));
    assert!(elements.len() < 5, "{elements:?}");
    assert!(notice.contains("unknown kinds"), "{notice}");
}

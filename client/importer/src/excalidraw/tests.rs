//! Scenes of Excalidraw.

mod texts;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurbo::Rect;
use shared::id::ClientId;
use shared::model::palette::Rgb;
use shared::model::text_layout::{box_size, text_layout};
use shared::model::{
    Arrowhead, Body, Color, Dash, Element, Filling, Font, NewElement, Outline, Route,
};

use super::{read_json, read_png, read_svg};
use crate::foreign::Foreign;

/// A rectangle with a label, an arrow that is bound to it, a frame with a member, ink and a picture.
const SCENE: &str = r##"{"type":"excalidraw/clipboard","elements":[
{"id":"a","type":"rectangle","x":0,"y":0,"width":140,"height":70,"angle":0,"strokeColor":"#1e1e1e","backgroundColor":"#ffec99","fillStyle":"solid","strokeWidth":2,"strokeStyle":"solid","opacity":100,"groupIds":["g"],"roundness":{"type":3},"boundElements":[{"id":"t","type":"text"}]},
{"id":"t","type":"text","x":30,"y":22,"width":80,"height":25,"text":"Gar\nden","originalText":"Garden","fontSize":20,"fontFamily":5,"textAlign":"center","containerId":"a","groupIds":["g"]},
{"id":"r","type":"arrow","x":144,"y":35,"width":120,"height":60,"strokeColor":"#e03131","backgroundColor":"transparent","strokeWidth":2,"strokeStyle":"dashed","points":[[0,0],[120,60]],"roundness":{"type":2},"startBinding":{"elementId":"a","focus":0,"gap":4},"endBinding":null,"startArrowhead":null,"endArrowhead":"arrow"},
{"id":"m","type":"ellipse","x":320,"y":20,"width":40,"height":40,"frameId":"f","backgroundColor":"#a5d8ff","fillStyle":"hachure","strokeColor":"transparent"},
{"id":"f","type":"frame","x":300,"y":0,"width":100,"height":100,"name":"Plan"},
{"id":"k","type":"freedraw","x":0,"y":200,"points":[[0,0],[5,5],[10,0]],"pressures":[0.2,0.5,0.9],"simulatePressure":false},
{"id":"p","type":"line","x":0,"y":300,"points":[[0,0],[50,0],[25,40],[0,0]],"backgroundColor":"#ffc9c9"},
{"id":"w","type":"text","x":0,"y":400,"text":"free","fontFamily":3,"angle":1.5707963,"width":50,"height":25},
{"id":"i","type":"image","x":0,"y":0,"width":5,"height":5},
{"id":"d","type":"rectangle","isDeleted":true,"width":5,"height":5},
{"id":"x","type":"rectangle","x":"NaN"}],"files":{}}"##;

fn read(json: &str) -> (Vec<NewElement>, String) {
    let Foreign {
        elements, report, ..
    } = read_json(json, 1.0).unwrap();
    (elements, report.sentence().unwrap_or_default())
}

#[test]
fn elements_become_those_of_the_board() {
    let (elements, notice) = read(SCENE);
    assert_eq!(notice, "Not kept: pictures.");
    let [frame, shape, arrow, member, ink, filled, free] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert!(matches!(frame.body, Body::Frame));
    assert_eq!(
        (frame.props.name().as_str(), member.props.frame()),
        ("Plan", Some(frame.id))
    );
    assert!(matches!(shape.body, Body::Shape(Outline::Rectangle)));
    assert_eq!(
        (shape.text.plain().as_str(), shape.props.corner()),
        ("Garden", 17.5)
    );
    assert_eq!(
        shape.props.fill(),
        Some(Color::Drawn(Rgb::from_hex(0x00ff_ec99)))
    );
    assert_eq!(
        (shape.props.filling(), shape.props.font()),
        (Filling::Solid, Font::Handwriting)
    );
    assert_eq!(shape.props.groups().len(), 1);
    assert_eq!(
        (member.props.filling(), member.props.outlined()),
        (Filling::Tint, false)
    );
    assert_eq!(
        (arrow.props.heads(), arrow.props.dash()),
        ([Arrowhead::None, Arrowhead::Arrow], Dash::Dashed)
    );
    let start = arrow.props.start().unwrap();
    assert_eq!(
        (start.to, start.at, arrow.props.end()),
        (shape.id, [0.5, 0.5], None)
    );
    assert_eq!(
        (arrow.props.route(), arrow.props.points()),
        (Route::Straight, vec![[0.0, 0.0], [120.0, 60.0]])
    );
    assert!(matches!(&ink.body, Body::Stroke(stroke) if stroke.len() == 3));
    assert!(matches!(filled.body, Body::Path(_)));
    assert_eq!(
        (free.text.plain().as_str(), free.props.font()),
        ("free", Font::Mono)
    );
}

#[test]
fn the_label_of_an_arrow_is_text_in_the_middle_of_its_corners() {
    let label = |id: &str, x: f64, y: f64| {
        format!(
            r#"{{"id":"t{id}","type":"text","x":{x},"y":{y},"width":40,"height":20,"text":"some\nwords","originalText":"some words","containerId":"{id}","fontFamily":2}}"#
        )
    };
    let arrow = |id: &str, points: &str| {
        format!(r#"{{"id":"{id}","type":"arrow","x":0,"y":0,"points":{points}}}"#)
    };
    let parts = [
        // The positions of these labels are out of date.
        label("a", 160.0, -10.0),
        arrow("a", "[[0,0],[200,0]]"),
        // A bend at two thirds of the length.
        arrow("b", "[[0,0],[200,0],[200,100]]"),
        label("b", 180.0, 90.0),
        // The middle segment begins at 100 of 200.
        arrow("c", "[[0,0],[100,0],[100,60],[140,60]]"),
        label("c", 1e308, 1e308),
        // The arrow is not there.
        label("none", 500.0, 500.0),
        // Too many points for a line.
        arrow("p", &format!("[[0,0]{}]", ",[9,9],[5,0]".repeat(1_000))),
        label("p", 700.0, 500.0),
    ];
    let scene = format!(
        r#"{{"type":"excalidraw","elements":[{}]}}"#,
        parts.join(",")
    );
    let (elements, _) = read(&scene);
    let lines = elements.iter().filter(|new| matches!(new.body, Body::Line));
    let lines: Vec<_> = lines.collect();
    assert_eq!(lines.len(), 3);
    for (line, position) in lines.iter().zip([0.5, 2.0 / 3.0, 0.65]) {
        assert_eq!(line.text.plain(), "some words");
        assert_eq!(line.props.font(), Font::Sans);
        let found = line.props.text_position();
        assert!((found - position).abs() < 0.01, "{found} is not {position}");
    }
    let texts = elements.iter().filter(|new| matches!(new.body, Body::Text));
    assert_eq!(texts.count(), 2, "labels of no line stay texts");
}

/// The elements of a scene with these.
fn elements_of(parts: &[&str]) -> Vec<NewElement> {
    let scene = format!(
        r#"{{"type":"excalidraw","elements":[{}]}}"#,
        parts.join(",")
    );
    let (elements, notice) = read(&scene);
    assert_eq!(notice, "");
    elements
}

#[test]
fn an_end_aims_at_a_point_that_its_line_meets_inside_the_element() {
    let elements = elements_of(&[
        r#"{"id":"a","type":"rectangle","x":0,"y":0,"width":200,"height":100,"roundness":{"type":3}}"#,
        // It comes from the right, along the upper edge, and ends 10 before it.
        r#"{"type":"arrow","x":500,"y":5,"points":[[0,0],[-290,0]],"endBinding":{"elementId":"a","focus":-0.9,"gap":10}}"#,
        // It leaves the lower edge with a slope of 1.
        r#"{"type":"arrow","x":110,"y":110,"points":[[0,0],[50,50]],"startBinding":{"elementId":"a","focus":0.4,"gap":10}}"#,
        // It begins at the left edge and ends inside.
        r#"{"type":"arrow","x":-1,"y":50,"points":[[0,0],[90,0]],"startBinding":{"elementId":"a","focus":0,"gap":1}}"#,
    ]);
    let [_, along, sloped, inwards] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    let [x, y] = along.props.end().unwrap().at;
    // 10 and 0.15 of the shorter side beyond the end.
    assert_eq!((x, y), (0.925, 0.05));
    let [x, y] = sloped.props.start().unwrap().at;
    let (x, y) = (x * 200.0, y * 100.0);
    assert!((x - y).abs() < 0.01, "{x}, {y}: the slope stays");
    assert!(y < 100.0, "{y}");
    assert_eq!(inwards.props.start().unwrap().at, [0.0, 0.5]);
}

#[test]
fn elbow_arrows_have_round_corners() {
    let arrow = |elbowed: bool| {
        format!(r#"{{"type":"arrow","points":[[0,0],[50,0],[50,50]],"elbowed":{elbowed}}}"#)
    };
    let elements = elements_of(&[&arrow(true), &arrow(false)]);
    let corners: Vec<f32> = elements.iter().map(|new| new.props.corner()).collect();
    assert_eq!(corners, [16.0, 0.0]);
}

#[test]
fn transparent_colors_become_opacity() {
    let elements = elements_of(&[
        r##"{"type":"freedraw","points":[[0,0],[9,0],[20,5]],"strokeColor":"#364fc711","backgroundColor":"#ced4da"}"##,
        r##"{"type":"rectangle","width":9,"height":9,"strokeColor":"transparent","backgroundColor":"#868e9680","fillStyle":"solid","opacity":50}"##,
        r##"{"type":"rectangle","width":9,"height":9,"strokeColor":"#123456","backgroundColor":"#00000033","fillStyle":"solid"}"##,
    ]);
    let [ink, pale, mixed] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert_eq!((ink.props.opacity, pale.props.opacity), (0x11, 0x40));
    let drawn = |hex| Color::Drawn(Rgb::from_hex(hex));
    assert_eq!(pale.props.color, drawn(0x0086_8e96));
    assert_eq!(mixed.props.opacity, 255);
    assert_eq!(mixed.props.color, drawn(0x0012_3456));
    assert_eq!(mixed.props.fill(), Some(drawn(0x00cc_cccc)));
}

#[test]
fn freehand_lines_and_round_corners_of_the_first_versions_are_read() {
    let draw = |x: f64, sharpness: &str| {
        format!(
            r#"{{"type":"draw","x":{x},"y":0,"points":[[0,0],[40,0],[40,30]],"strokeWidth":2,"strokeSharpness":"{sharpness}"}}"#
        )
    };
    let scene = format!(
        r#"{{"type":"excalidraw","elements":[{},{},{{"type":"rectangle","width":40,"height":20,"strokeSharpness":"round"}}]}}"#,
        draw(0.0, "round"),
        draw(100.0, "sharp"),
    );
    let (elements, notice) = read(&scene);
    assert_eq!(notice, "");
    let [curve, corner, rectangle] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    for (line, route) in [(curve, Route::Curved), (corner, Route::Straight)] {
        assert!(matches!(line.body, Body::Line));
        assert_eq!((line.props.route(), line.props.width), (route, 2.0));
    }
    assert_eq!(rectangle.props.corner(), 5.0);
}

#[test]
fn lines_and_ink_that_end_near_where_they_begin_have_a_fill() {
    let element = |kind: &str, last: &str| {
        format!(
            r##"{{"id":"{kind}{last}","type":"{kind}","points":[[0,0],[50,0],[25,40],{last}],"backgroundColor":"#ffc9c9","strokeColor":"#1e1e1e","fillStyle":"solid","groupIds":["g"]}}"##
        )
    };
    let parts = [
        element("line", "[0,8]"),
        element("line", "[0,9]"),
        element("freedraw", "[5,5]"),
        element("freedraw", "[9,9]"),
    ];
    let (elements, notice) = read(&format!(
        r#"{{"type":"excalidraw","elements":[{}]}}"#,
        parts.join(",")
    ));
    assert_eq!(notice, "");
    let [filled, open, fill, ink, open_ink] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    let light = Color::Drawn(Rgb::from_hex(0x00ff_c9c9));
    assert!(matches!(filled.body, Body::Path(_)));
    assert_eq!(filled.props.fill(), Some(light));
    assert!(matches!(open.body, Body::Line));
    assert!(matches!(fill.body, Body::Path(_)));
    assert_eq!(
        (
            fill.props.filling(),
            fill.props.color,
            fill.props.outlined()
        ),
        (Filling::Solid, light, false)
    );
    for stroke in [ink, open_ink] {
        assert!(matches!(stroke.body, Body::Stroke(_)));
        assert_eq!(stroke.props.filling(), Filling::None);
    }
    assert_eq!(fill.props.groups(), ink.props.groups());
    assert_eq!(
        (ink.props.groups().len(), open_ink.props.groups().len()),
        (2, 1)
    );
    let ids: std::collections::HashSet<_> = elements.iter().map(|new| new.id).collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn scenes_in_pictures_are_found() {
    let compressed = miniz_oxide::deflate::compress_to_vec_zlib(SCENE.as_bytes(), 6);
    let letters: String = compressed.into_iter().map(char::from).collect();
    let json = serde_json::json!({"version": "1", "encoding": "bstring", "compressed": true, "encoded": letters});
    let latin: Vec<u8> = json
        .to_string()
        .chars()
        .map(|it| u8::try_from(it).unwrap())
        .collect();
    let payload = STANDARD.encode(&latin);
    let svg = format!(
        "<svg><metadata><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:2 -->\
         <!-- payload-start -->{payload}<!-- payload-end --></metadata></svg>"
    );
    assert_eq!(read_svg(&svg, 1.0).unwrap().elements, read(SCENE).0);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x01IHDR\0\0\0\0\0".to_vec();
    let text = [b"application/vnd.excalidraw+json\0", latin.as_slice()].concat();
    png.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
    png.extend([b"tEXt", text.as_slice(), b"\0\0\0\0"].concat());
    assert_eq!(read_png(&png, 1.0).unwrap().elements, read(SCENE).0);
    assert_eq!(read_svg("<svg/>", 1.0), None);
    assert_eq!(read_png(&png[..60], 1.0), None, "cut off");
}

#[test]
fn libraries_are_read_in_both_forms() {
    let item = r#"{"type":"ellipse","width":9,"height":9}"#;
    for library in [
        format!(r#"{{"type":"excalidrawlib","version":1,"library":[[{item}],[{item}]]}}"#),
        format!(
            r#"{{"type":"excalidrawlib","version":2,"libraryItems":[{{"id":"x","elements":[{item},{item}]}}]}}"#
        ),
    ] {
        assert_eq!(read(&library).0.len(), 2);
    }
}

#[test]
fn other_texts_are_no_scenes_and_hostile_ones_do_no_harm() {
    for text in [
        "",
        "{}",
        "{\"type\":\"excalidraw\"}",
        "[1]",
        "{\"a\":\"excalidraw\"",
        "\u{feff}{\"type\":\"other\",\"elements\":[]}",
    ] {
        assert!(read_json(text, 1.0).is_none(), "{text}");
    }
    let many = vec![r#"{"type":"rectangle","width":1,"height":1}"#; 30_000].join(",");
    let (elements, notice) = read(&format!(
        "{{\"type\":\"excalidraw\",\"elements\":[{many}]}}"
    ));
    assert_eq!(elements.len(), 20_000);
    let ids: std::collections::HashSet<_> = elements.iter().map(|new| new.id).collect();
    assert_eq!(ids.len(), 20_000);
    assert!(notice.contains("limit"));
    let odd = r##"{"type":"excalidraw","elements":[{"type":"rectangle","x":1e300,"width":-9,"height":1e308},
        {"type":"line","points":[[0],[1e308,-1e308],[5,5]]},{"type":"freedraw","points":[[1e308,0]]},
        {"type":"freedraw","strokeWidth":-9,"points":[[0,0],[9,9],[20,0]]},
        {"type":"freedraw","points":[[0,0],[9,9]],"pressures":[1e300,-5],"simulatePressure":false},
        {"type":"arrow","points":[[0,0],[9,9]],"startBinding":{"elementId":"none"},"angle":1e300},
        {"type":"text","fontSize":-1,"text":"x","opacity":-5},7,null,[[[[[]]]]]]}"##;
    let (elements, _) = read(odd);
    let count = |is: fn(&Body) -> bool| elements.iter().filter(|new| is(&new.body)).count();
    assert_eq!(count(|body| matches!(body, Body::Text)), 1);
    let strokes = count(|body| matches!(body, Body::Stroke(_)));
    assert_eq!(strokes, 2, "odd widths and pressures");
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 64 << 20], 9);
    let letters: String = bomb.into_iter().map(char::from).collect();
    let json = serde_json::json!({"compressed": true, "encoded": letters}).to_string();
    let latin: Vec<u8> = json.chars().map(|it| u8::try_from(it).unwrap()).collect();
    let svg = format!(
        "<!-- payload-start -->{}<!-- payload-end -->",
        STANDARD.encode(latin)
    );
    assert!(read_svg(&svg, 1.0).is_none(), "a bomb is not unpacked");
}

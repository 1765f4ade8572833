//! Texts in scenes of Excalidraw.

use super::*;

#[test]
fn texts_at_the_edges_of_shapes_are_texts_in_a_group_with_them() {
    let elements = elements_of(&[
        r#"{"id":"a","type":"rectangle","width":200,"height":100,"groupIds":["g"]}"#,
        r#"{"type":"text","x":80,"y":5,"width":40,"height":25,"text":"at the top","containerId":"a","verticalAlign":"top","groupIds":["g"]}"#,
        r#"{"id":"b","type":"rectangle","width":200,"height":100,"groupIds":["g"]}"#,
        r#"{"type":"text","text":"middle","containerId":"b","verticalAlign":"middle"}"#,
    ]);
    let [shape, text, labelled] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert!(matches!(text.body, Body::Text));
    assert_eq!((text.props.at.x, text.props.at.y), (80.0, 5.0));
    assert!(text.props.size()[0] >= 40.0, "it wraps as in the shape");
    assert_eq!(
        (text.text.plain().as_str(), shape.text.len()),
        ("at the top", 0)
    );
    assert_eq!(text.props.groups(), shape.props.groups());
    let sizes = [shape, labelled].map(|new| new.props.groups().len());
    assert_eq!(sizes, [2, 1]);
    assert_eq!(labelled.text.plain(), "middle");
}

#[test]
fn a_text_whose_original_is_empty_stays() {
    let elements =
        elements_of(&[r#"{"type":"text","width":50,"text":"Search","originalText":""}"#]);
    assert_eq!(elements[0].text.plain(), "Search");
}

#[test]
fn texts_keep_the_side_to_which_their_lines_are_aligned() {
    let text = |align: &str, angle: f64| {
        format!(
            r#"{{"type":"text","x":100,"y":100,"width":200,"height":26,"angle":{angle},"fontSize":20,"fontFamily":5,"textAlign":"{align}","text":"words"}}"#
        )
    };
    let upright = std::f64::consts::FRAC_PI_2;
    let elements = elements_of(&[
        &text("left", 0.0),
        &text("center", 0.0),
        &text("right", 0.0),
        &text("right", upright),
    ]);
    let rects = elements.into_iter().map(|new| {
        let size = box_size(&Element::new(new.clone(), ClientId::from_bytes([1; 16])));
        Rect::from_origin_size(new.props.at, size)
    });
    let rects: Vec<Rect> = rects.collect();
    assert!(rects[0].width() < 150.0, "{rects:?}");
    let is_near = |one: f64, other: f64| assert!((one - other).abs() < 0.01, "{rects:?}");
    is_near(rects[0].x0, 100.0);
    is_near(rects[1].center().x, 200.0);
    is_near(rects[2].x1, 300.0);
    // The right side of this one points down, and its upper edge to the right.
    is_near(rects[3].center().y + rects[3].width() / 2.0, 113.0 + 100.0);
    is_near(rects[3].center().x + rects[3].height() / 2.0, 200.0 + 13.0);
}

#[test]
fn a_wrapped_text_is_as_wide_as_its_lines_need_here() {
    let text = |width: f64, size: f64, words: &str| {
        let original = words.replace("\\n", " ");
        format!(
            r#"{{"type":"text","width":{width},"height":95,"fontSize":{size},"fontFamily":5,"autoResize":false,"text":"{words}","originalText":"{original}"}}"#
        )
    };
    let elements = elements_of(&[
        &text(142.8, 25.297_037_4, "Dimensional\\nData\\nModeling"),
        &text(128.9, 27.306_25, "recording\\nrules"),
        &text(400.0, 25.3, "wide"),
    ]);
    let lines = elements.iter().map(|new| {
        let element = Element::new(new.clone(), ClientId::from_bytes([1; 16]));
        let lines = text_layout(&element).unwrap().layout.lines;
        let lines = lines.into_iter().map(|line| line.letters.len());
        lines.collect::<Vec<usize>>()
    });
    let lines: Vec<Vec<usize>> = lines.collect();
    let first = |lines: &[usize]| lines[0] >= "recording".len();
    assert!(lines[0].len() == 3 && first(&lines[0]), "{lines:?}");
    assert!(lines[1].len() == 2 && first(&lines[1]), "{lines:?}");
    assert_eq!(elements[0].text.plain(), "Dimensional Data Modeling");
    assert_eq!(elements[2].props.size(), [400.0, 0.0]);
}

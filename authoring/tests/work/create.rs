//! New elements: their defaults, sizes and ids.

use serde_json::json;
use shared::model::layout::box_size;
use shared::model::{Align, Arrowhead, Board, Body, Brush, Color, Marks, Outline};

use crate::{ADA, done, made, one, seed};

#[test]
fn new_elements_look_as_the_tools_make_them() {
    let sticky = one(&json!({"kind": "sticky", "text": "Milk"}));
    assert_eq!(
        sticky.body,
        Body::Sticky {
            signed: "Ada".to_owned()
        }
    );
    assert_eq!(
        (sticky.props.color, sticky.props.align()),
        (Color::Yellow, Align::Center)
    );
    assert_eq!(sticky.props.size(), [200.0, 200.0]);
    let shape = one(&json!({"kind": "diamond"}));
    assert_eq!(shape.body, Body::Shape(Outline::Diamond));
    assert_eq!(
        (shape.props.size(), shape.props.corner()),
        ([120.0, 80.0], 16.0)
    );
    assert_eq!(one(&json!({"kind": "frame"})).props.size(), [480.0, 320.0]);
    let arrow = one(&json!({"kind": "arrow", "points": [[0, 0], [9, 9]]}));
    assert_eq!(arrow.props.heads(), [Arrowhead::None, Arrowhead::Arrow]);
}

#[test]
fn each_field_of_the_format_is_taken() {
    let shape = one(&json!({
        "kind": "rectangle", "x": 5, "y": 6, "size": [300, 90], "color": "#123456", "fill": "red",
        "filling": "solid", "dash": "dotted", "corner": 0, "opacity": 0.5, "align": "end",
        "text": [{"text": "a", "bold": true}], "locked": true, "line_width": 8, "angle": 1,
    }));
    assert_eq!((shape.props.at.x, shape.props.at.y), (5.0, 6.0));
    assert_eq!(
        (shape.props.size(), shape.props.corner()),
        ([300.0, 90.0], 0.0)
    );
    assert_eq!((shape.props.opacity, shape.props.width), (128, 8.0));
    assert_eq!(shape.props.align(), Align::End);
    assert!(shape.props.locked());
    assert!(shape.text.chars().all(|letter| letter.marks == Marks::BOLD));
}

#[test]
fn a_box_without_a_size_fits_its_text() {
    let long = "A rather long text that a small box does not hold. ".repeat(9);
    for kind in [
        "rectangle",
        "ellipse",
        "diamond",
        "triangle",
        "sticky",
        "text",
    ] {
        for text in [
            "short",
            "Donaudampfschifffahrtsgesellschaftskapitän",
            long.as_str(),
        ] {
            let element = one(&json!({"kind": kind, "text": text}));
            let ([width, height], shown) = (element.props.size(), box_size(&element));
            if kind == "text" {
                assert!(shown.width <= 600.0, "{shown} for {text}");
            } else {
                let fits = shown.width <= f64::from(width) && shown.height <= f64::from(height);
                assert!(
                    fits,
                    "{kind} of {width} x {height} shows as {shown} for {text}"
                );
                assert!(width >= 120.0 && height >= 80.0);
                assert!(shown.width < 3.1 * shown.height, "{kind} {shown}");
            }
        }
    }
}

#[test]
fn points_are_another_word_for_the_ink_of_a_stroke() {
    let stroke =
        one(&json!({"kind": "stroke", "brush": "highlighter", "points": [[0, 0], [9, 9, 1]]}));
    let Body::Stroke(ink) = &stroke.body else {
        panic!("no stroke")
    };
    assert_eq!((ink.len(), ink.brush), (2, Brush::Highlighter));
    assert_eq!(
        (stroke.props.color, stroke.props.width),
        (Color::Yellow, 20.0)
    );
}

#[test]
fn an_image_has_the_size_of_its_picture() {
    let picture = |width, height| json!({"sha256": "0".repeat(64), "media_type": "image/png", "width": width, "height": height});
    let image = |picture| {
        one(&json!({"kind": "image", "picture": picture}))
            .props
            .size()
    };
    assert_eq!(image(picture(100, 50)), [100.0, 50.0]);
    assert_eq!(image(picture(960, 480)), [480.0, 240.0]);
}

#[test]
fn a_path_without_a_size_is_as_large_as_it_is_drawn() {
    let path = one(&json!({"kind": "path", "path": "M0 0L30 0L30 40Z"}));
    assert_eq!(path.props.size(), [30.0, 40.0]);
}

#[test]
fn new_elements_lie_on_top_in_their_order() {
    let (mut board, first) = made(&json!([{"kind": "text", "text": "a"}]));
    let second = crate::done_by(
        &mut board,
        &seed(2),
        &json!({"create": [
            {"kind": "text", "text": "b"},
            {"kind": "text", "text": "c"},
        ]}),
    );
    let order: Vec<_> = board.in_order().map(|element| element.id).collect();
    assert_eq!(order, [first, second.created].concat());
}

#[test]
fn a_repeated_request_does_nothing_and_another_one_has_other_ids() {
    let work = json!({"create": [{"kind": "text", "text": "a", "id": "word", "groups": ["g"]}]});
    let mut board = Board::new();
    let first = done(&mut board, &work);
    let repeated = done(&mut board, &work);
    assert_eq!(first.created, repeated.created);
    assert_eq!(board.len(), 1);
    let other = crate::done_by(&mut board, &seed(2), &work);
    assert_ne!(other.created, first.created);
    assert_eq!(other.words["word"], other.created[0]);
    let group = |id| board.get(id).unwrap().props.groups();
    assert_ne!(group(first.created[0]), group(other.created[0]));
    assert_eq!(board.get(first.created[0]).unwrap().author, ADA.client);
}

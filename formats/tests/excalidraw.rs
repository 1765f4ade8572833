//! Scenes of Excalidraw: their form, and what comes back when they are read again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use formats::excalidraw::{NotKept, Written, write};
use importer::{Kind, read};
use serde_json::Value;
use shared::id::ElementId;
use shared::model::layout::{bounds, line_points, visible_bounds};
use shared::model::{Board, Body, NewElement, Outline, Route, Scope};

// Other tests need the rest of it.
#[allow(dead_code, reason = "each test file uses a part")]
#[path = "../../shared/tests/golden_board/mod.rs"]
mod golden_board;

fn scene(written: &Written) -> Vec<Value> {
    let scene: Value = serde_json::from_str(&written.json).unwrap();
    assert_eq!(
        (&scene["type"], &scene["version"]),
        (&"excalidraw".into(), &2.into())
    );
    scene["elements"].as_array().unwrap().clone()
}

fn text<'a>(element: &'a Value, name: &str) -> &'a str {
    element[name].as_str().unwrap_or_default()
}

#[test]
fn every_reference_leads_to_an_element_that_knows_of_it() {
    let elements = scene(&write(&golden_board::board(), &Scope::Board, None));
    let by_id: BTreeMap<&str, &Value> = elements.iter().map(|it| (text(it, "id"), it)).collect();
    assert_eq!(by_id.len(), elements.len(), "ids are unique");
    let knows = |holder: &str, held: &str| {
        let bound = by_id[holder]["boundElements"].as_array().unwrap();
        bound.iter().any(|it| it["id"] == held)
    };
    for element in &elements {
        let id = text(element, "id");
        let container = text(element, "containerId");
        assert!(container.is_empty() || knows(container, id), "{element}");
        for end in ["startBinding", "endBinding"] {
            let to = text(&element[end], "elementId");
            assert!(to.is_empty() || knows(to, id), "{element}");
        }
        let frame = text(element, "frameId");
        assert!(
            frame.is_empty() || by_id[frame]["type"] == "frame",
            "{element}"
        );
        for field in [
            "x",
            "y",
            "width",
            "height",
            "angle",
            "strokeWidth",
            "opacity",
        ] {
            assert!(element[field].is_number(), "{field} of {element}");
        }
    }
}

#[test]
fn members_of_a_frame_stand_together_below_it() {
    let elements = scene(&write(&golden_board::board(), &Scope::Board, None));
    let frame = elements
        .iter()
        .position(|it| it["type"] == "frame")
        .unwrap();
    let id = text(&elements[frame], "id");
    let members = elements
        .iter()
        .filter(|it| text(it, "frameId") == id)
        .count();
    assert!(members > 0);
    let before = &elements[frame - members..frame];
    assert!(before.iter().all(|it| text(it, "frameId") == id));
}

#[test]
fn what_is_left_out_is_named() {
    let written = write(&golden_board::board(), &Scope::Board, None);
    let expected = [
        NotKept::TextStyles,
        NotKept::Highlighter,
        NotKept::Curves,
        NotKept::TextPositions,
        NotKept::Pictures,
        NotKept::AlternativeTexts,
    ];
    let kept: BTreeSet<_> = written.not_kept.iter().copied().collect();
    assert_eq!(kept, BTreeSet::from(expected));
    let one = golden_board::elements().into_iter().next().unwrap();
    assert_eq!(
        write(&golden_board::board_of(vec![one]), &Scope::Board, None).not_kept,
        []
    );
}

/// The elements of a board after writing them and reading them again.
fn again(board: &Board) -> Vec<NewElement> {
    let written = write(board, &Scope::Board, None);
    read(written.json.as_bytes(), Kind::Drawing, 1.0)
        .unwrap()
        .elements
}

#[test]
fn a_scene_is_read_again_at_the_same_places() {
    // Pictures need their files, which these boards do not have.
    let all = golden_board::elements().into_iter();
    for original in all.filter(|new| !matches!(new.body, Body::Image)) {
        // A line that is bound to nothing ends where its points say.
        let board = golden_board::board_of(vec![original.clone()]);
        let is_rotated_frame =
            matches!(original.body, Body::Frame) && original.props.angle() != 0.0;
        let read = golden_board::board_of(again(&board));
        let all = |board: &Board| {
            let boxes = board.elements().map(|it| visible_bounds(board, it));
            boxes.reduce(|all, one| all.union(one)).unwrap()
        };
        let (before, after) = (all(&board), all(&read));
        // Strokes have other widths at their ends, and notes no shadow.
        let slack = 8.0 + f64::from(original.props.width);
        let is_near = |a: f64, b: f64| (a - b).abs() < slack;
        assert!(
            is_rotated_frame
                || (is_near(before.x0, after.x0)
                    && is_near(before.y0, after.y0)
                    && is_near(before.x1, after.x1)
                    && is_near(before.y1, after.y1)),
            "{:?}: {before:?} {after:?}",
            original.body
        );
    }
}

#[test]
fn shapes_texts_and_arrows_keep_what_they_are() {
    let board = golden_board::board();
    let read = again(&board);
    let count = |is: &dyn Fn(&Body) -> bool| {
        let before = board.elements().filter(|it| is(&it.body)).count();
        (before, read.iter().filter(|it| is(&it.body)).count())
    };
    for outline in [Outline::Ellipse, Outline::Diamond] {
        let (before, after) = count(&|body| *body == Body::Shape(outline));
        assert_eq!(before, after, "{outline:?}");
    }
    let (before, after) = count(&|body| matches!(body, Body::Frame));
    assert_eq!(before, after);
    for element in board.elements().filter(|it| !it.text.is_empty()) {
        let words = element.text.plain();
        // Excalidraw's labels of arrows are texts of their own when they are read.
        assert!(read.iter().any(|it| it.text.plain() == words), "{words}");
    }
    let bound =
        |props: &shared::model::Props| [props.start(), props.end()].iter().flatten().count();
    let before: usize = board.elements().map(|it| bound(&it.props)).sum();
    let after: usize = read.iter().map(|it| bound(&it.props)).sum();
    assert_eq!(before, after, "ends of lines that are bound");
}

#[test]
fn a_bound_elbow_keeps_its_way() {
    let board = golden_board::board();
    let elbow = |board: &Board| {
        let mut lines = board
            .elements()
            .filter(|it| it.props.route() == Route::Elbow);
        let line = lines.find(|it| it.props.start().is_some() && it.props.end().is_some());
        line.map(|line| (line_points(board, line), bounds(board, line)))
    };
    let Some((before, around)) = elbow(&board) else {
        return;
    };
    let read = golden_board::board_of(again(&board));
    let (after, around_after) = elbow(&read).unwrap();
    let is_near = |a: f64, b: f64| (a - b).abs() < 2.0;
    assert!(is_near(before[0].x, after[0].x) && is_near(before[0].y, after[0].y));
    assert!(is_near(around.x0, around_after.x0) && is_near(around.y1, around_after.y1));
}

#[test]
fn ids_are_those_of_the_board() {
    let elements = golden_board::elements();
    let first: ElementId = elements[0].id;
    let drawn = scene(&write(
        &golden_board::board_of(elements),
        &Scope::Board,
        None,
    ));
    assert!(drawn.iter().any(|it| text(it, "id") == first.to_string()));
}

#[test]
fn the_text_of_a_line_is_as_wide_as_its_letters() {
    let content = r#"{"type":"excalidraw","elements":[
        {"id":"a","type":"arrow","points":[[0,0],[200,0]]},
        {"type":"text","text":"ws","fontSize":20,"containerId":"a"}]}"#;
    let elements = read(content.as_bytes(), Kind::Drawing, 1.0)
        .unwrap()
        .elements;
    let board = golden_board::board_of(elements);
    let drawn = scene(&write(&board, &Scope::Board, None));
    let label = drawn.iter().find(|it| text(it, "type") == "text").unwrap();
    let number = |name: &str| label[name].as_f64().unwrap();
    let width = number("width");
    assert!((10.0..60.0).contains(&width), "{width}");
    let middle = number("x") + width / 2.0;
    assert!((middle - 100.0).abs() < 1.0, "{middle}");
}

#[test]
fn a_note_stays_one_element_with_its_text() {
    let notes = golden_board::elements().into_iter();
    let notes = notes.filter(|it| matches!(it.body, Body::Sticky { .. }) && !it.text.is_empty());
    let notes: Vec<NewElement> = notes.collect();
    assert!(!notes.is_empty());
    for note in notes {
        let words = note.text.plain();
        let read = again(&golden_board::board_of(vec![note]));
        let holder = read.iter().find(|it| it.text.plain() == words).unwrap();
        assert_eq!(holder.body, Body::Shape(Outline::Rectangle), "{words}");
    }
}

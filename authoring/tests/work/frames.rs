//! Frames with children, and elements that are put into frames.

use serde_json::json;
use shared::model::layout::is_within_frame;

use crate::{done_by, made, rect, seed};

#[test]
fn a_frame_fits_its_children() {
    let (board, ids) = made(&json!([
        {"kind": "frame", "name": "To do", "x": 1000, "y": 500, "children": [
            {"kind": "sticky", "text": "one"},
            {"kind": "sticky", "text": "two", "id": "two"},
            {"kind": "rectangle", "x": 700, "y": 20, "size": [50, 50]},
            {"kind": "arrow", "from": "two", "to": "out"},
        ]},
        {"kind": "rectangle", "id": "out", "x": 2500, "y": 500},
    ]));
    let frame = board.get(ids[0]).unwrap();
    assert_eq!(frame.props.name(), "To do");
    for id in &ids[1..4] {
        let child = board.get(*id).unwrap();
        assert_eq!(child.props.frame(), Some(ids[0]));
        let own = rect(&board, *id);
        let corners = [(own.x0, own.y0), (own.x1, own.y1)];
        assert!(
            corners.iter().all(|(x, y)| {
                is_within_frame(frame, shared::geometry::BoardPoint::new(*x, *y))
            })
        );
    }
    let at = board.get(ids[3]).unwrap().props.at;
    assert_eq!((at.x, at.y), (1700.0, 520.0));
    assert!(!rect(&board, ids[1]).overlaps(rect(&board, ids[2])));
}

#[test]
fn frames_without_places_stand_apart() {
    let frame = |name: &str| {
        let notes: Vec<_> = (0..5)
            .map(|_| json!({"kind": "sticky", "text": "a"}))
            .collect();
        json!({"kind": "frame", "name": name, "children": notes})
    };
    let (board, ids) = made(&json!([frame("To do"), frame("Done")]));
    assert!(!rect(&board, ids[0]).overlaps(rect(&board, ids[6])));
    assert_eq!(board.get(ids[7]).unwrap().props.frame(), Some(ids[6]));
}

#[test]
fn an_element_belongs_to_the_frame_that_it_is_put_in() {
    let (mut board, ids) = made(&json!([{"kind": "frame", "x": 0, "y": 0, "size": [500, 500]}]));
    let work = json!({"create": [
        {"kind": "rectangle", "x": 50, "y": 50},
        {"kind": "rectangle", "x": 50, "y": 50, "frame": null},
        {"kind": "rectangle", "x": 800, "y": 50},
    ]});
    let new = done_by(&mut board, &seed(2), &work).created;
    let frames = [0, 1, 2].map(|number: usize| board.get(new[number]).unwrap().props.frame());
    assert_eq!(frames, [Some(ids[0]), None, None]);
}

#[test]
fn a_new_frame_takes_what_lies_in_it() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "x": 50, "y": 50},
        {"kind": "rectangle", "x": 450, "y": 50},
        {"kind": "rectangle", "x": 50, "y": 250, "locked": true},
    ]));
    let work = json!({"create": [{"kind": "frame", "x": 0, "y": 0, "size": [500, 500]}]});
    let written = done_by(&mut board, &seed(2), &work);
    let frames = [0, 1, 2].map(|number: usize| board.get(ids[number]).unwrap().props.frame());
    assert_eq!(frames, [Some(written.created[0]), None, None]);
    assert_eq!(written.changed, [ids[0]]);
}

#[test]
fn a_line_that_leads_out_of_a_frame_is_no_member() {
    let (board, ids) = made(&json!([
        {"kind": "arrow", "from": "a", "to": "b"},
        {"kind": "frame", "x": 0, "y": 0, "children": [
            {"kind": "sticky", "id": "a"},
            {"kind": "sticky", "id": "c"},
            {"kind": "arrow", "from": "a", "to": "b"},
            {"kind": "arrow", "from": "a", "to": "c"},
        ]},
        {"kind": "frame", "x": 700, "y": 0, "children": [{"kind": "sticky", "id": "b"}]},
        {"kind": "arrow", "from": "c", "to": "a"},
    ]));
    let frame = |number: usize| board.get(ids[number]).unwrap().props.frame();
    assert_eq!(
        [0, 4, 5, 8].map(frame),
        [None, None, Some(ids[1]), Some(ids[1])]
    );
}

//! Lines that are bound to elements.

use kurbo::Point;
use serde_json::json;
use shared::model::layout::{anchor_point, line_points};
use shared::model::{Anchor, Route};

use crate::{done, done_by, made, rect, seed};

#[test]
fn an_arrow_between_new_elements_ends_at_their_outlines() {
    let (board, ids) = made(&json!([
        {"kind": "arrow", "from": "a", "to": "b", "text": "then", "route": "elbow"},
        {"kind": "rectangle", "id": "a", "text": "Start"},
        {"kind": "ellipse", "id": "b", "text": "End"},
    ]));
    let arrow = board.get(ids[0]).unwrap();
    let to = |id| Anchor {
        to: id,
        at: [0.5; 2],
    };
    assert_eq!(
        (arrow.props.start(), arrow.props.end()),
        (Some(to(ids[1])), Some(to(ids[2])))
    );
    assert_eq!(arrow.props.route(), Route::Elbow);
    let ends = line_points(&board, arrow);
    for (end, id) in [(ends[0], ids[1]), (ends[1], ids[2])] {
        let outline = rect(&board, id);
        let near = outline.inflate(12.0, 12.0).contains(Point::from(end));
        let outside = !outline.inflate(-4.0, -4.0).contains(Point::from(end));
        assert!(near && outside, "{end:?} at {outline:?}");
    }
    // Programs that do not know anchors see the same ends.
    let stored = arrow.props.points();
    let stored = [stored[0], stored[1]].map(|[x, y]| (f64::from(x), f64::from(y)));
    let shown = |place: usize| Point::from(ends[place]) - Point::from(arrow.props.at);
    for (place, (x, y)) in stored.into_iter().enumerate() {
        assert!((shown(place) - kurbo::Vec2::new(x, y)).hypot() < 0.01);
    }
}

#[test]
fn a_line_can_be_bound_to_elements_of_the_board() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0},
        {"kind": "sticky", "x": 400, "y": 0},
    ]));
    let whole = ids[0].to_string();
    let short = ids[1].to_string().split_off(14);
    let work = json!({"create": [{"kind": "line", "from": whole, "to": short}]});
    let line = done_by(&mut board, &seed(2), &work).created[0];
    let ends = line_points(&board, board.get(line).unwrap());
    assert!(ends[0].x > 110.0 && ends[1].x < 410.0, "{ends:?}");
}

#[test]
fn one_end_can_be_free_and_one_element_can_have_both() {
    let (board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0},
        {"kind": "arrow", "from": "a", "points": [[500, 40]]},
        {"kind": "arrow", "from": "a", "to": "a"},
    ]));
    let free = line_points(&board, board.get(ids[1]).unwrap());
    assert_eq!((free[1].x, free[1].y), (500.0, 40.0));
    let own = rect(&board, ids[2]);
    assert!(own.width() > 10.0 && own.height() > 10.0, "{own:?}");
}

#[test]
fn anchors_of_the_format_can_name_words() {
    let (board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0, "size": [100, 100]},
        {"kind": "rectangle", "id": "b", "x": 300, "y": 0, "size": [100, 100]},
        {"kind": "line", "start": {"to": "a", "at": [1, 0.5]}, "end": {"to": "b", "at": [0, 0.5]}},
    ]));
    let line = board.get(ids[2]).unwrap();
    let aim = anchor_point(&board, &line.props.start().unwrap()).unwrap();
    assert_eq!((aim.x, aim.y), (100.0, 50.0));
}

#[test]
fn an_end_can_be_bound_later() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0},
        {"kind": "line", "points": [[0, 0], [500, 500]]},
    ]));
    let id = crate::words(&ids);
    done(&mut board, &json!({"change": [{"id": id[1], "to": id[0]}]}));
    let line = board.get(ids[1]).unwrap();
    assert_eq!(line.props.end().map(|anchor| anchor.to), Some(ids[0]));
    done(&mut board, &json!({"change": [{"id": id[1], "to": null}]}));
    assert_eq!(board.get(ids[1]).unwrap().props.end(), None);
}

//! Elbow arrows whose segments are moved, and arrows around one shape.

use kurbo::ParamCurveNearest as _;
use shared::geometry::{BoardPoint, BoardRect};
use shared::model::layout::{ElbowSegment, elbow_segments, line_path, line_points};
use shared::model::{Anchor, Body, KeptSegment, Outline, Prop, Route};

use super::rig::{ME, OTHER, Rig, boxed, element_id, shape};
use super::row::{double_click, handle, pull, set};
use crate::view::overlay::HandleKind;
use crate::{Command, ToolKind};

/// Two boxes, and the selected elbow arrow 3 from the right side of box 1 to the left side of box 2,
/// which lies to the right and below.
fn elbow() -> Rig {
    let mut rig = Rig::new();
    for (number, rect) in [
        (1, BoardRect::new(100.0, 100.0, 200.0, 200.0)),
        (2, BoardRect::new(500.0, 300.0, 600.0, 400.0)),
    ] {
        rig.put(OTHER, shape(number, Outline::Rectangle, rect));
    }
    let mut arrow = boxed(3, Body::Line, BoardRect::new(200.0, 150.0, 200.0, 150.0));
    let anchor = |to: u64, x: f32| Anchor {
        to: element_id(to),
        at: [x, 0.5],
    };
    for prop in [
        Prop::Size([0.0, 0.0]),
        Prop::Points(vec![[0.0, 0.0], [300.0, 200.0]]),
        Prop::Start(Some(anchor(1, 1.0))),
        Prop::End(Some(anchor(2, 0.0))),
        Prop::Route(Route::Elbow),
    ] {
        arrow.props.set(prop);
    }
    rig.put(ME, arrow);
    rig.select(&[3]);
    rig.log.clear();
    rig
}

fn segments(rig: &Rig) -> Vec<ElbowSegment> {
    elbow_segments(&rig.board, rig.element(3))
}

/// The x of the only vertical segment.
fn vertical(rig: &Rig) -> f64 {
    let all = segments(rig);
    let mut vertical = all.iter().filter(|one| one.from.x == one.to.x);
    let only = vertical.next().unwrap();
    assert!(vertical.next().is_none(), "{all:?}");
    only.from.x
}

#[test]
fn a_moved_segment_stays_while_shapes_are_moved() {
    let mut rig = elbow();
    assert_eq!(vertical(&rig), 350.0);
    pull(&mut rig, HandleKind::Segment(1), (60.0, 5.0));
    assert_eq!(rig.said(), "commit(set)");
    assert_eq!(vertical(&rig), 410.0);
    set(&mut rig, 2, Prop::At(BoardPoint::new(520.0, 330.0)));
    set(&mut rig, 1, Prop::At(BoardPoint::new(80.0, 130.0)));
    assert_eq!(vertical(&rig), 410.0);
    // Where the shape is in its way, the line leads around it and still follows the segment.
    set(&mut rig, 2, Prop::At(BoardPoint::new(320.0, 330.0)));
    let moved = segments(&rig).into_iter().find(|segment| segment.is_kept);
    assert_eq!(moved.unwrap().from.x, 410.0);
    rig.run(Command::UNDO);
    assert!(segments(&rig).iter().all(|segment| !segment.is_kept));
}

#[test]
fn a_moved_segment_can_be_moved_again_and_others_too() {
    let mut rig = elbow();
    pull(&mut rig, HandleKind::Segment(1), (60.0, 0.0));
    pull(&mut rig, HandleKind::Segment(1), (-100.0, 0.0));
    assert_eq!(vertical(&rig), 310.0);
    assert_eq!(rig.element(3).props.kept_segments().len(), 1);
    // The first segment, which leaves the box, goes down and gets a bend.
    pull(&mut rig, HandleKind::Segment(0), (0.0, 60.0));
    let kept = rig.element(3).props.kept_segments();
    assert_eq!(
        kept,
        [KeptSegment::Horizontal(60.0), KeptSegment::Vertical(110.0)]
    );
    let first = &segments(&rig)[0];
    assert_eq!((first.from.y, first.to.y), (150.0, 150.0));
}

#[test]
fn a_double_press_gives_a_moved_segment_back() {
    let mut rig = elbow();
    pull(&mut rig, HandleKind::Segment(1), (60.0, 0.0));
    let (x, y) = handle(&rig, HandleKind::Segment(1));
    double_click(&mut rig, x, y);
    assert_eq!(vertical(&rig), 350.0);
    assert_eq!(rig.element(3).props.kept_segments(), []);
}

#[test]
fn moved_segments_go_with_both_shapes_and_with_copies() {
    let mut rig = elbow();
    pull(&mut rig, HandleKind::Segment(1), (60.0, 0.0));
    rig.select(&[1, 2]);
    rig.draw(&[(100.0, 120.0), (130.0, 130.0), (140.0, 120.0)]);
    assert_eq!(rig.element(1).props.at, BoardPoint::new(140.0, 100.0));
    assert_eq!(vertical(&rig), 450.0);
    rig.select(&[1, 2, 3]);
    rig.run(Command::DUPLICATE);
    let lines = rig.board.elements().filter(|it| it.body == Body::Line);
    let lines: Vec<_> = lines.cloned().collect();
    let copy = lines.iter().find(|line| line.id != element_id(3)).unwrap();
    let by = copy.props.at.x - rig.element(3).props.at.x;
    assert!(by > 0.0);
    let all = elbow_segments(&rig.board, copy);
    assert_eq!(all[1].from.x, 450.0 + by);
}

#[test]
fn a_moved_segment_stays_when_an_end_is_dragged_away() {
    let mut rig = elbow();
    pull(&mut rig, HandleKind::Segment(1), (60.0, 0.0));
    let (x, y) = handle(&rig, HandleKind::Point(0));
    rig.draw(&[(x, y), (x + 50.0, y + 100.0), (x + 50.0, 500.0)]);
    assert_eq!(rig.element(3).props.start(), None);
    let moved = segments(&rig).into_iter().find(|segment| segment.is_kept);
    assert_eq!(moved.unwrap().from.x, 410.0);
}

/// A hollow box, and the arrow that a tool drew from its right side to its upper side.
fn around(tool: ToolKind, route: Route) -> Rig {
    let mut rig = Rig::new();
    let rect = BoardRect::new(200.0, 200.0, 400.0, 340.0);
    rig.put(OTHER, shape(1, Outline::Rectangle, rect));
    let mut styles = *rig.editor.styles();
    styles.of_mut(tool).route = route;
    rig.editor.set_styles(styles);
    rig.pick(tool);
    rig.draw(&[(398.0, 270.0), (450.0, 150.0), (300.0, 202.0)]);
    rig
}

#[test]
fn an_arrow_around_one_shape_is_a_loop_that_follows_it() {
    for route in [Route::Straight, Route::Curved, Route::Elbow] {
        let mut rig = around(ToolKind::Arrow, route);
        let arrow = rig.newest();
        let ends = [arrow.props.start(), arrow.props.end()];
        let on = ends.map(|end| end.map(|anchor| anchor.to));
        assert_eq!(on, [Some(element_id(1)); 2], "{route:?}");
        let path = line_path(&rig.board, &arrow);
        let handles = rig.editor.overlay(rig.now, &rig.board).handles;
        assert!(handles.len() > 2, "{route:?}");
        for handle in handles {
            let pieces = path.segments();
            let away = pieces.map(|piece| piece.nearest(handle.at.into(), 0.01).distance_sq);
            let away = away.fold(f64::INFINITY, f64::min);
            assert!(away < 0.25, "{route:?}: {handle:?}");
        }
        let bounds = |rig: &Rig| shared::model::layout::bounds(&rig.board, &rig.newest());
        let before = bounds(&rig);
        // It leads around the upper right corner of the box.
        assert!(before.x1 > 420.0 && before.y0 < 180.0, "{before:?}");
        set(&mut rig, 1, Prop::At(BoardPoint::new(250.0, 230.0)));
        let after = bounds(&rig);
        assert!((after.x1 - before.x1 - 50.0).abs() < 1e-6);
        assert!((after.y0 - before.y0 - 30.0).abs() < 1e-6);
        let points = line_points(&rig.board, &rig.newest());
        assert!(points[0].x > 450.0 && points[1].y < 230.0, "{points:?}");
    }
}

#[test]
fn an_end_that_is_dragged_to_the_shape_of_the_other_makes_a_loop() {
    let mut rig = around(ToolKind::Arrow, Route::Elbow);
    let (x, y) = handle(&rig, HandleKind::Point(1));
    rig.draw(&[(x, y), (100.0, 100.0), (50.0, 100.0)]);
    assert_eq!(rig.newest().props.end(), None);
    rig.draw(&[(50.0, 100.0), (150.0, 250.0), (201.0, 270.0)]);
    let end = rig.newest().props.end().unwrap();
    assert_eq!(end.to, element_id(1));
    assert!(end.at[0] < 0.02, "{end:?}");
}

#[test]
fn a_line_across_a_shape_stays_free() {
    let rig = around(ToolKind::Line, Route::Straight);
    let line = rig.newest();
    assert_eq!((line.props.start(), line.props.end()), (None, None));
}

//! The handles of lines are on the lines, for each route.

use kurbo::ParamCurveNearest as _;
use shared::geometry::BoardRect;
use shared::model::layout::line_path;
use shared::model::{Anchor, Body, Outline, Prop, Route};

use super::rig::{ME, Rig, boxed, element_id, shape};
use crate::view::overlay::{Handle, HandleKind};

/// A selected line through four points, bound to two boxes by its ends.
fn bound(route: Route, inner: &[[f32; 2]]) -> Rig {
    let mut rig = Rig::new();
    let boxes = [
        (1, BoardRect::new(300.0, 100.0, 400.0, 200.0)),
        (2, BoardRect::new(600.0, 300.0, 700.0, 400.0)),
    ];
    for (number, rect) in boxes {
        rig.put(ME, shape(number, Outline::Rectangle, rect));
    }
    let mut line = boxed(3, Body::Line, BoardRect::new(350.0, 150.0, 350.0, 150.0));
    let mut points = vec![[0.0, 0.0]];
    points.extend(inner);
    points.push([300.0, 200.0]);
    let anchor = |to: u64| Anchor {
        to: element_id(to),
        at: [0.5, 0.5],
    };
    line.props.set(Prop::Size([0.0, 0.0]));
    line.props.set(Prop::Points(points));
    line.props.set(Prop::Start(Some(anchor(1))));
    line.props.set(Prop::End(Some(anchor(2))));
    line.props.set(Prop::Route(route));
    rig.put(ME, line);
    rig.select(&[3]);
    rig
}

fn handles(rig: &Rig) -> Vec<Handle> {
    rig.editor.overlay(rig.now, &rig.board).handles
}

#[test]
fn all_handles_of_a_line_are_on_it() {
    for route in [Route::Straight, Route::Curved, Route::Elbow] {
        for inner in [&[][..], &[[100.0, 150.0], [250.0, 20.0]]] {
            let rig = bound(route, inner);
            let path = line_path(&rig.board, rig.element(3));
            let away = |handle: &Handle| {
                let pieces = path.segments();
                let ways = pieces.map(|piece| piece.nearest(handle.at.into(), 0.01).distance_sq);
                ways.fold(f64::INFINITY, f64::min).sqrt()
            };
            let found = handles(&rig);
            assert!(found.len() >= inner.len() + 2, "{route:?}");
            for handle in found {
                let far = away(&handle);
                assert!(far < 0.1, "{route:?}: {handle:?} is {far} px away");
            }
        }
    }
}

#[test]
fn the_tip_of_an_elbow_is_dragged_and_its_other_end_stays() {
    let mut rig = bound(Route::Elbow, &[]);
    let path = line_path(&rig.board, rig.element(3));
    let tip = path.elements().last().and_then(kurbo::PathEl::end_point);
    let tip = tip.unwrap();
    rig.draw(&[(tip.x, tip.y), (500.0, 450.0), (500.0, 500.0)]);
    let props = &rig.element(3).props;
    assert_eq!(props.start().map(|start| start.to), Some(element_id(1)));
    assert_eq!(props.end(), None);
    let end = handles(&rig)
        .into_iter()
        .find(|handle| handle.kind == HandleKind::Point(1));
    let end = end.unwrap().at;
    assert_eq!((end.x, end.y), (500.0, 500.0));
}

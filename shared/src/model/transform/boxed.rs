//! Moving, scaling and rotating boxes, which may grow with their text.

use std::f64::consts::PI;

use kurbo::{Point, Size, Vec2};

use super::{Transform, apply_linear, expected_angle, normalized};
use crate::limits::{MAX_COORD, MAX_TEXT_SIZE, MIN_TEXT_SIZE};
use crate::model::element::{Body, Element, Outline};
use crate::model::layout::BoxLayout;
use crate::model::prop::Prop;
use crate::model::text_layout::{box_size, overhang};

/// Least width and height of a box after scaling, in board units.
const MIN_BOX_SIZE: f64 = 1.0e-3;
/// A place counts as one on the edge of a box if it is at most this far outside, as a part of the
/// box's size.
const ON_EDGE: f64 = 1.0e-3;

/// Transforms a box. A place of it goes where the transform takes it; around that place the box may
/// be larger, because its text needs room.
pub(super) fn transformed_box(element: &Element, transform: &Transform) -> Vec<Prop> {
    let Some(place) = BoxLayout::of(element) else {
        return Vec::new();
    };
    let before = place.size;
    let map = transform.affine() * place.to_board;
    let (right, down) = (
        apply_linear(map, Vec2::new(1.0, 0.0)),
        apply_linear(map, Vec2::new(0.0, 1.0)),
    );
    let angle = box_angle(element, transform, down);
    let mut props = match transform {
        Transform::Move(_) | Transform::Rotate { .. } => Vec::new(),
        Transform::Scale { .. } => scaled_size(element, before, (right.hypot(), down.hypot())),
    };
    props.push(Prop::Angle(normalized(angle)));
    if let Body::Path(_) | Body::Image = element.body {
        props.push(mirrored(element, angle, (right, down)));
    }
    let mut after = element.clone();
    props.iter().for_each(|prop| after.props.set(prop.clone()));
    let size = box_size(&after);
    let axes = [Vec2::from_angle(angle), Vec2::from_angle(angle + PI / 2.0)];
    let mirrored = [axes[0].dot(right) < 0.0, axes[1].dot(down) < 0.0];
    let [x, y] = held_place(&place, transform, mirrored);
    let held = map * Point::new(x * before.width, y * before.height);
    let to_middle = |part: f64, mirrored: bool| if mirrored { part - 0.5 } else { 0.5 - part };
    let middle = held
        + axes[0] * (to_middle(x, mirrored[0]) * size.width)
        + axes[1] * (to_middle(y, mirrored[1]) * size.height);
    let corner = middle - Vec2::new(size.width, size.height) / 2.0;
    props.push(Prop::At((corner + overhang(&after, size)).into()));
    props
}

/// The place of a box that goes exactly where a transform takes it, as parts of the box's size. It
/// is the middle of the edge that is the upper one afterwards; but a shape may become wider than the
/// transform makes it, and is held where the transform is.
fn held_place(place: &BoxLayout<'_>, transform: &Transform, mirrored: [bool; 2]) -> [f64; 2] {
    let Transform::Scale { about, .. } = *transform else {
        return [0.5, 0.0];
    };
    let top = if mirrored[1] { 1.0 } else { 0.0 };
    if !matches!(place.element().body, Body::Shape(_)) {
        return [0.5, top];
    }
    let own = place.to_board.inverse() * Point::from(about);
    let part = |at: f64, whole: f64, otherwise: f64| {
        let part = at / whole;
        // A box that is scaled together with others may lie far away from the place that stays.
        let is_within = (-ON_EDGE..=1.0 + ON_EDGE).contains(&part);
        if is_within { part } else { otherwise }
    };
    [
        part(own.x, place.size.width, 0.5),
        part(own.y, place.size.height, top),
    ]
}

/// The scale of a path or image whose own axes go to `right` and `down` while its box has a new angle: an
/// axis that points the other way mirrors it within its box.
fn mirrored(element: &Element, angle: f64, (right, down): (Vec2, Vec2)) -> Prop {
    let own = |turn: f64| Vec2::from_angle(angle + turn);
    let sign = |axis: Vec2, own: Vec2| if axis.dot(own) < 0.0 { -1.0 } else { 1.0 };
    let [x, y] = element.props.scale().map(f32::signum);
    Prop::Scale([x * sign(right, own(0.0)), y * sign(down, own(PI / 2.0))])
}

/// The angle of a box after a transform that maps its downward axis to `down`.
fn box_angle(element: &Element, transform: &Transform, down: Vec2) -> f64 {
    let expected = expected_angle(f64::from(element.props.angle()), transform);
    let angle = down.atan2() - PI / 2.0;
    match (&element.body, transform) {
        (_, Transform::Move(_) | Transform::Rotate { .. }) => expected,
        // A triangle looks different upside down, so the angle must allow that.
        (Body::Shape(Outline::Triangle), Transform::Scale { .. }) => angle,
        (_, Transform::Scale { .. }) if (angle - expected).cos() < 0.0 => angle + PI,
        (_, Transform::Scale { .. }) => angle,
    }
}

/// The size of a box that is scaled by factors along its own axes.
fn scaled_size(element: &Element, size: Size, (x, y): (f64, f64)) -> Vec<Prop> {
    let bounded = |value: f64| value.clamp(MIN_BOX_SIZE, MAX_COORD) as f32;
    let wide = bounded(size.width * x);
    if !matches!(element.body, Body::Text) {
        return vec![Prop::Size([wide, bounded(size.height * y)])];
    }
    let wraps = element.props.size()[0] > 0.0;
    let only_width = (y - 1.0).abs() < 1.0e-6 && (x - 1.0).abs() > 1.0e-6;
    if only_width {
        return vec![Prop::Size([wide, 0.0])];
    }
    let text_size = f64::from(element.props.text_size()) * y;
    let text_size = (text_size as f32).clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE);
    let width = if wraps { wide } else { 0.0 };
    vec![Prop::TextSize(text_size), Prop::Size([width, 0.0])]
}

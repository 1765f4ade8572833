//! The elements of a scene, in its order, and which lines are bound to which of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::id::ElementId;
use shared::model::{Board, Body, Element, Outline, Scope};
use shared::paint::PictureAddresses;

use super::drawing::{Drawing, Drawn};
use super::{boxes, images, ink, lines, paths, text};

/// The elements of a scene from the bottom to the top, its files, and everything that it lacks.
pub(super) fn drawn(
    board: &Board,
    scope: &Scope,
    pictures: Option<&dyn PictureAddresses>,
) -> Drawn {
    let all = scope.elements(board);
    let mut drawing = Drawing::new(board, &all, pictures);
    for element in in_their_order(&all) {
        add(element, &mut drawing);
    }
    drawing.finish()
}

/// Excalidraw wants the members of a frame together, below their frame. The frame stays at its
/// place, so all of it stands there.
fn in_their_order<'a>(all: &[&'a Arc<Element>]) -> Vec<&'a Arc<Element>> {
    let frames = all.iter().filter(|it| matches!(it.body, Body::Frame));
    let frames: BTreeSet<ElementId> = frames.map(|it| it.id).collect();
    let frame_of = |element: &Element| element.props.frame().filter(|it| frames.contains(it));
    let mut members: BTreeMap<ElementId, Vec<&Arc<Element>>> = BTreeMap::new();
    let mut order = Vec::with_capacity(all.len());
    for element in all {
        if let Some(frame) = frame_of(element) {
            members.entry(frame).or_default().push(element);
        }
    }
    for element in all.iter().filter(|it| frame_of(it).is_none()) {
        order.extend(members.remove(&element.id).unwrap_or_default());
        order.push(*element);
    }
    order
}

fn add(element: &Element, drawing: &mut Drawing<'_>) {
    match &element.body {
        Body::Stroke(stroke) => ink::add(element, stroke.brush, drawing),
        Body::Line => lines::add(element, drawing),
        Body::Text => text::add_free(element, drawing),
        Body::Shape(Outline::Triangle) | Body::Path(_) => paths::add(element, drawing),
        Body::Shape(outline) => boxes::add_shape(element, *outline, drawing),
        Body::Sticky { .. } => boxes::add_sticky(element, drawing),
        Body::Frame => boxes::add_frame(element, drawing),
        Body::Image => images::add(element, drawing),
    }
}

//! Shapes in shapes: groups and frames, with their members in the order of the stack.

use std::collections::{HashMap, HashSet};

use kurbo::{Affine, Vec2};
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_GROUPS;

use super::records::Record;
use crate::ids::id;

/// A shape with everything that it has from the shapes around it.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    pub(super) record: &'a Record,
    pub(super) id: ElementId,
    /// Maps its own coordinates to those of the page.
    pub(super) to_page: Affine,
    /// Its rotation on the page, in radians.
    pub(super) angle: f64,
    /// 0 to 1.
    pub(super) opacity: f64,
    /// The groups it is in, the outermost first.
    pub(super) groups: Vec<GroupId>,
    pub(super) frame: Option<ElementId>,
}

/// All shapes on a page, or all shapes that lie in no other one, with everything in them: from the
/// bottom of the stack up. Frames come before their members.
pub(super) fn in_order<'a>(shapes: &'a [Record], page: Option<&str>) -> Vec<Placed<'a>> {
    let known: HashSet<&str> = shapes.iter().map(|shape| shape.id.as_str()).collect();
    let mut members: HashMap<&str, Vec<(usize, &Record)>> = HashMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let parent = shape.parent_id.as_str();
        let is_root = page.map_or(!known.contains(parent), |page| parent == page);
        let parent = if is_root { "" } else { parent };
        members.entry(parent).or_default().push((number + 1, shape));
    }
    for all in members.values_mut() {
        all.sort_by(|(_, a), (_, b)| a.index.cmp(&b.index));
        // The last one is visited first.
        all.reverse();
    }
    let mut waiting: Vec<Placed<'_>> = Vec::new();
    let roots = members.remove("").unwrap_or_default();
    waiting.extend(
        roots
            .into_iter()
            .map(|(number, it)| Placed::new(number, it, None)),
    );
    let mut order = Vec::new();
    while let Some(shape) = waiting.pop() {
        // Each member is taken once, so shapes that contain each other are no endless loop.
        let inner = members.remove(shape.record.id.as_str()).unwrap_or_default();
        let inner = inner.into_iter();
        waiting.extend(inner.map(|(number, it)| Placed::new(number, it, Some(&shape))));
        order.push(shape);
    }
    order
}

impl<'a> Placed<'a> {
    fn new(number: usize, record: &'a Record, parent: Option<&Self>) -> Self {
        let own =
            Affine::translate(Vec2::new(record.x, record.y)) * Affine::rotate(record.rotation);
        let mut placed = Self {
            record,
            id: id(number),
            to_page: own,
            angle: record.rotation,
            opacity: record.opacity.unwrap_or(1.0),
            groups: Vec::new(),
            frame: None,
        };
        if let Some(parent) = parent {
            placed.to_page = parent.to_page * own;
            placed.angle += parent.angle;
            placed.opacity *= parent.opacity;
            placed.groups.clone_from(&parent.groups);
            placed.frame = parent.frame;
            if parent.record.kind == "frame" {
                placed.frame = Some(parent.id);
            }
            if parent.record.kind == "group" && placed.groups.len() < MAX_GROUPS {
                let group = GroupId::from_bytes(*parent.id.as_bytes());
                placed.groups.push(group);
            }
        }
        placed
    }
}

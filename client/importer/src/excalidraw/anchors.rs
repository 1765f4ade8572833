//! The ends of lines that are bound to elements.

use kurbo::Point;
use shared::model::{Anchor, Outline};

use super::drawn::{Binding, Drawn};
use super::elements::Scene;

/// An end whose line comes from outside and passes this near to the middle of an element aims at the
/// middle.
const MIDDLE: f64 = 0.02;
/// How far inside an element the aim of an end lies, as a part of the element's shorter side. An aim on
/// the outline itself might be beside a round corner.
const INSIDE: f64 = 0.15;

impl Scene<'_> {
    /// The anchor of the end at the first of the points: the middle of the element it is bound to, or
    /// the point that the scene names, or one that the last segment would meet inside the element.
    pub(super) fn anchor(
        &self,
        it: &Drawn,
        binding: Option<&Binding>,
        points: &[Point],
    ) -> Option<Anchor> {
        let binding = binding?;
        let (target, to) = self.by_id.get(binding.element_id.as_str())?;
        target
            .outline()
            .or(matches!(target.kind.as_str(), "text" | "frame" | "image")
                .then_some(Outline::Rectangle))?;
        if self.is_label(target) {
            return None;
        }
        let box_of = target.rect();
        let [end, before, ..] = points else {
            return None;
        };
        let ahead = binding.gap.unwrap_or(0.0) + INSIDE * box_of.width().min(box_of.height());
        let onwards = (*end - *before).normalize() * ahead;
        let origin = Point::new(it.x, it.y).to_vec2();
        let at = *end + onwards + origin;
        let is_inside = box_of.contains(*before + origin);
        let ahead = [
            (at.x - box_of.x0) / box_of.width(),
            (at.y - box_of.y0) / box_of.height(),
        ];
        let part = |value: f64| {
            if value.is_finite() {
                value.clamp(0.0, 1.0) as f32
            } else {
                0.5
            }
        };
        let at = match (binding.fixed_point.as_deref(), binding.focus) {
            (Some([x, y]), _) => [part(*x), part(*y)],
            (_, Some(focus)) if focus.abs() < MIDDLE && !is_inside => [0.5, 0.5],
            _ => ahead.map(part),
        };
        Some(Anchor { to: *to, at })
    }
}

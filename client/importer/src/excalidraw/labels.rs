//! Texts: free ones, and the labels of shapes and arrows.

use std::collections::{HashMap, HashSet};

use editor::board_of;
use kurbo::{Affine, Point, Vec2};
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::limits::{MAX_TEXT_SIZE, MIN_TEXT_SIZE};
use shared::model::layout::text_position_at;
use shared::model::text_layout::box_size;
use shared::model::{Align, Body, Element, Filling, Font, Marks, NewElement, Prop};

use super::drawn::Drawn;
use super::elements::{ById, Scene};
use crate::ids::AUTHOR;
use crate::rich_text::typed;

/// The labels of shapes and arrows, by the ids of these. A shape has its text in the middle here, so
/// texts at its edges are no labels.
pub(super) fn labels_of<'a>(drawn: &'a [Drawn], by_id: &ById<'a>) -> HashMap<&'a str, &'a Drawn> {
    let labels = drawn.iter().filter_map(|it| {
        let container = it.container_id.as_deref()?;
        let (holder, _) = by_id.get(container)?;
        let holds = match holder.outline() {
            Some(_) => !it.is_at_edge(),
            None => holder.is_line(),
        };
        (it.kind == "text" && holds).then_some((container, it))
    });
    labels.collect()
}

/// The place of the label of a line with these corners: the middle one, or the middle of the segment
/// in the middle. Excalidraw paints it there; the position that the label has in its files is often
/// out of date. `None` for a line of two corners, whose label is in the middle anyway.
pub(super) fn label_place(corners: &[Point]) -> Option<Point> {
    let half = corners.len() / 2;
    let [before, after] = [half.checked_sub(1)?, half].map(|number| corners.get(number));
    let (before, after) = before.zip(after)?;
    match corners.len() {
        ..=2 => None,
        odd if odd % 2 == 1 => Some(*after),
        _ => Some(before.midpoint(*after)),
    }
}

/// Puts the labels of lines at their places.
pub(super) fn place_labels(elements: &mut [NewElement], middles: &HashMap<ElementId, BoardPoint>) {
    if middles.is_empty() {
        return;
    }
    let board = board_of(elements, AUTHOR);
    for new in elements {
        if let (Some(middle), Some(line)) = (middles.get(&new.id), board.get(new.id)) {
            let part = text_position_at(&board, line, *middle);
            new.props.set(Prop::TextPosition(part));
        }
    }
}

/// The shapes with a text at an edge. The two are one group.
pub(super) fn shapes_with_texts<'a>(drawn: &'a [Drawn], by_id: &ById<'a>) -> HashSet<&'a str> {
    let texts = drawn
        .iter()
        .filter(|it| it.kind == "text" && it.is_at_edge());
    let shapes = texts.filter_map(|it| by_id.get_key_value(it.container_id.as_deref()?));
    let shapes = shapes.filter(|(_, (it, _))| it.outline().is_some());
    shapes.map(|(id, _)| *id).collect()
}

impl<'a> Scene<'a> {
    pub(super) fn is_label(&self, it: &Drawn) -> bool {
        let label = it
            .container_id
            .as_deref()
            .and_then(|id| self.labels.get(id));
        label.is_some_and(|label| std::ptr::eq(*label, it))
    }

    pub(super) fn text(&mut self, it: &'a Drawn) {
        let mut props = self.props(it);
        self.set_box(&mut props, it);
        let [width, _] = props.size();
        props.set(Prop::Size([0.0, 0.0]));
        props.set(Prop::Filling(Filling::None));
        let mut new = NewElement::new(self.id_of(it), props, Body::Text);
        if it.auto_resize == Some(false) || it.container_id.is_some() {
            let width = width.max(self.width_of_lines(&new, it));
            new.props.set(Prop::Size([width, 0.0]));
        }
        self.write(&mut new, it);
        self.keep_side(&mut new, it);
        if !new.text.is_empty() {
            self.elements.push(new);
        }
    }

    /// Keeps a text at its place: its upper edge, and the side or the middle to which the lines are aligned,
    /// although our letters have other widths.
    fn keep_side(&self, new: &mut NewElement, it: &Drawn) {
        let given = it.rect().size() * self.unit;
        if given.width <= 0.0 || given.height <= 0.0 {
            return;
        }
        let from_middle = match new.props.align() {
            Align::Start => -0.5,
            Align::Center => 0.0,
            Align::End => 0.5,
        };
        let own = box_size(&Element::new(new.clone(), AUTHOR));
        // A text is rotated about its middle.
        let way = Vec2::new(
            from_middle * (given.width - own.width),
            -0.5 * (given.height - own.height),
        );
        let middle = it.rect().center().to_vec2() * self.unit
            + (Affine::rotate(it.angle) * way.to_point()).to_vec2();
        new.props.at = (middle - own.to_vec2() / 2.0).to_point().into();
    }

    /// The width that the lines of a text need here, as Excalidraw has wrapped them. Our letters may be
    /// wider than its letters, and the text wraps at the same words.
    fn width_of_lines(&mut self, new: &NewElement, it: &Drawn) -> f32 {
        let mut wrapped = new.clone();
        self.write_words(&mut wrapped, it, it.text.as_deref());
        // Rounding up, so that the longest line has its room.
        box_size(&Element::new(wrapped, AUTHOR)).width.ceil() as f32
    }

    /// Gives an element the words of a text and their style.
    pub(super) fn write(&mut self, new: &mut NewElement, label: &Drawn) {
        self.write_words(new, label, label.words());
    }

    fn write_words(&mut self, new: &mut NewElement, label: &Drawn, words: Option<&str>) {
        let size = (label.font_size.unwrap_or(20.0) * self.unit) as f32;
        new.props
            .set(Prop::TextSize(size.clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE)));
        new.props
            .set(Prop::Font(match label.font_family.unwrap_or(5.0) as i64 {
                1 | 5 => Font::Handwriting,
                3 | 8 => Font::Mono,
                _ => Font::Sans,
            }));
        new.props
            .set(Prop::Align(match label.text_align.as_deref() {
                Some("center") => Align::Center,
                Some("right") => Align::End,
                _ => Align::Start,
            }));
        let spans = vec![(words.unwrap_or_default().to_owned(), Marks::NONE)];
        new.text = typed(spans, &mut self.report).unwrap_or_default();
    }
}

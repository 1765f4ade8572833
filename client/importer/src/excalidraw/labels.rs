//! Texts: free ones, and the labels of shapes and arrows.

use std::collections::HashMap;

use editor::board_of;
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::limits::{MAX_TEXT_SIZE, MIN_TEXT_SIZE};
use shared::model::layout::text_position_at;
use shared::model::{Align, Body, Filling, Font, Marks, NewElement, Prop};

use super::drawn::Drawn;
use super::elements::{ById, Scene};
use crate::ids::AUTHOR;
use crate::rich_text::typed;

/// The labels of shapes and arrows, by the ids of these.
pub(super) fn labels_of<'a>(drawn: &'a [Drawn], by_id: &ById<'a>) -> HashMap<&'a str, &'a Drawn> {
    let labels = drawn.iter().filter_map(|it| {
        let container = it.container_id.as_deref()?;
        let (holder, _) = by_id.get(container)?;
        let holds = holder.outline().is_some() || holder.is_line();
        (it.kind == "text" && holds).then_some((container, it))
    });
    labels.collect()
}

/// Puts the labels of lines where the scene has them.
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
        let wraps = it.auto_resize == Some(false);
        let [width, _] = props.size();
        props.set(Prop::Size([if wraps { width } else { 0.0 }, 0.0]));
        props.set(Prop::Filling(Filling::None));
        let mut new = NewElement::new(self.id_of(it), props, Body::Text);
        self.write(&mut new, it);
        if !new.text.is_empty() {
            self.elements.push(new);
        }
    }

    /// Gives an element the words of a text and their style.
    pub(super) fn write(&mut self, new: &mut NewElement, label: &Drawn) {
        let text = label.original_text.as_deref().or(label.text.as_deref());
        let text = text.unwrap_or_default();
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
        let spans = vec![(text.to_owned(), Marks::NONE)];
        new.text = typed(spans, &mut self.report).unwrap_or_default();
    }
}

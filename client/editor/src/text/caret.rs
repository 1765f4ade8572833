//! The caret and the marked text, and how keys and presses move them.
//!
//! Both are stored as ids of characters, so they stay in place while others type.

use std::ops::Range;

use shared::model::{CharId, RichText};
use shared::typeset::{Affinity, CaretStop, Layout, Toward, next_word, previous_word};

use crate::input::Key;

/// The marked part of a text, or the caret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextRange {
    /// The character before the end that stays while the other is moved.
    anchor: Option<CharId>,
    /// The character before the end that moves.
    focus: Option<CharId>,
    /// The character that the moving end stands at, where two directions meet.
    affinity: Affinity,
}

/// A key that moves the caret on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Up,
    Down,
    Home,
    End,
    /// One cluster to a side.
    Cluster(Toward),
    /// One word to a side.
    Word(Toward),
}

impl Step {
    /// The step that a key makes. Alt with an arrow belongs to the browser or to the text field.
    pub(crate) fn of(key: &Key) -> Option<Self> {
        let held = key.modifiers;
        let side = match key.key.as_str() {
            "ArrowLeft" => Some(Toward::Left),
            "ArrowRight" => Some(Toward::Right),
            _ => None,
        };
        match (key.key.as_str(), side) {
            _ if held.alt || held.meta => None,
            (_, Some(side)) if held.ctrl => Some(Self::Word(side)),
            (_, Some(side)) => Some(Self::Cluster(side)),
            _ if held.ctrl => None,
            ("ArrowUp", _) => Some(Self::Up),
            ("ArrowDown", _) => Some(Self::Down),
            ("Home", _) => Some(Self::Home),
            ("End", _) => Some(Self::End),
            _ => None,
        }
    }

    /// Whether the text field makes the step just as well in text of one direction.
    pub(crate) const fn is_sideways(self) -> bool {
        matches!(self, Self::Cluster(_) | Self::Word(_))
    }
}

impl TextRange {
    /// The caret behind a character.
    pub(crate) const fn at(id: Option<CharId>) -> Self {
        Self {
            anchor: id,
            focus: id,
            affinity: Affinity::Upstream,
        }
    }

    /// From one place to another.
    pub(crate) fn between(text: &RichText, anchor: usize, focus: CaretStop) -> Self {
        Self {
            anchor: text.id_before(anchor),
            focus: text.id_before(focus.index),
            affinity: focus.affinity,
        }
    }

    /// Takes over the two ends that the field reports. The end that moved becomes the focus.
    pub(super) fn taken(self, start: Option<CharId>, end: Option<CharId>) -> Self {
        let backward = end == self.anchor && start != self.anchor;
        let (anchor, focus) = if backward { (end, start) } else { (start, end) };
        Self {
            anchor,
            focus,
            affinity: Affinity::Upstream,
        }
    }

    /// The places of the end that stays and of the end that moves.
    pub(crate) fn places(self, text: &RichText) -> (usize, usize) {
        let place = |id: Option<CharId>| id.and_then(|id| text.position_behind(id)).unwrap_or(0);
        (place(self.anchor), place(self.focus))
    }

    /// The caret at the end that moves.
    pub(crate) fn stop(self, text: &RichText) -> CaretStop {
        CaretStop {
            index: self.places(text).1,
            affinity: self.affinity,
        }
    }

    pub(super) fn range(self, text: &RichText) -> Range<usize> {
        let (anchor, focus) = self.places(text);
        anchor.min(focus)..anchor.max(focus)
    }
}

/// The place that a step moves the caret to, and the horizontal place that it tries to keep.
pub(crate) fn stepped(
    layout: &Layout,
    from: CaretStop,
    goal: Option<f64>,
    step: Step,
) -> (CaretStop, Option<f64>) {
    let goal = goal.unwrap_or_else(|| layout.caret(from).x);
    match step {
        Step::Up => (layout.stop_below(from.index, goal, -1), Some(goal)),
        Step::Down => (layout.stop_below(from.index, goal, 1), Some(goal)),
        Step::Home => (layout.line_ends(from.index).0, None),
        Step::End => (layout.line_ends(from.index).1, None),
        Step::Cluster(side) => (layout.stop_toward(from, side), None),
        Step::Word(side) => {
            let is_forward = (side == Toward::Right) != layout.is_rtl_at(from.index);
            let to = if is_forward {
                next_word(layout.text(), from.index)
            } else {
                previous_word(layout.text(), from.index)
            };
            (CaretStop::upstream(to), None)
        }
    }
}

/// The end of a marked range that an arrow key goes to.
pub(crate) fn end_toward(layout: &Layout, range: &Range<usize>, side: Toward) -> CaretStop {
    let is_forward = (side == Toward::Right) != layout.is_rtl_at(range.start);
    let index = if is_forward { range.end } else { range.start };
    CaretStop::upstream(index)
}

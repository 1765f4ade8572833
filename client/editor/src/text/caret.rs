//! The caret and the marked text, and how keys and presses move them.
//!
//! Both are stored as ids of characters, so they stay in place while others type.

use std::ops::Range;

use shared::model::{CharId, RichText};
use shared::typeset::Layout;

/// The marked part of a text, or the caret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextRange {
    /// The character before the end that stays while the other is moved.
    anchor: Option<CharId>,
    /// The character before the end that moves.
    focus: Option<CharId>,
}

/// A key that moves the caret by lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Up,
    Down,
    Home,
    End,
}

impl Step {
    /// The step that a key makes.
    pub(crate) fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "Home" => Some(Self::Home),
            "End" => Some(Self::End),
            _ => None,
        }
    }
}

impl TextRange {
    /// The caret behind a character.
    pub(crate) const fn at(id: Option<CharId>) -> Self {
        Self {
            anchor: id,
            focus: id,
        }
    }

    /// From one place to another.
    pub(crate) fn between(text: &RichText, anchor: usize, focus: usize) -> Self {
        Self {
            anchor: text.id_before(anchor),
            focus: text.id_before(focus),
        }
    }

    /// Takes over the two ends that the field reports. The end that moved becomes the focus.
    pub(super) fn taken(self, start: Option<CharId>, end: Option<CharId>) -> Self {
        let backward = end == self.anchor && start != self.anchor;
        let (anchor, focus) = if backward { (end, start) } else { (start, end) };
        Self { anchor, focus }
    }

    /// The places of the end that stays and of the end that moves.
    pub(crate) fn places(self, text: &RichText) -> (usize, usize) {
        let place = |id: Option<CharId>| id.and_then(|id| text.position_behind(id)).unwrap_or(0);
        (place(self.anchor), place(self.focus))
    }

    pub(super) fn range(self, text: &RichText) -> Range<usize> {
        let (anchor, focus) = self.places(text);
        anchor.min(focus)..anchor.max(focus)
    }
}

/// The place that a step moves the caret to, and the horizontal place that it tries to keep.
pub(crate) fn stepped(
    layout: &Layout,
    from: usize,
    goal: Option<f64>,
    step: Step,
) -> (usize, Option<f64>) {
    let goal = goal.unwrap_or_else(|| layout.caret(from).x);
    match step {
        Step::Up => (layout.index_below(from, goal, -1), Some(goal)),
        Step::Down => (layout.index_below(from, goal, 1), Some(goal)),
        Step::Home => (layout.line_ends(from).0, None),
        Step::End => (layout.line_ends(from).1, None),
    }
}

/// The word at a place, or the space between two words.
pub(crate) fn word_at(text: &str, place: usize) -> Range<usize> {
    let letters: Vec<char> = text.chars().collect();
    let Some(last) = letters.len().checked_sub(1) else {
        return 0..0;
    };
    let kind = |index: usize| letters.get(index).map(|letter| Kind::of(*letter));
    let here = kind(place.min(last));
    let mut start = place.min(last);
    while start > 0 && kind(start - 1) == here {
        start -= 1;
    }
    let mut end = start;
    while end <= last && kind(end) == here {
        end += 1;
    }
    start..end
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Space,
    Line,
    Other,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '\n' => Self::Line,
            space if space.is_whitespace() => Self::Space,
            '_' | '\'' | '’' => Self::Letter,
            letter if letter.is_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }
}

//! The directions of the characters of one paragraph, by the Unicode Bidirectional Algorithm.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

/// The first character of a script from right to left. Text with smaller characters alone has one
/// direction.
const FIRST_RTL: char = '\u{590}';

/// The directions of a paragraph.
pub(super) struct Directions<'a>(Option<ParagraphBidiInfo<'a>>);

impl<'a> Directions<'a> {
    pub(super) fn of(paragraph: &'a str) -> Self {
        let is_mixed = paragraph.chars().any(|letter| letter >= FIRST_RTL);
        Self(is_mixed.then(|| ParagraphBidiInfo::new(paragraph, None)))
    }

    /// Whether the base direction is from right to left.
    pub(super) fn is_rtl(&self) -> bool {
        let info = self.0.as_ref();
        info.is_some_and(|info| info.paragraph_level.is_rtl())
    }

    /// The embedding level of the character at a byte.
    pub(super) fn level(&self, byte: usize) -> u8 {
        let level = self.0.as_ref().and_then(|info| info.levels.get(byte));
        level.map_or(0, |level| level.number())
    }

    /// Whether rule L1 gives the character the level of the paragraph at the end of a line.
    pub(super) fn is_reset_at_end(&self, byte: usize) -> bool {
        let class = self.0.as_ref();
        let class = class.and_then(|info| info.original_classes.get(byte));
        class.is_some_and(|class| is_reset(*class))
    }
}

const fn is_reset(class: BidiClass) -> bool {
    matches!(
        class,
        BidiClass::WS | BidiClass::S | BidiClass::B | BidiClass::BN
    ) || only_steers(class)
}

/// The text of a run as it is painted: without the characters that only steer the order.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_control) {
        Cow::Owned(text.chars().filter(|it| !is_control(*it)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a text by itself would not run in this direction throughout, so that a painter that draws it
/// as one run must override its order.
#[must_use]
pub fn needs_override(text: &str, is_rtl: bool) -> bool {
    if !is_rtl && text.chars().all(|letter| letter < FIRST_RTL) {
        return false;
    }
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(base));
    info.levels.iter().any(|level| *level != base)
}

/// Whether a text has characters from right to left, or that may change the direction.
#[must_use]
pub fn has_rtl(text: &str) -> bool {
    let is_mixed = |letter: char| letter >= FIRST_RTL;
    text.chars().any(is_mixed) && ParagraphBidiInfo::new(text, None).has_rtl()
}

fn is_control(letter: char) -> bool {
    only_steers(bidi_class(letter))
}

/// Whether characters of a class only steer the order of others.
const fn only_steers(class: BidiClass) -> bool {
    matches!(
        class,
        BidiClass::LRE
            | BidiClass::RLE
            | BidiClass::LRO
            | BidiClass::RLO
            | BidiClass::PDF
            | BidiClass::LRI
            | BidiClass::RLI
            | BidiClass::FSI
            | BidiClass::PDI
    )
}

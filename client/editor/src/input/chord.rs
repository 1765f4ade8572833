//! A key with modifier keys, as lists show it: `Ctrl+Shift+Z`.

use super::{Key, Modifiers};

/// Which modifier keys are held. Ctrl and Cmd count as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Held {
    command: bool,
    alt: bool,
    shift: bool,
}

impl Held {
    const fn of(modifiers: Modifiers) -> Self {
        Self {
            command: modifiers.ctrl || modifiers.meta,
            alt: modifiers.alt,
            shift: modifiers.shift,
        }
    }
}

/// A key with modifier keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chord {
    held: Held,
    /// `Z`, `Escape`, `+`.
    key: &'static str,
}

impl Chord {
    /// Reads `Ctrl+Shift+Z`: the modifier keys in any order, then the key.
    pub(crate) fn parse(text: &'static str) -> Self {
        let mut held = Held::default();
        let mut rest = text;
        loop {
            rest = if let Some(rest) = rest.strip_prefix("Ctrl+") {
                held.command = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("Alt+") {
                held.alt = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("Shift+") {
                held.shift = true;
                rest
            } else {
                return Self { held, key: rest };
            };
        }
    }

    /// Whether a key has the chord's name, such as `Escape` or `?`. Letters, digits and signs
    /// other than `?` have none: see [`Self::is_typed_by`].
    pub(crate) fn is_named_by(self, key: &Key) -> bool {
        let name = match self.key {
            "Space" => " ",
            name => name,
        };
        let has_name = name == "?" || name == " " || name.len() > 1;
        has_name && name == key.key && self.held == Held::of(key.modifiers)
    }

    /// Whether a key types the chord's letter, digit or sign.
    pub(crate) fn is_typed_by(self, key: &Key) -> bool {
        let own = only_char(self.key).map(|own| own.to_ascii_lowercase());
        own.is_some() && own == character(key) && self.held == Held::of(key.modifiers)
    }
}

/// The character that a key stands for. A sign counts by what it is; a digit by the place of its
/// key, because with Shift it types something else; a Latin letter by the letter itself. Every
/// other key counts by its place, so that shortcuts work on every keyboard.
fn character(key: &Key) -> Option<char> {
    let typed = only_char(&key.key)?;
    match typed {
        '+' | '-' | '=' | '_' | '[' | ']' | '/' | '\'' => return Some(typed),
        '{' => return Some('['),
        '}' => return Some(']'),
        _ => {}
    }
    if let Some(digit) = key.code.strip_prefix("Digit").and_then(only_char) {
        return Some(digit);
    }
    if typed.is_ascii() {
        return Some(typed.to_ascii_lowercase());
    }
    match key.code.as_str() {
        "BracketLeft" => Some('['),
        "BracketRight" => Some(']'),
        code => {
            let letter = code.strip_prefix("Key").and_then(only_char);
            letter.map(|letter| letter.to_ascii_lowercase())
        }
    }
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

//! Parses names of keys such as `Ctrl+Shift+Z` into the fields of DevTools key events.

use anyhow::{Result, anyhow, bail};

/// Modifier keys held, as the bit field of the DevTools protocol.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Modifiers(pub u8);

impl Modifiers {
    /// None held.
    pub const NONE: Self = Self(0);
    /// The Alt key.
    pub const ALT: Self = Self(1);
    /// The Control key.
    pub const CTRL: Self = Self(2);
    /// The Command or Windows key.
    pub const META: Self = Self(4);
    /// The Shift key.
    pub const SHIFT: Self = Self(8);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One key of a US keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `KeyboardEvent.key`, such as `z`, `Tab` or ` `.
    pub key: String,
    /// `KeyboardEvent.code`, such as `KeyZ`.
    pub code: String,
    /// The Windows virtual key code.
    pub number: u32,
    /// The text it types when no Ctrl, Alt or Meta is held.
    pub text: Option<String>,
}

impl Key {
    /// Reads a key's name: a printable character, or the name of a special key.
    ///
    /// # Errors
    /// If the name is not known here.
    pub fn named(name: &str) -> Result<Self> {
        let special = |key: &str, code: &str, number, text: Option<&str>| Self {
            key: key.to_owned(),
            code: code.to_owned(),
            number,
            text: text.map(str::to_owned),
        };
        Ok(match name {
            "Tab" => special("Tab", "Tab", 9, None),
            "Enter" => special("Enter", "Enter", 13, Some("\r")),
            "Escape" => special("Escape", "Escape", 27, None),
            "Space" => special(" ", "Space", 32, Some(" ")),
            "Home" => special("Home", "Home", 36, None),
            "End" => special("End", "End", 35, None),
            "Backspace" => special("Backspace", "Backspace", 8, None),
            "Delete" => special("Delete", "Delete", 46, None),
            "F10" => special("F10", "F10", 121, None),
            "Left" => special("ArrowLeft", "ArrowLeft", 37, None),
            "Up" => special("ArrowUp", "ArrowUp", 38, None),
            "Right" => special("ArrowRight", "ArrowRight", 39, None),
            "Down" => special("ArrowDown", "ArrowDown", 40, None),
            _ => Self::printable(name)?,
        })
    }

    fn printable(name: &str) -> Result<Self> {
        let mut characters = name.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            bail!("unknown key {name:?}");
        };
        let upper = character.to_ascii_uppercase();
        let (code, number) = match character {
            'a'..='z' | 'A'..='Z' => (format!("Key{upper}"), u32::from(upper)),
            '0'..='9' => (format!("Digit{character}"), u32::from(character)),
            '+' | '=' => ("Equal".to_owned(), 187),
            '-' => ("Minus".to_owned(), 189),
            '!' => ("Digit1".to_owned(), 49),
            '?' | '/' => ("Slash".to_owned(), 191),
            '[' => ("BracketLeft".to_owned(), 219),
            ']' => ("BracketRight".to_owned(), 221),
            '\'' => ("Quote".to_owned(), 222),
            '@' => ("Digit2".to_owned(), 50),
            other => return Err(anyhow!("unknown key {other:?}")),
        };
        Ok(Self {
            key: name.to_owned(),
            code,
            number,
            text: Some(name.to_owned()),
        })
    }

    /// Reads a chord such as `Ctrl+Shift+Z`; the last part is the key.
    ///
    /// # Errors
    /// If a part is not known.
    pub fn chord(chord: &str) -> Result<(Modifiers, Self)> {
        // "Ctrl++" holds the plus key: split at the separators only.
        let (modifiers, key) = match chord.strip_suffix("++") {
            Some(head) => (head, "+"),
            None => chord.rsplit_once('+').unwrap_or(("", chord)),
        };
        let mut held = Modifiers::NONE;
        for part in modifiers.split('+').filter(|part| !part.is_empty()) {
            held = held.and(match part {
                "Alt" => Modifiers::ALT,
                "Ctrl" => Modifiers::CTRL,
                "Meta" => Modifiers::META,
                "Shift" => Modifiers::SHIFT,
                other => bail!("unknown modifier {other:?} in {chord:?}"),
            });
        }
        Ok((held, Self::named(if key.is_empty() { chord } else { key })?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_is_its_modifiers_and_its_key() {
        let (held, key) = Key::chord("Ctrl+Shift+Z").unwrap();
        assert_eq!(
            (held, key.code.as_str()),
            (Modifiers::CTRL.and(Modifiers::SHIFT), "KeyZ")
        );
    }

    #[test]
    fn a_plus_can_be_the_key() {
        assert_eq!(Key::chord("Ctrl++").unwrap().1.code, "Equal");
        assert_eq!(Key::chord("+").unwrap().1.code, "Equal");
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert!(Key::chord("Ctrl+Nonsense").is_err());
        assert!(Key::chord("Hyper+Z").is_err());
    }
}

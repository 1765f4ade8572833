//! Keys to actions.
//!
//! Knows chords and their meaning. It must not know what carries them out. A key
//! is taken by what it types; where that is no Latin letter, by where it lies, so
//! the letters work on every keyboard.
//!
//! Copy, cut and paste are left to the browser: it answers their keys with events
//! that carry the clipboard, without asking for leave.

use super::action::{Action, AlignTo, Axis, Nudge};
use crate::input::{Focus, Key, Modifiers};
use crate::tool_kind::ToolKind;

/// Which modifier keys a chord has. Ctrl and Cmd are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Nothing,
    Shift,
    Alt,
    AltShift,
    Command,
    CommandShift,
    CommandAlt,
    Other,
}

impl Held {
    const fn of(modifiers: Modifiers) -> Self {
        let command = modifiers.ctrl || modifiers.meta;
        match (command, modifiers.alt, modifiers.shift) {
            (false, false, false) => Self::Nothing,
            (false, false, true) => Self::Shift,
            (false, true, false) => Self::Alt,
            (false, true, true) => Self::AltShift,
            (true, false, false) => Self::Command,
            (true, false, true) => Self::CommandShift,
            (true, true, false) => Self::CommandAlt,
            (true, true, true) => Self::Other,
        }
    }
}

/// The keys and what they mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keymap;

impl Keymap {
    /// What a key asks for; nothing while somebody types.
    #[must_use]
    pub fn action(&self, key: &Key) -> Option<Action> {
        match key.focus {
            Focus::TextField => None,
            Focus::Control if is_for_controls(key) => None,
            // Tab is how keyboards get from the page into the board and out again.
            Focus::Page if key.key == "Tab" => None,
            Focus::Board | Focus::Control | Focus::Page => {
                let held = Held::of(key.modifiers);
                named(&key.key, held).or_else(|| typed(key, held))
            }
        }
    }
}

/// Keys that buttons and lists use themselves.
fn is_for_controls(key: &Key) -> bool {
    let name = key.key.as_str();
    matches!(
        name,
        " " | "Enter" | "Escape" | "Tab" | "ContextMenu" | "F10"
    ) || name.starts_with("Arrow")
}

fn named(key: &str, held: Held) -> Option<Action> {
    match (held, key) {
        (Held::Nothing | Held::Shift, "?") => Some(Action::Help),
        (Held::Nothing | Held::Shift, "Escape") => Some(Action::Cancel),
        (Held::Nothing | Held::Shift, " ") => Some(Action::HoldToPan),
        (Held::Nothing | Held::Shift, "Delete" | "Backspace") => Some(Action::Delete),
        (Held::Nothing, "Enter") => Some(Action::Enter),
        (Held::Nothing, "Tab") => Some(Action::NextElement),
        (Held::Shift, "Tab") => Some(Action::PreviousElement),
        (Held::Nothing, "ContextMenu") | (Held::Shift, "F10") => Some(Action::ContextMenu),
        (Held::Nothing | Held::Shift, arrow) => {
            let (x, y) = way(arrow)?;
            let far = held == Held::Shift;
            Some(Action::Nudge(Nudge { x, y, far }))
        }
        _ => None,
    }
}

fn way(arrow: &str) -> Option<(i8, i8)> {
    match arrow {
        "ArrowLeft" => Some((-1, 0)),
        "ArrowRight" => Some((1, 0)),
        "ArrowUp" => Some((0, -1)),
        "ArrowDown" => Some((0, 1)),
        _ => None,
    }
}

fn typed(key: &Key, held: Held) -> Option<Action> {
    let character = character(key)?;
    match held {
        Held::Nothing => plain(character),
        Held::Shift => shifted(character),
        Held::Alt => aligning(character),
        Held::AltShift => match character {
            'd' => Some(Action::ToggleTheme),
            'h' => Some(Action::Distribute(Axis::Horizontal)),
            'v' => Some(Action::Distribute(Axis::Vertical)),
            _ => None,
        },
        Held::Command => commanded(character),
        Held::CommandShift => commanded_shifted(character),
        Held::CommandAlt => match character {
            'c' => Some(Action::CopyStyle),
            'v' => Some(Action::PasteStyle),
            // The right Alt key, which types brackets on many keyboards, may come
            // as Ctrl and Alt.
            bracket => stacking(bracket),
        },
        Held::Other => None,
    }
}

fn plain(character: char) -> Option<Action> {
    let tool = match character {
        'v' | '1' => ToolKind::Select,
        'h' => ToolKind::Hand,
        'r' | '2' => ToolKind::Rectangle,
        '3' => ToolKind::Diamond,
        'o' | '4' => ToolKind::Ellipse,
        'a' | '5' => ToolKind::Arrow,
        'l' | '6' => ToolKind::Line,
        'p' | 'd' | '7' => ToolKind::Pen,
        't' | '8' => ToolKind::Text,
        'e' | '0' => ToolKind::Eraser,
        'n' => ToolKind::Sticky,
        'f' => ToolKind::Frame,
        'k' => ToolKind::Laser,
        'q' => return Some(Action::ToggleToolLock),
        other => return stacking(other),
    };
    Some(Action::PickTool(tool))
}

fn shifted(character: char) -> Option<Action> {
    match character {
        'p' | 'd' => Some(Action::PickTool(ToolKind::Highlighter)),
        'l' => Some(Action::PickTool(ToolKind::Lasso)),
        'h' => Some(Action::FlipHorizontally),
        'v' => Some(Action::FlipVertically),
        '0' => Some(Action::ZoomTo100),
        '1' => Some(Action::ZoomToFit),
        '2' => Some(Action::ZoomToSelection),
        _ => None,
    }
}

fn aligning(character: char) -> Option<Action> {
    let to = match character {
        'a' => AlignTo::Left,
        'h' => AlignTo::Center,
        'd' => AlignTo::Right,
        'w' => AlignTo::Top,
        'v' => AlignTo::Middle,
        's' => AlignTo::Bottom,
        _ => return None,
    };
    Some(Action::Align(to))
}

fn commanded(character: char) -> Option<Action> {
    match character {
        'z' => Some(Action::Undo),
        'y' => Some(Action::Redo),
        'a' => Some(Action::SelectAll),
        'd' => Some(Action::Duplicate),
        'g' => Some(Action::Group),
        'b' => Some(Action::Bold),
        'i' => Some(Action::Italic),
        ']' => Some(Action::Forward),
        '[' => Some(Action::Backward),
        'k' | '/' => Some(Action::Palette),
        'f' => Some(Action::Find),
        '\'' => Some(Action::ToggleGrid),
        '0' => Some(Action::ZoomTo100),
        other => zooming(other),
    }
}

fn commanded_shifted(character: char) -> Option<Action> {
    match character {
        'z' => Some(Action::Redo),
        'g' => Some(Action::Ungroup),
        'l' => Some(Action::ToggleLock),
        'p' | '/' => Some(Action::Palette),
        '\'' => Some(Action::ToggleGrid),
        other => stacking(other).or_else(|| zooming(other)),
    }
}

fn stacking(character: char) -> Option<Action> {
    match character {
        ']' => Some(Action::ToFront),
        '[' => Some(Action::ToBack),
        _ => None,
    }
}

/// "+" lies on the shifted "=" of many keyboards.
fn zooming(character: char) -> Option<Action> {
    match character {
        '+' | '=' => Some(Action::ZoomIn),
        '-' | '_' => Some(Action::ZoomOut),
        _ => None,
    }
}

/// What the key stands for: signs by what they are; a digit by its place (with
/// Shift it types something else); a Latin letter by what it types; what types
/// nothing known by its place.
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

//! Keys to actions.
//!
//! Knows chords and their meaning. It must not know what carries them out. A key
//! is taken by what it types; where that is no Latin letter, by where it lies, so
//! the letters work on every keyboard.

use crate::input::{Focus, Key, Modifiers};
use crate::screen::ScreenVec;
use crate::tool::ToolKind;

/// How far an arrow key moves the view, in CSS pixels; five times with Shift.
const ARROW_PX: f64 = 60.0;
const SHIFT_ARROW: f64 = 5.0;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Take a tool into the hand.
    PickTool(ToolKind),
    /// Take back my last gesture.
    Undo,
    /// Do it again.
    Redo,
    /// One step nearer.
    ZoomIn,
    /// One step farther.
    ZoomOut,
    /// Natural size.
    ZoomTo100,
    /// Everything in view.
    ZoomToFit,
    /// Move the board in the view by this way.
    PanBy(ScreenVec),
    /// Show or hide the help.
    Help,
    /// Switch between light and dark.
    ToggleTheme,
    /// Give up what is being done.
    Cancel,
    /// While the key is held, dragging moves the view.
    HoldToPan,
}

/// Which modifier keys a chord has. Ctrl and Cmd are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Nothing,
    Shift,
    Command,
    CommandShift,
    AltShift,
    Other,
}

impl Held {
    const fn of(modifiers: Modifiers) -> Self {
        let command = modifiers.ctrl || modifiers.meta;
        match (command, modifiers.alt, modifiers.shift) {
            (false, false, false) => Self::Nothing,
            (false, false, true) => Self::Shift,
            (true, false, false) => Self::Command,
            (true, false, true) => Self::CommandShift,
            (false, true, true) => Self::AltShift,
            (false, true, false) | (true, true, false | true) => Self::Other,
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
            Focus::Control if is_for_controls(&key.key) => None,
            Focus::Board | Focus::Control => {
                let held = Held::of(key.modifiers);
                named(&key.key, held).or_else(|| typed(key, held))
            }
        }
    }
}

/// Keys that buttons and lists use themselves.
fn is_for_controls(key: &str) -> bool {
    matches!(key, " " | "Enter" | "Escape" | "Tab") || key.starts_with("Arrow")
}

fn named(key: &str, held: Held) -> Option<Action> {
    let stride = match held {
        Held::Nothing => ARROW_PX,
        Held::Shift => ARROW_PX * SHIFT_ARROW,
        Held::Command | Held::CommandShift | Held::AltShift | Held::Other => return None,
    };
    match key {
        "Escape" => Some(Action::Cancel),
        " " => Some(Action::HoldToPan),
        "?" => Some(Action::Help),
        // An arrow moves the view its own way, so the board goes the other way.
        "ArrowLeft" => Some(Action::PanBy(ScreenVec::new(stride, 0.0))),
        "ArrowRight" => Some(Action::PanBy(ScreenVec::new(-stride, 0.0))),
        "ArrowUp" => Some(Action::PanBy(ScreenVec::new(0.0, stride))),
        "ArrowDown" => Some(Action::PanBy(ScreenVec::new(0.0, -stride))),
        _ => None,
    }
}

fn typed(key: &Key, held: Held) -> Option<Action> {
    match (held, character(key)?) {
        (Held::Nothing, 'h') => Some(Action::PickTool(ToolKind::Hand)),
        (Held::Nothing, 'p' | 'd' | '7') => Some(Action::PickTool(ToolKind::Pen)),
        (Held::Shift, 'p' | 'd') => Some(Action::PickTool(ToolKind::Highlighter)),
        (Held::Nothing, 'e' | '0') => Some(Action::PickTool(ToolKind::Eraser)),
        (Held::Command, 'z') => Some(Action::Undo),
        (Held::CommandShift, 'z') | (Held::Command, 'y') => Some(Action::Redo),
        // "+" lies on the shifted "=" of many keyboards.
        (Held::Command | Held::CommandShift, '+' | '=') => Some(Action::ZoomIn),
        (Held::Command | Held::CommandShift, '-' | '_') => Some(Action::ZoomOut),
        (Held::Command | Held::Shift, '0') => Some(Action::ZoomTo100),
        (Held::Shift, '1') => Some(Action::ZoomToFit),
        (Held::AltShift, 'd') => Some(Action::ToggleTheme),
        _ => None,
    }
}

/// What the key stands for: the signs of zooming by what they are; a digit by its
/// place (with Shift it types something else); a Latin letter by what it types;
/// another letter by its place.
fn character(key: &Key) -> Option<char> {
    if let Some(sign) = only_char(&key.key).filter(|sign| "+-=_".contains(*sign)) {
        return Some(sign);
    }
    if let Some(digit) = key.code.strip_prefix("Digit").and_then(only_char) {
        return Some(digit);
    }
    match only_char(&key.key) {
        Some(typed) if typed.is_ascii() => Some(typed.to_ascii_lowercase()),
        Some(_) => {
            let letter = key.code.strip_prefix("Key").and_then(only_char);
            letter.map(|letter| letter.to_ascii_lowercase())
        }
        None => None,
    }
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

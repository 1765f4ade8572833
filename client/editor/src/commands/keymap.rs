//! Finds the command of a key.
//!
//! The keys of a command stand in its entry, in the file of its family (`group.rs`, `view.rs` …).
//! The browser answers copy, cut and paste with events that carry the clipboard, so their keys are
//! not looked up here.

use super::command::{Command, KeyAction, KeyScope};
use crate::input::{Chord, Focus, Key};
use crate::text::Step;
use shared::typeset::has_rtl;

/// What a key means while a text is edited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TextKey {
    /// Stop editing.
    Leave,
    /// Move the caret.
    Step(Step),
    /// Run this command.
    Command(&'static Command),
}

/// The command that a key runs; none while a text field has the keyboard.
#[must_use]
pub fn command(key: &Key) -> Option<&'static Command> {
    match key.focus {
        Focus::TextField => None,
        Focus::Control if is_for_controls(key) => None,
        // Tab moves the focus from the page into the board and out again.
        Focus::Page if key.key == "Tab" => None,
        Focus::Board | Focus::Control | Focus::Page => look_up(key, |_| true),
    }
}

/// What a key means while a text is edited; `None` if the text field handles it.
pub(crate) fn text_key(key: &Key) -> Option<TextKey> {
    if let Some(step) = Step::of(key) {
        return Some(TextKey::Step(step));
    }
    let held = key.modifiers;
    let is_command = (held.ctrl || held.meta) && !held.alt;
    if is_command {
        let command = look_up(key, |command| command.scope == KeyScope::BoardAndText);
        return command.map(TextKey::Command);
    }
    (key.key == "Escape").then_some(TextKey::Leave)
}

/// Whether the editor wants a key that was pressed in the text field, which holds `text`; the field
/// must not act on it then. In text of one direction the field moves the caret sideways itself, so
/// that screen readers say what it passes.
#[must_use]
pub fn is_for_editor(key: &Key, text: &str) -> bool {
    match text_key(key) {
        None => false,
        Some(TextKey::Step(step)) if step.is_sideways() => has_rtl(text),
        Some(TextKey::Step(_) | TextKey::Command(_) | TextKey::Leave) => true,
    }
}

/// The first command that has the key by its name, else the first one that has what it types.
fn look_up(key: &Key, counts: impl Fn(&Command) -> bool) -> Option<&'static Command> {
    let of_keys =
        |command: &&Command| command.key_action != KeyAction::HandledElsewhere && counts(command);
    let by = |is_by: fn(Chord, &Key) -> bool| {
        super::catalogue::all().filter(of_keys).find(|command| {
            let mut chords = command.keys.iter().copied().map(Chord::parse);
            chords.any(|chord| is_by(chord, key))
        })
    };
    by(Chord::is_named_by).or_else(|| by(Chord::is_typed_by))
}

/// Keys that buttons and lists use themselves.
fn is_for_controls(key: &Key) -> bool {
    let name = key.key.as_str();
    matches!(
        name,
        " " | "Enter" | "Escape" | "Tab" | "ContextMenu" | "F10"
    ) || name.starts_with("Arrow")
}

//! The keys people have in their fingers.

use crate::input::{Focus, Key, Modifiers};
use crate::{Action, Keymap, ToolKind};

/// Reads `Ctrl+Shift+z:KeyZ` (the code may be left out).
fn key(chord: &str) -> Key {
    let (chord, code) = chord.rsplit_once(':').unwrap_or((chord, ""));
    let (held, key) = match chord.strip_suffix('+').filter(|rest| rest.ends_with('+')) {
        Some(held) => (held, "+"),
        None => chord.rsplit_once('+').unwrap_or(("", chord)),
    };
    let has = |name: &str| held.split('+').any(|word| word == name);
    let modifiers = Modifiers {
        shift: has("Shift"),
        ctrl: has("Ctrl"),
        alt: has("Alt"),
        meta: has("Cmd"),
    };
    Key {
        key: key.to_owned(),
        code: code.to_owned(),
        modifiers,
        focus: Focus::Board,
    }
}

fn check(chords: &[&str], expected: Option<Action>) {
    for chord in chords {
        assert_eq!(Keymap.action(&key(chord)), expected, "{chord}");
    }
}

#[test]
fn letters_and_digits_pick_tools() {
    check(&["h", "H"], Some(Action::PickTool(ToolKind::Hand)));
    check(
        &["p", "d", "7:Digit7"],
        Some(Action::PickTool(ToolKind::Pen)),
    );
    check(
        &["Shift+P", "Shift+D"],
        Some(Action::PickTool(ToolKind::Highlighter)),
    );
    check(&["e", "0:Digit0"], Some(Action::PickTool(ToolKind::Eraser)));
}

#[test]
fn undo_and_redo_have_all_their_chords() {
    check(&["Ctrl+z", "Cmd+z"], Some(Action::Undo));
    check(
        &["Ctrl+Shift+Z", "Cmd+Shift+z", "Ctrl+y"],
        Some(Action::Redo),
    );
}

#[test]
fn zoom_has_all_its_chords() {
    check(
        &["Ctrl++", "Ctrl+=:Equal", "Ctrl+Shift++:Equal", "Cmd+="],
        Some(Action::ZoomIn),
    );
    check(&["Ctrl+-", "Ctrl+-:Digit6", "Cmd+-"], Some(Action::ZoomOut));
    check(
        &["Ctrl+0:Digit0", "Shift+):Digit0", "Ctrl+0:Numpad0"],
        Some(Action::ZoomTo100),
    );
    check(
        &["Shift+!:Digit1", "Shift+1:Digit1"],
        Some(Action::ZoomToFit),
    );
}

#[test]
fn other_keys_are_known() {
    check(&["Shift+?", "?"], Some(Action::Help));
    check(
        &["Alt+Shift+D", "Alt+Shift+Î:KeyD"],
        Some(Action::ToggleTheme),
    );
    check(&["Escape"], Some(Action::Cancel));
    check(&[" "], Some(Action::HoldToPan));
    assert!(matches!(Keymap.action(&key("ArrowLeft")), Some(Action::PanBy(by)) if by.x > 0.0));
    assert!(
        matches!(Keymap.action(&key("Shift+ArrowDown")), Some(Action::PanBy(by)) if by.y < -100.0)
    );
}

#[test]
fn letters_work_on_keyboards_without_latin_letters() {
    check(&["з:KeyP"], Some(Action::PickTool(ToolKind::Pen)));
    check(&["Ctrl+я:KeyZ", "Cmd+я:KeyZ"], Some(Action::Undo));
}

#[test]
fn letters_count_by_what_they_type_where_they_can() {
    // QWERTZ: the key that types "z" lies where "y" is elsewhere, and the other way round.
    check(&["Ctrl+z:KeyY"], Some(Action::Undo));
    check(&["Ctrl+y:KeyZ"], Some(Action::Redo));
    // Dvorak.
    check(&["p:KeyR"], Some(Action::PickTool(ToolKind::Pen)));
}

#[test]
fn the_browser_keeps_its_own_chords() {
    check(
        &[
            "Ctrl+p",
            "Ctrl+d",
            "Ctrl+h",
            "Alt+ArrowLeft",
            "Ctrl+Alt+z",
            "Ctrl+ArrowLeft",
        ],
        None,
    );
    check(&["F5", "Tab", "Dead", "Unidentified", ""], None);
}

#[test]
fn no_key_fires_while_somebody_types() {
    for chord in ["p", "Ctrl+z", "Escape", " ", "Shift+!:Digit1"] {
        let key = Key {
            focus: Focus::TextField,
            ..key(chord)
        };
        assert_eq!(Keymap.action(&key), None, "{chord}");
    }
}

#[test]
fn controls_keep_the_keys_they_need() {
    for (chord, expected) in [
        (" ", None),
        ("Escape", None),
        ("ArrowLeft", None),
        ("Ctrl+z", Some(Action::Undo)),
    ] {
        let key = Key {
            focus: Focus::Control,
            ..key(chord)
        };
        assert_eq!(Keymap.action(&key), expected, "{chord}");
    }
}

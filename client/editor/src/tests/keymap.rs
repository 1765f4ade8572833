//! The keys people have in their fingers.

use crate::input::{Focus, Key, Modifiers};
use crate::{Action, AlignTo, Axis, Keymap, Nudge, ToolKind};

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
    for (chords, tool) in [
        (&["v", "V", "1:Digit1"][..], ToolKind::Select),
        (&["Shift+L"], ToolKind::Lasso),
        (&["h", "H"], ToolKind::Hand),
        (&["p", "d", "7:Digit7"], ToolKind::Pen),
        (&["Shift+P", "Shift+D"], ToolKind::Highlighter),
        (&["e", "0:Digit0"], ToolKind::Eraser),
        (&["r", "2:Digit2"], ToolKind::Rectangle),
        (&["3:Digit3"], ToolKind::Diamond),
        (&["o", "4:Digit4"], ToolKind::Ellipse),
        (&["a", "5:Digit5"], ToolKind::Arrow),
        (&["l", "6:Digit6"], ToolKind::Line),
        (&["t", "8:Digit8"], ToolKind::Text),
        (&["n"], ToolKind::Sticky),
        (&["f"], ToolKind::Frame),
        (&["k"], ToolKind::Laser),
    ] {
        check(chords, Some(Action::PickTool(tool)));
    }
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
    check(&["Shift+@:Digit2"], Some(Action::ZoomToSelection));
}

#[test]
fn what_is_selected_has_its_chords() {
    for (chords, action) in [
        (&["Ctrl+a", "Cmd+a"][..], Action::SelectAll),
        (&["Delete", "Backspace"], Action::Delete),
        (&["Ctrl+d", "Cmd+d"], Action::Duplicate),
        (&["Ctrl+g"], Action::Group),
        (&["Ctrl+Shift+G", "Cmd+Shift+g"], Action::Ungroup),
        (&["Ctrl+Shift+L"], Action::ToggleLock),
        (&["Ctrl+]", "Cmd+]"], Action::Forward),
        (&["Ctrl+["], Action::Backward),
        (&["]", "Ctrl+Shift+}:BracketRight"], Action::ToFront),
        (&["[", "Ctrl+Shift+{:BracketLeft"], Action::ToBack),
        (&["Shift+H"], Action::FlipHorizontally),
        (&["Shift+V"], Action::FlipVertically),
        (&["Alt+a", "Alt+å:KeyA"], Action::Align(AlignTo::Left)),
        (&["Alt+h", "Alt+˙:KeyH"], Action::Align(AlignTo::Center)),
        (&["Alt+d"], Action::Align(AlignTo::Right)),
        (&["Alt+w"], Action::Align(AlignTo::Top)),
        (&["Alt+v"], Action::Align(AlignTo::Middle)),
        (&["Alt+s"], Action::Align(AlignTo::Bottom)),
        (&["Alt+Shift+H"], Action::Distribute(Axis::Horizontal)),
        (&["Alt+Shift+V"], Action::Distribute(Axis::Vertical)),
        (&["Ctrl+Alt+c", "Cmd+Alt+ç:KeyC"], Action::CopyStyle),
        (&["Ctrl+Alt+v"], Action::PasteStyle),
        (&["Ctrl+b"], Action::Bold),
        (&["Cmd+i"], Action::Italic),
        (&["Enter"], Action::Enter),
        (&["Tab"], Action::NextElement),
        (&["Shift+Tab"], Action::PreviousElement),
        (&["Shift+F10", "ContextMenu"], Action::ContextMenu),
    ] {
        check(chords, Some(action));
    }
}

#[test]
fn arrows_nudge() {
    check(&["ArrowLeft"], Some(Action::Nudge(Nudge::new(-1, 0))));
    check(&["Shift+ArrowDown"], Some(Action::Nudge(Nudge::far(0, 1))));
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
    check(&["q"], Some(Action::ToggleToolLock));
    check(
        &["Ctrl+k", "Ctrl+/", "Ctrl+Shift+/:Digit7"],
        Some(Action::Palette),
    );
    check(&["Ctrl+f"], Some(Action::Find));
    check(&["Ctrl+'", "Ctrl+Shift+'"], Some(Action::ToggleGrid));
}

#[test]
fn letters_work_on_keyboards_without_latin_letters() {
    check(&["з:KeyP"], Some(Action::PickTool(ToolKind::Pen)));
    check(&["Ctrl+я:KeyZ", "Cmd+я:KeyZ"], Some(Action::Undo));
    check(&["Ctrl+ъ:BracketRight"], Some(Action::Forward));
}

#[test]
fn letters_count_by_what_they_type_where_they_can() {
    // QWERTZ: the key that types "z" lies where "y" is elsewhere, and the other way round.
    check(&["Ctrl+z:KeyY"], Some(Action::Undo));
    check(&["Ctrl+y:KeyZ"], Some(Action::Redo));
    // Dvorak.
    check(&["p:KeyR"], Some(Action::PickTool(ToolKind::Pen)));
    // Brackets of a German keyboard, with the right Alt key, on Windows.
    check(&["Ctrl+Alt+]:Digit9"], Some(Action::ToFront));
}

#[test]
fn the_browser_keeps_its_own_chords() {
    check(
        &[
            "Ctrl+p",
            "Ctrl+h",
            "Ctrl+t",
            "Ctrl+w",
            "Ctrl+r",
            "Alt+ArrowLeft",
            "Ctrl+Alt+z",
            "Ctrl+ArrowLeft",
            "Ctrl+Alt+Shift+a",
        ],
        None,
    );
    // It answers these with events that carry the clipboard.
    check(&["Ctrl+c", "Ctrl+x", "Ctrl+v", "Cmd+c"], None);
    check(&["F5", "Dead", "Unidentified", "", "Shift+Enter"], None);
}

#[test]
fn no_key_fires_while_somebody_types() {
    for chord in ["p", "Ctrl+z", "Escape", " ", "Shift+!:Digit1", "Delete"] {
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
        ("Tab", None),
        ("Enter", None),
        ("Ctrl+z", Some(Action::Undo)),
    ] {
        let key = Key {
            focus: Focus::Control,
            ..key(chord)
        };
        assert_eq!(Keymap.action(&key), expected, "{chord}");
    }
}

#[test]
fn tab_leads_through_the_page_until_the_board_has_the_focus() {
    for (chord, expected) in [
        ("Tab", None),
        ("Shift+Tab", None),
        ("p", Some(Action::PickTool(ToolKind::Pen))),
    ] {
        let key = Key {
            focus: Focus::Page,
            ..key(chord)
        };
        assert_eq!(Keymap.action(&key), expected, "{chord}");
    }
}

#[test]
fn every_shortcut_that_people_are_shown_does_what_it_says() {
    for action in Action::CATALOGUE {
        let shortcut = action.shortcut();
        // The browser's own, and Enter, which places if nothing is selected.
        let is_elsewhere = matches!(
            action,
            Action::Copy | Action::Cut | Action::Paste | Action::Place
        );
        if shortcut.is_empty() || is_elsewhere {
            continue;
        }
        let shifted = shortcut.contains("Shift+");
        let (held, last) = match shortcut.strip_suffix('+') {
            Some(held) => (held, "+"),
            None => shortcut.rsplit_once('+').unwrap_or(("", shortcut)),
        };
        let typed = match last {
            digit if digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() => {
                format!("{digit}:Digit{digit}")
            }
            letter if letter.len() == 1 && !shifted => letter.to_lowercase(),
            other => other.to_owned(),
        };
        let chord = match held {
            "" => typed,
            held => [held.trim_end_matches('+'), "+", &typed].concat(),
        };
        assert_eq!(Keymap.action(&key(&chord)), Some(*action), "{chord}");
    }
}

#[test]
fn the_catalogue_names_everything_once() {
    let labels: Vec<&str> = Action::CATALOGUE.iter().map(|a| a.label()).collect();
    for (at, label) in labels.iter().enumerate() {
        assert!(!label.is_empty());
        assert!(!labels[..at].contains(label), "{label} stands twice");
    }
    for tool in ToolKind::ALL {
        assert!(
            Action::CATALOGUE.contains(&Action::PickTool(tool)),
            "{tool:?}"
        );
    }
}

//! The chords of the commands.

use crate::commands::keymap::command;
use crate::input::{Focus, Key, Modifiers};
use crate::{Command, ToolKind};

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

fn check(chords: &[&str], expected: Option<&Command>) {
    for chord in chords {
        assert_eq!(command(&key(chord)), expected, "{chord}");
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
        check(chords, Some(Command::pick(tool)));
    }
}

#[test]
fn undo_and_redo_have_all_their_chords() {
    check(&["Ctrl+z", "Cmd+z"], Some(Command::UNDO));
    check(
        &["Ctrl+Shift+Z", "Cmd+Shift+z", "Ctrl+y"],
        Some(Command::REDO),
    );
}

#[test]
fn zoom_has_all_its_chords() {
    check(
        &["Ctrl++", "Ctrl+=:Equal", "Ctrl+Shift++:Equal", "Cmd+="],
        Some(Command::ZOOM_IN),
    );
    check(
        &["Ctrl+-", "Ctrl+-:Digit6", "Cmd+-"],
        Some(Command::ZOOM_OUT),
    );
    check(
        &["Ctrl+0:Digit0", "Shift+):Digit0", "Ctrl+0:Numpad0"],
        Some(Command::ZOOM_TO_100),
    );
    check(
        &["Shift+!:Digit1", "Shift+1:Digit1"],
        Some(Command::ZOOM_TO_FIT),
    );
    check(&["Shift+@:Digit2"], Some(Command::ZOOM_TO_SELECTION));
}

#[test]
fn commands_of_the_selection_have_their_chords() {
    for (chords, action) in [
        (&["Ctrl+a", "Cmd+a"][..], Command::SELECT_ALL),
        (&["Delete", "Backspace"], Command::DELETE),
        (&["Ctrl+d", "Cmd+d"], Command::DUPLICATE),
        (&["Ctrl+g"], Command::GROUP),
        (&["Ctrl+Shift+G", "Cmd+Shift+g"], Command::UNGROUP),
        (&["Ctrl+Shift+L"], Command::TOGGLE_LOCK),
        (&["Ctrl+]", "Cmd+]"], Command::FORWARD),
        (&["Ctrl+["], Command::BACKWARD),
        (&["]", "Ctrl+Shift+}:BracketRight"], Command::TO_FRONT),
        (&["[", "Ctrl+Shift+{:BracketLeft"], Command::TO_BACK),
        (&["Shift+H"], Command::FLIP_HORIZONTALLY),
        (&["Shift+V"], Command::FLIP_VERTICALLY),
        (&["Alt+a", "Alt+å:KeyA"], Command::ALIGN_LEFT),
        (&["Alt+h", "Alt+˙:KeyH"], Command::ALIGN_CENTER),
        (&["Alt+d"], Command::ALIGN_RIGHT),
        (&["Alt+w"], Command::ALIGN_TOP),
        (&["Alt+v"], Command::ALIGN_MIDDLE),
        (&["Alt+s"], Command::ALIGN_BOTTOM),
        (&["Alt+Shift+H"], Command::DISTRIBUTE_HORIZONTALLY),
        (&["Alt+Shift+V"], Command::DISTRIBUTE_VERTICALLY),
        (&["Ctrl+Alt+c", "Cmd+Alt+ç:KeyC"], Command::COPY_STYLE),
        (&["Ctrl+Alt+v"], Command::PASTE_STYLE),
        (&["Ctrl+b"], Command::BOLD),
        (&["Cmd+i"], Command::ITALIC),
        (&["Enter"], Command::ENTER),
        (&["Tab"], Command::SELECT_NEXT),
        (&["Shift+Tab"], Command::SELECT_PREVIOUS),
        (&["Shift+F10", "ContextMenu"], Command::CONTEXT_MENU),
    ] {
        check(chords, Some(action));
    }
}

#[test]
fn arrows_nudge() {
    check(&["ArrowLeft"], Some(Command::NUDGE_LEFT));
    check(&["Shift+ArrowDown"], Some(Command::NUDGE_FAR_DOWN));
}

#[test]
fn other_keys_are_known() {
    check(&["Shift+?", "?"], Some(Command::HELP));
    check(
        &["Alt+Shift+D", "Alt+Shift+Î:KeyD"],
        Some(Command::TOGGLE_THEME),
    );
    check(&["Escape"], Some(Command::CANCEL));
    check(&[" "], Some(Command::HOLD_TO_PAN));
    check(&["q"], Some(Command::TOGGLE_TOOL_LOCK));
    check(
        &["Ctrl+k", "Ctrl+/", "Ctrl+Shift+/:Digit7"],
        Some(Command::PALETTE),
    );
    check(&["Ctrl+f"], Some(Command::FIND));
    check(&["/", "Shift+/:Digit7"], Some(Command::SAY));
    check(&["Shift+E"], Some(Command::REACT));
    check(&["Shift+R"], Some(Command::TOGGLE_HAND));
    check(&["Shift+C"], Some(Command::TOGGLE_CHAT));
    check(&["Ctrl+'", "Ctrl+Shift+'"], Some(Command::TOGGLE_GRID));
}

#[test]
fn letters_work_on_keyboards_without_latin_letters() {
    check(&["з:KeyP"], Some(Command::pick(ToolKind::Pen)));
    check(&["Ctrl+я:KeyZ", "Cmd+я:KeyZ"], Some(Command::UNDO));
    check(&["Ctrl+ъ:BracketRight"], Some(Command::FORWARD));
}

#[test]
fn letters_count_by_what_they_type_where_they_can() {
    // QWERTZ: the key that types "z" lies where "y" is elsewhere, and the other way round.
    check(&["Ctrl+z:KeyY"], Some(Command::UNDO));
    check(&["Ctrl+y:KeyZ"], Some(Command::REDO));
    // Dvorak.
    check(&["p:KeyR"], Some(Command::pick(ToolKind::Pen)));
    // Brackets of a German keyboard, with the right Alt key, on Windows.
    check(&["Ctrl+Alt+]:Digit9"], Some(Command::TO_FRONT));
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
fn no_command_runs_while_a_text_field_has_the_keyboard() {
    for chord in ["p", "Ctrl+z", "Escape", " ", "Shift+!:Digit1", "Delete"] {
        let key = Key {
            focus: Focus::TextField,
            ..key(chord)
        };
        assert_eq!(command(&key), None, "{chord}");
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
        ("Ctrl+z", Some(Command::UNDO)),
    ] {
        let key = Key {
            focus: Focus::Control,
            ..key(chord)
        };
        assert_eq!(command(&key), expected, "{chord}");
    }
}

#[test]
fn tab_leads_through_the_page_until_the_board_has_the_focus() {
    for (chord, expected) in [
        ("Tab", None),
        ("Shift+Tab", None),
        ("p", Some(Command::pick(ToolKind::Pen))),
    ] {
        let key = Key {
            focus: Focus::Page,
            ..key(chord)
        };
        assert_eq!(command(&key), expected, "{chord}");
    }
}

#[test]
fn every_shown_shortcut_runs_its_command() {
    for shown in Command::listed() {
        let shortcut = shown.shortcut();
        // The browser's own, and Enter, which places if nothing is selected.
        let elsewhere = [
            Command::COPY,
            Command::CUT,
            Command::PASTE,
            Command::PLACE,
            Command::PRINT,
        ];
        let is_elsewhere = elsewhere.contains(&shown);
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
        assert_eq!(command(&key(&chord)), Some(shown), "{chord}");
    }
}

#[test]
fn every_command_has_a_label_of_its_own() {
    let labels: Vec<&str> = Command::listed().map(|command| command.label).collect();
    for (at, label) in labels.iter().enumerate() {
        assert!(!label.is_empty());
        assert!(!labels[..at].contains(label), "{label} stands twice");
    }
    for tool in ToolKind::ALL {
        assert!(
            Command::listed().any(|command| command == Command::pick(tool)),
            "{tool:?}"
        );
    }
}

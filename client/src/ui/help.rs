//! Help: the shortcuts and gestures that exist.

use leptos::prelude::*;

use super::{button::IconButton, dialog::Modal, icon::IconName, platform::Platform};

/// A way to do something: keys pressed together, or words for a gesture.
type Way = &'static [&'static str];

/// One line: what it does, and the ways to do it.
type Line = (&'static str, &'static [Way]);

const TOOLS: &[Line] = &[
    ("Hand", &[&["H"]]),
    ("Pen", &[&["P"], &["D"]]),
    ("Highlighter", &[&["Shift", "P"]]),
    ("Eraser", &[&["E"]]),
];

const EDITING: &[Line] = &[
    ("Undo", &[&["Ctrl", "Z"]]),
    ("Redo", &[&["Ctrl", "Shift", "Z"], &["Ctrl", "Y"]]),
];

const VIEW: &[Line] = &[
    ("Zoom in", &[&["Ctrl", "+"]]),
    ("Zoom out", &[&["Ctrl", "-"]]),
    ("Zoom to 100%", &[&["Ctrl", "0"]]),
    ("Zoom to fit", &[&["Shift", "1"]]),
    ("Pan", &[&["Arrows"], &["Space", "drag"]]),
    ("Light or dark", &[&["Alt", "Shift", "D"]]),
    ("Help", &[&["?"]]),
];

const POINTER: &[Line] = &[
    ("Pan", &[&["Wheel"], &["Middle drag"]]),
    ("Zoom at the pointer", &[&["Ctrl", "Wheel"]]),
    ("Pan and zoom by touch", &[&["Two fingers"]]),
    ("Undo by touch", &[&["Two-finger tap"]]),
    ("Redo by touch", &[&["Three-finger tap"]]),
];

/// The round "?" at the bottom right.
#[component]
pub fn HelpButton(
    /// Runs on press.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="island">
            <IconButton icon=IconName::Help label="Help" shortcut="?" on_press />
        </div>
    }
}

/// The dialog that lists them.
#[component]
pub fn HelpDialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed it.
    #[prop(into)]
    on_close: Callback<()>,
    /// How the keys are labelled here.
    platform: Platform,
) -> impl IntoView {
    view! {
        <Modal title="Help" open on_close>
            <div class="help">
                <Lines title="Tools" lines=TOOLS platform />
                <Lines title="Mouse and touch" lines=POINTER platform />
                <Lines title="View" lines=VIEW platform />
                <Lines title="Editing" lines=EDITING platform />
            </div>
        </Modal>
    }
}

/// One group of shortcuts.
#[component]
fn Lines(title: &'static str, lines: &'static [Line], platform: Platform) -> impl IntoView {
    let keys = move |way: Way| {
        way.iter()
            .map(|key| view! { <kbd class="key">{platform.key(key)}</kbd> })
            .collect_view()
    };
    let line = move |(what, ways): &'static Line| {
        let ways = ways
            .iter()
            .map(|way| view! { <span class="help-way">{keys(way)}</span> });
        view! {
            <div class="help-line">
                <dt>{*what}</dt>
                <dd class="help-ways">{ways.collect_view()}</dd>
            </div>
        }
    };
    view! {
        <section class="help-group">
            <h3 class="help-title">{title}</h3>
            <dl>{lines.iter().map(line).collect_view()}</dl>
        </section>
    }
}

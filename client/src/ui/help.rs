//! The help: all shortcuts and gestures.
//!
//! The shortcuts come from the catalogue of commands. Only gestures are listed here.

use editor::Command;
use leptos::prelude::*;

use super::{button::IconButton, dialog::Modal, icon::IconName, platform::Platform};

/// The effect of a gesture, and its keys and words.
type Gesture = (&'static str, &'static [&'static str]);

const POINTER: &[Gesture] = &[
    ("Move the view", &["Wheel"]),
    ("Move the view", &["Space", "drag"]),
    ("Zoom at the pointer", &["Ctrl", "Wheel"]),
    ("Add to the selection", &["Shift", "click"]),
    ("Reach into a group", &["Ctrl", "click"]),
    ("Write on a shape", &["Double click"]),
    ("Copy while moving", &["Alt", "drag"]),
    ("Keep the ratio, or 15° steps", &["Shift", "drag"]),
    ("From the middle", &["Alt", "drag"]),
    ("Without snapping or binding", &["Ctrl", "drag"]),
];

const TOUCH: &[Gesture] = &[
    ("Move and zoom", &["Two fingers"]),
    ("Undo", &["Two-finger tap"]),
    ("Redo", &["Three-finger tap"]),
    ("Menu", &["Long press"]),
];

/// The round "?" at the bottom right.
#[component]
pub(crate) fn HelpButton(
    /// The button was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! { <IconButton icon=IconName::Help label="Help" shortcut="?" on_press /> }
}

/// The dialog with the help.
#[component]
pub(crate) fn HelpDialog(
    /// Whether the dialog is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
    /// The keyboard whose key labels the shortcuts show.
    platform: Platform,
) -> impl IntoView {
    view! {
        <Modal title="Help" kind="help" open on_close>
            <div class="help">
                {sections()
                    .into_iter()
                    .map(|title| view! { <Lines title lines=shortcuts(title) platform /> })
                    .collect_view()}
                <Lines title="Mouse and pen" lines=gestures(POINTER) platform />
                <Lines title="Touch" lines=gestures(TOUCH) platform />
            </div>
        </Modal>
    }
}

/// One line: the effect and the keys.
type Line = (&'static str, Vec<&'static str>);

/// A group of lines.
#[component]
fn Lines(title: &'static str, lines: Vec<Line>, platform: Platform) -> impl IntoView {
    let key = move |key: &'static str| view! { <kbd class="key">{platform.key(key)}</kbd> };
    let line = move |(what, keys): Line| {
        view! {
            <div class="help-line">
                <dt>{what}</dt>
                <dd class="help-keys">{keys.into_iter().map(key).collect_view()}</dd>
            </div>
        }
    };
    view! {
        <section class="help-group">
            <h3 class="help-title">{title}</h3>
            <dl>{lines.into_iter().map(line).collect_view()}</dl>
        </section>
    }
}

/// The sections of the catalogue, in its order.
fn sections() -> Vec<&'static str> {
    let mut sections = Vec::new();
    for command in Command::listed() {
        if !sections.contains(&command.section()) {
            sections.push(command.section());
        }
    }
    sections
}

/// The commands of a section with their shortcuts.
fn shortcuts(section: &str) -> Vec<Line> {
    let of_section = Command::listed()
        .filter(|command| command.section() == section && !command.shortcut().is_empty());
    of_section
        .map(|command| (command.label, Platform::keys(command.shortcut())))
        .collect()
}

fn gestures(list: &[Gesture]) -> Vec<Line> {
    list.iter()
        .map(|(what, keys)| (*what, keys.to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_of_the_catalogue_is_listed_once() {
        let listed: usize = sections()
            .into_iter()
            .map(|title| shortcuts(title).len())
            .sum();
        let known = Command::listed().filter(|command| !command.shortcut().is_empty());
        assert_eq!(listed, known.count());
    }
}

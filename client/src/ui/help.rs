//! Help: the shortcuts and gestures that exist.
//!
//! Shortcuts are those of the catalogue of actions, so none is forgotten; only what
//! hands do without keys is listed here.

use editor::Action;
use leptos::prelude::*;

use super::{button::IconButton, dialog::Modal, icon::IconName, platform::Platform};

/// What it does, and how: keys pressed together, or words for a gesture.
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
    /// Runs on press.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! { <IconButton icon=IconName::Help label="Help" shortcut="?" on_press /> }
}

/// The dialog that lists them.
#[component]
pub(crate) fn HelpDialog(
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

/// One line: what it does, and the keys.
type Line = (&'static str, Vec<&'static str>);

/// One group of shortcuts.
#[component]
fn Lines(title: &'static str, lines: Vec<Line>, platform: Platform) -> impl IntoView {
    let key = move |key: &'static str| view! { <kbd class="key">{platform.key(key)}</kbd> };
    let line = move |(what, keys): Line| {
        view! {
            <div class="help-line">
                <dt>{what}</dt>
                <dd class="help-way">{keys.into_iter().map(key).collect_view()}</dd>
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
    for action in Action::CATALOGUE {
        if !sections.contains(&action.section()) {
            sections.push(action.section());
        }
    }
    sections
}

/// The actions of a section that have a shortcut.
fn shortcuts(section: &str) -> Vec<Line> {
    let of_section = Action::CATALOGUE
        .iter()
        .filter(|action| action.section() == section && !action.shortcut().is_empty());
    of_section
        .map(|action| (action.label(), Platform::keys(action.shortcut())))
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
        let known = Action::CATALOGUE
            .iter()
            .filter(|action| !action.shortcut().is_empty());
        assert_eq!(listed, known.count());
    }
}

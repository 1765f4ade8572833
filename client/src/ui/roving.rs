//! Arrow keys inside a group: one tab stop, arrows move between its controls.
//!
//! Knows focus only. A control takes part by carrying the class `roving`. No kept crate for
//! Leptos does this, and the pattern (WAI-ARIA "roving tabindex") is a page of code.

use leptos::{ev::KeyboardEvent, prelude::document, wasm_bindgen::JsCast, web_sys};

/// What an arrow key does besides moving the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrows {
    /// Only moves the focus, as in toolbars and menus.
    Focus,
    /// Also presses the control, as in radio groups.
    Choose,
}

/// Moves the focus among the group's controls if `event` is an arrow key, Home or End.
///
/// A handled key goes no further, so the board does not pan at the same time.
pub(crate) fn rove(event: &KeyboardEvent, group: &web_sys::Element, arrows: Arrows) {
    let items = controls(group);
    let Some(step) = Step::of(&event.key()) else {
        return;
    };
    let focused = document().active_element();
    let at = items
        .iter()
        .position(|item| focused.as_ref() == Some(item.as_ref()));
    let Some(target) = step
        .target(at.unwrap_or(0), items.len())
        .and_then(|to| items.get(to))
    else {
        return;
    };
    event.prevent_default();
    event.stop_propagation();
    // Focus on a control that just left the page fails; nothing is lost by that.
    let _ = target.focus();
    if arrows == Arrows::Choose {
        target.click();
    }
}

fn controls(group: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let found = group.get_elements_by_class_name("roving");
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<web_sys::HtmlElement>().ok())
        .filter(|control| !control.has_attribute("disabled") && is_shown(control))
        .collect()
}

/// What has no room in its bar is not shown, and cannot have the focus.
fn is_shown(control: &web_sys::HtmlElement) -> bool {
    control.get_client_rects().length() > 0
}

/// A key's meaning within a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl Step {
    fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowRight" | "ArrowDown" => Some(Self::Next),
            "ArrowLeft" | "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    /// The index to go to, round the ends; `None` in an empty group.
    fn target(self, at: usize, len: usize) -> Option<usize> {
        let last = len.checked_sub(1)?;
        Some(match self {
            Self::Next => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            Self::Previous => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            Self::First => 0,
            Self::Last => last,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_the_ends() {
        assert_eq!(Step::Next.target(3, 4), Some(0));
        assert_eq!(Step::Previous.target(0, 4), Some(3));
        assert_eq!(Step::Next.target(1, 4), Some(2));
    }

    #[test]
    fn an_empty_group_has_nowhere_to_go() {
        assert_eq!(Step::First.target(0, 0), None);
    }
}

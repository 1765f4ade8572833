//! Arrow keys within a group of controls (WAI-ARIA "roving tabindex"): the group is a single stop
//! for the Tab key, and arrow keys move the focus within it.
//!
//! Controls of the group have the class `roving`. No maintained crate for Leptos does this.

use leptos::{ev::KeyboardEvent, prelude::document, wasm_bindgen::JsCast, web_sys};

/// Whether an arrow key also presses the control that it focuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrows {
    /// It only moves the focus, as in toolbars and menus.
    Focus,
    /// It presses the control, as in radio groups.
    Choose,
}

/// Moves the focus within the group if `event` is an arrow key, Home or End. The event stops
/// here, so that the board does not pan.
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
    // Fails only for a control that was just removed.
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

/// A control that the style sheet hides cannot have the focus.
fn is_shown(control: &web_sys::HtmlElement) -> bool {
    control.get_client_rects().length() > 0
}

/// Where a key moves the focus.
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

    /// The index of the control to focus. It wraps around; `None` in an empty group.
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
    fn arrows_wrap_around_the_ends() {
        assert_eq!(Step::Next.target(3, 4), Some(0));
        assert_eq!(Step::Previous.target(0, 4), Some(3));
        assert_eq!(Step::Next.target(1, 4), Some(2));
    }

    #[test]
    fn an_empty_group_has_no_target() {
        assert_eq!(Step::First.target(0, 0), None);
    }
}

//! Accessibility: axe-core, the keyboard alone, focus, motion, announcements.

mod announcements;
mod axe;
mod axe_transient_states;
mod focus;
mod keyboard_only;
mod reduced_motion;
mod share_by_keyboard;

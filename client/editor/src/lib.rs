//! The whiteboard editor without a browser.
//!
//! Layout, each module knowing only those above it:
//! - [`screen`], [`camera`]: measures on the screen; what part of the board is seen
//! - [`input`]: what hands do: pointers, wheel, keys
//! - [`style`]: colour and width of each tool
//! - [`index`], [`cull`]: where elements are; which of them are in sight
//! - [`history`]: undo and redo of one's own work
//! - [`keymap`]: keys to actions
//! - `gesture`: which pointer may do what: palms, pinches, taps, panning
//! - [`tool`]: Hand, Pen, Highlighter, Eraser as state machines
//! - [`editor`]: puts them together: an [`InputEvent`] in, [`Effect`]s out
//!
//! It must not know browsers, networks, clocks or randomness: time and fresh ids
//! come in as arguments, and everything it wants done goes out as an [`Effect`].

mod batch;
pub mod camera;
pub mod cull;
pub mod editor;
pub mod effect;
mod gesture;
pub mod history;
pub mod index;
pub mod input;
pub mod keymap;
pub mod screen;
pub mod style;
pub mod tiles;
pub mod tool;

#[cfg(test)]
mod tests;

pub use batch::Batch;
pub use camera::Camera;
pub use editor::{Access, Editor, PenMode};
pub use effect::{CursorIcon, Effect, UiCommand};
pub use history::History;
pub use index::Index;
pub use input::{
    Button, Focus, InputEvent, Key, Modifiers, Pointer, PointerId, PointerKind, Sample, WheelKind,
};
pub use keymap::{Action, Keymap};
pub use screen::{ScreenSize, ScreenVec};
pub use style::{Look, Styles};
pub use tool::{OwnInk, ToolKind};

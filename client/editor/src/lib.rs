//! The whiteboard editor without a browser.
//!
//! Layout, each module knowing only those above it:
//! - [`screen`], [`camera`]: measures on the screen; what part of the board is seen
//! - [`input`]: what hands do: pointers, wheel, keys
//! - [`style`], [`prefs`]: how what a tool makes looks; what a person likes
//! - [`selection`], [`overlay`]: what is selected; what is shown above the board
//! - [`grid`]: what boxes and lines keep to, if wished
//! - `pick`, [`carry`], `copies`, `snap`: what is at a place; what goes along with what
//!   is moved; copies; keeping in line
//! - [`index`], [`cull`]: where elements are; which of them are in sight
//! - [`history`]: undo and redo of one's own work
//! - [`outline`], [`announce`], [`fold`]: the board in words: as a list, as news, for looking things up
//! - `survey`: what is worked out about the selection once and asked for often
//! - `traits`, `looks`: what means something for what; elements as the style panel shows them
//! - `import`: elements from and to other forms
//! - [`action`], [`keymap`]: what can be asked for; keys to actions
//! - `gesture`: which pointer may do what: palms, pinches, taps, panning
//! - [`tool`]: the tools as state machines
//! - [`typing`]: writing into a text that others write into too
//! - [`editor`]: puts them together: an [`InputEvent`] in, [`Effect`]s out
//!
//! It must not know browsers, networks, clocks or randomness: time and fresh ids
//! come in as arguments, and everything it wants done goes out as an [`Effect`].

pub mod action;
pub mod announce;
mod batch;
pub mod camera;
pub mod carry;
mod copies;
pub mod cull;
pub mod editor;
pub mod effect;
pub mod fold;
mod gesture;
pub mod grid;
pub mod history;
mod import;
pub mod index;
pub mod input;
pub mod keymap;
mod looks;
pub mod outline;
pub mod overlay;
mod pick;
pub mod prefs;
pub mod screen;
pub mod selection;
mod snap;
pub mod style;
mod survey;
pub mod tiles;
pub mod tool;
mod traits;
pub mod typing;

#[cfg(test)]
mod tests;

pub use action::{Action, AlignTo, Availability, Axis, Nudge};
pub use announce::Announcer;
pub use batch::Batch;
pub use camera::Camera;
pub use copies::extent;
pub use editor::{Access, Editor, FindStep, Found, PenMode};
pub use effect::{CursorIcon, Effect, UiCommand};
pub use history::History;
pub use import::elements::write as elements_to_text;
pub use index::Index;
pub use input::{
    Button, FieldState, Focus, InputEvent, Key, Modifiers, Pointer, PointerId, PointerKind, Sample,
    WheelKind,
};
pub use keymap::Keymap;
pub use outline::OutlineItem;
pub use overlay::Overlay;
pub use prefs::Prefs;
pub use screen::{ScreenSize, ScreenVec};
pub use selection::Selection;
pub use style::{Shown, Style, StyleChange, StyleView, Styles, TextStep};
pub use tool::{OwnInk, ToolKind};
pub use typing::TypingView;

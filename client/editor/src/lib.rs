//! The whiteboard editor without a browser.
//!
//! Each module uses only modules that are listed above it:
//! - [`ToolKind`], [`Prefs`], [`output`]: the tools by name, the preferences of the user, the
//!   requests of the editor to its driver
//! - [`view`]: camera, screen measures, the overlay above the board
//! - [`style`]: the styles of tools, the content of the style panel
//! - [`selection`]: the selected elements
//! - [`document`]: index, history, copies, outline, search
//! - [`input`]: events of pointers, wheel and keys, and the recognition of gestures
//! - `tools`: the tools as state machines
//! - [`text`]: the text that is edited
//! - `io`: elements from and to the forms of a clipboard
//! - [`Editor`]: composes the parts
//! - [`commands`]: everything that a user can do by name, with its keys
//! - `presentation`, `routing`, `driver`: the overlay, cursor and style panel; the routing of inputs;
//!   the calls of the driver, which return [`Output`]s
//!
//! The crate uses no browser, network, clock or randomness: it takes the time and fresh ids as
//! arguments, and returns everything that its driver must do as an [`Output`].

pub mod commands;
pub mod document;
mod driver;
mod editor;
pub mod input;
mod io;
mod local_user;
mod measuring;
pub mod output;
mod prefs;
mod presentation;
mod routing;
pub mod selection;
pub mod style;
pub mod text;
mod tool_kind;
mod tools;
mod update;
pub mod view;

#[cfg(test)]
mod tests;

pub use commands::keymap::is_for_editor;
pub use commands::{Availability, Command};
pub use document::announce::Announcer;
pub use document::copies::{board_of, extent};
pub use document::export_scene::ExportScene;
pub use document::outline::OutlineItem;
pub use document::search::{FindStep, Found};
pub use document::{History, Index};
pub use document::{announce, outline};
pub use editor::Editor;
pub use input::{
    Button, FieldState, Focus, ImageChange, InputEvent, Key, Modifiers, Pointer, PointerId,
    PointerKind, Sample, WheelKind,
};
pub use io::elements::write as elements_to_text;
pub use local_user::Access;
pub use measuring::{MeasureText, NoFonts};
pub use output::{AssistantTask, Changed, Output, PeopleCommand, PictureFormat, UiCommand};
pub use prefs::Prefs;
pub use selection::Selection;
pub use style::{Shown, Style, StyleChange, StyleView, Styles, TextStep};
pub use text::{TypingView, deleted_range};
pub use tool_kind::ToolKind;
pub use tools::OwnInk;
pub use update::Context;
pub use view::{Camera, CursorIcon, Overlay, ScreenSize, ScreenVec, grid, overlay, screen, tiles};

//! What people see and press: presentational components, one a file.
//!
//! Knows words, icons and markup; state comes in by `Signal`, intent goes out by `Callback`.
//! It must not know sessions, sync, storage, the network or the rules of tools.
//! Looks live in `style/`, under the same file names.

pub mod brand;
pub mod button;
pub mod clipboard;
pub mod cursors;
pub mod dialog;
pub mod help;
pub mod history;
pub mod icon;
pub mod menu;
pub mod palette;
pub mod people;
pub mod person;
pub mod platform;
pub mod roving;
pub mod share;
pub mod start;
pub mod status;
pub mod theme;
pub mod title;
pub mod toast;
pub mod toolbar;
pub mod zoom;

pub use cursors::{CameraView, Cursors, RemoteCursor};
pub use help::{HelpButton, HelpDialog};
pub use history::HistoryControls;
pub use menu::{MainMenu, MenuCommand};
pub use palette::{InkKind, StylePanel, StyleToggle};
pub use people::PeopleList;
pub use person::{Person, PersonColor};
pub use platform::Platform;
pub use share::{ShareButton, ShareDialog, ShareLinks};
pub use start::{BoardEntry, Creation, StartView};
pub use status::{Durability, Status, StatusPill};
pub use theme::{ThemeChoice, apply_theme, effective_theme};
pub use title::BoardTitle;
pub use toast::{Toast, ToastTone, Toasts};
pub use toolbar::Toolbar;
pub use zoom::{ZoomCommand, ZoomControls};

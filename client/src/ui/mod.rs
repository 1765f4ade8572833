//! What people see and press: presentational components, one a file.
//!
//! Knows words, icons and markup; state comes in by `Signal`, intent goes out by `Callback`.
//! It must not know sessions, sync, storage, the network or the rules of tools.
//! Looks live in `style/`, under the same file names.

pub mod brand;
pub mod button;
pub mod clipboard;
pub mod context_menu;
pub mod cursors;
pub mod dialog;
pub mod find;
pub mod fuzzy;
pub mod help;
pub mod history;
pub mod icon;
pub mod menu;
pub mod outline;
pub mod palette;
pub mod people;
pub mod person;
pub mod platform;
pub mod roving;
pub mod share;
pub mod start;
pub mod status;
pub mod style;
pub mod switch;
pub mod theme;
pub mod title;
pub mod toast;
pub mod toolbar;
pub mod zoom;

pub use clipboard::{Copied, copy_text};
pub use context_menu::{ContextMenu, MenuItem, MenuPart};
pub use cursors::{CameraView, Cursors, RemoteCursor};
pub use find::FindBar;
pub use help::{HelpButton, HelpDialog};
pub use history::HistoryControls;
pub use menu::{MainMenu, MenuCommand};
pub use outline::{OutlineEntry, OutlinePanel};
pub use palette::{CommandPalette, PaletteEntry};
pub use people::PeopleList;
pub use person::{Person, PersonColor};
pub use platform::Platform;
pub use share::{ShareButton, ShareDialog, ShareLinks};
pub use start::{BoardEntry, Creation, StartView};
pub use status::{Durability, Status, StatusPill};
pub use style::{StylePanel, StyleToggle};
pub use theme::{ThemeChoice, apply_theme, effective_theme};
pub use title::BoardTitle;
pub use toast::{Toast, ToastTone, Toasts};
pub use toolbar::{Toolbar, Tools};
pub use zoom::{ZoomCommand, ZoomControls};

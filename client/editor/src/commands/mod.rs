//! Commands: the actions that the user can run by key, button, menu or palette.
//!
//! A command is one entry in the list of its family. Keymap, palette, context menu, help and
//! toolbar are made from these lists.

#[macro_use]
mod command;

mod align;
mod assistant;
mod availability;
mod catalogue;
mod clipboard;
mod connect;
mod file;
mod go;
mod group;
mod help;
pub mod keymap;
mod menu;
mod menu_part;
mod nudge;
mod order;
mod people;
mod pictures;
mod place;
mod put;
mod select;
mod style;
mod text;
mod tools;
mod undo;
mod view;

pub use availability::Availability;
pub use catalogue::{all, context_menu};
pub(crate) use clipboard::{copied, paste};
pub use command::{Command, Section};
pub(crate) use command::{KeyAction, run};
pub(crate) use go::{go_to, select_and_show};
pub(crate) use menu::open_menu_at;
pub use menu_part::MenuPart;
pub(crate) use pictures::change_image;
#[cfg(test)]
pub(crate) use put::AT_ONCE;
pub(crate) use put::{go_on as go_on_putting, stop as stop_putting};
pub(crate) use style::restyle;

//! Menus, panels, pages, themes and the phone layout.

mod chunk;
mod command_palette;
mod find;
mod help;
mod outline;
mod phone;
mod phone_layout;
mod phone_selection;
mod start_page;
mod theme;

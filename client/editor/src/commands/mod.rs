//! Everything a person can ask for by key, button, menu or palette.

pub mod action;
pub mod keymap;
mod words;

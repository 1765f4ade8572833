//! The editor as a whole, and each tool, by example.

mod camera;
mod desk;
mod eraser;
mod fuzz;
mod gesture;
mod history;
mod index;
mod keymap;
mod parts;
mod pen;
mod view;

//! The part of the board that is seen, and what is shown above it.

pub mod camera;
pub mod cursor;
pub mod grid;
pub mod overlay;
pub mod screen;
pub mod tiles;

pub use camera::Camera;
pub use cursor::CursorIcon;
pub use overlay::Overlay;
pub use screen::{ScreenSize, ScreenVec};

//! The board on the screen: canvases, pointer events, animation frames.
//!
//! - `board_canvas`: the component; `pointer`: browser events as input
//! - `frame_loop`: animation frames; `renderer`: what each frame paints
//! - `tiles`: the committed board as cached images
//! - `live_layer`: everything above the tiles: `growing_stroke`, `drag_preview`,
//!   `drag_image`, `erase_preview`, `overlay`, `remote_selections`, `laser_trail`
//! - `overlay_painter`, `overlay_colors`: how the overlay is painted
//! - `remote_cursors`: the cursors of other people, as elements
//! - `minimap`: the whole board in a panel
//! - `picture`: pictures of elements by themselves, for exports
//! - `surface`, `painter`: one canvas, and how paths and words are drawn on it; `paint_budget`: how
//!   much a frame may paint
//!
//! The canvas takes its board from a [`BoardSource`]. It imports neither sessions nor pages.

mod background;
mod board_canvas;
mod drag_image;
mod drag_preview;
mod erase_preview;
mod frame_loop;
mod growing_stroke;
mod laser_trail;
mod live_layer;
mod live_scene;
mod minimap;
mod overlay;
mod overlay_colors;
mod overlay_painter;
mod paint_budget;
mod painter;
mod picture;
mod picture_marks;
mod pointer;
mod remote_cursors;
mod remote_selections;
mod renderer;
mod source;
mod surface;
mod tiles;
mod uncovered;

pub(crate) use board_canvas::{BoardCanvas, USED_BY_POINTER};
pub(crate) use frame_loop::CanvasHandle;
pub(crate) use minimap::Minimap;
pub(crate) use picture::{NoPicture, PaintedPicture};
pub(crate) use source::{BoardSource, MinimapSource};

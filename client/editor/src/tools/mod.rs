//! The tools, as state machines.
//!
//! A tool sees the board through `ToolCtx` and changes nothing itself: it sends commits and live
//! updates by `ToolOutput`, and requests what other parts must do.

mod context;
mod draft;
mod eraser;
mod event;
mod hand;
mod hold;
mod laser;
pub(crate) mod line;
pub(crate) mod make;
mod pen;
pub(crate) mod recognise;
mod recorder;
pub(crate) mod select;
mod shape;
pub(crate) mod snapping;
mod stabiliser;
mod stroke;
pub(crate) mod text;
mod tool;
mod toolbox;

pub(crate) use context::{Request, ToolCtx};
pub use event::OwnInk;
pub(crate) use event::ToolEvent;
pub(crate) use toolbox::Toolbox;

//! Shapes, arrows, frames and notes.

mod arrow_routes;
mod arrowheads;
mod bound_arrows;
mod drawing_shapes;
mod frames;
mod labels;
mod sticky_notes;

//! Strokes: pen, highlighter, eraser, laser, shape recognition.

mod laser;
mod partial_erase;
mod pen_and_eraser;
mod shape_recognition;
mod stroke_options;
mod tool_lock;

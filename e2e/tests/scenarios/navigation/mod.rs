//! Moving the view over the board.

mod going_to_content;
mod minimap;
mod pan_and_zoom;

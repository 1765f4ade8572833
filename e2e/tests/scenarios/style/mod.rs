//! Colours and other style properties.

mod active_style;
mod eyedropper;
mod fill_colour;
mod properties;

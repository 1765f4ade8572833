//! Colours and other style properties.

mod active_style;
mod eyedropper;
mod properties;

//! Painters of pictures for the server: PNG in bands of rows, so that a picture of any size takes
//! little memory, and PDF with text that can be selected.
//!
//! They draw text in the bundled typefaces, and in fonts of the machine where those lack a letter.
//! Such runs are stretched to the widths of the layout, as the canvas and SVG do.

mod fonts;
mod outline;
mod pdf;
mod png;
mod size;

pub use fonts::Fonts;
pub use pdf::write_pdf;
pub use png::write_png;
pub use size::{MAX_PIXELS, MAX_SIDE_PX, PixelSize, Resolution, SizeError};

/// The reason why a picture was not written.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// The reader of the picture has gone, or it cannot be written.
    #[error("the picture cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A library refused the picture.
    #[error("the picture cannot be painted: {0}")]
    Library(String),
}

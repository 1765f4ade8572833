//! Painters of renderings for the server: PNG in bands of rows, so that a file of any size takes
//! little memory, and PDF with text that can be selected.
//!
//! They draw text in the bundled typefaces, and in fonts of the machine where those lack a letter.
//! Such runs are stretched to the widths of the layout, as the canvas and SVG do.

mod fonts;
mod outline;
mod pdf;
mod pictures;
mod png;
mod size;

pub use fonts::Fonts;
pub use pdf::{PdfFile, write_pdf};
pub use pictures::{NoPictures, Pictures, Pixels};
pub use png::write_png;
pub use size::{MAX_PIXELS, MAX_SIDE_PX, PixelSize, Resolution, SizeError};

/// What painters need besides a rendering.
#[derive(Clone, Copy)]
pub struct PaintContext<'a> {
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The pictures of images. Painters show the preview of a picture that is not at hand.
    pub pictures: &'a dyn Pictures,
    /// Whether the file is not wanted any more. Painters look before each element, and end then.
    pub is_abandoned: &'a dyn Fn() -> bool,
}

impl std::fmt::Debug for PaintContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaintContext").finish_non_exhaustive()
    }
}

impl<'a> PaintContext<'a> {
    /// Nothing but fonts: images show their previews, and all is painted.
    #[must_use]
    pub const fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            pictures: &NoPictures,
            is_abandoned: &|| false,
        }
    }
}

/// The reason why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// The client has gone, or the file cannot be written.
    #[error("the file cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A library refused the rendering.
    #[error("the board cannot be painted: {0}")]
    Library(String),
}

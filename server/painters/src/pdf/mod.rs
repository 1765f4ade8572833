//! PDF: vectors, text that can be selected, and a page for each picture.

mod page;

use std::io::ErrorKind;

use krilla::Document;
use krilla::geom::Transform;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use shared::paint::Rendering;

use crate::PaintError;
use crate::fonts::Fonts;
use page::PageCanvas;

/// Points of one board unit: a board unit is a CSS pixel, of which an inch has 96.
const POINTS: f64 = 0.75;
/// The longest side of a page in points. Viewers take no more; larger pictures are scaled down.
const MAX_SIDE: f64 = 14_400.0;
/// How far curves may be from the exact ones, in points.
const TOLERANCE: f64 = 0.1;

/// Makes a PDF file with one page for each picture. It ends early once `is_abandoned`.
///
/// # Errors
/// [`PaintError::Library`], or [`PaintError::Write`] if it was abandoned.
pub fn write_pdf(
    pages: &[Rendering<'_>],
    title: &str,
    fonts: &Fonts,
    is_abandoned: &dyn Fn() -> bool,
) -> Result<Vec<u8>, PaintError> {
    let mut document = Document::new();
    let metadata = Metadata::new().creator("Commonslate".to_owned());
    document.set_metadata(metadata.title(title.to_owned()));
    for rendering in pages {
        add_page(&mut document, rendering, fonts, is_abandoned);
    }
    if is_abandoned() {
        return Err(PaintError::Write(ErrorKind::BrokenPipe.into()));
    }
    document
        .finish()
        .map_err(|error| PaintError::Library(format!("{error:?}")))
}

fn add_page(
    document: &mut Document,
    rendering: &Rendering<'_>,
    fonts: &Fonts,
    is_abandoned: &dyn Fn() -> bool,
) {
    let region = rendering.region();
    let longest = region.width().max(region.height());
    let scale = POINTS.min(MAX_SIDE / longest);
    let (width, height) = (region.width() * scale, region.height() * scale);
    let Some(settings) = PageSettings::from_wh(width as f32, height as f32) else {
        return;
    };
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let to_page = Transform::from_row(
        scale as f32,
        0.0,
        0.0,
        scale as f32,
        (-region.x0 * scale) as f32,
        (-region.y0 * scale) as f32,
    );
    surface.push_transform(&to_page);
    let mut canvas = PageCanvas::new(&mut surface, region, fonts, is_abandoned);
    if let Some(color) = rendering.background() {
        canvas.fill_background(color);
    }
    rendering.paint(region, TOLERANCE / scale, &mut canvas);
    surface.pop();
    surface.finish();
    page.finish();
}

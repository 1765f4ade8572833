//! PDF: vectors, text that can be selected, and a page for each rendering.

mod images;
mod page;

use std::io::ErrorKind;

use krilla::Document;
use krilla::geom::Transform;
use krilla::graphic::Graphic;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use shared::paint::Rendering;

use crate::{PaintContext, PaintError};
use images::Images;
use page::PageCanvas;

/// Points of one board unit: a board unit is a CSS pixel, of which an inch has 96.
const POINTS: f64 = 0.75;
/// The longest side of a page in points. Viewers take no more; larger renderings are scaled down.
const MAX_SIDE: f64 = 14_400.0;
/// Elements that are compressed together. The library compresses a page only when it is whole, which
/// takes several times its size.
const GROUP: usize = 100;
/// How far curves may be from the exact ones, in points.
const TOLERANCE: f64 = 0.1;

/// A PDF file.
#[derive(Debug)]
pub struct PdfFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it has the pixels of all pictures. Otherwise it shows previews of some.
    pub has_all_pictures: bool,
}

/// Makes a PDF file with one page for each rendering.
///
/// # Errors
/// [`PaintError::Library`], or [`PaintError::Write`] if it was abandoned.
pub fn write_pdf(
    pages: &[Rendering<'_>],
    title: &str,
    context: PaintContext<'_>,
) -> Result<PdfFile, PaintError> {
    let mut document = Document::new();
    let metadata = Metadata::new().creator("Commonslate".to_owned());
    document.set_metadata(metadata.title(title.to_owned()));
    let mut images = Images::new(context.pictures);
    for rendering in pages {
        add_page(&mut document, rendering, context, &mut images);
    }
    if (context.is_abandoned)() {
        return Err(PaintError::Write(ErrorKind::BrokenPipe.into()));
    }
    let bytes = document.finish();
    let bytes = bytes.map_err(|error| PaintError::Library(format!("{error:?}")))?;
    Ok(PdfFile {
        bytes,
        has_all_pictures: images.has_all(),
    })
}

fn add_page(
    document: &mut Document,
    rendering: &Rendering<'_>,
    context: PaintContext<'_>,
    images: &mut Images<'_>,
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
    if let Some(color) = rendering.background() {
        PageCanvas::new(&mut surface, region, context, images).fill_background(color);
    }
    for group in rendering.groups(GROUP) {
        let mut builder = surface.stream_builder();
        let mut own = builder.surface();
        let mut canvas = PageCanvas::new(&mut own, region, context, images);
        group.paint(region, TOLERANCE / scale, &mut canvas);
        own.finish();
        let stream = builder.finish();
        // The group is not isolated, so that its highlighters darken the paint below it.
        surface.draw_graphic(Graphic::new(stream, false));
    }
    surface.pop();
    surface.finish();
    page.finish();
}

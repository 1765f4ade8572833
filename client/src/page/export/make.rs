//! Makes the file of an export: in the page, in the worker of the importer, or on the server.

use editor::ExportScene;
use futures::future::LocalBoxFuture;
use leptos::prelude::GetUntracked as _;
use shared::geometry::BoardRect;
use shared::paint::{Rendering, SvgDetails};
use web_sys::{Blob, BlobPropertyBag};

use super::pictures::{self, DecodedPictures, EmbeddedFiles, Needs, joined, wanted};
use super::server;
use super::work::{ExportError, Work};
use crate::canvas::PaintedPicture;
use crate::chunk::in_chunk;
use crate::clipboard::bytes_in;
use crate::importer::{self, FileForm, Written};
use crate::session::Session;
use crate::view_model::{ExportFormat, ExportOptions};

/// What the user reads while elements are written.
const WRITING: &str = "Writing the elements …";

/// A file that was made.
pub(super) struct Made {
    /// The file.
    pub(super) file: Blob,
    /// What the format does not have, in a sentence.
    pub(super) notice: Option<String>,
}

/// Makes the file. The code for that is in the chunk (`chunk`).
///
/// # Errors
/// If there is nothing to export, the browser or the server cannot make it, or the user stops it.
pub(super) async fn make(
    options: ExportOptions,
    session: Session,
    work: Work,
) -> Result<Made, ExportError> {
    loaded(options, session, work).await?.await
}

in_chunk! {
    fn loaded(
        options: ExportOptions,
        session: Session,
        work: Work,
    ) -> Result<LocalBoxFuture<'static, Result<Made, ExportError>>, ExportError> {
        Ok(Box::pin(
            async move { made(&options, session, &work).await },
        ))
    }
}

async fn made(options: &ExportOptions, session: Session, work: &Work) -> Result<Made, ExportError> {
    let scene = session.export_scene(options.scope.clone());
    let scene = scene.ok_or(ExportError::Empty)?;
    let title = session.board_signals().title.get_untracked();
    let rendering = scene.picture(options.look());
    let is_painted = matches!(options.format, ExportFormat::Png | ExportFormat::Pdf);
    let wanted = wanted(&rendering, pixels_per_unit(options, rendering.region()));
    if options.needs_server(rendering.region()) || is_painted && !pictures::fit_decoded(&wanted) {
        return server::fetch(options, session, work).await;
    }
    let needs = Needs {
        files: !is_painted || options.embeds_scene(),
        pixels: is_painted,
    };
    let (files, decoded) = pictures::load(&wanted, needs, session.pictures(), work).await?;
    let form = match options.format {
        ExportFormat::Png | ExportFormat::Pdf => {
            let png = paint(&rendering, options, &decoded, work).await?;
            drop(decoded);
            if !options.embeds_scene() {
                let notice = files.notice();
                return Ok(Made { file: png, notice });
            }
            FileForm::Png(bytes_in(png).await.map_err(|_| ExportError::Unwritable)?)
        }
        ExportFormat::Svg => {
            work.says("Drawing …", None);
            let svg = draw(&rendering, &title, &files);
            if !options.embeds_scene() {
                let file = blob_of(svg.as_bytes(), options.format.media_type())?;
                let notice = files.notice();
                return Ok(Made { file, notice });
            }
            FileForm::Svg(svg)
        }
        ExportFormat::Json => FileForm::Json,
        ExportFormat::Excalidraw => FileForm::Excalidraw,
    };
    let notice = files.notice();
    let written = write(&scene, &title, form, files, work).await?;
    Ok(Made {
        file: blob_of(&written.file, options.format.media_type())?,
        notice: joined(written.notice, notice),
    })
}

/// Pixels of a board unit in a PNG.
fn pixels_per_unit(options: &ExportOptions, region: BoardRect) -> f64 {
    let [width, _] = options.pixels(region);
    f64::from(width) / region.width()
}

/// An SVG that holds the files of its pictures.
fn draw(rendering: &Rendering<'_>, title: &str, files: &EmbeddedFiles) -> String {
    let details = SvgDetails {
        pictures: Some(files),
        ..SvgDetails::titled(title)
    };
    rendering.write_svg(&details, String::new())
}

async fn paint(
    picture: &Rendering<'_>,
    options: &ExportOptions,
    pictures: &DecodedPictures,
    work: &Work,
) -> Result<Blob, ExportError> {
    let size = options.pixels(picture.region());
    let goes_on = |share| {
        work.says("Painting …", Some(share));
        !work.is_over()
    };
    let painted = PaintedPicture::paint(picture, size, pictures, &goes_on).await?;
    Ok(painted.into_png().await?)
}

/// Writes elements and the files of their pictures, by themselves or into a picture.
async fn write(
    scene: &ExportScene,
    title: &str,
    form: FileForm,
    files: EmbeddedFiles,
    work: &Work,
) -> Result<Written, ExportError> {
    work.says(WRITING, None);
    let written = importer::write(&scene.elements(), title, form, files.into_files()).await?;
    work.check()?;
    written.ok_or(ExportError::Unwritable)
}

/// Bytes as a file of a type.
fn blob_of(bytes: &[u8], media_type: &str) -> Result<Blob, ExportError> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map_err(|_| ExportError::Unwritable)
}

/// The same file as one of another type.
pub(super) fn retyped(file: &Blob, media_type: &str) -> Result<Blob, ExportError> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(file), &options)
        .map_err(|_| ExportError::Unwritable)
}

//! Makes the file of an export: in the page, in the worker of the importer, or on the server.

use editor::ExportScene;
use futures::future::LocalBoxFuture;
use leptos::prelude::GetUntracked as _;
use shared::paint::SvgDetails;
use web_sys::{Blob, BlobPropertyBag};

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

impl From<Blob> for Made {
    fn from(file: Blob) -> Self {
        let notice = None;
        Self { file, notice }
    }
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
    let written = match options.format {
        ExportFormat::Png | ExportFormat::Pdf if needs_server(&scene, options) => {
            return Ok(server::fetch(options, session, work).await?.into());
        }
        ExportFormat::Png | ExportFormat::Pdf => {
            let png = paint(&scene, options, work).await?;
            if !options.embeds_scene() {
                return Ok(png.into());
            }
            let bytes = bytes_in(png).await.map_err(|_| ExportError::Unwritable)?;
            write(&scene, &title, FileForm::Png(bytes), work).await?
        }
        ExportFormat::Svg => {
            work.says("Drawing …", None);
            let picture = scene.picture(options.look());
            let svg = picture.write_svg(&SvgDetails::titled(&title), String::new());
            if !options.embeds_scene() {
                return Ok(blob_of(svg.as_bytes(), options.format.media_type())?.into());
            }
            write(&scene, &title, FileForm::Svg(svg), work).await?
        }
        ExportFormat::Json => write(&scene, &title, FileForm::Json, work).await?,
        ExportFormat::Excalidraw => write(&scene, &title, FileForm::Excalidraw, work).await?,
    };
    Ok(Made {
        file: blob_of(&written.file, options.format.media_type())?,
        notice: written.notice,
    })
}

fn needs_server(scene: &ExportScene, options: &ExportOptions) -> bool {
    options.needs_server(scene.picture(options.look()).region())
}

async fn paint(
    scene: &ExportScene,
    options: &ExportOptions,
    work: &Work,
) -> Result<Blob, ExportError> {
    let picture = scene.picture(options.look());
    let size = options.pixels(picture.region());
    let goes_on = |share| {
        work.says("Painting …", Some(share));
        !work.is_stopped()
    };
    let painted = PaintedPicture::paint(&picture, size, &goes_on).await?;
    Ok(painted.into_png().await?)
}

/// Writes elements, by themselves or into a picture.
async fn write(
    scene: &ExportScene,
    title: &str,
    form: FileForm,
    work: &Work,
) -> Result<Written, ExportError> {
    work.says(WRITING, None);
    let written = importer::write(&scene.elements(), title, form).await?;
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

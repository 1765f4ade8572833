//! The content of a board for another board, and a drawing of it.

use shared::model::palette::Theme;
use shared::model::{EmbeddedFile, NewElement, Scope};
use shared::paint::SvgDetails;

use super::pictures::{self, Needs, wanted};
use super::work::{ExportError, Work};
use crate::session::Session;
use crate::view_model::{ExportFormat, ExportOptions};

/// The elements of a board, the files of their pictures, and a sentence that names the missing ones.
pub(in crate::page) type Content = (Vec<NewElement>, Vec<EmbeddedFile>, Option<String>);

fn options(theme: Theme) -> ExportOptions {
    ExportOptions {
        format: ExportFormat::Json,
        ..ExportOptions::new(Scope::Board, theme)
    }
}

/// The board as this page has it.
///
/// # Errors
/// If it is empty.
pub(in crate::page) async fn content(
    session: Session,
    theme: Theme,
) -> Result<Content, ExportError> {
    let scene = session.export_scene(Scope::Board);
    let scene = scene.ok_or(ExportError::Empty)?;
    let wanted = wanted(&scene.picture(options(theme).look()), 1.0);
    let needs = Needs {
        files: true,
        pixels: false,
    };
    let work = Work::new(|_| {});
    let (files, _) = pictures::load(&wanted, needs, session.pictures(), &work).await?;
    let notice = files.notice();
    Ok((scene.elements(), files.into_files(), notice))
}

/// An SVG drawing of the board without its pictures; `None` if the board is empty.
pub(in crate::page) fn drawing(session: Session, theme: Theme) -> Option<String> {
    let scene = session.export_scene(Scope::Board)?;
    let rendering = scene.picture(options(theme).look());
    Some(rendering.write_svg(&SvgDetails::titled(""), String::new()))
}

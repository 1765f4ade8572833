//! Reads the clipboards and files of other programs and our own files, and gives elements; and writes
//! elements to files.
//!
//! Few people paste a drawing, and reading one takes libraries that nothing else in the
//! client needs. So Trunk builds this crate as a WebAssembly module of its own (`main.rs`),
//! and a worker of the page loads it when a user pastes, opens or exports the first one.

mod csv_table;
mod excalidraw;
mod foreign;
mod html;
mod ids;
mod ink;
mod left_out;
mod limits;
mod lz_string;
mod markup;
mod mermaid;
mod own;
mod polyline;
mod rich_text;
mod svg;
mod tldraw;
mod write;

use shared::model::{EmbeddedFile, NewElement};

pub use write::{Form, Written, write};

use foreign::Foreign;
use formats::json::Scene;
use left_out::{LeftOut, Report};
use limits::{MAX_BYTES, MAX_DRAWING_BYTES};
use rich_text::Block;

/// The result of a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The elements, from the bottom of the stack up. Ids and groups are numbered from 1; the editor
    /// gives fresh ones when it pastes.
    pub elements: Vec<NewElement>,
    /// The title of the board, if the content is a file of our own that has one; else empty.
    pub title: String,
    /// The files of the pictures that the elements show.
    pub files: Vec<EmbeddedFile>,
    /// A sentence that names the parts that were not kept; `None` if everything was.
    pub notice: Option<String>,
}

impl Imported {
    /// No elements, and why.
    const fn nothing(notice: String) -> Self {
        Self {
            elements: Vec::new(),
            title: String::new(),
            files: Vec::new(),
            notice: Some(notice),
        }
    }
}

/// What the content of a clipboard or a file is, as far as that is known before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SVG, elements in JSON, SVG or PNG, of our own or of Excalidraw, a file of tldraw, or Mermaid.
    Drawing,
    /// HTML. The browser should have parsed it and written it as XML.
    Html,
    /// A table of text, divided by commas, semicolons or tabs.
    Table,
}

/// Reads content; `None` if it is of another kind.
///
/// `zoom` is the zoom of the view, more than 0: one pixel of the drawing becomes one CSS pixel
/// on the screen; files of our own keep their size. Content of other programs of more than 32 MiB, and
/// drawings of more than 128 MiB, give no elements. Parts that cannot be read or that
/// exceed the limits are left out and named.
#[must_use]
pub fn read(content: &[u8], kind: Kind, zoom: f64) -> Option<Imported> {
    if kind == Kind::Drawing
        && let Some(own) = own::read(content)
    {
        return Some(match own {
            Ok(scene) => own_scene(scene),
            Err(why) => Imported::nothing(format!("This file cannot be read: {why}.")),
        });
    }
    let most = if kind == Kind::Drawing {
        MAX_DRAWING_BYTES
    } else {
        MAX_BYTES
    };
    if content.len() > most {
        let why = "This is too large to be put on a board.";
        return Some(Imported::nothing(why.to_owned()));
    }
    let text = || String::from_utf8_lossy(content);
    if kind == Kind::Drawing
        && let Some(diagram) = mermaid::read(&text(), zoom)
    {
        return Some(Imported {
            elements: diagram.elements,
            title: String::new(),
            files: Vec::new(),
            notice: diagram.fault,
        });
    }
    let read = match kind {
        Kind::Drawing => {
            excalidraw::read_png(content, zoom).or_else(|| read_text(&text(), zoom))?
        }
        Kind::Html => read_html(&text(), zoom).into(),
        Kind::Table => rich(&[csv_table::read(&text())?], Report::default(), zoom).into(),
    };
    Some(Imported {
        elements: read.elements,
        title: String::new(),
        files: read.files,
        notice: read.report.sentence(),
    })
}

fn own_scene(scene: Scene) -> Imported {
    let mut report = Report::default();
    if scene.has_more_files {
        report.add(LeftOut::PictureFiles);
    }
    Imported {
        elements: scene.elements,
        title: scene.title,
        files: scene.files,
        notice: report.sentence(),
    }
}

/// The elements of blocks, and everything that was left out.
fn rich(blocks: &[Block], before: Report, zoom: f64) -> (Vec<NewElement>, Report) {
    let (elements, mut report) = rich_text::elements(blocks, zoom);
    report.merge(before);
    (elements, report)
}

/// The shapes of tldraw in HTML, or else its text, lists and tables.
fn read_html(text: &str, zoom: f64) -> (Vec<NewElement>, Report) {
    tldraw::read_html(text, zoom).unwrap_or_else(|| {
        let (blocks, report) = html::read(text);
        rich(&blocks, report, zoom)
    })
}

fn read_text(text: &str, zoom: f64) -> Option<Foreign> {
    let scene = excalidraw::read_json(text, zoom);
    if let Some(scene) = scene.or_else(|| Some(tldraw::read_file(text, zoom)?.into())) {
        return Some(scene);
    }
    if !markup::begins_with(text, "svg") {
        return None;
    }
    let scene = excalidraw::read_svg(text, zoom);
    Some(scene.unwrap_or_else(|| svg::read(text, zoom).into()))
}

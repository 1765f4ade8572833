//! Files that a user drops or opens: their kinds, and how they are read.

use web_sys::{File, FileList};

use crate::clipboard::{self, Content};
use crate::importer::{self, ImportError, Kind, Reading};

/// The largest file that is read, in bytes. Reading takes several times as much memory, and a tab
/// has 4 GiB.
const MAX_FILE_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// A scene stands before the pixels in a file, so its mark is among the first bytes.
const SCENE_MARK_BYTES: f64 = 65_536.0;
/// The words with which pictures announce the elements in them: Excalidraw's and ours.
const SCENE_MARKS: [&[u8]; 2] = [b"excalidraw", b"commonslate"];

/// The endings of the files that can be opened as a board, for the dialog of the browser.
pub(super) const OPENABLE: &str =
    ".json,.excalidraw,.excalidrawlib,.tldr,.svg,.png,.csv,.tsv,.html,.txt,.md";

/// What a file contains.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FileContent {
    /// Elements.
    Elements(Reading),
    /// Plain text.
    Text(String),
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{name}” was not opened. {fault}")]
pub(super) struct FileError {
    /// The name of the file.
    name: String,
    /// The reason.
    pub(super) fault: FileFault,
}

/// The reason why a file is not read, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum FileFault {
    #[error(
        "The board takes files of Commonslate, Excalidraw and tldraw, SVG drawings, tables, pages and texts."
    )]
    Unknown,
    #[error("It is a picture without elements in it. Drop it on a board.")]
    Picture,
    #[error("It is no file of Commonslate, Excalidraw or tldraw.")]
    Foreign,
    #[error("It contains nothing that the board can take.")]
    Empty,
    #[error("It is larger than 256 MB.")]
    TooLarge,
    #[error("The browser can no longer read it.")]
    Gone,
    #[error("A part of Commonslate did not load. Check the connection and try again.")]
    NotLoaded,
    #[error("It could not be read.")]
    Unreadable,
    #[error("You stopped it.")]
    Stopped,
    #[error("{0}")]
    Faulty(String),
}

/// The files of a list of the browser.
pub(super) fn listed(files: Option<FileList>) -> Vec<File> {
    let all = |files: FileList| (0..files.length()).filter_map(move |number| files.get(number));
    files.map(all).into_iter().flatten().collect()
}

/// Whether a file is a picture without elements in it, by its name, its type and its first bytes.
pub(super) async fn is_picture(file: &File) -> bool {
    if FileKind::of(&file.name(), &file.type_()) != FileKind::Picture {
        return false;
    }
    let head = file.slice_with_f64_and_f64(0.0, SCENE_MARK_BYTES);
    let Ok(head) = head else { return true };
    let bytes = clipboard::bytes_in(head).await.unwrap_or_default();
    let holds = |mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
    !SCENE_MARKS.into_iter().any(holds)
}

/// Reads a file. One pixel of a drawing of another program becomes one CSS pixel at this zoom.
///
/// # Errors
/// If the file cannot be read or has nothing for a board.
pub(super) async fn read(file: File, zoom: f64) -> Result<FileContent, FileError> {
    let name = file.name();
    let read = read_content(file, zoom).await;
    read.map_err(|fault| FileError { name, fault })
}

async fn read_content(file: File, zoom: f64) -> Result<FileContent, FileFault> {
    let kind = FileKind::of(&file.name(), &file.type_());
    if file.size() > MAX_FILE_BYTES {
        return Err(FileFault::TooLarge);
    }
    if kind == FileKind::Unknown {
        return Err(FileFault::Unknown);
    }
    let bytes = clipboard::bytes_in(file.into()).await;
    let bytes = bytes.map_err(|_| FileFault::Gone)?;
    let text = || String::from_utf8_lossy(&bytes).into_owned();
    match kind {
        FileKind::Text => match clipboard::plain(text()) {
            Content::Foreign {
                content,
                kind,
                text,
            } => {
                let read = import(content.as_bytes(), kind, zoom).await?;
                Ok(read.map_or(FileContent::Text(text), FileContent::Elements))
            }
            Content::Text(text) | Content::Elements(text) => Ok(FileContent::Text(text)),
        },
        FileKind::Page => {
            let xml = clipboard::html_to_xml(&text());
            elements(&xml.into_bytes(), Kind::Html, zoom, FileFault::Empty).await
        }
        FileKind::Table => elements(&bytes, Kind::Table, zoom, FileFault::Empty).await,
        FileKind::Drawing => elements(&bytes, Kind::Drawing, zoom, FileFault::Unreadable).await,
        FileKind::Picture => elements(&bytes, Kind::Drawing, zoom, FileFault::Picture).await,
        FileKind::Scene => elements(&bytes, Kind::Drawing, zoom, FileFault::Foreign).await,
        FileKind::Unknown => Err(FileFault::Unknown),
    }
}

/// The elements of content; `otherwise` if it is of another kind.
async fn elements(
    content: &[u8],
    kind: Kind,
    zoom: f64,
    otherwise: FileFault,
) -> Result<FileContent, FileFault> {
    let reading = import(content, kind, zoom).await?;
    reading.map(FileContent::Elements).ok_or(otherwise)
}

async fn import(content: &[u8], kind: Kind, zoom: f64) -> Result<Option<Reading>, FileFault> {
    let reading = importer::read(content, kind, zoom).await;
    let reading = reading.map_err(|error| match error {
        ImportError::NotLoaded => FileFault::NotLoaded,
        ImportError::Crashed => FileFault::Unreadable,
        ImportError::Stopped => FileFault::Stopped,
    })?;
    match reading {
        Some(nothing) if nothing.elements.is_empty() => Err(match nothing.notice {
            Some(notice) => FileFault::Faulty(notice),
            None => FileFault::Empty,
        }),
        other => Ok(other),
    }
}

/// What a file is, by its name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    /// JSON with elements.
    Scene,
    /// An SVG drawing.
    Drawing,
    /// Pixels, which may contain elements.
    Picture,
    Table,
    Page,
    Text,
    Unknown,
}

impl FileKind {
    fn of(name: &str, media_type: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match (ending, media_type) {
            ("json" | "excalidraw" | "excalidrawlib" | "tldr", _) | (_, "application/json") => {
                Self::Scene
            }
            ("svg", _) | (_, "image/svg+xml") => Self::Drawing,
            (
                "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" | "heic" | "tif" | "tiff",
                _,
            ) => Self::Picture,
            _ if media_type.starts_with("image/") => Self::Picture,
            ("csv" | "tsv", _) | (_, "text/csv" | "text/tab-separated-values") => Self::Table,
            ("html" | "htm", _) | (_, "text/html") => Self::Page,
            ("txt" | "md", _) => Self::Text,
            _ if media_type.starts_with("text/") => Self::Text,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_endings_and_types() {
        let kind = FileKind::of;
        assert_eq!(kind("Plan.excalidraw", ""), FileKind::Scene);
        assert_eq!(kind("plan.json", "application/json"), FileKind::Scene);
        assert_eq!(kind("plan.excalidraw.png", "image/png"), FileKind::Picture);
        assert_eq!(kind("Photo.JPG", ""), FileKind::Picture);
        assert_eq!(kind("image", "image/avif"), FileKind::Picture);
        assert_eq!(kind("two pages.tldr", ""), FileKind::Scene);
        assert_eq!(kind("drawing", "image/svg+xml"), FileKind::Drawing);
        assert_eq!(kind("a.csv", "application/vnd.ms-excel"), FileKind::Table);
        assert_eq!(kind("page.htm", "text/html"), FileKind::Page);
        assert_eq!(kind("notes.md", ""), FileKind::Text);
        assert_eq!(kind("notes", "text/plain"), FileKind::Text);
        assert_eq!(kind("film.mp4", "video/mp4"), FileKind::Unknown);
    }

    #[test]
    fn an_error_names_the_file_and_the_reason() {
        let error = FileError {
            name: "plan.json".to_owned(),
            fault: FileFault::Foreign,
        };
        assert_eq!(
            error.to_string(),
            "“plan.json” was not opened. It is no file of Commonslate, Excalidraw or tldraw."
        );
    }
}

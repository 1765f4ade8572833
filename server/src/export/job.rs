//! Makes one file, on a thread of its own.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;
use std::thread;

use formats::{embed, excalidraw, json};
use painters::{PaintContext, PaintError, Pictures, PixelSize, write_pdf, write_png};
use shared::geometry::BoardRect;
use shared::limits::MAX_EMBEDDED_BYTES;
use shared::model::{Board, Body, Picture, Scope};
use shared::paint::{Rendering, RenderingOptions, SvgDetails};
use shared::sync::Replayed;
use tokio::sync::oneshot;

use super::Permit;
use super::fonts::ExportFonts;
use super::pictures::{PictureFiles, PictureSource};
use super::refusal::Refusal;
use super::request::{ExportRequest, Format};
use super::sink::{Pieces, Sink, pipe};
use crate::cpu_budget::thread_time;

/// How much lower the priority of an export is than that of everything else, 0 to 19.
const NICENESS: i32 = 15;
/// What a file lacks without some pictures.
const NOT_ALL_PICTURES: &str = "some pictures (previews instead)";
/// What the JSON lacks without the files of some pictures.
const NOT_ALL_FILES: &str = "the files of some pictures";
/// Missing letters that are named.
const MAX_MISSING: usize = 20;

/// A file that is to be made.
#[derive(Debug)]
pub(crate) struct Job {
    /// The file that is made.
    pub(crate) request: ExportRequest,
    /// The board.
    pub(crate) replayed: Arc<Replayed>,
    /// Its title.
    pub(crate) title: String,
    /// The fonts.
    pub(crate) fonts: Arc<ExportFonts>,
    /// Where it finds pictures.
    pub(crate) pictures: PictureSource,
    /// The right to make it.
    pub(crate) permit: Permit,
}

/// A file that is being made.
#[derive(Debug)]
pub(crate) struct Exported {
    /// Its bytes.
    pub(crate) pieces: Pieces,
    /// What it lacks, in words; empty if nothing.
    pub(crate) not_kept: Vec<&'static str>,
    /// Letters that no font has.
    pub(crate) missing: Vec<char>,
    /// The part of the board that a picture shows.
    pub(crate) region: Option<BoardRect>,
}

/// The facts that are known before the first byte.
#[derive(Default)]
struct Head {
    not_kept: Vec<&'static str>,
    missing: Vec<char>,
    region: Option<BoardRect>,
}

impl Head {
    /// A file lacks `what` unless all files were found.
    fn lacking(files: &PictureFiles<'_>, what: &'static str) -> Self {
        let not_kept = (!files.has_all()).then_some(what);
        Self {
            not_kept: not_kept.into_iter().collect(),
            ..Self::default()
        }
    }
}

type Begun = oneshot::Sender<Result<Head, Refusal>>;

impl Job {
    /// Begins to make the file.
    ///
    /// # Errors
    /// A problem with the request, which is known before the first byte.
    pub(crate) async fn begin(self) -> Result<Exported, Refusal> {
        let (sink, pieces) = pipe(self.permit.eviction());
        let (begun, head) = oneshot::channel();
        let thread = thread::Builder::new().name("export".to_owned());
        let started = thread.spawn(move || self.run(sink, begun));
        if let Err(error) = started {
            tracing::error!(%error, "no thread for an export");
            return Err(Refusal::Busy("the server has no room for an export"));
        }
        let head = head.await.map_err(|_| Refusal::Failed)??;
        Ok(Exported {
            pieces,
            not_kept: head.not_kept,
            missing: head.missing,
            region: head.region,
        })
    }

    fn run(self, sink: Sink, begun: Begun) {
        // On Linux this is the priority of the thread. Without it an export is only less polite.
        if let Err(error) = rustix::process::nice(NICENESS) {
            tracing::debug!(%error, "the priority of an export cannot be lowered");
        }
        if let Err(error) = self.write(sink, begun) {
            tracing::debug!(%error, "an export ended early");
        }
        self.permit.charge(thread_time());
    }

    fn write(&self, sink: Sink, begun: Begun) -> Result<(), PaintError> {
        let board = self.replayed.board();
        if let Err(problem) = self.request.check(board) {
            drop(begun.send(Err(problem)));
            return Ok(());
        }
        match self.request.format {
            Format::Json => self.write_json(board, sink, begun),
            Format::Excalidraw => self.write_excalidraw(board, sink, begun),
            Format::Svg => self.write_svg(board, sink, begun),
            Format::Png => self.write_png(board, sink, begun),
            Format::Pdf => self.write_pdf(board, sink, begun),
        }
    }

    fn write_json(&self, board: &Board, mut sink: Sink, begun: Begun) -> Result<(), PaintError> {
        let watch = sink.watch();
        let pictures = self.pictures_of(board);
        let files = PictureFiles::look(&self.pictures, &watch, &pictures, MAX_EMBEDDED_BYTES);
        drop(begun.send(Ok(Head::lacking(&files, NOT_ALL_FILES))));
        let elements = self.request.scope.extract(board);
        let files = pictures.iter().filter_map(|picture| {
            let bytes = (&files as &dyn Pictures).file(picture)?;
            Some((picture, bytes))
        });
        json::write(&self.title, &elements, files, &mut sink)?;
        Ok(sink.finish()?)
    }

    fn write_excalidraw(
        &self,
        board: &Board,
        mut sink: Sink,
        begun: Begun,
    ) -> Result<(), PaintError> {
        let watch = sink.watch();
        let pictures = self.pictures_of(board);
        let files = PictureFiles::look(&self.pictures, &watch, &pictures, MAX_EMBEDDED_BYTES);
        let written = excalidraw::write(board, &self.request.scope, Some(&files));
        let not_kept = written.not_kept.iter().map(|it| it.words());
        drop(begun.send(Ok(Head {
            not_kept: not_kept.collect(),
            ..Head::default()
        })));
        sink.write_all(written.json.as_bytes())?;
        Ok(sink.finish()?)
    }

    fn write_svg(&self, board: &Board, sink: Sink, begun: Begun) -> Result<(), PaintError> {
        let rendering = self.rendering(board);
        let scale = match self.request.svg_scale(rendering.region()) {
            Ok(scale) => scale,
            Err(problem) => {
                drop(begun.send(Err(problem)));
                return Ok(());
            }
        };
        let watch = sink.watch();
        let pictures = self.pictures_of(board);
        let files = PictureFiles::look(&self.pictures, &watch, &pictures, MAX_EMBEDDED_BYTES);
        drop(begun.send(Ok(Head {
            region: Some(rendering.region()),
            ..Head::lacking(&files, NOT_ALL_PICTURES)
        })));
        let scene = self.scene(board).map(|json| embed::svg::metadata(&json));
        let metadata = scene.unwrap_or_default();
        let details = SvgDetails {
            title: &self.title,
            scale,
            metadata: &metadata,
            pictures: Some(&files),
        };
        Ok(rendering.write_svg(&details, sink).finish()?)
    }

    fn write_png(&self, board: &Board, mut sink: Sink, begun: Begun) -> Result<(), PaintError> {
        let rendering = self.rendering(board);
        let size = match PixelSize::of(rendering.region(), self.request.resolution) {
            Ok(size) => size,
            Err(error) => {
                drop(begun.send(Err(Refusal::Unfit(error.to_string()))));
                return Ok(());
            }
        };
        let watch = sink.watch();
        let pictures = self.pictures_of(board);
        let files = PictureFiles::look(&self.pictures, &watch, &pictures, u64::MAX);
        let context = PaintContext {
            fonts: self.fonts.get(),
            pictures: &files,
            is_abandoned: &|| watch.is_abandoned(),
        };
        drop(begun.send(Ok(Head {
            missing: self.missing(board),
            region: Some(rendering.region()),
            ..Head::lacking(&files, NOT_ALL_PICTURES)
        })));
        let scene = self.scene(board).map(|json| embed::png::chunk_data(&json));
        write_png(&rendering, size, context, scene.as_deref(), &mut sink)?;
        Ok(sink.finish()?)
    }

    /// A page for each frame, or one page if there are none. A PDF is in memory as a whole anyway, so
    /// the answer begins only when it is known which pictures it has.
    fn write_pdf(&self, board: &Board, mut sink: Sink, begun: Begun) -> Result<(), PaintError> {
        let frames = match &self.request.scope {
            Scope::Board => self.frames(board),
            Scope::Frame(_) | Scope::Elements(_) => Vec::new(),
        };
        let pages = if frames.is_empty() {
            vec![self.rendering(board)]
        } else {
            frames
        };
        let watch = sink.watch();
        let pictures = self.pictures_of(board);
        let files = PictureFiles::look(&self.pictures, &watch, &pictures, MAX_EMBEDDED_BYTES);
        let context = PaintContext {
            fonts: self.fonts.get(),
            pictures: &files,
            is_abandoned: &|| watch.is_abandoned(),
        };
        let file = write_pdf(&pages, &self.title, context)?;
        let lacks_pictures = self.request.has_pictures && !file.has_all_pictures;
        drop(
            begun.send(Ok(Head {
                not_kept: lacks_pictures
                    .then_some(NOT_ALL_PICTURES)
                    .into_iter()
                    .collect(),
                missing: self.missing(board),
                region: None,
            })),
        );
        sink.write_all(&file.bytes)?;
        Ok(sink.finish()?)
    }

    fn rendering<'a>(&self, board: &'a Board) -> Rendering<'a> {
        let rendering = Rendering::new(board, &self.request.scope, self.request.options);
        match self.request.area {
            Some(area) => rendering.cropped_to(area),
            None => rendering,
        }
    }

    /// The frames of the board, from the bottom up, without space around them.
    fn frames<'a>(&self, board: &'a Board) -> Vec<Rendering<'a>> {
        let options = RenderingOptions {
            padding: 0.0,
            ..self.request.options
        };
        let frames = board.in_order().filter(|it| matches!(it.body, Body::Frame));
        let pages = frames.map(|frame| Rendering::new(board, &Scope::Frame(frame.id), options));
        pages.collect()
    }

    fn missing(&self, board: &Board) -> Vec<char> {
        let letters = self.rendering(board).letters();
        let mut missing = self.fonts.get().missing(&letters);
        missing.truncate(MAX_MISSING);
        missing
    }

    /// The pictures of the images, from the bottom up; none if previews are asked for.
    fn pictures_of(&self, board: &Board) -> Vec<Picture> {
        if !self.request.has_pictures {
            return Vec::new();
        }
        let elements = self.request.scope.elements(board);
        let mut seen = BTreeSet::new();
        let pictures = elements.iter().filter_map(|it| it.props.picture());
        pictures.filter(|it| seen.insert(it.sha256)).collect()
    }

    /// The JSON of the elements, if the picture shall carry it.
    fn scene(&self, board: &Board) -> Option<String> {
        let embeds = self.request.embeds_scene;
        embeds.then(|| json::to_string(&self.title, self.request.scope.extract(board)))
    }
}

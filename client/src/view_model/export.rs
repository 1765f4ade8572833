//! What the export dialog lets a user choose, and the state of an export.

use shared::geometry::BoardRect;
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::{Background, RenderingOptions};

/// The largest picture that the browser paints itself, in pixels: the largest canvas that phones
/// allow, 64 MiB. The server paints larger ones.
const MAX_BROWSER_PIXELS: u64 = 16_777_216;
/// The longest side of a canvas that browsers allow, in pixels.
const MAX_BROWSER_SIDE: u32 = 16_384;
/// The largest width that can be asked for, in pixels.
pub(crate) const MAX_WIDTH: u32 = 16_384;
/// The largest scale, in pixels per board unit.
pub(crate) const MAX_SCALE: u32 = 4;
/// Letters of a file name without its ending. File systems allow 255 bytes, and a letter takes up
/// to 4.
const MAX_NAME_CHARS: usize = 60;
/// The name of files of a board without a title.
const NAMELESS: &str = "Untitled board";

/// The format of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportFormat {
    /// Pixels.
    Png,
    /// A drawing.
    Svg,
    /// Pages.
    Pdf,
    /// The own format.
    Json,
    /// A scene of Excalidraw.
    Excalidraw,
}

impl ExportFormat {
    /// All formats, in the order of the dialog.
    pub(crate) const ALL: [Self; 5] = [
        Self::Png,
        Self::Svg,
        Self::Pdf,
        Self::Json,
        Self::Excalidraw,
    ];

    /// The ending of file names.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Excalidraw => "excalidraw",
        }
    }

    /// The media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
            Self::Json | Self::Excalidraw => "application/json",
        }
    }

    /// Whether it is a picture, which has a theme and a background.
    pub(crate) const fn is_picture(self) -> bool {
        match self {
            Self::Png | Self::Svg | Self::Pdf => true,
            Self::Json | Self::Excalidraw => false,
        }
    }

    /// Whether a file can be a picture and contain the elements as well.
    pub(crate) const fn may_have_scene(self) -> bool {
        match self {
            Self::Png | Self::Svg => true,
            Self::Pdf | Self::Json | Self::Excalidraw => false,
        }
    }

    /// Whether a clipboard takes it.
    pub(crate) const fn may_be_copied(self) -> bool {
        match self {
            Self::Png | Self::Svg | Self::Json | Self::Excalidraw => true,
            Self::Pdf => false,
        }
    }
}

/// The size of a PNG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportSize {
    /// Pixels per board unit, `1 ..= MAX_SCALE`.
    Scale(u32),
    /// The width in pixels, `1 ..= MAX_WIDTH`.
    Width(u32),
}

/// Everything that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExportOptions {
    /// The part of the board.
    pub(crate) scope: Scope,
    /// The format.
    pub(crate) format: ExportFormat,
    /// The size, if the format is PNG.
    pub(crate) size: ExportSize,
    /// The theme of a picture.
    pub(crate) theme: Theme,
    /// The background of a picture.
    pub(crate) background: Background,
    /// Whether a picture contains the elements, so that it can be opened again.
    pub(crate) has_scene: bool,
}

impl ExportOptions {
    /// A picture of a part of the board that opens again.
    pub(crate) const fn new(scope: Scope, theme: Theme) -> Self {
        Self {
            scope,
            format: ExportFormat::Png,
            size: ExportSize::Scale(2),
            theme,
            background: Background::Board,
            has_scene: true,
        }
    }

    /// The look of a picture.
    pub(crate) fn look(&self) -> RenderingOptions {
        RenderingOptions {
            theme: self.theme,
            background: self.background,
            ..RenderingOptions::default()
        }
    }

    /// Whether the file is a picture that contains the elements.
    pub(crate) const fn embeds_scene(&self) -> bool {
        self.has_scene && self.format.may_have_scene()
    }

    /// Width and height of a PNG, in pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths are positive, and casts saturate"
    )]
    pub(crate) fn pixels(&self, region: BoardRect) -> [u32; 2] {
        let whole = |length: f64| length.round().max(1.0) as u32;
        let (width, height) = (region.width().max(1.0), region.height().max(1.0));
        match self.size {
            ExportSize::Scale(scale) => {
                let scale = f64::from(scale.clamp(1, MAX_SCALE));
                [whole(width * scale), whole(height * scale)]
            }
            ExportSize::Width(pixels) => {
                let pixels = pixels.clamp(1, MAX_WIDTH);
                [pixels, whole(f64::from(pixels) / width * height)]
            }
        }
    }

    /// Whether only the server can make the file.
    pub(crate) fn needs_server(&self, region: BoardRect) -> bool {
        let [width, height] = self.pixels(region);
        let is_large = width.max(height) > MAX_BROWSER_SIDE
            || u64::from(width) * u64::from(height) > MAX_BROWSER_PIXELS;
        match self.format {
            ExportFormat::Png => is_large,
            ExportFormat::Pdf => true,
            ExportFormat::Svg | ExportFormat::Json | ExportFormat::Excalidraw => false,
        }
    }
}

/// The state of an export.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum ExportState {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// It is under way.
    Underway {
        /// What happens now, in a sentence.
        words: String,
        /// The share that is done, 0.0 ..= 1.0; `None` if it is not known.
        share: Option<f64>,
    },
    /// It has ended. The sentence says how.
    Done(String),
    /// It failed. The sentence says why.
    Failed(String),
}

impl ExportState {
    /// The end of an export, with a sentence that names what was not kept, if there is one.
    pub(crate) fn done(words: &str, notice: Option<String>) -> Self {
        let notice = notice.map(|notice| [" ", &notice].concat());
        Self::Done([words, &notice.unwrap_or_default()].concat())
    }
}

/// The name of a file of a board, without its ending. File systems refuse some letters.
pub(crate) fn file_name(title: &str) -> String {
    let allowed = |letter: char| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    let name: String = title.chars().map(allowed).take(MAX_NAME_CHARS).collect();
    // Windows drops dots and spaces at the end, and a dot at the beginning hides a file.
    let name = name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    if name.is_empty() { NAMELESS } else { name }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: BoardRect = BoardRect::new(-100.0, 0.0, 900.0, 500.0);

    fn options(format: ExportFormat, size: ExportSize) -> ExportOptions {
        ExportOptions {
            format,
            size,
            ..ExportOptions::new(Scope::Board, Theme::Light)
        }
    }

    #[test]
    fn a_png_has_the_proportions_of_the_board() {
        let pixels = |size| options(ExportFormat::Png, size).pixels(REGION);
        assert_eq!(pixels(ExportSize::Scale(1)), [1_000, 500]);
        assert_eq!(pixels(ExportSize::Scale(4)), [4_000, 2_000]);
        assert_eq!(pixels(ExportSize::Scale(9)), [4_000, 2_000]);
        assert_eq!(pixels(ExportSize::Width(300)), [300, 150]);
        assert_eq!(pixels(ExportSize::Width(0)), [1, 1]);
        let line = BoardRect::new(0.0, 0.0, 50.0, 0.0);
        let thin = options(ExportFormat::Png, ExportSize::Scale(1)).pixels(line);
        assert_eq!(thin, [50, 1], "a picture has pixels");
    }

    #[test]
    fn the_server_makes_large_pictures_and_pages() {
        let needs = |format, size| options(format, size).needs_server(REGION);
        assert!(!needs(ExportFormat::Png, ExportSize::Scale(4)));
        assert!(!needs(ExportFormat::Png, ExportSize::Width(5_792)));
        assert!(needs(ExportFormat::Png, ExportSize::Width(5_800)));
        assert!(needs(ExportFormat::Pdf, ExportSize::Scale(1)));
        assert!(!needs(ExportFormat::Svg, ExportSize::Scale(4)));
        let long = BoardRect::new(0.0, 0.0, 20_000.0, 10.0);
        let long = options(ExportFormat::Png, ExportSize::Scale(1)).needs_server(long);
        assert!(long, "no canvas is so wide");
    }

    #[test]
    fn only_pictures_contain_a_scene() {
        let embeds = |format| options(format, ExportSize::Scale(1)).embeds_scene();
        let with_scene = ExportFormat::ALL.map(embeds);
        assert_eq!(with_scene, [true, true, false, false, false]);
    }

    #[test]
    fn a_file_is_named_after_the_board_and_every_system_allows_the_name() {
        assert_eq!(file_name("Garden plan"), "Garden plan");
        assert_eq!(file_name("a/b\\c: \"d\"?"), "a-b-c- -d--");
        assert_eq!(file_name("..\u{7}.hidden. "), "hidden");
        assert_eq!(file_name(""), "Untitled board");
        assert_eq!(file_name("日".repeat(100).as_str()).chars().count(), 60);
    }
}

//! SVG export of a board.
//!
//! Numbers are rounded to hundredths of a board unit. Text that people typed is escaped. Text stays
//! text: a viewer without our typefaces shows it in the next best font.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurbo::{BezPath, PathEl, Point};

use crate::geometry::{BoardRect, FillRule};
use crate::model::palette::{Rgb, Theme, background};
use crate::model::{BlobHash, Board, MediaType, Picture, Scope};
use crate::number::decimal;

use super::rendering::{Rendering, RenderingOptions, SvgDetails};
use super::{Blend, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_preview};

/// Exports a whole board as an SVG document, cropped to its content.
#[must_use]
pub fn board_to_svg(board: &Board, title: &str, theme: Theme) -> String {
    let options = RenderingOptions {
        theme,
        ..RenderingOptions::default()
    };
    let rendering = Rendering::new(board, &Scope::Board, options);
    rendering.write_svg(&SvgDetails::titled(title), String::new())
}

/// Finds the pictures of a document.
pub trait PictureAddresses: fmt::Debug {
    /// The address at which a viewer of the document finds the file of a picture: that of a server, or
    /// one that holds the file ([`data_address`]). `None` if there is none; then the document shows
    /// the preview.
    fn address(&self, picture: &Picture) -> Option<String>;
}

/// An address that holds a file itself.
#[must_use]
pub fn data_address(media_type: MediaType, file: &[u8]) -> String {
    let mut address = format!("data:{media_type};base64,");
    STANDARD.encode_string(file, &mut address);
    address
}

/// A painter that writes an SVG document. It writes nothing after the first error of its writer, and
/// is abandoned then. The writer has to tell the cause.
#[derive(Clone, Debug)]
pub struct SvgPainter<'a, W = String> {
    out: Checked<W>,
    /// The number of clips so far. Each clip gets its own number in the document.
    clips: u32,
    addresses: Option<&'a dyn PictureAddresses>,
    /// The pictures that the document has so far, each with its number; `None` if it has no address.
    pictures: BTreeMap<BlobHash, Option<usize>>,
}

/// A writer that refuses everything after its first error.
#[derive(Clone, Debug)]
struct Checked<W> {
    out: W,
    has_failed: bool,
}

impl<W: Write> Write for Checked<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.has_failed {
            return Err(fmt::Error);
        }
        let written = self.out.write_str(text);
        self.has_failed = written.is_err();
        written
    }
}

impl<'a> SvgPainter<'a> {
    /// Begins a document that shows `region` on the background of the theme.
    #[must_use]
    pub fn new(region: BoardRect, title: &'a str, theme: Theme) -> Self {
        let (background, details) = (background(theme), SvgDetails::titled(title));
        Self::write_to(String::new(), region, Some(background), &details)
    }
}

impl<'a, W: Write> SvgPainter<'a, W> {
    /// Begins a document that is written to `out`. It shows `region` on a background; `None` is a
    /// transparent one.
    pub fn write_to(
        out: W,
        region: BoardRect,
        background: Option<Rgb>,
        details: &SvgDetails<'a>,
    ) -> Self {
        let has_failed = false;
        let mut out = Checked { out, has_failed };
        let (x, y, width, height) = (
            number(region.x0),
            number(region.y0),
            number(region.width()),
            number(region.height()),
        );
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {width} {height}\" \
             width=\"{}\" height=\"{}\"><title>{}</title>{}",
            number(region.width() * details.scale),
            number(region.height() * details.scale),
            escaped(details.title),
            details.metadata,
        );
        if let Some(color) = background {
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
                color.to_css(),
            );
        }
        let _ = out.write_char('\n');
        Self {
            out,
            clips: 0,
            addresses: details.pictures,
            pictures: BTreeMap::new(),
        }
    }

    /// Ends the document.
    #[must_use]
    pub fn finish(mut self) -> W {
        self.write("</svg>\n");
        self.out.out
    }

    fn write(&mut self, markup: &str) {
        let _ = self.out.write_str(markup);
    }

    /// The number of a picture in the document. The document has each picture once, however many
    /// images show it.
    fn defined(&mut self, picture: &Picture) -> Option<usize> {
        if let Some(known) = self.pictures.get(&picture.sha256) {
            return *known;
        }
        let number = self.pictures.len() + 1;
        let address = self.addresses.and_then(|all| all.address(picture));
        if let Some(address) = &address {
            let _ = writeln!(
                self.out,
                "<defs><image id=\"picture{number}\" width=\"1\" height=\"1\" \
                 preserveAspectRatio=\"none\" href=\"{}\"/></defs>",
                escaped(address)
            );
        }
        let number = address.map(|_| number);
        self.pictures.insert(picture.sha256, number);
        number
    }

    /// Writes the attributes of a paint for `property`, which is `fill` or `stroke`.
    fn write_fill(&mut self, property: &str, fill: &Fill) {
        let _ = write!(self.out, " {property}=\"{}\"", fill.rgb.to_css());
        if fill.alpha < 1.0 {
            let alpha = number(f64::from(fill.alpha));
            let _ = write!(self.out, " {property}-opacity=\"{alpha}\"");
        }
    }

    fn write_filled(&mut self, path: &BezPath, fill: &Fill, rule: FillRule) {
        self.write("<path");
        self.write_fill("fill", fill);
        if rule == FillRule::EvenOdd {
            self.write(" fill-rule=\"evenodd\"");
        }
        self.write(blend_style(fill.blend));
        self.write_path(path);
        self.write("/>\n");
    }

    fn write_path(&mut self, path: &BezPath) {
        self.write(" d=\"");
        write_path(&mut self.out, path);
        self.write("\"");
    }
}

const fn blend_style(blend: Blend) -> &'static str {
    match blend {
        Blend::Cover => "",
        Blend::Multiply => " style=\"mix-blend-mode:multiply\"",
        Blend::Screen => " style=\"mix-blend-mode:screen\"",
    }
}

impl<W: Write> Painter for SvgPainter<'_, W> {
    fn is_abandoned(&self) -> bool {
        self.out.has_failed
    }

    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.write_filled(path, fill, FillRule::NonZero);
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.write_filled(path, fill, FillRule::EvenOdd);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        self.write("<path fill=\"none\"");
        self.write_fill("stroke", &line.fill);
        let _ = write!(
            self.out,
            " stroke-width=\"{}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
            fine(line.width)
        );
        if let Some([dash, gap]) = line.dash {
            let _ = write!(
                self.out,
                " stroke-dasharray=\"{} {}\"",
                fine(dash),
                fine(gap)
            );
        }
        self.write(blend_style(line.fill.blend));
        self.write_path(path);
        self.write("/>\n");
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        let [a, b, c, d, e, f] = words.place.as_coeffs();
        // The beginning of a text from right to left is its right end, but not for all viewers. Its
        // middle is the middle for all.
        let is_centred = words.is_rtl || words.is_system;
        let x = words.at.x + if is_centred { words.width / 2.0 } else { 0.0 };
        let _ = write!(
            self.out,
            "<text xml:space=\"preserve\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-family=\"{}\"",
            number(x),
            number(words.at.y),
            fine(words.size),
            escaped(words.face.font.families()),
        );
        if words.face.bold {
            self.write(" font-weight=\"700\"");
        }
        if words.face.italic {
            self.write(" font-style=\"italic\"");
        }
        if is_centred {
            self.write(" text-anchor=\"middle\"");
        }
        if words.is_rtl {
            self.write(" direction=\"rtl\"");
        }
        if words.is_forced {
            self.write(" unicode-bidi=\"bidi-override\"");
        }
        self.write_fill("fill", &words.fill);
        if words.is_system {
            let _ = write!(
                self.out,
                " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" \
                 text-rendering=\"geometricPrecision\"",
                fine(words.width)
            );
        } else {
            self.write(" style=\"font-kerning:none;font-variant-ligatures:none\"");
        }
        let _ = writeln!(
            self.out,
            " transform=\"matrix({} {} {} {} {} {})\">{}</text>",
            fine(a),
            fine(b),
            fine(c),
            fine(d),
            number(e),
            number(f),
            escaped(words.text),
        );
    }

    fn picture(&mut self, placed: &PlacedPicture<'_>) {
        let described = !placed.alternative_text.is_empty();
        if described {
            let text = escaped(placed.alternative_text);
            let _ = writeln!(self.out, "<g role=\"img\"><title>{text}</title>");
        }
        if let Some(shown) = self.defined(placed.picture) {
            self.clip(&placed.outline());
            let [a, b, c, d, e, f] = placed.whole().as_coeffs();
            let _ = write!(self.out, "<use href=\"#picture{shown}\"");
            if placed.alpha < 1.0 {
                let _ = write!(self.out, " opacity=\"{}\"", number(placed.alpha.into()));
            }
            let _ = writeln!(
                self.out,
                " transform=\"matrix({} {} {} {} {} {})\"/>",
                fine(a),
                fine(b),
                fine(c),
                fine(d),
                number(e),
                number(f),
            );
            self.unclip();
        } else {
            paint_preview(placed, self);
        }
        if described {
            self.write("</g>\n");
        }
    }

    fn clip(&mut self, path: &BezPath) {
        self.clips += 1;
        let number = self.clips;
        let _ = write!(self.out, "<clipPath id=\"clip{number}\"><path");
        self.write_path(path);
        let _ = writeln!(
            self.out,
            "/></clipPath><g clip-path=\"url(#clip{number})\">"
        );
    }

    fn unclip(&mut self) {
        self.write("</g>\n");
    }
}

/// Writes the data of a path. `BezPath::to_svg` writes all digits, which makes documents several
/// times as large.
fn write_path(out: &mut impl Write, path: &BezPath) {
    let mut put = |letter: char, points: &[Point]| {
        let _ = out.write_char(letter);
        for (at, point) in points.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(out, "{gap}{} {}", number(point.x), number(point.y));
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => put('M', &[to]),
            PathEl::LineTo(to) => put('L', &[to]),
            PathEl::QuadTo(by, to) => put('Q', &[by, to]),
            PathEl::CurveTo(first, second, to) => put('C', &[first, second, to]),
            PathEl::ClosePath => put('Z', &[]),
        }
    }
}

/// Formats a number with two decimals.
fn number(value: f64) -> String {
    decimal(value, 2)
}

/// Formats a number with five decimals, for small widths and rotations.
fn fine(value: f64) -> String {
    decimal(value, 5)
}

/// Escapes text for element content and attributes, and drops control characters, which XML does
/// not allow even in escaped form.
fn escaped(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| !c.is_control()).collect();
    quick_xml::escape::escape(allowed).into_owned()
}

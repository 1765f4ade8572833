//! SVG export of a board.
//!
//! Numbers are rounded to hundredths of a board unit. Text that people typed is escaped. Text stays
//! text: a viewer without our typefaces shows it in the next best font.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurbo::{BezPath, PathEl, Point};

use crate::geometry::{BoardRect, FillRule};
use crate::model::palette::{Theme, background};
use crate::model::{BlobHash, Board, MediaType, Picture};
use crate::number::decimal;

use super::scene::{extent, paint_region};
use super::{Blend, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_preview};

/// Space around the content, in board units.
const MARGIN: f64 = 16.0;
/// The visible region of an empty board, in board units.
const EMPTY: BoardRect = BoardRect::new(0.0, 0.0, 400.0, 300.0);
/// Tolerance of curves in board units: a fifth of a pixel at 100 %.
const TOLERANCE: f64 = 0.2;

/// Exports a whole board as an SVG document, cropped to its content.
#[must_use]
pub fn board_to_svg(board: &Board, title: &str, theme: Theme) -> String {
    let region = extent(board).map_or(EMPTY, |extent| extent.inflate(MARGIN, MARGIN));
    let mut painter = SvgPainter::new(region, title, theme);
    paint_region(board, region, theme, TOLERANCE, &mut painter);
    painter.finish()
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

/// A painter that writes an SVG document.
#[derive(Clone, Debug)]
pub struct SvgPainter<'a> {
    out: String,
    /// The number of clips so far. Each clip gets its own number in the document.
    clips: u32,
    addresses: Option<&'a dyn PictureAddresses>,
    /// The pictures that the document has so far, each with its number; `None` if it has no address.
    pictures: BTreeMap<BlobHash, Option<usize>>,
}

impl<'a> SvgPainter<'a> {
    /// Begins a document that shows `region`.
    #[must_use]
    pub fn new(region: BoardRect, title: &str, theme: Theme) -> Self {
        let (x, y, width, height) = (
            number(region.x0),
            number(region.y0),
            number(region.width()),
            number(region.height()),
        );
        let out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {width} {height}\" \
             width=\"{width}\" height=\"{height}\"><title>{}</title>\
             <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            escaped(title),
            background(theme).to_css(),
        );
        Self {
            out,
            clips: 0,
            addresses: None,
            pictures: BTreeMap::new(),
        }
    }

    /// Shows pictures at these addresses. Without them the document shows previews.
    #[must_use]
    pub const fn with_pictures(mut self, addresses: &'a dyn PictureAddresses) -> Self {
        self.addresses = Some(addresses);
        self
    }

    /// Ends the document.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

impl SvgPainter<'_> {
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
        self.out.push_str("<path");
        self.write_fill("fill", fill);
        if rule == FillRule::EvenOdd {
            self.out.push_str(" fill-rule=\"evenodd\"");
        }
        self.out.push_str(blend_style(fill.blend));
        self.write_path(path);
        self.out.push_str("/>\n");
    }

    fn write_path(&mut self, path: &BezPath) {
        self.out.push_str(" d=\"");
        write_path(&mut self.out, path);
        self.out.push('"');
    }
}

const fn blend_style(blend: Blend) -> &'static str {
    match blend {
        Blend::Cover => "",
        Blend::Multiply => " style=\"mix-blend-mode:multiply\"",
        Blend::Screen => " style=\"mix-blend-mode:screen\"",
    }
}

impl Painter for SvgPainter<'_> {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.write_filled(path, fill, FillRule::NonZero);
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.write_filled(path, fill, FillRule::EvenOdd);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        self.out.push_str("<path fill=\"none\"");
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
        self.out.push_str(blend_style(line.fill.blend));
        self.write_path(path);
        self.out.push_str("/>\n");
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
            self.out.push_str(" font-weight=\"700\"");
        }
        if words.face.italic {
            self.out.push_str(" font-style=\"italic\"");
        }
        if is_centred {
            self.out.push_str(" text-anchor=\"middle\"");
        }
        if words.is_rtl {
            self.out.push_str(" direction=\"rtl\"");
        }
        if words.is_forced {
            self.out.push_str(" unicode-bidi=\"bidi-override\"");
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
            self.out
                .push_str(" style=\"font-kerning:none;font-variant-ligatures:none\"");
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
            self.out.push_str("</g>\n");
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
        self.out.push_str("</g>\n");
    }
}

/// Writes the data of a path. `BezPath::to_svg` writes all digits, which makes documents several
/// times as large.
fn write_path(out: &mut String, path: &BezPath) {
    let mut put = |letter: char, points: &[Point]| {
        out.push(letter);
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

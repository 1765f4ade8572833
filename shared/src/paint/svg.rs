//! A board as an SVG document.
//!
//! Numbers are rounded to hundredths of a board unit. Nothing that a person
//! typed goes into the document except the title, which is escaped.

use std::fmt::Write as _;

use kurbo::{BezPath, PathEl, Point};

use crate::geometry::BoardRect;
use crate::model::Board;
use crate::model::palette::{Theme, background};

use super::scene::{extent, paint_region};
use super::{Blend, Fill, Painter};

/// Free space around the content, in board units.
const MARGIN: f64 = 16.0;
/// What an empty board shows, in board units.
const EMPTY: BoardRect = BoardRect::new(0.0, 0.0, 400.0, 300.0);
/// How true edges are, in board units: a fifth of a pixel at 100 %.
const TOLERANCE: f64 = 0.2;

/// The whole board as an SVG document, cut to its content.
#[must_use]
pub fn board_to_svg(board: &Board, title: &str, theme: Theme) -> String {
    let region = extent(board).map_or(EMPTY, |extent| extent.inflate(MARGIN, MARGIN));
    let mut painter = SvgPainter::new(region, title, theme);
    paint_region(board, region, theme, TOLERANCE, &mut painter);
    painter.finish()
}

/// Writes what it is told to paint as SVG.
#[derive(Clone, Debug)]
pub struct SvgPainter {
    out: String,
}

impl SvgPainter {
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
        Self { out }
    }

    /// Ends the document.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

impl Painter for SvgPainter {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        let _ = write!(self.out, "<path fill=\"{}\"", fill.rgb.to_css());
        if fill.alpha < 1.0 {
            let _ = write!(
                self.out,
                " fill-opacity=\"{}\"",
                number(f64::from(fill.alpha))
            );
        }
        match fill.blend {
            Blend::Cover => {}
            Blend::Multiply => self.out.push_str(" style=\"mix-blend-mode:multiply\""),
            Blend::Screen => self.out.push_str(" style=\"mix-blend-mode:screen\""),
        }
        self.out.push_str(" d=\"");
        write_path(&mut self.out, path);
        self.out.push_str("\"/>\n");
    }
}

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

/// A number in hundredths, without trailing zeros.
fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Minus zero would be written with its sign.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// Text that is safe between tags and in attributes: control characters dropped,
/// markup escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

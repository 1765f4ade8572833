//! The SVG document of a board.

use shared::model::palette::Theme;
use shared::model::{Board, Brush, NewElement, Prop};
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use kurbo::{Rect, Shape as _};
use shared::geometry::BoardRect;
use shared::paint::{Painter as _, SvgDetails, SvgPainter, board_to_svg};

use crate::fixtures::{With as _, board, frame, new, point, sticky, stroke_of, text};
use crate::golden_board;

/// Compares with the stored document. It is stored as binary, because a text snapshot of insta
/// begins with a header, so that no viewer could open it.
fn check(name: &str, theme: Theme) {
    let svg = board_to_svg(&golden_board::board(), "Golden board", theme);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../golden_board");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_binary_snapshot!(name, svg.into_bytes()));
}

#[test]
fn the_svg_of_the_golden_board_is_unchanged_in_light() {
    check("light.svg", Theme::Light);
}

#[test]
fn the_svg_of_the_golden_board_is_unchanged_in_dark() {
    check("dark.svg", Theme::Dark);
}

fn ink(number: u8, brush: Brush, opacity: u8) -> NewElement {
    let points = [(0.0, 0.0), (90.0, 40.0)];
    let points = points.map(|(x, y)| shared::geometry::InkPoint::new(x, y, 0.5));
    new(number, point(0.0, 0.0), stroke_of(brush, &points)).with(Prop::Opacity(opacity))
}

#[test]
fn every_stroke_is_a_path_and_only_the_highlighter_blends() {
    let board = board([ink(1, Brush::Pen, 255), ink(2, Brush::Highlighter, 100)]);
    let svg = board_to_svg(&board, "Two", Theme::Light);
    assert_eq!(svg.matches("<path").count(), 2);
    assert_eq!(svg.matches("mix-blend-mode:multiply").count(), 1);
    assert_eq!(svg.matches("fill-opacity").count(), 1);
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

#[test]
fn a_title_cannot_become_markup() {
    let svg = board_to_svg(&Board::new(), "</title><script>\u{7}\"&", Theme::Dark);
    assert!(
        svg.contains("&lt;/title&gt;&lt;script&gt;&quot;&amp;"),
        "{svg}"
    );
    assert!(!svg.contains("<script"));
}

#[test]
fn typed_text_cannot_become_markup() {
    let evil = "</text><script>\"'&";
    let board = board([
        text(1, (0.0, 0.0), evil),
        sticky(2, (300.0, 0.0), evil),
        frame(3, (0.0, 300.0), [100.0, 50.0]).with(Prop::Name(evil.to_owned())),
    ]);
    let svg = board_to_svg(&board, "Typed", Theme::Light);
    assert!(!svg.contains("<script"), "{svg}");
    assert!(svg.matches("&lt;script&gt;").count() >= 3, "{svg}");
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
}

#[test]
fn clips_are_opened_and_closed_in_pairs() {
    let svg = board_to_svg(&golden_board::board(), "Golden", Theme::Light);
    assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
    assert_eq!(svg.matches("<clipPath id=\"clip1\">").count(), 1);
    assert_eq!(svg.matches("url(#clip1)").count(), 1);
}

/// A writer that takes some pieces, refuses one, and takes all others.
struct RefusesOne {
    before: usize,
    has_refused: Rc<Cell<bool>>,
}

impl fmt::Write for RefusesOne {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        if let Some(before) = self.before.checked_sub(1) {
            self.before = before;
        } else if !self.has_refused.replace(true) {
            return Err(fmt::Error);
        }
        Ok(())
    }
}

#[test]
fn a_painter_is_abandoned_after_any_error_of_its_writer() {
    let path = Rect::new(0.0, 0.0, 10.0, 10.0).to_path(0.1);
    for before in 0.. {
        let has_refused = Rc::default();
        let writer = RefusesOne {
            before,
            has_refused: Rc::clone(&has_refused),
        };
        let details = SvgDetails::titled("Errors");
        let mut painter = SvgPainter::write_to(writer, BoardRect::ZERO, None, &details);
        painter.clip(&path);
        assert_eq!(painter.is_abandoned(), has_refused.get(), "piece {before}");
        if !has_refused.get() {
            assert!(before > 10, "the document has several pieces");
            return;
        }
    }
}

//! What a board looks like as an SVG document.

use std::path::PathBuf;

use shared::model::palette::Theme;
use shared::model::{Board, Brush, NewElement, Prop};
use shared::paint::board_to_svg;

use crate::desk::{With as _, board, frame, new, point, sticky, stroke_of, text};
use crate::golden_board;

/// Set it to write the golden files anew; then look at them.
const WRITE: &str = "WRITE_GOLDEN_BOARD";

fn check(name: &str, theme: Theme) {
    let svg = board_to_svg(&golden_board::board(), "Golden board", theme);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden_board")
        .join(name);
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &svg).expect("the tests' own directory");
        return;
    }
    let golden = std::fs::read_to_string(&path).expect("a golden file");
    let differs = golden
        .lines()
        .zip(svg.lines())
        .find(|(golden, now)| golden != now);
    assert!(
        golden == svg,
        "{name} has changed, first here: {differs:?}\nif that is right, run once with {WRITE}=1 \
         and look at the picture"
    );
}

#[test]
fn the_golden_board_looks_as_it_did_in_light() {
    check("light.svg", Theme::Light);
}

#[test]
fn the_golden_board_looks_as_it_did_in_dark() {
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
fn what_people_typed_cannot_become_markup() {
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

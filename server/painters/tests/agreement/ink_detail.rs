//! Ink in views of much of a board has less detail than it has at 100 %, which must not be visible.

use kurbo::{Affine, BezPath, PathEl};
use resvg::tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform,
};
use shared::geometry::BoardRect;
use shared::model::layout::visible_bounds;
use shared::model::palette::Theme;
use shared::model::{Board, Body, Element};
use shared::paint::{Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_element};
use testkit::fixtures::element_id;
use testkit::fixtures::writing::word;

use crate::golden_board;

/// How far a canvas lets edges be off, in pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Words of the board of handwriting, and words in a line.
const WORDS: u64 = 600;
const ROW: u64 = 20;

/// Paints ink only, as a canvas does: by its outline, or as a thin line.
struct InkPainter {
    picture: Pixmap,
    region: BoardRect,
    to_picture: Affine,
    scale: f64,
}

impl InkPainter {
    fn new(region: BoardRect, scale: f64) -> Self {
        let side = |length: f64| (length * scale).ceil() as u32;
        let mut picture = Pixmap::new(side(region.width()), side(region.height())).unwrap();
        picture.fill(Color::WHITE);
        let to_picture = Affine::scale(scale) * Affine::translate(-region.origin().to_vec2());
        Self {
            picture,
            region,
            to_picture,
            scale,
        }
    }

    fn placed(&self, path: &BezPath) -> Option<Path> {
        let mut placed = PathBuilder::new();
        for piece in path.elements() {
            match self.to_picture * *piece {
                PathEl::MoveTo(p) => placed.move_to(p.x as f32, p.y as f32),
                PathEl::LineTo(p) => placed.line_to(p.x as f32, p.y as f32),
                PathEl::QuadTo(a, p) => {
                    placed.quad_to(a.x as f32, a.y as f32, p.x as f32, p.y as f32);
                }
                PathEl::CurveTo(a, b, p) => {
                    let [a, b, p] = [a, b, p].map(|it| (it.x as f32, it.y as f32));
                    placed.cubic_to(a.0, a.1, b.0, b.1, p.0, p.1);
                }
                PathEl::ClosePath => placed.close(),
            }
        }
        placed.finish()
    }
}

fn paint_of(fill: &Fill) -> Paint<'static> {
    let mut paint = Paint::default();
    let alpha = (fill.alpha * 255.0) as u8;
    paint.set_color_rgba8(fill.rgb.r, fill.rgb.g, fill.rgb.b, alpha);
    paint
}

impl Painter for InkPainter {
    fn region(&self) -> Option<BoardRect> {
        Some(self.region)
    }

    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        if let Some(path) = self.placed(path) {
            let (paint, at) = (paint_of(fill), Transform::identity());
            self.picture
                .fill_path(&path, &paint, FillRule::Winding, at, None);
        }
    }

    fn fill_even_odd(&mut self, _: &BezPath, _: &Fill) {}

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        if let Some(path) = self.placed(path) {
            let stroke = Stroke {
                width: (line.width * self.scale) as f32,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            let (paint, at) = (paint_of(&line.fill), Transform::identity());
            self.picture.stroke_path(&path, &paint, &stroke, at, None);
        }
    }

    fn words(&mut self, _: &PlacedText<'_>) {}

    fn picture(&mut self, _: &PlacedPicture<'_>) {}

    fn clip(&mut self, _: &BezPath) {}

    fn unclip(&mut self) {}
}

fn strokes(board: &Board) -> impl Iterator<Item = &Element> {
    let all = board.in_order().map(AsRef::as_ref);
    all.filter(|element: &&Element| matches!(element.body, Body::Stroke(_)))
}

fn region(board: &Board) -> BoardRect {
    let bounds = strokes(board).map(|element| visible_bounds(board, element));
    bounds.reduce(|all, one| all.union(one)).unwrap()
}

/// The ink of a board as pixels, drawn with a tolerance in board units.
fn drawn(board: &Board, scale: f64, tolerance: f64) -> Pixmap {
    let mut painter = InkPainter::new(region(board), scale);
    for element in strokes(board) {
        paint_element(board, element, Theme::Light, tolerance, &mut painter);
    }
    painter.picture
}

/// How the channels of two pictures differ: on average over the pixels with ink, at most, and how
/// much darker the second one is on average.
fn difference(one: &Pixmap, two: &Pixmap) -> (f64, u8, f64) {
    let (mut inked, mut sum, mut most, mut darker) = (0_u64, 0_u64, 0, 0_i64);
    for (one, two) in one.pixels().iter().zip(two.pixels()) {
        let [one, two] = [one, two].map(|it| [it.red(), it.green(), it.blue()]);
        inked += u64::from(one != [255; 3] || two != [255; 3]);
        for (one, two) in one.into_iter().zip(two) {
            sum += u64::from(one.abs_diff(two));
            most = most.max(one.abs_diff(two));
            darker += i64::from(one) - i64::from(two);
        }
    }
    let all = inked as f64 * 3.0;
    (sum as f64 / all, most, darker as f64 / all)
}

fn boards() -> [(&'static str, Board); 2] {
    let words = (0..WORDS).map(|number| word(element_id(number + 1), number, ROW));
    [
        ("golden", golden_board::board()),
        ("handwriting", golden_board::board_of(words.collect())),
    ]
}

/// Scales, and how much the channels of a pixel with ink may differ on average from those of ink with
/// all its detail, of 255.
///
/// At 10 % and below, ink is a line of less than half a pixel. Such a line is antialiased in another
/// way than a filled outline, which makes nearly all of the difference there; it was 13.3 and 9.7 with
/// curves through all points. Above, the figures were 1.9 and 2.7 with curved edges.
const ALLOWED: [(f64, f64); 5] = [
    (1.0, 0.0),
    (0.5, 2.1),
    (0.25, 2.7),
    (0.1, 13.3),
    (0.05, 9.7),
];
/// How much lighter or darker ink may be as a whole. A view of much of the board shows grey rather
/// than lines, so this would be seen first.
const MAX_SHIFT: f64 = 6.0;

#[test]
fn less_detail_of_ink_is_invisible_in_small_pictures() {
    for (name, board) in boards() {
        for (scale, allowed) in ALLOWED {
            let full = drawn(&board, scale, TOLERANCE_PX);
            let less = drawn(&board, scale, TOLERANCE_PX / scale);
            let (mean, most, darker) = difference(&full, &less);
            println!(
                "{name} at {scale}: mean {mean:.3}, most {most} of 255, darker by {darker:.3}"
            );
            assert!(mean <= allowed, "{name} at {scale}: {mean} of 255");
            assert!(darker.abs() <= MAX_SHIFT, "{name} at {scale}: {darker}");
        }
    }
}

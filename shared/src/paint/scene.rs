//! Drawing commands for the elements of a board.

use kurbo::{Affine, BezPath, Point};

use crate::geometry::route::rounded_polygon;
use crate::geometry::{FillRule, InkPoint, InkShape, middle_in, outline, outline_in, polyline};
use crate::model::layout::{
    BoxLayout, FRAME_LINE, Label, LineText, SHADOW, frame_name, frame_of, line_layout,
    outline_path, signature, visible_ink,
};
use crate::model::palette::{Rgb, Theme};
use crate::model::{Board, Body, Dash, Element, Stroke};
use crate::typeset::{Layout, LayoutOptions, needs_override, without_controls};

use super::colors::{self, fill_of, ink_fill};
use super::{Face, Fill, LineStyle, Painter, PlacedPicture, PlacedText};

/// Number of layers that make the soft shadow of a sticky note.
const SHADOW_LAYERS: u8 = 3;
/// Ink is thin if it is at most so many times as wide as edges may be off.
const THIN_INK: f64 = 2.0;
/// Opacity of the author's name on a sticky note, relative to its text.
const SIGNATURE_ALPHA: f32 = 0.62;

/// Paints one element. Curves stay within `tolerance` board units of the exact ones. A member of a
/// frame is clipped to the frame.
pub fn paint_element(
    board: &Board,
    element: &Element,
    theme: Theme,
    tolerance: f64,
    painter: &mut (impl Painter + ?Sized),
) {
    let clip = frame_of(board, element).and_then(|frame| outline_path(frame));
    if let Some(clip) = &clip {
        painter.clip(clip);
    }
    match &element.body {
        Body::Stroke(stroke) => paint_stroke(element, stroke, theme, tolerance, painter),
        Body::Line => paint_line(board, element, theme, painter),
        Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => {
            if let Some(place) = BoxLayout::of(element) {
                paint_box(&place, theme, painter);
            }
        }
    }
    if clip.is_some() {
        painter.unclip();
    }
}

fn paint_box(place: &BoxLayout<'_>, theme: Theme, painter: &mut (impl Painter + ?Sized)) {
    let element = place.element();
    match &element.body {
        Body::Shape(_) => paint_shape(place, theme, painter),
        Body::Path(path) => paint_outline(place, path.rule, theme, painter),
        Body::Text => {
            let ink = fill_of(element, colors::text_color(element, theme));
            paint_text(place, &ink, painter);
        }
        Body::Sticky { .. } => paint_sticky(place, theme, painter),
        Body::Frame => paint_frame(place, theme, painter),
        Body::Image => paint_image(place, theme, painter),
        // These are not boxes.
        Body::Stroke(_) | Body::Line => {}
    }
}

fn paint_stroke(
    element: &Element,
    stroke: &Stroke,
    theme: Theme,
    tolerance: f64,
    painter: &mut (impl Painter + ?Sized),
) {
    let props = &element.props;
    let fill = ink_fill(stroke.brush, props.color, props.shown_opacity(), theme);
    let shape = stroke.brush.shape(props.width);
    let is_thin = shape.width <= THIN_INK * tolerance;
    let pieces = visible_ink(element);
    let paths = pieces.iter().map(|piece| match painter.region() {
        Some(region) if is_thin => middle_in(piece, &shape, tolerance, region),
        Some(region) => outline_in(piece, &shape, tolerance, region),
        None => outline(piece, &shape, tolerance),
    });
    let joined = paths.reduce(|mut all, path| {
        all.extend(path);
        all
    });
    let path = joined.unwrap_or_default();
    if path.elements().is_empty() {
        return;
    }
    if is_thin && painter.region().is_some() {
        let width = mean_width(&pieces, &shape);
        let dash = None;
        painter.line(&path, &LineStyle { fill, width, dash });
    } else {
        painter.fill(&path, &fill);
    }
}

/// The width of a line that is as dark as thin ink of these points.
fn mean_width(pieces: &[Vec<InkPoint>], shape: &InkShape) -> f64 {
    let points = pieces.iter().flatten();
    let widths = points.map(|point| 2.0 * shape.radius(f64::from(point.pressure)));
    let (count, sum) = widths.fold((0.0, 0.0), |(count, sum), width| (count + 1.0, sum + width));
    if count > 0.0 {
        sum / count
    } else {
        shape.width
    }
}

fn paint_shape(place: &BoxLayout<'_>, theme: Theme, painter: &mut (impl Painter + ?Sized)) {
    let element = place.element();
    paint_outline(place, FillRule::NonZero, theme, painter);
    let ink = fill_of(element, colors::text_color(element, theme));
    paint_text(place, &ink, painter);
}

fn paint_line(
    board: &Board,
    element: &Element,
    theme: Theme,
    painter: &mut (impl Painter + ?Sized),
) {
    let line = line_layout(board, element);
    let with = drawn(element, colors::ink_color(element, theme));
    let (filled, open): (Vec<_>, Vec<_>) = line.heads.iter().partition(|head| head.filled);
    // Line and arrowheads are one path, so that a translucent line is not darker where they
    // overlap.
    let mut path = line.path;
    let mut heads = BezPath::new();
    let along = if with.dash.is_none() {
        &mut path
    } else {
        &mut heads
    };
    for head in open {
        along.extend(&head.path);
    }
    painter.line(&path, &with);
    if !heads.elements().is_empty() {
        painter.line(&heads, &LineStyle { dash: None, ..with });
    }
    for head in filled {
        painter.fill(&head.path, &with.fill);
    }
    if let Some(LineText { text, to_board, .. }) = &line.text {
        let ink = fill_of(element, colors::text_color(element, theme));
        paint_layout(
            &text.layout,
            &text.setting,
            text.at,
            *to_board,
            &ink,
            painter,
        );
    }
}

/// Paints the inside of a shape or path, and its line.
fn paint_outline(
    place: &BoxLayout<'_>,
    rule: FillRule,
    theme: Theme,
    painter: &mut (impl Painter + ?Sized),
) {
    let (element, path) = (place.element(), place.outline());
    if let Some(inside) = colors::fill_color(element, theme) {
        let fill = fill_of(element, inside);
        match rule {
            FillRule::NonZero => painter.fill(&path, &fill),
            FillRule::EvenOdd => painter.fill_even_odd(&path, &fill),
        }
    }
    if element.props.outlined() {
        let mut line = drawn(element, colors::outline_color(element, theme));
        line.dash = line.dash.map(|dash| closed_dash(dash, &path));
        painter.line(&path, &line);
    }
}

/// Adjusts a dash pattern so that a whole number of dashes fits a closed path.
fn closed_dash([dash, gap]: [f64; 2], path: &BezPath) -> [f64; 2] {
    let around: f64 = polyline::flatten(path, (dash + gap) / 16.0)
        .iter()
        .map(|line| polyline::length(line))
        .sum();
    let period = dash + gap;
    let even = around / (around / period).round().max(1.0);
    if even > dash {
        [dash, even - dash]
    } else {
        [dash, gap]
    }
}

fn paint_sticky(place: &BoxLayout<'_>, theme: Theme, painter: &mut (impl Painter + ?Sized)) {
    let (element, path) = (place.element(), place.outline());
    let size = place.size;
    let reach = size.width * SHADOW;
    for layer in 1..=SHADOW_LAYERS {
        let grown = reach * f64::from(layer) / f64::from(SHADOW_LAYERS);
        // The light comes from above, so the shadow lies lower than the note.
        let rect = kurbo::Rect::from_origin_size((0.0, 0.0), size)
            .inflate(grown * 0.5, grown * 0.5)
            + kurbo::Vec2::new(0.0, grown * 0.5);
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ];
        let soft = place.to_board * rounded_polygon(&corners, reach);
        painter.fill(&soft, &colors::shadow_fill(element, theme));
    }
    let paper = colors::paper_color(element.props.color, theme);
    painter.fill(&path, &fill_of(element, paper));
    let ink = fill_of(element, colors::text_color(element, theme));
    paint_text(place, &ink, painter);
    if let Some(name) = signature(place) {
        let ink = Fill {
            alpha: ink.alpha * SIGNATURE_ALPHA,
            ..ink
        };
        paint_label(place, &name, &ink, painter);
    }
}

fn paint_image(place: &BoxLayout<'_>, theme: Theme, painter: &mut (impl Painter + ?Sized)) {
    let element = place.element();
    let Some(picture) = element.props.picture() else {
        let grey = colors::shadow_fill(element, theme);
        painter.fill(&place.outline(), &grey);
        return;
    };
    painter.picture(&PlacedPicture {
        picture: &picture,
        crop: element.props.crop(),
        size: place.size,
        corner: f64::from(element.props.corner()),
        place: place.mirrored_to_board(),
        alpha: f32::from(element.props.shown_opacity()) / 255.0,
        alternative_text: &element.props.alternative_text(),
    });
}

fn paint_frame(place: &BoxLayout<'_>, theme: Theme, painter: &mut (impl Painter + ?Sized)) {
    let (element, path) = (place.element(), place.outline());
    let fill = fill_of(element, colors::frame_fill(element, theme));
    let line = LineStyle {
        fill,
        width: f64::from(element.props.width) * FRAME_LINE,
        dash: None,
    };
    painter.line(&path, &line);
    if let Some(name) = frame_name(element) {
        paint_label(place, &name, &fill, painter);
    }
}

/// The style of an element's line in a given colour.
fn drawn(element: &Element, rgb: Rgb) -> LineStyle {
    let width = f64::from(element.props.width);
    LineStyle {
        fill: fill_of(element, rgb),
        width,
        // Round ends make dashes longer and gaps shorter by the line's width.
        dash: match element.props.dash() {
            Dash::Solid => None,
            Dash::Dashed => Some([width * 2.5, width * 3.0]),
            Dash::Dotted => Some([width * 0.01, width * 2.2]),
        },
    }
}

fn paint_text(place: &BoxLayout<'_>, ink: &Fill, painter: &mut (impl Painter + ?Sized)) {
    if let Some(text) = &place.text_layout {
        let to_board = place.to_board;
        paint_layout(&text.layout, &text.setting, text.at, to_board, ink, painter);
    }
}

fn paint_label(
    place: &BoxLayout<'_>,
    label: &Label,
    ink: &Fill,
    painter: &mut (impl Painter + ?Sized),
) {
    let to_board = place.to_board;
    paint_layout(
        &label.layout,
        &label.setting,
        label.at,
        to_board,
        ink,
        painter,
    );
}

/// Paints a laid-out text, whose upper left corner is at `at` in units of `place`.
pub fn paint_layout(
    layout: &Layout,
    setting: &LayoutOptions,
    at: Point,
    place: Affine,
    ink: &Fill,
    painter: &mut (impl Painter + ?Sized),
) {
    for line in &layout.lines {
        for run in &line.runs {
            let text = without_controls(layout.words(run));
            if text.trim().is_empty() {
                continue;
            }
            painter.words(&PlacedText {
                text: &text,
                face: Face {
                    font: setting.font,
                    bold: run.bold,
                    italic: run.italic,
                },
                size: setting.size,
                at: Point::new(at.x + run.x, at.y + line.baseline),
                width: run.end - run.x,
                is_rtl: run.is_rtl,
                is_forced: needs_override(&text, run.is_rtl),
                is_system: run.is_system,
                place,
                fill: *ink,
            });
        }
    }
}

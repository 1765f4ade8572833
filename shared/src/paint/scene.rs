//! From elements to drawing commands.

use kurbo::{BezPath, Shape as _};

use crate::geometry::{BoardRect, outline};
use crate::model::palette::{Theme, swatch};
use crate::model::{Board, Body, Brush, Color, Element};

use super::{Blend, Fill, Painter};

/// What ink of a brush and colour is filled with.
#[must_use]
pub fn ink_fill(brush: Brush, color: Color, opacity: u8, theme: Theme) -> Fill {
    let swatch = swatch(color);
    let alpha = f32::from(opacity) / 255.0;
    match (brush, theme) {
        (Brush::Pen, _) => Fill {
            rgb: swatch.ink(theme),
            alpha,
            blend: Blend::Cover,
        },
        (Brush::Highlighter, Theme::Light) => Fill {
            rgb: swatch.highlight(theme),
            alpha,
            blend: Blend::Multiply,
        },
        (Brush::Highlighter, Theme::Dark) => Fill {
            rgb: swatch.highlight(theme),
            alpha,
            blend: Blend::Screen,
        },
    }
}

/// Paints one element, with edges true to `tolerance` board units.
pub fn paint_element(
    element: &Element,
    theme: Theme,
    tolerance: f64,
    painter: &mut (impl Painter + ?Sized),
) {
    match &element.body {
        Body::Stroke(stroke) => {
            let props = &element.props;
            let fill = ink_fill(stroke.brush, props.color, props.opacity, theme);
            let path = element_path(element, tolerance);
            if !path.elements().is_empty() {
                painter.fill(&path, &fill);
            }
        }
    }
}

/// The outline of an element.
fn element_path(element: &Element, tolerance: f64) -> BezPath {
    outline(&element.placed_points(), &element.ink_shape(), tolerance)
}

/// Paints all that touches `region`, from the bottom of the stack to the top.
pub fn paint_region(
    board: &Board,
    region: BoardRect,
    theme: Theme,
    tolerance: f64,
    painter: &mut (impl Painter + ?Sized),
) {
    let touching = board.in_order().filter(|element| {
        let bounds = element.bounds();
        bounds.intersect(region).area() > 0.0 || region.contains(bounds.center())
    });
    for element in touching {
        paint_element(element, theme, tolerance, painter);
    }
}

/// The smallest rectangle that holds all paint of a board; none if it is empty.
#[must_use]
pub fn extent(board: &Board) -> Option<BoardRect> {
    board
        .elements()
        .map(|element| element.bounds())
        .reduce(|all, one| all.union(one))
}

/// Whether a path stays within a rectangle, give or take `slack`.
#[must_use]
pub fn stays_within(path: &BezPath, rect: BoardRect, slack: f64) -> bool {
    let grown = rect.inflate(slack, slack);
    let bounds = path.bounding_box();
    grown.union(bounds) == grown
}

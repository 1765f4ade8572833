//! The outlines of tldraw's figures within their boxes.

use std::f64::consts::{FRAC_PI_2, TAU};

use kurbo::{BezPath, Point, Rect, Shape as _, Size, Vec2};

use crate::polyline::polygon;

/// How far slanted sides lean, and how long arrow heads are: a part of the shorter side.
const SLANT: f64 = 0.38;
/// The space beside the shaft of an arrow, as a part of its breadth.
const SHAFT: f64 = 0.16;
/// Bumps of a cloud on its upper and lower side, and on its left and right side, at least.
const BUMPS: usize = 10;
/// The part of a cloud's box that its bumps stand on.
const CLOUD_CORE: f64 = 0.8;

/// The outline of a figure; `None` for those that are shapes of the board.
pub(super) fn outline(name: &str, size: Size) -> Option<BezPath> {
    let Size { width, height } = size;
    let slant = SLANT * width.min(height);
    let corners = |places: &[(f64, f64)]| polygon(places.iter().map(|at| Point::from(*at)));
    Some(match name {
        "pentagon" => regular(5, 0.0, size),
        "hexagon" => regular(6, 0.0, size),
        "octagon" => regular(8, TAU / 16.0, size),
        "star" => star(size),
        "rhombus" => corners(&[
            (slant, 0.0),
            (width, 0.0),
            (width - slant, height),
            (0.0, height),
        ]),
        "rhombus-2" => corners(&[
            (0.0, 0.0),
            (width - slant, 0.0),
            (width, height),
            (slant, height),
        ]),
        "trapezoid" => corners(&[
            (slant, 0.0),
            (width - slant, 0.0),
            (width, height),
            (0.0, height),
        ]),
        "arrow-right" => arrow(size),
        "arrow-left" => {
            let turned = kurbo::Affine::new([-1.0, 0.0, 0.0, 1.0, width, 0.0]);
            turned * arrow(size)
        }
        "arrow-down" => {
            let turned = kurbo::Affine::new([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]);
            turned * arrow(Size::new(height, width))
        }
        "arrow-up" => {
            let turned = kurbo::Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, height]);
            turned * arrow(Size::new(height, width))
        }
        "x-box" => {
            let mut path = size.to_rect().to_path(0.1);
            line(&mut path, &[(0.0, 0.0), (width, height)]);
            line(&mut path, &[(width, 0.0), (0.0, height)]);
            path
        }
        "check-box" => check_box(size),
        "cloud" => cloud(size),
        "heart" => heart(size),
        _ => return None,
    })
}

/// A line there and back, which has no area.
fn line(path: &mut BezPath, places: &[(f64, f64)]) {
    let there = places.iter();
    let back = places.iter().rev().skip(1);
    path.extend(polygon(there.chain(back).map(|at| Point::from(*at))));
}

/// Stretches a figure until it fills the box.
fn filling(path: BezPath, size: Size) -> BezPath {
    let bounds = path.bounding_box();
    let scale = kurbo::Affine::scale_non_uniform(
        size.width / bounds.width(),
        size.height / bounds.height(),
    );
    scale * kurbo::Affine::translate(-bounds.origin().to_vec2()) * path
}

/// A polygon of equal sides; its first corner is above the middle, turned by an angle.
fn regular(sides: u32, turn: f64, size: Size) -> BezPath {
    let corner = |side: u32| {
        let angle = turn - FRAC_PI_2 + TAU * f64::from(side) / f64::from(sides);
        Vec2::from_angle(angle).to_point()
    };
    filling(polygon((0..sides).map(corner)), size)
}

fn star(size: Size) -> BezPath {
    let corner = |number: u32| {
        let reach = if number.is_multiple_of(2) { 1.0 } else { 0.5 };
        let angle = TAU * f64::from(number) / 10.0 - FRAC_PI_2;
        (Vec2::from_angle(angle) * reach).to_point()
    };
    filling(polygon((0..10).map(corner)), size)
}

/// An arrow that points to the right.
fn arrow(Size { width, height }: Size) -> BezPath {
    let neck = width - SLANT * width.min(height);
    let side = SHAFT * height;
    let places = [
        (0.0, side),
        (neck, side),
        (neck, 0.0),
        (width, height / 2.0),
        (neck, height),
        (neck, height - side),
        (0.0, height - side),
    ];
    polygon(places.map(Point::from))
}

fn check_box(size: Size) -> BezPath {
    let mut path = size.to_rect().to_path(0.1);
    let side = 0.82 * size.width.min(size.height);
    let square = Rect::from_center_size(size.to_rect().center(), (side, side));
    let at = |(x, y): (f64, f64)| (square.x0 + x * side, square.y0 + y * side);
    line(
        &mut path,
        &[(0.25, 0.52), (0.45, 0.82), (0.82, 0.22)].map(at),
    );
    path
}

/// Bumps along an ellipse.
fn cloud(size: Size) -> BezPath {
    let middle = size.to_rect().center();
    let place = |part: f64, reach: f64| {
        let way = Vec2::from_angle(TAU * part - FRAC_PI_2);
        let half = size / 2.0 * reach;
        middle + Vec2::new(way.x * half.width, way.y * half.height)
    };
    let mut path = BezPath::new();
    path.move_to(place(0.0, CLOUD_CORE));
    for bump in 0..BUMPS {
        let part = |along: f64| (bump as f64 + along) / BUMPS as f64;
        // The handles lie outside of the box, so that the curve between them touches it.
        let reach = CLOUD_CORE + (1.0 - CLOUD_CORE) * 2.0;
        path.curve_to(
            place(part(0.1), reach),
            place(part(0.9), reach),
            place(part(1.0), CLOUD_CORE),
        );
    }
    path.close_path();
    filling(path, size)
}

fn heart(size: Size) -> BezPath {
    let mut path = BezPath::new();
    path.move_to((0.5, 0.25));
    path.curve_to((0.42, 0.02), (0.0, -0.08), (0.0, 0.32));
    path.curve_to((0.0, 0.6), (0.35, 0.75), (0.5, 1.0));
    path.curve_to((0.65, 0.75), (1.0, 0.6), (1.0, 0.32));
    path.curve_to((1.0, -0.08), (0.58, 0.02), (0.5, 0.25));
    path.close_path();
    filling(path, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_figures_fill_their_boxes() {
        let size = Size::new(200.0, 120.0);
        for name in [
            "pentagon",
            "hexagon",
            "octagon",
            "star",
            "rhombus",
            "rhombus-2",
            "trapezoid",
            "arrow-right",
            "arrow-left",
            "arrow-up",
            "arrow-down",
            "x-box",
            "check-box",
            "cloud",
            "heart",
        ] {
            let bounds = outline(name, size).unwrap().bounding_box();
            let apart = [
                bounds.x0,
                bounds.y0,
                bounds.x1 - size.width,
                bounds.y1 - size.height,
            ];
            assert!(apart.iter().all(|by| by.abs() < 1e-6), "{name}: {bounds:?}");
        }
        assert_eq!(outline("rectangle", size), None);
    }
}

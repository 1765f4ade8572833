//! The filled shape of a stroke: a line whose width follows the pressure.
//!
//! The centre line is split wherever its shape would fold over itself (at corners, U-turns, and
//! loops tighter than the pen is wide). A ribbon runs between two such folds, with the left edge
//! forward and the right edge back. Each ribbon ends in round caps, so that two caps form a round
//! join at a fold. All parts have the same winding direction and no folds of their own; filled with
//! the nonzero rule they are one shape without holes.

mod builder;
mod ribbon;

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2};

use kurbo::{BezPath, Vec2};

use super::centre_line::{CentreSample, Fineness, distinct, flattened, position};
use super::ink::InkPoint;
use super::near_line::{parts_near, path_near, thinned};
use super::point::{BoardRect, length};
pub use builder::OutlineBuilder;
use ribbon::CrossSection;

/// Least width of a line, as a part of its nominal width.
const MIN_WIDTH_SHARE: f64 = 0.06;
/// Greatest angle between two cross-sections, in radians, so that the edges look smooth.
const MAX_ANGLE: f64 = 0.6;
/// The same for ink that is narrow beside the tolerance, as in a view of much of the board.
const NARROW_ANGLE: f64 = 0.8;
/// Ink is narrow if its radius is at most so many times the tolerance.
const NARROW: f64 = 5.0;
/// The greatest tolerance, in board units, with which no ink counts as narrow: that of a screen at
/// 100 %.
const FULL_DETAIL: f64 = 0.2;
/// The share of the tolerance by which curves may be off so that they become straight.
const STRAIGHTENED: f64 = 0.5;
/// The straight and the soft share of the curve that turns pressure into width.
const STRAIGHT: f64 = 0.65;
const SOFT: f64 = 0.35;
/// The value of that curve at pressure 0.5.
const EASE_OF_HALF: f64 = STRAIGHT * 0.5 + SOFT * FRAC_1_SQRT_2;
/// A stroke is far larger than a region if it is so many times as wide or high.
const FAR_LARGER: f64 = 2.0;
/// Greatest change of the radius along the line. A steeper change would look like a spike.
const MAX_SLOPE: f64 = 0.6;

/// The shape of a stroke's ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// Half a disc, as a pen makes it.
    Round,
    /// Cut straight through the last point, as a highlighter makes it.
    Flat,
}

/// The parameters of the shape around a centre line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkShape {
    /// Width at pressure 0.5, in board units.
    pub width: f64,
    /// The influence of the pressure on the width: from 0.0, none, to 1.0, down to almost nothing.
    pub thinning: f64,
    /// The shape of both ends.
    pub cap: Cap,
}

impl InkShape {
    /// Half the width of the line at `pressure` (0.0 ..= 1.0), in board units.
    #[must_use]
    pub fn radius(&self, pressure: f64) -> f64 {
        // The curve is mostly straight and starts softly: the light half of a pen's range makes the
        // line thinner by more than the firm half makes it thicker.
        let ease = |p: f64| STRAIGHT * p + SOFT * (p * FRAC_PI_2).sin();
        let pull = ease(pressure.clamp(0.0, 1.0)) / EASE_OF_HALF - 1.0;
        let factor = 1.0 + self.thinning.clamp(0.0, 1.0) * pull;
        self.width.max(0.0) / 2.0 * factor.max(MIN_WIDTH_SHARE)
    }

    /// How far from the ink a point of the line can influence it, in board units: a wide place makes
    /// the ink wider on both sides of it, as far as [`MAX_SLOPE`] says.
    fn reach(&self) -> f64 {
        let widest = self.radius(1.0);
        2.0 * widest + widest / MAX_SLOPE
    }

    /// How finely the centre line must be flattened so that the edges stay within `tolerance`.
    fn fineness(&self, tolerance: f64) -> Fineness {
        let tolerance = if tolerance > 0.0 { tolerance } else { 0.1 };
        let widest = self.radius(1.0).max(tolerance);
        let is_narrow = tolerance > FULL_DETAIL && widest <= NARROW * tolerance;
        let most = if is_narrow { NARROW_ANGLE } else { MAX_ANGLE };
        // At radius r, the outer edge of a turn by the angle a is off by r · a² / 8.
        Fineness {
            tolerance,
            max_angle: (8.0 * tolerance / widest).sqrt().clamp(0.05, most),
        }
    }
}

/// The closed shape of the stroke through `points`, to be filled with the nonzero rule. Its edges
/// lie within about `tolerance` board units of the exact ones. A single point, or several in one
/// place, give a dot; no points give an empty path.
#[must_use]
pub fn outline(points: &[InkPoint], shape: &InkShape, tolerance: f64) -> BezPath {
    whole_outline(&distinct(points), shape, shape.fineness(tolerance))
}

fn whole_outline(distinct: &[InkPoint], shape: &InkShape, fineness: Fineness) -> BezPath {
    let sections = cross_sections(&flattened(distinct, fineness), shape, None);
    // Two curves for each cross-section, and both ends.
    let mut path = BezPath::with_capacity(2 * sections.len() + 8);
    append_outline(&sections, shape, Ends::BOTH, slack(fineness), &mut path);
    path
}

/// How far edges may be off so that curves become straight lines, which a browser fills in half of
/// the time.
fn slack(fineness: Fineness) -> f64 {
    if fineness.tolerance > FULL_DETAIL {
        fineness.tolerance * STRAIGHTENED
    } else {
        0.0
    }
}

/// The outline as far as it is visible in `region`, for a stroke that may be far larger. Outside
/// of the region anything may be missing.
#[must_use]
pub fn outline_in(
    points: &[InkPoint],
    shape: &InkShape,
    tolerance: f64,
    region: BoardRect,
) -> BezPath {
    let fineness = shape.fineness(tolerance);
    let margin = shape.reach() + fineness.tolerance;
    let points = if tolerance > FULL_DETAIL {
        thinned(&distinct(points), tolerance)
    } else {
        distinct(points)
    };
    if !is_far_larger(&points, region) {
        return whole_outline(&points, shape, fineness);
    }
    let mut path = BezPath::new();
    for part in parts_near(&points, fineness, region.inflate(margin, margin)) {
        let end = |is_end| if is_end { End::OfStroke } else { End::Joint };
        let ends = Ends {
            first: end(part.is_first),
            last: end(part.is_last),
        };
        let sections = cross_sections(&part.samples, shape, None);
        append_outline(&sections, shape, ends, slack(fineness), &mut path);
    }
    path
}

/// Whether points reach over an area that is far larger than a region, so that it is worth while to
/// look for the parts near the region.
fn is_far_larger(points: &[InkPoint], region: BoardRect) -> bool {
    let mut places = points.iter().map(|point| position(*point));
    let first = places.next().unwrap_or_default();
    let first = BoardRect::from_points(first, first);
    let all = places.fold(first, |all, place| all.union_pt(place));
    all.width() > FAR_LARGER * region.width() || all.height() > FAR_LARGER * region.height()
}

/// The middle of a stroke as a path to be drawn with a line of its width, as far as it is visible in
/// `region`. For ink that is so thin that it looks like its [`outline`]. A single
/// point gives an empty path.
#[must_use]
pub fn middle_in(
    points: &[InkPoint],
    shape: &InkShape,
    tolerance: f64,
    region: BoardRect,
) -> BezPath {
    let margin = shape.radius(1.0) + tolerance;
    path_near(points, tolerance, region.inflate(margin, margin))
}

/// Which ends of a centre line are ends of the stroke. The other ends are joined to a neighbour.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: End,
    last: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    OfStroke,
    Joint,
}

impl Ends {
    const BOTH: Self = Self {
        first: End::OfStroke,
        last: End::OfStroke,
    };
}

impl End {
    const fn cap(self, shape: &InkShape) -> Cap {
        match self {
            Self::OfStroke => shape.cap,
            Self::Joint => Cap::Round,
        }
    }
}

fn append_outline(
    cross_sections: &[CrossSection],
    shape: &InkShape,
    ends: Ends,
    slack: f64,
    path: &mut BezPath,
) {
    if let [dot] = cross_sections {
        append_dot(dot, shape.cap, path);
        return;
    }
    let runs = ribbon::split_at_folds(cross_sections);
    let last = runs.len().saturating_sub(1);
    for (index, run) in runs.iter().enumerate() {
        let first_end = if index == 0 { ends.first } else { End::Joint };
        let last_end = if index == last { ends.last } else { End::Joint };
        let caps = (first_end.cap(shape), last_end.cap(shape));
        ribbon::append(run, caps, slack, path);
    }
}

/// Computes the cross-section at each sample. The radius changes by at most [`MAX_SLOPE`] along the
/// line, so that a pen that is lifted within a pixel leaves no spike. `before` is the cross-section
/// from which the line continues.
fn cross_sections(
    line: &[CentreSample],
    shape: &InkShape,
    before: Option<CrossSection>,
) -> Vec<CrossSection> {
    let mut cross_sections: Vec<CrossSection> = line
        .iter()
        .map(|sample| CrossSection {
            centre: sample.position,
            direction: sample.direction,
            radius: shape.radius(sample.pressure),
        })
        .collect();
    widen(cross_sections.iter_mut(), before);
    widen(cross_sections.iter_mut().rev(), None);
    cross_sections
}

fn widen<'a>(
    cross_sections: impl Iterator<Item = &'a mut CrossSection>,
    mut last: Option<CrossSection>,
) {
    for section in cross_sections {
        if let Some(last) = last {
            let least = last.radius - MAX_SLOPE * length(section.centre - last.centre);
            section.radius = section.radius.max(least);
        }
        last = Some(*section);
    }
}

fn append_dot(dot: &CrossSection, cap: Cap, path: &mut BezPath) {
    let r = dot.radius;
    match cap {
        Cap::Round => {
            let (up, right) = (Vec2::new(0.0, -1.0), Vec2::new(1.0, 0.0));
            path.move_to(dot.centre + up * r);
            ribbon::append_half_disc(dot.centre, -right * r, path);
            ribbon::append_half_disc(dot.centre, right * r, path);
        }
        Cap::Flat => {
            let corners = [(-r, -r), (-r, r), (r, r), (r, -r)];
            for (index, (x, y)) in corners.into_iter().enumerate() {
                let corner = dot.centre + Vec2::new(x, y);
                if index == 0 {
                    path.move_to(corner)
                } else {
                    path.line_to(corner)
                }
            }
        }
    }
    path.close_path();
}

//! The filled shape of a stroke: a line as wide as the pen was pressed.
//!
//! The centre line is cut wherever its shape would fold over itself (corners,
//! U-turns, loops tighter than the pen is wide). Between cuts runs a ribbon, left
//! edge forward and right edge back, and each ribbon ends in round caps, so at a
//! cut the two caps make a round join. Every part winds the same way round and is
//! free of folds; filled with the nonzero rule they are one shape without holes.
//!
//! It must not know colours, painters or zoom.

mod builder;
mod ribbon;

use std::f64::consts::FRAC_PI_2;

use kurbo::{BezPath, Vec2};

use super::ink::InkPoint;
use super::smooth::{CentreSample, Fineness, centre_line};
pub use builder::OutlineBuilder;
use ribbon::Rib;

/// No line gets thinner than this part of its width.
const THINNEST: f64 = 0.06;
/// How steeply a radius may change along the line: steeper is a spike, not ink.
const STEEPEST: f64 = 0.6;

/// The ends of a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// Half a disc, as pens leave.
    Round,
    /// Cut straight through the last point, as highlighters leave.
    Flat,
}

/// What turns a centre line into a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkShape {
    /// Width at pressure 0.5, in board units.
    pub width: f64,
    /// How much pressure changes the width: 0.0 not at all ..= 1.0 down to almost nothing.
    pub thinning: f64,
    /// Its two ends.
    pub cap: Cap,
}

impl InkShape {
    /// Half the width of the line at `pressure` (0.0 ..= 1.0), in board units.
    #[must_use]
    pub fn radius(&self, pressure: f64) -> f64 {
        // Mostly straight with a soft start: the light half of a pen's range
        // thins more than the firm half thickens.
        let ease = |p: f64| 0.65 * p + 0.35 * (p * FRAC_PI_2).sin();
        let pull = ease(pressure.clamp(0.0, 1.0)) / ease(0.5) - 1.0;
        let factor = 1.0 + self.thinning.clamp(0.0, 1.0) * pull;
        self.width.max(0.0) / 2.0 * factor.max(THINNEST)
    }

    /// How finely the centre line must be cut for edges within `tolerance`.
    fn fineness(&self, tolerance: f64) -> Fineness {
        let tolerance = if tolerance > 0.0 { tolerance } else { 0.1 };
        let widest = self.radius(1.0).max(tolerance);
        // The outer edge of a turn by a at radius r errs by r · a² / 8.
        Fineness {
            tolerance,
            turn: (8.0 * tolerance / widest).sqrt().clamp(0.05, 0.6),
        }
    }
}

/// The closed shape of the stroke through `points`, to be filled with the nonzero
/// rule. Its edges are within about `tolerance` board units of the ideal ones. One
/// point (or many in one place) gives a dot, none an empty path.
#[must_use]
pub fn outline(points: &[InkPoint], shape: &InkShape, tolerance: f64) -> BezPath {
    let line = centre_line(points, shape.fineness(tolerance));
    let mut path = BezPath::new();
    append_outline(&ribs(&line, shape, None), shape, Ends::BOTH, &mut path);
    path
}

/// Which ends of a centre line are ends of the stroke; the others are cuts.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: End,
    last: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    OfStroke,
    Cut,
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
            Self::Cut => Cap::Round,
        }
    }
}

fn append_outline(ribs: &[Rib], shape: &InkShape, ends: Ends, path: &mut BezPath) {
    if let [dot] = ribs {
        append_dot(dot, shape.cap, path);
        return;
    }
    let runs = ribbon::split_at_folds(ribs);
    let last = runs.len().saturating_sub(1);
    for (index, run) in runs.iter().enumerate() {
        let first_end = if index == 0 { ends.first } else { End::Cut };
        let last_end = if index == last { ends.last } else { End::Cut };
        ribbon::append(run, first_end.cap(shape), last_end.cap(shape), path);
    }
}

/// Gives each sample its radius; radii change no faster along the line than
/// [`STEEPEST`], so that a pen which lifts within a pixel leaves no spike. `before`
/// is the rib that the line goes on from.
fn ribs(line: &[CentreSample], shape: &InkShape, before: Option<Rib>) -> Vec<Rib> {
    let mut ribs: Vec<Rib> = line
        .iter()
        .map(|sample| Rib {
            centre: sample.position,
            direction: sample.direction,
            radius: shape.radius(sample.pressure),
        })
        .collect();
    widen(ribs.iter_mut(), before);
    widen(ribs.iter_mut().rev(), None);
    ribs
}

fn widen<'a>(ribs: impl Iterator<Item = &'a mut Rib>, mut last: Option<Rib>) {
    for rib in ribs {
        if let Some(last) = last {
            let least = last.radius - STEEPEST * (rib.centre - last.centre).hypot();
            rib.radius = rib.radius.max(least);
        }
        last = Some(*rib);
    }
}

fn append_dot(dot: &Rib, cap: Cap, path: &mut BezPath) {
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

//! The trails of lasers. A trail gets thinner while it fades.

use kurbo::Point;
use shared::id::Millis;
use shared::model::palette::Rgb;
use shared::sync::LASER_MS;

use super::overlay_painter::OverlayPainter;

/// Width of a trail where it is new, in CSS pixels.
const WIDTH_PX: f64 = 5.0;

/// A point of a trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TrailPoint {
    /// The point, in board units.
    pub(super) at: Point,
    /// When the laser was there.
    pub(super) since: Millis,
    /// Whether a new trail begins here.
    pub(super) is_first: bool,
}

/// Paints a trail. A line that gets thinner needs no transparency, so no darker spots appear
/// where its pieces meet.
pub(super) fn paint(
    painter: &mut OverlayPainter<'_, '_>,
    trail: impl Iterator<Item = TrailPoint>,
    rgb: Rgb,
    now: Millis,
) {
    let mut before: Option<TrailPoint> = None;
    for point in trail {
        let width = WIDTH_PX * strength(point.since, now);
        // A trail of one point is a dot.
        let last = before.filter(|_| !point.is_first);
        let from = last.map_or(point.at, |last| last.at);
        if width > 0.0 {
            painter.stroke(from, point.at, rgb, width);
        }
        before = Some(point);
    }
}

/// The strength of a point, from 1.0 at first to 0.0 in the end. It falls slowly at first.
fn strength(since: Millis, now: Millis) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "about a second")]
    let age = now.saturating_sub(since).min(LASER_MS) as f64 / LASER_MS as f64;
    1.0 - age * age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_fades_until_it_is_gone() {
        assert_eq!(strength(1_000, 1_000), 1.0);
        assert!(strength(1_000, 1_000 + LASER_MS / 2) > 0.5);
        assert_eq!(strength(1_000, 1_000 + LASER_MS), 0.0);
        assert_eq!(strength(1_000, 900), 1.0, "clocks differ by a little");
    }
}

//! The trails of lasers: bright where they are young, thin where they fade.

use kurbo::Point;
use shared::id::Millis;
use shared::model::palette::Rgb;
use shared::sync::LASER_MS;

use super::marks::Marks;

/// Width of a trail where it is young, in CSS pixels.
const WIDTH_PX: f64 = 5.0;

/// A point of a trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glow {
    /// Where.
    pub(super) at: Point,
    /// Since when it glows.
    pub(super) since: Millis,
    /// Whether a new trail begins here.
    pub(super) first: bool,
}

/// Draws a trail. A thinning line needs no transparency, so it has no knots where
/// its pieces meet.
pub(super) fn draw(
    marks: &mut Marks<'_, '_>,
    trail: impl Iterator<Item = Glow>,
    rgb: Rgb,
    now: Millis,
) {
    let mut before: Option<Glow> = None;
    for glow in trail {
        let width = WIDTH_PX * brightness(glow.since, now);
        // A trail of one point is a dot.
        let from = before
            .filter(|_| !glow.first)
            .map_or(glow.at, |last| last.at);
        if width > 0.0 {
            marks.stroke(from, glow.at, rgb, width);
        }
        before = Some(glow);
    }
}

/// How bright a point still is, 1.0 at first and 0.0 in the end. Most of it stays
/// for most of the time.
fn brightness(since: Millis, now: Millis) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "about a second")]
    let age = now.saturating_sub(since).min(LASER_MS) as f64 / LASER_MS as f64;
    1.0 - age * age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_fades_and_is_gone() {
        assert_eq!(brightness(1_000, 1_000), 1.0);
        assert!(brightness(1_000, 1_000 + LASER_MS / 2) > 0.5);
        assert_eq!(brightness(1_000, 1_000 + LASER_MS), 0.0);
        assert_eq!(brightness(1_000, 900), 1.0, "clocks differ by a little");
    }
}

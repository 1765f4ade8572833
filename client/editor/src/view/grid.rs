//! The grid that drawn and moved elements can snap to.

use shared::geometry::BoardPoint;

/// From line to line, in board units, wherever that is wide enough on the screen.
const STEP: f64 = 20.0;
/// Lines nearer to each other on the screen, in CSS pixels, are too many.
const NARROWEST_PX: f64 = 10.0;

/// From line to line, in board units: 20, and doubled until the lines are far
/// enough from each other on the screen.
#[must_use]
pub fn step(zoom: f64) -> f64 {
    let doublings = (NARROWEST_PX / (STEP * zoom.max(f64::MIN_POSITIVE)))
        .log2()
        .ceil();
    // Zooms are bounded, so this many are never needed.
    STEP * 2_f64.powi(doublings.clamp(0.0, 32.0) as i32)
}

/// The crossing of grid lines that is nearest to a place.
#[must_use]
pub fn nearest(at: BoardPoint, zoom: f64) -> BoardPoint {
    let step = step(zoom);
    BoardPoint::new((at.x / step).round() * step, (at.y / step).round() * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_never_crowd_the_screen() {
        for zoom in [0.05, 0.1, 0.33, 0.5, 1.0, 30.0] {
            let px = step(zoom) * zoom;
            assert!(px >= NARROWEST_PX, "{px} at {zoom}");
        }
        assert_eq!((step(1.0), step(0.25)), (20.0, 40.0));
    }

    #[test]
    fn the_nearest_crossing_is_found_on_both_sides_of_the_origin() {
        let at = nearest(BoardPoint::new(-31.0, 49.0), 1.0);
        assert_eq!(at, BoardPoint::new(-40.0, 40.0));
    }
}

//! What ink costs, for words at several speeds and rates.

use std::io::{self, Write};

use shared::geometry::{Ink, InkPoint, Quantum, Streamline, simplify};

use super::KEEP;
use super::handwriting::word;
use super::strokes::{Points, hand};

/// Writes the table to standard error.
pub(crate) fn write() -> io::Result<()> {
    let mut err = io::stderr().lock();
    writeln!(
        err,
        "device        px/s   Hz  points  B/point  kept  B/point  B/stroke before, after"
    )?;
    for (name, grain, rates) in [
        ("mouse", 1.0, [60.0, 125.0, 240.0]),
        ("pen", 0.1, [60.0, 120.0, 240.0]),
    ] {
        for (height, pace) in [(16.0, 2.5), (24.0, 4.0), (40.0, 6.0)] {
            for rate in rates {
                let samples = word(hand(height, pace, rate, grain));
                let mut line = match name {
                    "mouse" => Streamline::for_mouse(),
                    _ => Streamline::for_pen_or_touch(),
                };
                let samples = samples
                    .iter()
                    .map(|&(x, y, pressure)| InkPoint::new(x, y, pressure));
                let mut points: Points =
                    samples.filter_map(|point| line.next(point, 1.0)).collect();
                if name == "mouse" {
                    points.iter_mut().for_each(|point| point.pressure = 0.5);
                }
                let kept = simplify(&points, KEEP, 4.0);
                let size = |points: &[InkPoint]| {
                    Ink::encode(points, Quantum::for_zoom(1.0))
                        .map_or(0, |ink| ink.as_bytes().len())
                };
                let (all, few) = (size(&points), size(&kept));
                writeln!(
                    err,
                    "{name:<10} {:>7.0} {rate:>4} {:>7} {:>8.2} {:>5} {:>8.2}  {all:>5} {few:>5}",
                    height * pace * 3.0,
                    points.len(),
                    all as f64 / points.len() as f64,
                    kept.len(),
                    few as f64 / kept.len() as f64,
                )?;
            }
        }
    }
    Ok(())
}

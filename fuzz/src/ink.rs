//! The bytes of ink, and everything that is computed of its points.

use shared::geometry::{Ink, InkPoint, bounds_of, outline, simplify};
use shared::model::Brush;

use crate::golden;

/// Points whose outline is computed; longer strokes take longer without showing more.
const MAX_OUTLINED: usize = 400;

/// Reads ink, cuts and joins it, and draws it.
pub fn run(data: &[u8]) {
    let Ok(ink) = Ink::from_bytes(data) else {
        return;
    };
    assert_eq!(Ink::from_bytes(ink.as_bytes()).as_ref(), Ok(&ink));
    let points: Vec<InkPoint> = ink.points().collect();
    assert_eq!(points.len(), ink.len());
    let middle = ink.len() / 2;
    let (first, second) = (ink.slice(0..middle), ink.slice(middle..ink.len()));
    let joined = first.concat(&second).expect("two halves make a whole");
    assert_eq!(joined.points().collect::<Vec<_>>(), points);
    if points.len() <= MAX_OUTLINED {
        draw(&points);
    }
}

fn draw(points: &[InkPoint]) {
    for brush in [Brush::Pen, Brush::Highlighter] {
        let shape = brush.shape(4.0);
        let path = outline(points, &shape, 0.1);
        assert!(path.is_finite(), "an outline is finite");
        let _ = bounds_of(points, &shape);
    }
    let simple = simplify(points, 0.5, 4.0);
    assert!(simple.len() <= points.len());
}

/// The golden ink.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let samples = golden::samples("ink.").into_iter();
    // Each begins with the head of a byte string.
    samples.map(|bytes| bytes[2..].to_vec()).collect()
}

//! Compares two pictures pixel by pixel and tolerates antialiasing.

use e2e::pixels::Picture;

/// Channels of equal pixels may differ by this much, because of antialiasing, and because the
/// highlighter blends with the background in a document and with nothing on a canvas.
const TOLERANCE: u8 = 40;

fn colour(picture: &Picture, x: usize, y: usize) -> [u8; 3] {
    let at = (y * picture.width + x) * 4;
    let channels = picture.rgba.get(at..at + 3);
    channels
        .and_then(|it| it.try_into().ok())
        .unwrap_or_default()
}

fn alike(one: [u8; 3], two: [u8; 3]) -> bool {
    one.iter()
        .zip(two)
        .all(|(one, two)| one.abs_diff(two) <= TOLERANCE)
}

/// Whether the other picture has the colour of this pixel there or next to it.
fn is_near(one: &Picture, two: &Picture, x: usize, y: usize) -> bool {
    let wanted = colour(one, x, y);
    let near = |at: usize, end: usize| at.saturating_sub(1)..=(at + 1).min(end - 1);
    near(y, two.height)
        .flat_map(|y| near(x, two.width).map(move |x| (x, y)))
        .any(|(x, y)| alike(wanted, colour(two, x, y)))
}

/// The pixels in which two pictures of the same size differ by more than antialiasing.
pub(crate) fn different_pixels(one: &Picture, two: &Picture) -> Vec<bool> {
    let places = (0..one.height).flat_map(|y| (0..one.width).map(move |x| (x, y)));
    places
        .map(|(x, y)| {
            if alike(colour(one, x, y), colour(two, x, y)) {
                return false;
            }
            !(is_near(one, two, x, y) && is_near(two, one, x, y))
        })
        .collect()
}

/// The number of an element's own pixels that are different, and the number of its own pixels.
pub(crate) fn count_different(own: &[bool], wrong: &[bool]) -> (usize, usize) {
    let both = own
        .iter()
        .zip(wrong)
        .filter(|(own, wrong)| **own && **wrong);
    (both.count(), own.iter().filter(|own| **own).count())
}

/// A part of a whole, `0.0 ..= 1.0`.
#[expect(clippy::cast_precision_loss, reason = "counts of pixels")]
pub(crate) fn ratio((part, all): (usize, usize)) -> f64 {
    part as f64 / all.max(1) as f64
}

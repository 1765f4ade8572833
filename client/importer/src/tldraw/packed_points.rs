//! Points of ink in base64: the first as three numbers of 32 bits, the others as their distances from
//! the one before in 16 bits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::records::Place;

/// The points; none if the text is broken. `dim` is 2 if they have no pressure, else 3.
pub(super) fn unpack(packed: &str, dim: usize) -> Vec<Place> {
    let bytes = STANDARD.decode(packed).unwrap_or_default();
    let (first, rest) = bytes.split_at(bytes.len().min(4 * dim));
    let mut at: Vec<f64> = first
        .chunks_exact(4)
        .filter_map(|it| Some(f64::from(f32::from_le_bytes(it.try_into().ok()?))))
        .collect();
    let mut points = Vec::from_iter(place(&at, dim));
    for step in rest.chunks_exact(2 * dim) {
        let by = step.chunks_exact(2).filter_map(|it| it.try_into().ok());
        for (value, by) in at.iter_mut().zip(by) {
            *value += half(u16::from_le_bytes(by));
        }
        points.extend(place(&at, dim));
    }
    points
}

/// The point of these numbers; `None` if there are fewer than `dim`.
fn place(at: &[f64], dim: usize) -> Option<Place> {
    let [x, y, ..] = *at.get(..dim)? else {
        return None;
    };
    let z = at.get(2).copied();
    Some(Place { x, y, z })
}

/// A floating-point number of 16 bits: sign, 5 bits of exponent and 10 of fraction (IEEE 754).
fn half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff) / 1_024.0;
    let exponent = i32::from((bits >> 10) & 0x1f);
    let size = match exponent {
        0 => fraction * 2.0_f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2.0_f64.powi(exponent - 15),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_953_125),
            (0x7bff, 65_504.0),
            (0x0001, 2.0_f64.powi(-24)),
        ] {
            assert_eq!(half(bits), number);
        }
        assert_eq!(half(0xfc00), f64::NEG_INFINITY);
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn broken_points_are_none() {
        for packed in ["", "?", "AAAA", "AAAAAAAAAAAAAA=="] {
            assert_eq!(unpack(packed, 3), [], "{packed}");
        }
    }
}

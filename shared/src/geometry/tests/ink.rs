//! Tests of ink as it is stored and sent.

use proptest::prelude::*;

use super::handwriting::Hand;
use super::{at, pen_hand, polyline, written};
use crate::geometry::{Ink, InkError, InkPoint, Quantum};
use crate::limits::{MAX_COORD, MAX_INK_POINTS};

fn points() -> impl Strategy<Value = Vec<InkPoint>> {
    let coordinate = prop_oneof![-400.0..400.0, -MAX_COORD..=MAX_COORD];
    let pressure = prop_oneof![Just(0.5_f32), 0.0_f32..=1.0];
    let point = (coordinate.clone(), coordinate, pressure);
    prop::collection::vec(point.prop_map(|(x, y, p)| InkPoint::new(x, y, p)), 0..60)
}

fn quantum() -> impl Strategy<Value = Quantum> {
    (-20_i8..=7).prop_map(|exponent| Quantum::from_exponent(exponent).unwrap())
}

fn unit() -> Quantum {
    Quantum::from_exponent(0).unwrap()
}

fn all(ink: &Ink) -> Vec<InkPoint> {
    ink.points().collect()
}

proptest! {
    #[test]
    fn no_point_moves_farther_than_half_a_step(points in points(), quantum in quantum()) {
        let ink = Ink::encode(&points, quantum).unwrap();
        let back = all(&ink);
        prop_assert_eq!(back.len(), points.len());
        prop_assert_eq!(ink.len(), points.len());
        let half = quantum.step() / 2.0 + 1e-9;
        for (was, is) in points.iter().zip(&back) {
            prop_assert!((was.x - is.x).abs() <= half && (was.y - is.y).abs() <= half);
            prop_assert!((was.pressure - is.pressure).abs() <= 0.5 / 255.0 + 1e-6);
        }
    }

    #[test]
    fn rounded_points_round_to_the_same_bytes(points in points(), quantum in quantum()) {
        let ink = Ink::encode(&points, quantum).unwrap();
        prop_assert_eq!(&Ink::encode(&all(&ink), quantum).unwrap(), &ink);
        prop_assert_eq!(&Ink::from_bytes(ink.as_bytes()).unwrap(), &ink);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(ink) = Ink::from_bytes(&bytes) {
            prop_assert!(ink.as_bytes().len() <= bytes.len());
            prop_assert_eq!(Ink::from_bytes(ink.as_bytes()).unwrap(), ink);
        }
    }

    #[test]
    fn damaged_ink_is_read_or_refused(
        points in points(), index in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let mut bytes = Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap().as_bytes().to_vec();
        let index = index.index(bytes.len());
        bytes[index] = byte;
        if let Ok(ink) = Ink::from_bytes(&bytes) {
            prop_assert!(ink.points().all(|p| p.x.abs() <= MAX_COORD && p.y.abs() <= MAX_COORD));
        }
    }

    #[test]
    fn joined_ink_is_the_ink_of_the_joined_points(
        a in points(), b in points(), qa in quantum(), qb in quantum()
    ) {
        let (a, b) = (Ink::encode(&a, qa).unwrap(), Ink::encode(&b, qb).unwrap());
        let joined: Vec<InkPoint> = a.points().chain(b.points()).collect();
        prop_assert_eq!(a.concat(&b).unwrap(), Ink::encode(&joined, qa.min(qb)).unwrap());
    }

    #[test]
    fn cut_ink_joins_again(points in points(), cut in 0_usize..70) {
        let ink = Ink::encode(&points, unit()).unwrap();
        let (head, tail) = (ink.slice(0..cut), ink.slice(cut..usize::MAX));
        prop_assert_eq!(head.len(), cut.min(points.len()));
        prop_assert_eq!(head.concat(&tail).unwrap(), ink);
    }

    #[test]
    fn a_step_is_an_eighth_of_a_pixel_or_less(zoom in 0.001_f64..1000.0) {
        let step = Quantum::for_zoom(zoom).step();
        prop_assert!(step * zoom <= 0.125 && step * zoom > 0.0624);
    }
}

#[test]
fn the_format_is_as_documented() {
    let constant = polyline(&[(10.0, 0.0), (12.0, -1.0), (14.0, -2.0)]);
    let ink = Ink::encode(&constant, unit()).unwrap();
    // Version 1 with constant pressure, 2^0, three points, pressure 128; then the first point, the
    // difference to the second, and no difference from the prediction of the third.
    assert_eq!(ink.as_bytes(), [0x11, 0, 3, 128, 20, 0, 4, 1, 0, 0]);

    let pressed = [
        InkPoint::new(100.0, 0.0, 1.0),
        InkPoint::new(100.0, 1.0, 0.0),
    ];
    let ink = Ink::encode(&pressed, Quantum::from_exponent(-1).unwrap()).unwrap();
    assert_eq!(
        ink.as_bytes(),
        [0x10, 0xff, 2, 0x90, 0x03, 0, 0xfe, 0x01, 0, 4, 0xfd, 0x03],
    );
}

#[test]
fn the_shorter_prediction_is_taken() {
    let there_and_back: Vec<InkPoint> = (0..20).map(|i| at(f64::from(i % 2 * 50), 0.0)).collect();
    let ink = Ink::encode(&there_and_back, unit()).unwrap();
    assert_eq!(ink.as_bytes()[0], 0x13);
    assert_eq!(all(&ink).len(), 20);
}

#[test]
fn other_flags_become_the_canonical_ones() {
    // The same two points with a pressure each, and with "same place".
    let loose = [0x12, 0, 2, 2, 0, 0, 2, 0, 0];
    let ink = Ink::from_bytes(&loose).unwrap();
    let strict = Ink::encode(&[at(1.0, 0.0), at(2.0, 0.0)], unit()).unwrap();
    assert_eq!(ink.as_bytes(), strict.as_bytes());
}

#[test]
fn each_error_is_named() {
    let check = |bytes: &[u8], error| assert_eq!(Ink::from_bytes(bytes), Err(error), "{bytes:?}");
    check(&[], InkError::Truncated);
    check(&[0x11], InkError::Truncated);
    check(&[0x21, 0, 0, 0], InkError::UnknownFormat(0x21));
    check(&[0x15, 0, 0, 0], InkError::UnknownFormat(0x15));
    check(&[0x11, 8, 0, 0], InkError::Exponent(8));
    check(&[0x11, 0xeb, 0, 0], InkError::Exponent(-21));
    check(&[0x11, 0, 1, 128, 0], InkError::Truncated);
    check(&[0x11, 0, 1, 128, 0, 0, 0], InkError::TrailingBytes);
    check(&[0x11, 0, 1, 128, 0x80, 0, 0], InkError::MalformedNumber);
    check(
        &[
            0x11, 0, 1, 128, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2, 0,
        ],
        InkError::MalformedNumber,
    );
    check(
        &[0x11, 7, 1, 128, 0xff, 0xff, 0x7f, 0],
        InkError::OutOfRange,
    );
    check(&[0x10, 0, 1, 0, 0, 0xff, 0x7f], InkError::Pressure);
}

#[test]
fn a_false_count_allocates_nothing() {
    let too_many = InkError::TooMany {
        len: MAX_INK_POINTS + 1,
        max: MAX_INK_POINTS,
    };
    assert_eq!(Ink::from_bytes(&[0x11, 0, 0x91, 0x4e, 0]), Err(too_many));
    assert_eq!(
        Ink::from_bytes(&[0x11, 0, 0x90, 0x4e, 0]),
        Err(InkError::Truncated)
    );
}

#[test]
fn points_outside_of_the_board_are_refused() {
    let encode = |point| Ink::encode(&[point], unit()).unwrap_err();
    assert_eq!(encode(at(f64::NAN, 0.0)), InkError::NotFinite);
    assert_eq!(encode(at(0.0, f64::INFINITY)), InkError::NotFinite);
    assert_eq!(
        encode(InkPoint::new(0.0, 0.0, f32::NAN)),
        InkError::NotFinite
    );
    assert_eq!(encode(at(MAX_COORD * 1.01, 0.0)), InkError::OutOfRange);
}

#[test]
fn concatenating_too_much_ink_is_refused() {
    let many = Ink::encode(&vec![at(0.0, 0.0); MAX_INK_POINTS], unit()).unwrap();
    let one = Ink::encode(&[at(0.0, 0.0)], unit()).unwrap();
    let too_many = InkError::TooMany {
        len: MAX_INK_POINTS + 1,
        max: MAX_INK_POINTS,
    };
    assert_eq!(many.concat(&one), Err(too_many));
}

#[test]
fn ink_is_one_bin_in_messagepack_and_is_checked_there() {
    let ink = Ink::encode(&[at(1.0, 2.0)], unit()).unwrap();
    let packed = rmp_serde::to_vec(&ink).unwrap();
    assert_eq!(packed, [&[0xc4, 6][..], ink.as_bytes()].concat());
    assert_eq!(rmp_serde::from_slice::<Ink>(&packed).unwrap(), ink);
    let mut damaged = packed;
    damaged[2] = 0;
    assert!(rmp_serde::from_slice::<Ink>(&damaged).is_err());
}

#[test]
fn bounds_hold_all_points() {
    let ink = Ink::encode(&polyline(&[(3.0, 4.0), (-1.0, 9.0)]), unit()).unwrap();
    assert_eq!(ink.bounds(), Some(kurbo::Rect::new(-1.0, 4.0, 3.0, 9.0)));
    assert_eq!(Ink::encode(&[], unit()).unwrap().bounds(), None);
}

#[test]
fn handwriting_takes_two_bytes_a_point_by_mouse_and_three_by_pen() {
    for rate in [60.0, 120.0, 240.0] {
        let hand = Hand { rate, ..pen_hand() };
        let cost = |points: &[InkPoint]| {
            let ink = Ink::encode(points, Quantum::for_zoom(1.0)).unwrap();
            ink.as_bytes().len() as f64 / points.len() as f64
        };
        let pen = cost(&written(hand));
        assert!(pen < 3.2, "{pen} bytes a point by pen at {rate} Hz");
        let points: Vec<InkPoint> = written(Hand { grain: 1.0, ..hand })
            .into_iter()
            .map(|point| InkPoint {
                pressure: 0.5,
                ..point
            })
            .collect();
        let mouse = cost(&points);
        assert!(mouse < 2.15, "{mouse} bytes a point by mouse at {rate} Hz");
    }
}

//! Our codec against another one, and against bytes that nobody should send.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{CodecError, Flaw, decode, encode};
use crate::limits::MAX_DEPTH;

/// Something of every kind that travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    naturals: (u8, u16, u32, u64),
    integers: (i8, i16, i32, i64),
    floats: (f32, f64),
    yes: bool,
    text: String,
    bytes: ByteBuf,
    list: Vec<Option<u32>>,
    map: BTreeMap<u16, Choice>,
    id: uuid::Uuid,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Choice {
    Bare,
    One(Box<Choice>),
    Two(u8, String),
    Named { left: i32, right: Option<bool> },
}

fn choice() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        Just(Choice::Bare),
        (any::<u8>(), ".{0,40}").prop_map(|(number, text)| Choice::Two(number, text)),
        (any::<i32>(), any::<Option<bool>>())
            .prop_map(|(left, right)| Choice::Named { left, right }),
    ];
    leaf.prop_recursive(4, 4, 1, |inner| {
        inner.prop_map(|inner| Choice::One(Box::new(inner)))
    })
}

prop_compose! {
    fn everything()(
        // Small and large numbers alike: every width is written by another branch.
        shift in 0_u32..64,
        natural in any::<u64>(),
        integers in any::<(i8, i16, i32, i64)>(),
        floats in (-1e9_f32..1e9, -1e9_f64..1e9),
        yes in any::<bool>(),
        text in prop_oneof![".{0,40}", ".{200,300}"],
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..40),
            proptest::collection::vec(any::<u8>(), 250..300),
        ],
        list in proptest::collection::vec(any::<Option<u32>>(), 0..40),
        map in proptest::collection::btree_map(any::<u16>(), choice(), 0..20),
        id in any::<[u8; 16]>(),
    ) -> Everything {
        let number = natural >> shift;
        let low = |bits: u32| number & ((1_u64 << bits) - 1);
        Everything {
            naturals: (
                u8::try_from(low(8)).unwrap(),
                u16::try_from(low(16)).unwrap(),
                u32::try_from(low(32)).unwrap(),
                number,
            ),
            integers: (integers.0, integers.1, integers.2 >> (shift / 2), integers.3 >> shift),
            floats,
            yes,
            text,
            bytes: ByteBuf::from(bytes),
            list,
            map,
            id: uuid::Uuid::from_bytes(id),
        }
    }
}

proptest! {
    #[test]
    fn another_codec_writes_the_same_and_each_reads_the_other(value in everything()) {
        let ours = encode(&value).unwrap();
        let theirs = rmp_serde::to_vec(&value).unwrap();
        prop_assert_eq!(&ours[..], &theirs[..]);
        prop_assert_eq!(&decode::<Everything>(&ours, usize::MAX).unwrap(), &value);
        prop_assert_eq!(&rmp_serde::from_slice::<Everything>(&ours).unwrap(), &value);
    }

    #[test]
    fn what_we_read_another_codec_reads_alike(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        if let Ok(value) = decode::<Vec<Choice>>(&bytes, usize::MAX) {
            prop_assert_eq!(rmp_serde::from_slice::<Vec<Choice>>(&bytes).unwrap(), value);
        }
    }
}

#[test]
fn long_lists_texts_and_bytes_have_their_forms() {
    for len in [15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000] {
        let list = vec![true; len];
        let text = "x".repeat(len);
        let bytes = ByteBuf::from(vec![7; len]);
        let value = (list, text, bytes);
        let ours = encode(&value).unwrap();
        assert_eq!(ours, rmp_serde::to_vec(&value).unwrap());
        assert_eq!(
            decode::<(Vec<bool>, String, ByteBuf)>(&ours, usize::MAX).unwrap(),
            value
        );
    }
    let map: BTreeMap<u32, i64> = (0..70_000).map(|n| (n, i64::from(n) - 40_000)).collect();
    let ours = encode(&map).unwrap();
    assert_eq!(ours, rmp_serde::to_vec(&map).unwrap());
    assert_eq!(
        decode::<BTreeMap<u32, i64>>(&ours, usize::MAX).unwrap(),
        map
    );
}

#[test]
fn a_float_may_come_as_another_number() {
    for (bytes, number) in [
        (&[0x07][..], 7.0),
        (&[0xff], -1.0),
        (&[0xd1, 0xff, 0x00], -256.0),
        (&[0xca, 0x3f, 0x00, 0x00, 0x00], 0.5),
        (&[0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0], 0.5),
    ] {
        assert_eq!(decode::<f64>(bytes, 9).unwrap(), number);
        assert_eq!(decode::<f32>(bytes, 9).map(f64::from).unwrap(), number);
    }
}

#[test]
fn whole_numbers_may_come_in_longer_forms_but_must_fit() {
    assert_eq!(decode::<u8>(&[0xd3, 0, 0, 0, 0, 0, 0, 0, 9], 9).unwrap(), 9);
    assert_eq!(decode::<i8>(&[0xd1, 0xff, 0xfe], 9).unwrap(), -2);
    assert_eq!(flaw::<u8>(&[0xcd, 1, 0]), Flaw::Value);
    assert_eq!(flaw::<u8>(&[0xff]), Flaw::Value);
    assert_eq!(flaw::<u8>(&[0xca, 0, 0, 0, 0]), Flaw::Kind);
}

fn flaw<T: serde::de::DeserializeOwned + std::fmt::Debug>(bytes: &[u8]) -> Flaw {
    match decode::<T>(bytes, usize::MAX) {
        Err(CodecError::Malformed { flaw, .. }) => flaw,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_flaw_has_its_name() {
    assert_eq!(flaw::<u8>(&[]), Flaw::End);
    assert_eq!(
        flaw::<Vec<u8>>(&[0xdd, 0xff, 0xff, 0xff, 0xff, 0]),
        Flaw::End
    );
    assert_eq!(flaw::<String>(&[0xa1, 0xff]), Flaw::Text);
    assert_eq!(flaw::<String>(&[0x01]), Flaw::Kind);
    assert_eq!(flaw::<(u8, u8)>(&[0x91, 0x01]), Flaw::Length);
    assert_eq!(flaw::<(u8, u8)>(&[0x93, 1, 2, 3]), Flaw::Length);
    assert_eq!(flaw::<Choice>(&[0xa1, b'x']), Flaw::Choice);
    // A choice without what belongs to it, and with what does not.
    assert_eq!(flaw::<Choice>(&[0xa3, b'O', b'n', b'e']), Flaw::Kind);
    assert_eq!(
        flaw::<Choice>(&[0x81, 0xa4, b'B', b'a', b'r', b'e', 1]),
        Flaw::Kind
    );
    assert_eq!(flaw::<u8>(&[0xc1]), Flaw::Kind);
    assert_eq!(flaw::<()>(&[0xc0]), Flaw::Untyped);
}

#[test]
fn nesting_is_followed_to_the_limit() {
    #[derive(Debug, Deserialize)]
    struct Nest(#[allow(dead_code, reason = "only how deep it goes is looked at")] Vec<Nest>);
    let nest = |levels: usize| [vec![0x91; levels - 1], vec![0x90]].concat();
    assert!(decode::<Nest>(&nest(MAX_DEPTH), usize::MAX).is_ok());
    assert_eq!(flaw::<Nest>(&nest(MAX_DEPTH + 1)), Flaw::Depth);
    // Levels that were left do not count.
    let wide = [vec![0x9f], [0x91, 0x90].repeat(15)].concat();
    assert!(decode::<Nest>(&wide, usize::MAX).is_ok());
    let choices = [0x81, 0xa3, b'O', b'n', b'e'].repeat(MAX_DEPTH + 1);
    assert_eq!(flaw::<Choice>(&choices), Flaw::Depth);
    let names = [
        vec![0x9f],
        [0x81, 0xa3, b'O', b'n', b'e', 0xa4, b'B', b'a', b'r', b'e'].repeat(15),
    ];
    assert!(decode::<Vec<Choice>>(&names.concat(), usize::MAX).is_ok());
}

#[test]
fn a_value_of_any_kind_is_passed_over() {
    let value = (
        "text",
        vec![Some(1.5), None],
        BTreeMap::from([(1, true)]),
        ByteBuf::from(vec![1]),
    );
    let bytes = encode(&(value, 7_u8)).unwrap();
    let (IgnoredAny, last) = decode::<(IgnoredAny, u8)>(&bytes, usize::MAX).unwrap();
    assert_eq!(last, 7);
    assert!(decode::<IgnoredAny>(&[0x92, 0x01], 9).is_err());
}

#[test]
fn what_nobody_sends_has_no_form() {
    assert!(encode(&'c').is_err());
    assert!(encode(&()).is_err());
}

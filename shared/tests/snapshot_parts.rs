//! Snapshots in parts: any order, repeats, and parts that nobody should send.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use shared::geometry::BoardRect;
use shared::id::SnapshotId;
use shared::limits::{MAX_FRAME_BYTES, MAX_SECTION_BYTES, MAX_SNAPSHOT_PARTS};
use shared::model::{Body, NewElement, Prop, Props};
use shared::op::Op;
use shared::protocol::{ServerMsg, SnapshotPart, decode, encode};
use shared::sync::{AssemblyError, CutSizes, EncodedSnapshot, Section, Snapshot, SnapshotAssembly};
use testkit::fixtures::{
    at, authored, client_id, element_id, ink, put, scattered_points, snapshot_parts, state, stroke,
    wave,
};

/// A board with elements far apart, tombstones and several authors.
fn board(strokes: u64) -> Snapshot {
    let puts = (1..=strokes).map(|number| {
        let left = (number * 7_919 % 1_000) as f64 * 50.0;
        let points = scattered_points(number, 60, 128.0).map(|(x, y)| (left + x, y));
        authored(
            client_id(1),
            number,
            vec![put(stroke(element_id(number), ink(points)))],
        )
    });
    let ids = (1..=strokes / 4).map(element_id).collect();
    let delete = authored(client_id(2), 1, vec![Op::Delete { ids }]);
    let commits: Vec<_> = puts.chain([delete]).collect();
    state(at(commits.len() as u64), &commits)
}

const SMALL: CutSizes = CutSizes {
    section: 2_000,
    part: 300,
};

fn cut(snapshot: &Snapshot, sizes: CutSizes) -> Vec<SnapshotPart> {
    let encoded = EncodedSnapshot::cut(snapshot, sizes).unwrap();
    let frames = (0..encoded.count()).map(|part| encoded.frame(part).unwrap());
    let parts = frames.map(|frame| match decode(frame, MAX_FRAME_BYTES).unwrap() {
        ServerMsg::Snapshot(part) => part,
        other => panic!("{other:?} is no part"),
    });
    parts.collect()
}

fn add_all(parts: &[SnapshotPart]) -> Result<Snapshot, AssemblyError> {
    let mut assembly = SnapshotAssembly::begin(&parts[0])?;
    for part in parts {
        assembly.add(part.clone())?;
    }
    assembly.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn parts_make_the_snapshot_in_any_order_and_with_repeats(
        strokes in 0_u64..60,
        order in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>()),
        section in 200_usize..3_000,
        part in 50_usize..700,
    ) {
        let snapshot = board(strokes);
        let parts = cut(&snapshot, CutSizes { section, part });
        let count = parts.len() as u64;
        let mut shuffled = parts.clone();
        shuffled.sort_by_key(|part| (u64::from(part.index) + 1).wrapping_mul(order | 1) % 1_009);
        let repeat = shuffled[(order % count) as usize].clone();
        shuffled.insert((order % 7 % count) as usize, repeat);
        prop_assert_eq!(add_all(&shuffled), Ok(snapshot));
    }
}

#[test]
fn an_empty_board_has_one_part() {
    let empty = state(at(0), &[]);
    let parts = cut(&empty, CutSizes::default());
    assert_eq!(parts.len(), 1);
    assert_eq!(add_all(&parts), Ok(empty));
}

#[test]
fn sections_are_smaller_than_their_content() {
    let puts = (1..=400).map(|number| {
        let wave = stroke(element_id(number), wave(60));
        authored(client_id(1), number, vec![put(wave)])
    });
    let puts: Vec<_> = puts.collect();
    let snapshot = state(at(puts.len() as u64), &puts);
    let encoded = EncodedSnapshot::cut(&snapshot, CutSizes::default()).unwrap();
    let frames = (0..encoded.count()).map(|part| encoded.frame(part).unwrap().len());
    let (sent, content) = (frames.sum::<usize>(), encoded.raw_bytes());
    assert!(2 * sent < content, "{sent} bytes for {content}");
}

#[test]
fn sections_show_before_the_last_part_arrives() {
    let parts = cut(&board(100), SMALL);
    let mut assembly = SnapshotAssembly::begin(&parts[0]).unwrap();
    let half = parts.len() / 2;
    let shown = parts[..half]
        .iter()
        .map(|part| assembly.add(part.clone()).unwrap().len());
    assert!(shown.sum::<usize>() > 20);
    assert_eq!(assembly.progress(), (half, parts.len()));
    assert!(assembly.finish().is_err(), "half a snapshot is none");
}

#[test]
fn the_elements_of_a_section_lie_close_together() {
    let snapshot = board(400);
    let encoded = EncodedSnapshot::cut(&snapshot, SMALL).unwrap();
    let screen = BoardRect::new(10_000.0, 0.0, 11_000.0, 1_000.0);
    let showing = (0..encoded.count())
        .filter(|part| encoded.shows(*part, &screen))
        .count();
    assert!(
        showing > 0 && 8 * showing < encoded.count(),
        "{showing} of {}",
        encoded.count()
    );
}

#[test]
fn a_large_element_has_a_section_of_many_parts() {
    let drawn = ink(scattered_points(1, 9_000, 128.0));
    let commit = authored(client_id(1), 1, vec![put(stroke(element_id(1), drawn))]);
    let snapshot = state(at(1), &[commit]);
    let parts = cut(&snapshot, CutSizes::default());
    assert!(parts[0].after > 0);
    assert_eq!(add_all(&parts), Ok(snapshot));
}

#[test]
fn parts_with_wrong_numbers_are_refused() {
    let parts = cut(&board(20), SMALL);
    let last = parts.len() as u32 - 1;
    let wrong: [fn(&mut SnapshotPart); 8] = [
        |part| part.index = u32::MAX,
        |part| part.index = part.count,
        |part| part.before = part.index + 1,
        |part| part.after = u32::MAX,
        |part| part.after = part.count - part.index,
        |part| part.count += 1,
        |part| part.snapshot = SnapshotId::from_bytes([0; 16]),
        |part| part.bytes = vec![0; 20_000].into(),
    ];
    for change in wrong {
        let mut assembly = SnapshotAssembly::begin(&parts[0]).unwrap();
        let mut part = parts[last as usize].clone();
        change(&mut part);
        assert_eq!(assembly.add(part), Err(AssemblyError::Numbers));
    }
    for count in [0, MAX_SNAPSHOT_PARTS + 1] {
        let part = SnapshotPart {
            count,
            ..parts[0].clone()
        };
        assert!(SnapshotAssembly::begin(&part).is_err());
    }
}

#[test]
fn parts_that_disagree_about_their_section_are_refused() {
    let mut parts = cut(&board(20), SMALL);
    let two = parts.iter().position(|part| part.after > 0).unwrap();
    parts[two].after -= 1;
    assert!(add_all(&parts).is_err());
}

/// The only part of a snapshot with these bytes.
fn single(bytes: Vec<u8>) -> SnapshotPart {
    SnapshotPart {
        snapshot: SnapshotId::from_bytes([1; 16]),
        index: 0,
        count: 1,
        before: 0,
        after: 0,
        bytes: bytes.into(),
    }
}

fn packed(raw: &[u8]) -> SnapshotPart {
    single(miniz_oxide::deflate::compress_to_vec(raw, 6))
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = packed(&vec![0; 16 * MAX_SECTION_BYTES]);
    assert!(bomb.bytes.len() < 17_000, "{}", bomb.bytes.len());
    assert_eq!(add_all(&[bomb]), Err(AssemblyError::Compression));
}

#[test]
fn bytes_that_are_no_section_are_refused() {
    for rubbish in [vec![], vec![0xff; 100], vec![0x03, 0x00]] {
        assert!(add_all(&[single(rubbish)]).is_err());
    }
    assert_eq!(
        add_all(&[packed(b"\x93\x01\x02\x03")]),
        Err(AssemblyError::Section)
    );
}

fn section(elements: Vec<NewElement>) -> Section {
    let author = client_id(1);
    Section {
        at: at(3),
        deletions: 0,
        elements: elements
            .into_iter()
            .map(|new| shared::model::Element::new(new, author))
            .collect(),
        tombstones: Vec::new(),
        authors: vec![(author, 1)],
    }
}

#[test]
fn an_element_or_author_that_comes_twice_is_refused() {
    let new = stroke(element_id(1), ink([(1.0, 2.0)]));
    let good = section(vec![new.clone()]);
    let refused = |bad: &Section| add_all(&[packed(&encode(bad).unwrap())]).is_err();
    assert!(!refused(&good));
    assert!(refused(&section(vec![new.clone(), new])));
    let mut bad = good;
    bad.authors.push((client_id(1), 2));
    assert!(refused(&bad));
}

#[test]
fn sections_of_different_positions_are_refused() {
    let two = |second: Section| {
        let first = packed(&encode(&section(Vec::new())).unwrap());
        let other = packed(&encode(&second).unwrap());
        let parts = [first, other];
        let parts = parts
            .into_iter()
            .zip(0..)
            .map(|(part, index)| SnapshotPart {
                index,
                count: 2,
                ..part
            });
        add_all(&parts.collect::<Vec<_>>())
    };
    let next = || Section {
        authors: vec![(client_id(2), 1)],
        ..section(Vec::new())
    };
    assert!(two(next()).is_ok());
    assert!(
        two(Section {
            at: at(4),
            ..next()
        })
        .is_err()
    );
    assert!(
        two(Section {
            deletions: 1,
            ..next()
        })
        .is_err()
    );
}

#[test]
fn a_frame_far_larger_than_the_rest_spoils_no_order() {
    let huge = Props {
        more: [Prop::Size([9.0e6, 9.0e6])].into_iter().collect(),
        ..stroke(element_id(0), ink([(0.0, 0.0)])).props
    };
    let frame = NewElement::new(element_id(999), huge, Body::Frame);
    let mut snapshot = board(50);
    let element = std::sync::Arc::new(shared::model::Element::new(frame, client_id(1)));
    let state = shared::model::ElementState::Present(element);
    snapshot.board.set_state(element_id(999), state);
    assert_eq!(add_all(&cut(&snapshot, SMALL)), Ok(snapshot));
}

#[test]
fn the_parts_of_a_board_are_the_same_on_every_server() {
    assert_eq!(snapshot_parts(&board(50)), snapshot_parts(&board(50)));
}

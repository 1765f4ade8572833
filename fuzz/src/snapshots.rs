//! Snapshots: as a store keeps them, and in parts with compressed sections as a client gets them.

use miniz_oxide::deflate::compress_to_vec;
use shared::id::{NodeId, Position, SnapshotId};
use shared::limits::{MAX_FRAME_BYTES, MAX_SNAPSHOT_BYTES, SNAPSHOT_PART_BYTES};
use shared::model::Board;
use shared::protocol::{ServerMsg, SnapshotPart, decode, encode};
use shared::sync::log::Loaded;
use shared::sync::{EncodedSnapshot, Replay, Room, Section, Snapshot, SnapshotAssembly};
use testkit::fixtures::{EPOCH, snapshot_parts};

use crate::{golden, history, round_trip};

/// Takes the rest of the bytes as a stored snapshot, as parts, or as a section that is compressed first.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind {
        b's' => open(rest),
        b'p' => {
            if let Some(parts) = round_trip::read::<Vec<SnapshotPart>>(rest, MAX_FRAME_BYTES) {
                assemble(parts);
            }
        }
        b'r' => drop(assemble(in_parts(&compress_to_vec(rest, 1)))),
        b'd' => drop(assemble(in_parts(rest))),
        _ => {}
    }
}

/// Opens a room from a stored snapshot. If it is sound, a client gets the same board from its parts.
fn open(bytes: &[u8]) {
    let Some(stored) = round_trip::read::<Snapshot>(bytes, MAX_SNAPSHOT_BYTES) else {
        return;
    };
    let loaded = Loaded {
        at: Position {
            epoch: EPOCH,
            seq: 9,
        },
        snapshot: Some((9, bytes.to_vec().into())),
        commits: Vec::new(),
        record_version: 1,
    };
    let Ok(replayed) = Replay::new(loaded).and_then(Replay::finish) else {
        return;
    };
    let room = Room::open(NodeId::from_bytes([5; 16]), "Title".into(), replayed, 0);
    same(&room.state().board, &stored.board);
    let is_sound = stored.board.check_invariants().is_ok();
    let encoded = EncodedSnapshot::new(&stored);
    if let Some(encoded) = encoded.ok().filter(|_| is_sound) {
        let frames = (0..encoded.count()).filter_map(|part| encoded.frame(part));
        let parts = frames.map(|frame| match decode(frame, MAX_FRAME_BYTES).unwrap() {
            ServerMsg::Snapshot(part) => part,
            other => panic!("a part is {other:?}"),
        });
        let assembled = assemble(parts.collect()).expect("a client reads what a server encodes");
        same(&assembled.board, &stored.board);
        history::look_at(&assembled.board);
    }
}

/// Compares bytes, because a stored board may contain numbers that are not equal to themselves.
fn same(one: &Board, other: &Board) {
    assert_eq!(encode(one).unwrap(), encode(other).unwrap());
}

/// Puts parts together, as far as they fit.
fn assemble(parts: Vec<SnapshotPart>) -> Option<Snapshot> {
    let mut assembly = SnapshotAssembly::begin(parts.first()?).ok()?;
    for part in parts {
        assembly.add(part).ok()?;
        let _ = (assembly.progress(), assembly.partial());
    }
    let snapshot = assembly.finish().ok()?;
    assert_eq!(snapshot.board.check_invariants(), Ok(()));
    Some(snapshot)
}

/// One compressed section in as many parts as it needs.
fn in_parts(packed: &[u8]) -> Vec<SnapshotPart> {
    let chunks: Vec<&[u8]> = packed.chunks(SNAPSHOT_PART_BYTES).collect();
    let count = chunks.len() as u32;
    let part = |(index, bytes): (u32, &[u8])| SnapshotPart {
        snapshot: SnapshotId::from_bytes([1; 16]),
        index,
        count,
        before: index,
        after: count - index - 1,
        bytes: bytes.to_vec().into(),
    };
    (0..).zip(chunks).map(part).collect()
}

/// The golden snapshots and elements, in each form.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let elements = golden::samples("element.");
    let elements: Vec<shared::model::Element> = elements
        .iter()
        .filter_map(|bytes| decode(bytes, MAX_FRAME_BYTES).ok())
        .collect();
    for element in elements {
        let section = Section {
            at: Position {
                epoch: EPOCH,
                seq: 9,
            },
            deletions: 0,
            elements: vec![element],
            tombstones: Vec::new(),
            authors: Vec::new(),
        };
        let raw = encode(&section).unwrap();
        seeds.push([b"r", &raw[..]].concat());
        seeds.push([b"d", &compress_to_vec(&raw, 1)[..]].concat());
    }
    for bytes in golden::samples("snapshot.") {
        if let Ok(state) = decode::<Snapshot>(&bytes, MAX_FRAME_BYTES) {
            let parts = snapshot_parts(&state).into_iter().map(|part| match part {
                ServerMsg::Snapshot(part) => part,
                other => panic!("a part is {other:?}"),
            });
            let parts: Vec<SnapshotPart> = parts.collect();
            seeds.push([b"p", &encode(&parts).unwrap()[..]].concat());
        }
        seeds.push([b"s", &bytes[..]].concat());
    }
    seeds
}

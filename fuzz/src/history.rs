//! Checks of a board that any commits made.

use shared::id::{ClientId, CommitNo, NodeId, Position};
use shared::limits::{MAX_CHAT_BYTES, MAX_FRAME_BYTES, MAX_SNAPSHOT_BYTES};
use shared::model::palette::Theme;
use shared::model::{Board, layout};
use shared::op::authorship::Authorship;
use shared::op::{AuthoredCommit, Commit, Growth, apply_commit, cost, invert};
use shared::paint::board_to_svg;
use shared::protocol::{ServerMsg, SnapshotPart, StoredCommit, decode, encode};
use shared::sync::confirmed_state::{decode_commit, encode_commit};
use shared::sync::log::Loaded;
use shared::sync::packed::unpack;
use shared::sync::{
    ConfirmedState, CutSizes, EncodedSnapshot, Replay, Room, Snapshot, SnapshotAssembly,
};
use testkit::fixtures::EPOCH;

use crate::generated::ada;

/// Applies commits as a room would, and checks that everybody who learns of them in another way gets
/// the same board: by the log, by a snapshot and the rest of the log, by the parts of a snapshot.
pub(crate) fn check(commits: &[(ClientId, Commit)]) {
    let begin = Position {
        epoch: EPOCH,
        seq: 0,
    };
    let mut history = ConfirmedState::empty(begin);
    let mut log: Vec<StoredCommit> = Vec::new();
    let mut early: Option<Snapshot> = None;
    for (author, commit) in commits {
        let cno = history.last_cno(*author) + 1;
        let Some(stored) = stored_form(history.board(), *author, cno, commit) else {
            continue;
        };
        let authored = decode_commit(&stored);
        check_commit(history.board(), &authored);
        history.push(&authored);
        log.push(stored);
        if log.len() * 2 >= commits.len() && early.is_none() {
            early = Some(read_again(history.state()));
        }
    }
    let board = history.board();
    assert_eq!(board.check_invariants(), Ok(()));
    assert_eq!(&from_parts(history.state()), history.state());
    assert_eq!(&read_again(history.state()), history.state());
    for start in [None, early] {
        assert_eq!(replayed(&log, start.as_ref()).state(), history.state());
    }
    look_at(board);
}

/// The commit as a room stores it; none if it refuses it.
fn stored_form(
    board: &Board,
    author: ClientId,
    cno: CommitNo,
    sent: &Commit,
) -> Option<StoredCommit> {
    let numbered = Commit {
        cno,
        ..sent.clone()
    };
    numbered.validate().ok()?;
    let known = |id| board.get(id).and_then(|element| Authorship::of(element));
    let signed = numbered.attributed(ada(author), &known);
    let payload = encode_commit(&signed).ok()?.to_vec().into();
    Some(StoredCommit {
        author,
        cno,
        payload,
    })
}

/// A commit can be rolled back exactly, and its inverse is one that a room takes.
fn check_commit(board: &Board, AuthoredCommit { author, commit }: &AuthoredCommit) {
    let mut changed = board.clone();
    let _ = cost(board, &Growth::default(), *author, commit);
    for op in &commit.ops {
        for inverse in invert(op, *author, board) {
            let validity = inverse.validate();
            assert!(validity.is_ok(), "{validity:?}: the inverse of {op:?}");
        }
    }
    apply_commit(&mut changed, *author, commit).roll_back(&mut changed);
    assert_eq!(&changed, board, "a commit is rolled back exactly");
}

/// The state after it was written and read.
fn read_again(state: &Snapshot) -> Snapshot {
    decode(&encode(state).unwrap(), MAX_SNAPSHOT_BYTES).expect("a snapshot can be read")
}

/// The state after it was cut into parts and put together, the last part first.
fn from_parts(state: &Snapshot) -> Snapshot {
    let sizes = CutSizes {
        section: 400,
        part: 100,
    };
    let encoded = EncodedSnapshot::cut(state, sizes).expect("a snapshot can be cut");
    let parts = (0..encoded.count()).rev().map(|part| {
        let frame = encoded.frame(part).unwrap();
        match decode(frame, MAX_FRAME_BYTES).unwrap() {
            ServerMsg::Snapshot(part) => part,
            other => panic!("a part is {other:?}"),
        }
    });
    let parts: Vec<SnapshotPart> = parts.collect();
    let mut assembly = SnapshotAssembly::begin(&parts[0]).unwrap();
    for part in parts {
        assembly.add(part).expect("a part fits");
    }
    let mut whole = assembly.finish().expect("the parts make a board");
    let chat = decode(encoded.chat_frame(), MAX_FRAME_BYTES).unwrap();
    let ServerMsg::Chat(packed) = chat else {
        panic!("the newest messages are {chat:?}")
    };
    whole.chat = unpack(&packed, MAX_CHAT_BYTES).expect("the newest messages can be read");
    whole
}

/// A room that opens the board from the log, and from a snapshot if there is one.
fn replayed(log: &[StoredCommit], start: Option<&Snapshot>) -> Room {
    let seq = log.len() as u64;
    let loaded = Loaded {
        at: Position { epoch: EPOCH, seq },
        snapshot: start.map(|state| (state.at.seq, encode(state).unwrap())),
        commits: (1..).zip(log.iter().cloned()).collect(),
        record_version: 1,
    };
    let replayed = Replay::new(loaded).and_then(Replay::finish);
    let node = NodeId::from_bytes([5; 16]);
    Room::open(
        node,
        "Title".into(),
        replayed.expect("a log can be replayed"),
        0,
    )
}

/// Everything that a page computes of a board has a result.
pub(crate) fn look_at(board: &Board) {
    for element in board.elements() {
        let _ = layout::bounds(board, element);
        let _ = layout::visible_bounds(board, element);
    }
    let _ = board_to_svg(board, "Title", Theme::Light);
}

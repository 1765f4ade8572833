//! Elements and text from a clipboard, which the editor pastes.

use arbitrary::Unstructured;
use editor::input::Pasted;
use editor::{Context, Editor, InputEvent, Output, elements_to_text};
use shared::geometry::ScreenPoint;
use shared::id::ElementId;
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, NewElement};
use shared::op::{Op, apply_commit};
use shared::protocol::{decode, encode};
use testkit::fixtures::{client_id, commit, element_id};

use crate::{golden, history};

/// Pastes the bytes as text, as the text of elements, or as elements that are made such a text first.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let Ok(kind) = bytes.arbitrary::<u8>() else {
        return;
    };
    let rest = bytes.take_rest();
    let text = || String::from_utf8_lossy(rest).into_owned();
    let content = match kind {
        b't' => Pasted::Text(text()),
        b'e' => Pasted::Elements(text()),
        b'm' => match decode::<Vec<NewElement>>(rest, MAX_FRAME_BYTES) {
            Ok(elements) => Pasted::Elements(elements_to_text(&elements)),
            Err(_) => return,
        },
        _ => return,
    };
    paste(&content);
}

/// Pastes twice, so that the second paste meets elements, and copies everything again.
fn paste(content: &Pasted) {
    let me = client_id(1);
    let (mut editor, mut board) = (Editor::new(me), Board::new());
    let mut next = 0;
    let mut ids = || {
        next += 1;
        element_id(next)
    };
    for at in [None, Some(ScreenPoint::new(10.0, 20.0))] {
        let content = content.clone();
        let context = Context {
            board: &board.clone(),
            now: 5,
            ids: &mut ids,
        };
        let outputs = editor.handle(InputEvent::Pasted { content, at }, context);
        for output in outputs {
            if let Output::Commit { ops, .. } = output {
                take(&mut board, me, ops);
            }
        }
    }
    assert_eq!(board.check_invariants(), Ok(()));
    history::look_at(&board);
    let _ = editor.copied(&board);
}

fn take(board: &mut Board, me: shared::id::ClientId, ops: Vec<Op>) {
    let commit = commit(1, ops);
    assert!(commit.validate().is_ok(), "a paste is a valid commit");
    let _ = apply_commit(board, me, &commit);
}

/// The golden elements, as elements and as their text, and plain texts.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let ops = golden::samples("op.");
    for op in ops {
        if let Ok(Op::Put(new)) = decode(&op, MAX_FRAME_BYTES) {
            let mut other = *new.clone();
            other.id = ElementId::from_bytes([7; 16]);
            let elements = vec![*new, other];
            seeds.push([b"m", &encode(&elements).unwrap()[..]].concat());
            seeds.push(format!("e{}", elements_to_text(&elements)).into_bytes());
        }
    }
    seeds.push("t- one\n* two\r\n\tthree  \u{7}".into());
    seeds.push(format!("t{}", "long ".repeat(40)).into_bytes());
    seeds
}

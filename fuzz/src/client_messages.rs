//! Frames of clients: the hello, and every later message.

use server::ws::fuzzing::{Read, read_hello, read_message};
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, StoredCommit};
use shared::sync::confirmed_state::{decode_commit, encode_commit};
use testkit::fixtures::client_id;

use crate::generated::ada;
use crate::{golden, round_trip};

/// Reads a frame as the server does.
pub fn run(data: &[u8]) {
    let message: Option<ClientMsg> = round_trip::read(data, MAX_FRAME_BYTES);
    let is_whole = matches!(read_message(data), Read::Whole(_));
    assert_eq!(message.is_some(), is_whole);
    if let Ok(hello) = read_hello(data) {
        assert!((OLDEST_PROTOCOL_VERSION..=PROTOCOL_VERSION).contains(&hello.version));
    }
    match message {
        Some(ClientMsg::Hello(hello)) => {
            let tidy = hello.profile.tidied();
            assert_eq!(tidy, tidy.tidied());
        }
        Some(ClientMsg::Profile(profile)) => {
            let tidy = profile.tidied();
            assert_eq!(tidy, tidy.tidied());
        }
        Some(ClientMsg::Commit(commit)) => {
            let Ok(payload) = encode_commit(&commit) else {
                return;
            };
            let (author, cno) = (client_id(1), commit.cno);
            let payload = payload.to_vec().into();
            let stored = StoredCommit {
                author,
                cno,
                payload,
            };
            assert_eq!(decode_commit(&stored).commit, commit);
            let signed = commit.attributed(ada(author), &|_| None);
            assert!(signed.validate().is_ok(), "a correction breaks no limit");
        }
        Some(ClientMsg::Live(update)) => {
            let _ = (update.is_valid(), update.needs());
        }
        Some(ClientMsg::Received(_) | ClientMsg::ChatPage(_)) | None => {}
    }
}

/// The golden messages of clients.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let commits = golden::samples("op.").into_iter();
    let commits = commits.map(|op| [b"\x81\xa1c\x93\x07\xa1a\x91", op.as_slice()].concat());
    golden::samples("client.")
        .into_iter()
        .chain(commits)
        .collect()
}

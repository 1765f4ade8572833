//! Reads the messages of a client after its hello.
//!
//! One rule decides about a message that cannot be read as a whole, whatever is wrong with it: if it
//! is a commit whose number can be read, the room refuses the commit; if it is a live update, it is
//! dropped; any other is malformed.

use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::id::CommitNo;
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, decode};

use super::first_field::FirstField;

/// A message, as far as it can be read.
#[derive(Debug, PartialEq)]
pub(super) enum Readable {
    /// The whole message.
    Whole(Box<ClientMsg>),
    /// The number of a commit.
    CommitNumber(CommitNo),
    /// That it is a live update.
    Live,
}

/// Nothing of a message can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// Reads a message.
///
/// # Errors
/// [`Malformed`].
pub(super) fn read(frame: &[u8]) -> Result<Readable, Malformed> {
    if let Ok(message) = decode::<ClientMsg>(frame, MAX_FRAME_BYTES) {
        return Ok(Readable::Whole(Box::new(message)));
    }
    match decode::<Kind>(frame, MAX_FRAME_BYTES) {
        Ok(Kind::Commit(FirstField(cno))) => Ok(Readable::CommitNumber(cno)),
        Ok(Kind::Live(IgnoredAny)) => Ok(Readable::Live),
        Err(_) => Err(Malformed),
    }
}

/// The kind of a message, and the number of a commit.
#[derive(Deserialize)]
enum Kind {
    #[serde(rename = "c")]
    Commit(FirstField<CommitNo>),
    #[serde(rename = "l")]
    Live(IgnoredAny),
}

#[cfg(test)]
mod tests {
    use shared::limits::MAX_ORDER_KEY_BYTES;
    use shared::protocol::Profile;

    use super::*;

    /// `{"c": [7, "a", [op]]}` with the op as bytes.
    fn commit(op: &[u8]) -> Vec<u8> {
        [b"\x81\xa1c\x93\x07\xa1a\x91", op].concat()
    }

    #[test]
    fn a_commit_whose_number_can_be_read_is_no_malformed_message() {
        // An unknown op; an op with a field too few; an order key that is too long.
        let mut long_key = b"\x81\xa1s\x92\xc4\x10".to_vec();
        long_key.extend([1; 16]);
        long_key.extend(b"\x81\xa1z\xc4\xff");
        long_key.extend([128; 255]);
        const { assert!(MAX_ORDER_KEY_BYTES < 255) };
        for op in [&b"\x81\xa1?\xc0"[..], b"\x81\xa1s\x91\xc4\x00", &long_key] {
            assert_eq!(read(&commit(op)), Ok(Readable::CommitNumber(7)));
        }
        assert_eq!(read(b"\x81\xa1c\x91\x07"), Ok(Readable::CommitNumber(7)));
    }

    #[test]
    fn a_live_update_that_cannot_be_read_is_dropped() {
        assert_eq!(read(b"\x81\xa1l\x81\xa1?\x01"), Ok(Readable::Live));
    }

    #[test]
    fn anything_else_is_malformed() {
        let good = commit(b"\x81\xa1?\xc0");
        let deep = commit(&[0x91; 64]);
        let trailing = [&good[..], b"\xc0"].concat();
        let profile = b"\x81\xa1n\x91\x01".to_vec();
        let no_number = b"\x81\xa1c\x93\xff\xa1a\x90".to_vec();
        for frame in [
            &good[..good.len() - 1],
            &deep,
            &trailing,
            &profile,
            &no_number,
            b"",
            b"c",
        ] {
            assert_eq!(read(frame), Err(Malformed), "{frame:x?}");
        }
        let whole = ClientMsg::Profile(Profile::default());
        let frame = shared::protocol::encode(&whole).unwrap();
        assert_eq!(read(&frame), Ok(Readable::Whole(Box::new(whole))));
    }
}

//! What fuzz targets call: the readers of bytes from clients, before anything else has checked them.

use shared::id::CommitNo;
use shared::protocol::{ClientMsg, CloseCode, Hello};

use super::frames::FrameReader;
use super::message::Readable;
use super::{hello, message};

/// Reads the first message of a client.
///
/// # Errors
/// The code by which the connection is closed.
pub fn read_hello(frame: &[u8]) -> Result<Box<Hello>, CloseCode> {
    hello::read(frame)
}

/// What [`read_message`] could read.
#[derive(Debug, PartialEq)]
pub enum Read {
    /// The whole message.
    Whole(Box<ClientMsg>),
    /// The number of a commit.
    CommitNumber(CommitNo),
    /// That it is a live update.
    Live,
    /// Nothing.
    Malformed,
}

/// Reads a later message of a client, as far as it can be read.
#[must_use]
pub fn read_message(frame: &[u8]) -> Read {
    match message::read(frame) {
        Ok(Readable::Whole(message)) => Read::Whole(message),
        Ok(Readable::CommitNumber(cno)) => Read::CommitNumber(cno),
        Ok(Readable::Live) => Read::Live,
        Err(message::Malformed) => Read::Malformed,
    }
}

/// Follows the frames in a stream that arrives in pieces. Returns the bytes and the continuations of
/// messages; none if the stream breaks a limit.
pub fn follow_frames<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Option<(u64, u64)> {
    let mut reader = FrameReader::default();
    for piece in pieces {
        reader.take(piece).ok()?;
    }
    Some((reader.bytes(), reader.continuations()))
}

//! Reads the headers of a client's WebSocket frames as their bytes arrive.
//!
//! tungstenite reports only whole messages. A client that never ends a message, or ends one after
//! many thousand fragments, would escape every limit that counts messages. And tungstenite has
//! one limit of size for all messages, while the first one, from a client that is not known yet,
//! must be much smaller.

use shared::limits::MAX_HELLO_BYTES;

use crate::protection::{self, Protection};

/// The longest header: two bytes, eight of an extended length, four of the mask.
const MAX_HEADER_BYTES: usize = 14;
/// Frames of one message. Libraries and proxies that fragment use pieces of at least 1 KiB, of
/// which the largest message has 256.
pub(super) const MAX_FRAGMENTS: u32 = 256;

/// The limit that a frame breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum FrameError {
    /// The first message is too long for a hello.
    #[error("first message of more than {MAX_HELLO_BYTES} bytes")]
    LongHello,
    /// A message comes in too many frames.
    #[error("message of more than {MAX_FRAGMENTS} frames")]
    Fragments,
}

/// A message, or a control frame between messages, of which only a part has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Incomplete {
    /// Different for each message.
    pub(super) number: u64,
    /// Bytes that have arrived, headers included. Control frames amid a message do not count.
    pub(super) bytes: u64,
}

/// The state between the bytes that have arrived and those to come.
#[derive(Debug, Default)]
pub(super) struct FrameReader {
    header: [u8; MAX_HEADER_BYTES],
    header_len: usize,
    /// The frame whose header is complete and whose payload is not.
    frame: Option<Frame>,
    /// Frames of the data message that has begun.
    fragments: u32,
    /// Bytes of its payload, by the headers so far.
    payload: u64,
    incomplete: Option<Incomplete>,
    /// Messages and control frames between them that have begun.
    begun: u64,
    /// Whether the first data message has ended.
    is_greeted: bool,
    /// Frames that continue a message.
    continuations: u64,
    /// All bytes that have arrived.
    bytes: u64,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    left: u64,
    is_control: bool,
    is_last: bool,
}

impl FrameReader {
    /// Frames that continued a message: the fragments after the first of each.
    pub(super) const fn continuations(&self) -> u64 {
        self.continuations
    }

    /// All bytes that have arrived.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The message that has begun and not ended.
    pub(super) const fn incomplete(&self) -> Option<Incomplete> {
        self.incomplete
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// The limit that a frame breaks. The connection is of no more use then.
    pub(super) fn take(&mut self, mut bytes: &[u8]) -> Result<(), FrameError> {
        self.bytes += bytes.len() as u64;
        while let Some((first, rest)) = bytes.split_first() {
            match self.frame {
                None => {
                    self.take_header(*first)?;
                    bytes = rest;
                }
                Some(frame) => bytes = self.take_payload(frame, bytes),
            }
            self.end_frame();
        }
        Ok(())
    }

    /// Takes the bytes that belong to the frame and returns the others.
    fn take_payload<'a>(&mut self, frame: Frame, bytes: &'a [u8]) -> &'a [u8] {
        let left = usize::try_from(frame.left).unwrap_or(usize::MAX);
        let (payload, rest) = bytes.split_at(left.min(bytes.len()));
        self.frame = Some(Frame {
            left: frame.left - payload.len() as u64,
            ..frame
        });
        self.count(frame, payload.len());
        rest
    }

    /// Counts bytes as progress of the message, unless they belong to a control frame amid it.
    fn count(&mut self, frame: Frame, bytes: usize) {
        let is_amid = frame.is_control && self.fragments > 0;
        if let Some(incomplete) = self.incomplete.as_mut().filter(|_| !is_amid) {
            incomplete.bytes += bytes as u64;
        }
    }

    fn take_header(&mut self, byte: u8) -> Result<(), FrameError> {
        if self.incomplete.is_none() {
            self.begun += 1;
            self.incomplete = Some(Incomplete {
                number: self.begun,
                bytes: 0,
            });
        }
        if let Some(slot) = self.header.get_mut(self.header_len) {
            *slot = byte;
        }
        self.header_len += 1;
        let header = self.header.get(..self.header_len).unwrap_or_default();
        let Some((first, len)) = parse(header) else {
            return Ok(());
        };
        let frame = Frame {
            left: len,
            is_control: first & 0b1000 != 0,
            is_last: first & 0b1000_0000 != 0,
        };
        self.count(frame, self.header_len);
        self.header_len = 0;
        self.frame = Some(frame);
        if frame.is_control {
            return Ok(());
        }
        self.continuations += u64::from(self.fragments > 0);
        self.fragments += 1;
        self.payload = self.payload.saturating_add(len);
        let is_first = !self.is_greeted && protection::is_on(Protection::HelloCap);
        if is_first && self.payload > MAX_HELLO_BYTES as u64 {
            return Err(FrameError::LongHello);
        }
        if self.fragments > MAX_FRAGMENTS {
            return Err(FrameError::Fragments);
        }
        Ok(())
    }

    fn end_frame(&mut self) {
        let Some(frame) = self.frame.filter(|frame| frame.left == 0) else {
            return;
        };
        self.frame = None;
        if !frame.is_control && frame.is_last {
            self.fragments = 0;
            self.payload = 0;
            self.is_greeted = true;
        }
        if self.fragments == 0 {
            self.incomplete = None;
        }
    }
}

/// The first byte of a header and the length of the payload, once the whole header is there.
fn parse(header: &[u8]) -> Option<(u8, u64)> {
    let (&first, rest) = header.split_first()?;
    let (&second, rest) = rest.split_first()?;
    let mask = if second & 0b1000_0000 == 0 { 0 } else { 4 };
    let (len, extended) = match second & 0b0111_1111 {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 2),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 8),
        len => (u64::from(len), 0),
    };
    (rest.len() == extended + mask).then_some((first, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINARY: u8 = 2;
    const CONTINUATION: u8 = 0;
    const PING: u8 = 9;

    /// A masked frame of so many zeros.
    fn frame(opcode: u8, is_last: bool, len: usize) -> Vec<u8> {
        let mut bytes = vec![opcode | if is_last { 0x80 } else { 0 }];
        match len {
            0..=125 => bytes.push(0x80 | len as u8),
            126..=65_535 => {
                bytes.push(0x80 | 126);
                bytes.extend((len as u16).to_be_bytes());
            }
            _ => {
                bytes.push(0x80 | 127);
                bytes.extend((len as u64).to_be_bytes());
            }
        }
        bytes.extend([0; 4]);
        bytes.resize(bytes.len() + len, 0);
        bytes
    }

    fn greeted() -> FrameReader {
        let mut reader = FrameReader::default();
        reader.take(&frame(BINARY, true, 100)).unwrap();
        reader
    }

    #[test]
    fn fragments_are_counted_wherever_the_bytes_are_split() {
        let stream = [
            frame(BINARY, true, 100),
            frame(BINARY, false, 300),
            frame(PING, true, 125),
            frame(CONTINUATION, false, 70_000),
            frame(CONTINUATION, true, 1),
            frame(PING, true, 0),
            frame(BINARY, true, 0),
        ]
        .concat();
        for piece in [1, 2, 3, 7, 1000, stream.len()] {
            let mut reader = FrameReader::default();
            for bytes in stream.chunks(piece) {
                reader.take(bytes).unwrap();
            }
            assert_eq!(reader.continuations(), 2, "{piece}");
            assert_eq!(
                (reader.incomplete(), reader.bytes()),
                (None, stream.len() as u64)
            );
        }
    }

    #[test]
    fn a_first_message_that_is_no_hello_by_its_length_is_refused_at_its_header() {
        let mut reader = FrameReader::default();
        let header = &frame(BINARY, true, 250 * 1024)[..14];
        assert_eq!(reader.take(header), Err(FrameError::LongHello));
        let mut reader = FrameReader::default();
        reader.take(&frame(BINARY, false, 4096)).unwrap();
        reader.take(&frame(PING, true, 125)).unwrap();
        let more = frame(CONTINUATION, false, 1);
        assert_eq!(reader.take(&more), Err(FrameError::LongHello));
        assert_eq!(greeted().take(&frame(BINARY, true, 250 * 1024)), Ok(()));
    }

    #[test]
    fn a_message_of_too_many_fragments_is_refused() {
        let mut reader = greeted();
        reader.take(&frame(BINARY, false, 0)).unwrap();
        for _ in 1..MAX_FRAGMENTS {
            reader.take(&frame(CONTINUATION, false, 0)).unwrap();
        }
        let one_more = reader.take(&frame(CONTINUATION, false, 0));
        assert_eq!(one_more, Err(FrameError::Fragments));
    }

    #[test]
    fn control_frames_amid_a_message_are_no_progress_of_it() {
        let mut reader = greeted();
        reader.take(&frame(BINARY, false, 1000)).unwrap();
        let begun = reader.incomplete().unwrap();
        assert_eq!(begun.bytes, 1008);
        for _ in 0..9 {
            reader.take(&frame(PING, true, 125)).unwrap();
        }
        let now = reader.incomplete().unwrap();
        assert_eq!(now, begun);
        reader.take(&frame(CONTINUATION, true, 1)).unwrap();
        assert_eq!(reader.incomplete(), None);
    }

    #[test]
    fn a_header_that_is_cut_off_is_an_incomplete_message() {
        let mut reader = greeted();
        reader.take(&[0x82]).unwrap();
        assert!(reader.incomplete().is_some());
        let mut reader = greeted();
        reader.take(&frame(PING, true, 100)[..50]).unwrap();
        assert!(reader.incomplete().is_some());
    }
}

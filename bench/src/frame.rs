//! Frames of WebSockets, as the raw relay and the load generator read and write them.

/// The code of a binary message.
pub(crate) const BINARY: u8 = 2;
/// The code of a frame that closes the connection.
pub(crate) const CLOSE: u8 = 8;
/// The code of a ping.
pub(crate) const PING: u8 = 9;
/// The code of a pong.
pub(crate) const PONG: u8 = 10;

/// The bit of a frame that ends its message.
const FINAL: u8 = 0x80;
/// The bit of a masked frame.
const MASKED: u8 = 0x80;

/// A whole frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    pub(crate) opcode: u8,
    pub(crate) mask: Option<[u8; 4]>,
    /// The content, as it was sent.
    pub(crate) payload: &'a [u8],
    /// The bytes of the frame with its header.
    pub(crate) len: usize,
}

/// The frame at the beginning of some bytes; `None` if a part of it is missing.
pub(crate) fn first(bytes: &[u8]) -> Option<Frame<'_>> {
    let (first, rest) = bytes.split_first()?;
    let (second, rest) = rest.split_first()?;
    let (len, rest) = match second & !MASKED {
        126 => {
            let (len, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes(*len)), rest)
        }
        127 => {
            let (len, rest) = rest.split_first_chunk()?;
            (usize::try_from(u64::from_be_bytes(*len)).ok()?, rest)
        }
        len => (usize::from(len), rest),
    };
    let (mask, rest) = if second & MASKED == 0 {
        (None, rest)
    } else {
        let (mask, rest) = rest.split_first_chunk()?;
        (Some(*mask), rest)
    };
    let payload = rest.get(..len)?;
    Some(Frame {
        opcode: first & 0x0f,
        mask,
        payload,
        len: bytes.len() - rest.len() + len,
    })
}

/// Appends a frame of a server.
pub(crate) fn from_server(opcode: u8, payload: &[u8], to: &mut Vec<u8>) {
    header(opcode, 0, payload.len(), to);
    to.extend_from_slice(payload);
}

/// Appends a frame of a client. Its mask is zero, so that the content need not be changed; for the
/// server it is a mask as any other.
pub(crate) fn from_client(opcode: u8, payload: &[u8], to: &mut Vec<u8>) {
    header(opcode, MASKED, payload.len(), to);
    to.extend_from_slice(&[0; 4]);
    to.extend_from_slice(payload);
}

fn header(opcode: u8, masked: u8, len: usize, to: &mut Vec<u8>) {
    to.push(FINAL | opcode);
    match (u8::try_from(len), u16::try_from(len)) {
        (Ok(len @ ..126), _) => to.push(masked | len),
        (_, Ok(len)) => {
            to.push(masked | 126);
            to.extend_from_slice(&len.to_be_bytes());
        }
        _ => {
            to.push(masked | 127);
            to.extend_from_slice(&(len as u64).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_of_any_length_is_read_as_it_was_written_and_a_part_of_it_is_none() {
        for len in [0, 1, 125, 126, 65_535, 65_536] {
            let payload = vec![7; len];
            let (mut client, mut server) = (Vec::new(), Vec::new());
            from_client(BINARY, &payload, &mut client);
            from_server(PING, &payload, &mut server);
            for (bytes, opcode, mask) in [(client, BINARY, Some([0; 4])), (server, PING, None)] {
                let whole = bytes.len();
                let should = Frame {
                    opcode,
                    mask,
                    payload: &payload,
                    len: whole,
                };
                let more = [bytes.as_slice(), b"more"].concat();
                assert_eq!(first(&more), Some(should));
                assert_eq!(first(bytes.get(..whole - 1).unwrap()), None);
            }
        }
    }
}

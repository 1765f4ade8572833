//! Where messages end, so that exactly one can be swallowed.

/// How messages follow each other on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Bytes are not looked at.
    Bytes,
    /// Commands and replies of Redis.
    Redis,
    /// An HTTP upgrade, then frames of a WebSocket.
    WebSocket,
}

/// The length of the first message in `bytes`; `None` if it is not complete. `is_first` says that
/// nothing was taken from this direction of the connection before.
pub(super) fn message_len(framing: Framing, bytes: &[u8], is_first: bool) -> Option<usize> {
    match framing {
        Framing::Bytes => (!bytes.is_empty()).then_some(bytes.len()),
        Framing::Redis => redis_len(bytes),
        Framing::WebSocket if is_first => head_len(bytes),
        Framing::WebSocket => frame_len(bytes),
    }
}

/// The length of one value of RESP.
fn redis_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut values = 1_usize;
    while values > 0 {
        values -= 1;
        let (kind, rest) = bytes.get(at..)?.split_first()?;
        let line = rest.windows(2).position(|it| it == b"\r\n")?;
        let number = std::str::from_utf8(rest.get(..line)?).ok()?;
        let count = number.parse::<i64>().unwrap_or(-1);
        at += 1 + line + 2;
        let Ok(count) = usize::try_from(count) else {
            continue;
        };
        match kind {
            b'$' | b'=' | b'!' => at += count + 2,
            b'*' | b'~' | b'>' => values += count,
            b'%' => values += 2 * count,
            _ => {}
        }
    }
    (at <= bytes.len()).then_some(at)
}

fn head_len(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    Some(end + 4)
}

fn frame_len(bytes: &[u8]) -> Option<usize> {
    let second = *bytes.get(1)?;
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    let (head, len) = match second & 0x7f {
        126 => (
            4,
            u64::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?)),
        ),
        127 => (10, u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?)),
        short => (2, u64::from(short)),
    };
    let whole = head + mask + usize::try_from(len).ok()?;
    (whole <= bytes.len()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redis_message_ends_after_its_last_value() {
        let message = b"*3\r\n$7\r\nmessage\r\n$1\r\nd\r\n$4\r\n\r\n\r\n\r\n";
        let two = [&message[..], b":1\r\n"].concat();
        assert_eq!(redis_len(&two), Some(message.len()));
        for cut in 0..message.len() {
            assert_eq!(redis_len(&message[..cut]), None, "{cut}");
        }
        assert_eq!(redis_len(b"*-1\r\n+OK\r\n"), Some(5));
    }

    #[test]
    fn a_frame_ends_after_its_payload() {
        assert_eq!(frame_len(&[0x82, 2, 9, 9, 0x82]), Some(4));
        assert_eq!(frame_len(&[0x82, 0x82, 0, 0, 0, 0, 9]), None);
        let long = [&[0x82, 126, 1, 0][..], &[7; 300]].concat();
        assert_eq!(frame_len(&long), Some(260));
        let upgrade = b"HTTP/1.1 101\r\n\r\n\x82";
        assert_eq!(
            message_len(Framing::WebSocket, upgrade, true),
            Some(upgrade.len() - 1)
        );
    }
}

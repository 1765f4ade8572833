//! The form of messages on the channels of a board.
//!
//! Durable: `E` and an epoch, or `C`, the epoch (16), the first position (8) and a
//! run of commits; written by the scripts of the store. Live: an encoded relay.

use bytes::Bytes;
use shared::id::Epoch;
use shared::limits::{MAX_BATCH_COMMITS, MAX_FRAME_BYTES, MAX_LOG_NUMBER};
use shared::sync::log::LogEvent;

use crate::broker::BrokerMsg;
use crate::commit_bytes::{read_run, take};

/// Reads a durable message; `None` if it is malformed.
pub(super) fn durable(payload: &[u8]) -> Option<BrokerMsg> {
    match payload.split_first()? {
        (b'E', epoch) if epoch.len() == 16 => Some(BrokerMsg::Log(LogEvent::EpochChanged)),
        (b'C', mut rest) => {
            let epoch = Epoch::from_bytes(take(&mut rest)?);
            let first = u64::from_be_bytes(take(&mut rest)?);
            let commits = read_run(rest)?;
            let sound = first <= MAX_LOG_NUMBER
                && !commits.is_empty()
                && commits.len() <= MAX_BATCH_COMMITS;
            sound.then_some(BrokerMsg::Log(LogEvent::Commits {
                epoch,
                first,
                commits,
            }))
        }
        _ => None,
    }
}

/// Reads a live message; `None` if it is too large. The room decodes its contents.
pub(super) fn live(payload: &[u8]) -> Option<BrokerMsg> {
    let fits = payload.len() <= MAX_FRAME_BYTES;
    fits.then(|| BrokerMsg::Live(Bytes::copy_from_slice(payload)))
}

#[cfg(test)]
mod tests {
    use shared::id::ClientId;
    use shared::protocol::StoredCommit;

    use super::*;
    use crate::commit_bytes::push_run;

    #[test]
    fn malformed_messages_are_refused() {
        for bad in [
            &b""[..],
            b"E",
            b"Eshort",
            b"C",
            b"X",
            &[b'C'; 30],
            &[b'C'; 24],
        ] {
            assert_eq!(durable(bad), None, "{bad:?}");
        }
        assert_eq!(live(&vec![0; MAX_FRAME_BYTES + 1]), None);
    }

    #[test]
    fn numbers_beyond_those_of_any_log_are_refused() {
        let read = |first: u64, cno: u64| {
            let mut payload = [&[b'C'][..], &[0; 16], &first.to_be_bytes()].concat();
            let author = ClientId::from_bytes([1; 16]);
            let commit = StoredCommit {
                author,
                cno,
                payload: vec![].into(),
            };
            push_run(&mut payload, &commit);
            durable(&payload)
        };
        assert!(read(MAX_LOG_NUMBER, MAX_LOG_NUMBER).is_some());
        assert_eq!(read(u64::MAX, 1), None);
        assert_eq!(read(1, MAX_LOG_NUMBER + 1), None);
    }

    #[test]
    fn a_message_with_too_many_commits_is_refused() {
        let commit = StoredCommit {
            author: ClientId::from_bytes([1; 16]),
            cno: 1,
            payload: vec![].into(),
        };
        let mut payload = [&[b'C'][..], &[0; 16], &9_u64.to_be_bytes()].concat();
        for _ in 0..MAX_BATCH_COMMITS {
            push_run(&mut payload, &commit);
        }
        assert!(matches!(
            durable(&payload),
            Some(BrokerMsg::Log(LogEvent::Commits { first: 9, .. }))
        ));
        push_run(&mut payload, &commit);
        assert_eq!(durable(&payload), None);
    }
}

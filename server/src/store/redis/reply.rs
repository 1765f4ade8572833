//! Reads the replies of the scripts.
//!
//! Redis is another program, and other programs may write to it: nothing here trusts a length, a
//! type or an order.

use bytes::Bytes;
use redis::Value;
use shared::id::{ClientId, Epoch, Position, Seq};
use shared::limits::{MAX_COMMIT_BYTES, MAX_LOG_NUMBER, MAX_SNAPSHOT_BYTES};
use shared::protocol::StoredCommit;
use shared::sync::log::{BatchReply, Head, Loaded, Outcome};

use super::super::StoreError;
use super::super::sealed::unseal;

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(format!("Redis answered a malformed {what}"))
}

pub(super) fn array(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

pub(super) fn bytes(value: Value) -> Option<Vec<u8>> {
    match value {
        Value::BulkString(bytes) => Some(bytes),
        Value::SimpleString(text) => Some(text.into_bytes()),
        _ => None,
    }
}

pub(super) fn number(value: Value) -> Option<u64> {
    let number = match value {
        Value::Int(number) => u64::try_from(number).ok(),
        other => std::str::from_utf8(&bytes(other)?).ok()?.parse().ok(),
    };
    number.filter(|it| *it <= MAX_LOG_NUMBER)
}

fn epoch(value: Value) -> Option<Epoch> {
    Some(Epoch::from_bytes(bytes(value)?.try_into().ok()?))
}

/// An epoch and a position in it.
pub(super) fn position(value: Value) -> Result<Position, StoreError> {
    let mut items = array(value).unwrap_or_default().into_iter();
    let found = items
        .next()
        .and_then(epoch)
        .zip(items.next().and_then(number));
    found
        .map(|(epoch, seq)| Position { epoch, seq })
        .ok_or_else(|| corrupt("position"))
}

/// The answer to a batch of so many commits.
pub(super) fn batch(value: Value, commits: usize) -> Result<BatchReply, StoreError> {
    let mut items = array(value).unwrap_or_default().into_iter();
    let kind = items.next().and_then(bytes).unwrap_or_default();
    match kind.as_slice() {
        b"NOBOARD" => Ok(BatchReply::NoBoard),
        b"EPOCH" => Ok(BatchReply::EpochChanged(position(Value::Array(
            items.collect(),
        ))?)),
        b"DONE" => {
            let outcomes: Option<Vec<Outcome>> = std::iter::from_fn(|| {
                let kind = items.next()?;
                Some(outcome(kind, items.next()))
            })
            .collect();
            let whole = outcomes.filter(|outcomes| outcomes.len() == commits);
            whole
                .map(BatchReply::Done)
                .ok_or_else(|| corrupt("batch answer"))
        }
        _ => Err(corrupt("batch answer")),
    }
}

fn outcome(kind: Value, value: Option<Value>) -> Option<Outcome> {
    let value = number(value?)?;
    match bytes(kind)?.as_slice() {
        b"S" => Some(Outcome::Stored(value)),
        b"D" => Some(Outcome::Duplicate),
        b"G" => Some(Outcome::Gap(value)),
        b"F" => Some(Outcome::Full),
        _ => None,
    }
}

/// Epoch, position, record version and bytes; `None` if the board is unknown.
pub(super) fn head(value: Value) -> Result<Option<Head>, StoreError> {
    let mut items = array(value).ok_or_else(|| corrupt("head"))?.into_iter();
    let Some(epoch) = items.next().filter(|first| *first != Value::Nil) else {
        return Ok(None);
    };
    let epoch = self::epoch(epoch).ok_or_else(|| corrupt("head"))?;
    let mut next = || items.next().and_then(number).ok_or_else(|| corrupt("head"));
    let (seq, record_version, bytes) = (next()?, next()?, next()?);
    Ok(Some(Head {
        at: Position { epoch, seq },
        record_version,
        bytes,
    }))
}

/// A whole board; `None` if it is unknown.
pub(super) fn loaded(value: Value) -> Result<Option<Loaded>, StoreError> {
    if value == Value::Nil {
        return Ok(None);
    }
    let mut items = array(value).unwrap_or_default().into_iter();
    let mut next = || items.next().ok_or_else(|| corrupt("board"));
    let epoch = epoch(next()?).ok_or_else(|| corrupt("board"))?;
    let mut numbers = [0; 3];
    for slot in &mut numbers {
        *slot = number(next()?).ok_or_else(|| corrupt("board"))?;
    }
    let [seq, record_version, snapshot_seq] = numbers;
    let snapshot = match next()? {
        Value::Nil => None,
        sealed => {
            let sealed = bytes(sealed).ok_or_else(|| corrupt("snapshot"))?;
            Some((
                snapshot_seq,
                Bytes::from(unseal(&sealed, MAX_SNAPSHOT_BYTES)?),
            ))
        }
    };
    let commits = commits(next()?)?;
    let ends_well = commits
        .last()
        .map_or(snapshot_seq == seq, |(last, _)| *last == seq);
    if !ends_well {
        return Err(corrupt("board"));
    }
    let at = Position { epoch, seq };
    Ok(Some(Loaded {
        at,
        snapshot,
        commits,
        record_version,
    }))
}

/// Entries of the stream, contiguous.
pub(super) fn commits(value: Value) -> Result<Vec<(Seq, StoredCommit)>, StoreError> {
    let entries = array(value).ok_or_else(|| corrupt("log"))?;
    let commits: Option<Vec<_>> = entries.into_iter().map(entry).collect();
    let commits = commits.ok_or_else(|| corrupt("log"))?;
    let first = commits.first().map_or(0, |(seq, _)| *seq);
    let contiguous = (first..)
        .zip(&commits)
        .all(|(expected, (seq, _))| *seq == expected);
    if contiguous {
        Ok(commits)
    } else {
        Err(corrupt("log"))
    }
}

fn entry(value: Value) -> Option<(Seq, StoredCommit)> {
    let mut items = array(value)?.into_iter();
    let id = String::from_utf8(bytes(items.next()?)?).ok()?;
    let seq = id.strip_suffix("-0")?.parse().ok()?;
    if seq > MAX_LOG_NUMBER {
        return None;
    }
    let mut fields = array(items.next()?)?.into_iter();
    let (mut author, mut cno, mut payload) = (None, None, None);
    while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
        match bytes(name)?.as_slice() {
            b"c" => author = Some(ClientId::from_bytes(bytes(value)?.try_into().ok()?)),
            b"n" => cno = number(value),
            b"d" => payload = bytes(value).filter(|bytes| bytes.len() <= MAX_COMMIT_BYTES),
            _ => return None,
        }
    }
    Some((
        seq,
        StoredCommit {
            author: author?,
            cno: cno?,
            payload: payload?.into(),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bulk(bytes: &[u8]) -> Value {
        Value::BulkString(bytes.to_vec())
    }

    fn stream_entry(id: &str, payload: usize) -> Value {
        let fields = [
            bulk(b"c"),
            bulk(&[1; 16]),
            bulk(b"n"),
            bulk(b"1"),
            bulk(b"d"),
            bulk(&vec![0; payload]),
        ];
        Value::Array(vec![bulk(id.as_bytes()), Value::Array(fields.to_vec())])
    }

    #[test]
    fn a_log_with_a_hole_is_refused() {
        let log = |ids: &[&str]| Value::Array(ids.iter().map(|id| stream_entry(id, 1)).collect());
        assert_eq!(commits(log(&["4-0", "5-0"])).unwrap().len(), 2);
        assert!(commits(log(&["4-0", "6-0"])).is_err());
        assert!(commits(log(&["4-0", "5-1"])).is_err());
        assert!(commits(log(&["18446744073709551615-0"])).is_err());
        assert_eq!(number(bulk(b"18446744073709551615")), None);
    }

    #[test]
    fn malformed_replies_are_refused() {
        assert!(
            commits(Value::Array(vec![stream_entry(
                "1-0",
                MAX_COMMIT_BYTES + 1
            )]))
            .is_err()
        );
        assert!(commits(Value::Int(3)).is_err());
        assert!(
            batch(
                Value::Array(vec![bulk(b"DONE"), bulk(b"S"), Value::Int(1)]),
                2
            )
            .is_err()
        );
        assert!(
            batch(
                Value::Array(vec![bulk(b"DONE"), bulk(b"X"), Value::Int(1)]),
                1
            )
            .is_err()
        );
        assert!(head(Value::Array(vec![bulk(b"short"), bulk(b"1"), bulk(b"1")])).is_err());
        assert!(loaded(Value::Array(vec![])).is_err());
    }
}

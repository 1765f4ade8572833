//! The bytes on a disk or in Redis: records, rows and runs of commits, sealed bytes, archived segments.

use server::store::BoardRecord;
use server::store::fuzzing::{
    read_authors, read_record, read_row, read_run, read_segment, seal, unseal, write_row,
};
use shared::protocol::{StoredCommit, decode, encode};
use shared::sync::confirmed_state::decode_commit;
use testkit::fixtures::client_id;

use crate::golden;

/// Bytes that may be unsealed.
const MAX_PLAIN_BYTES: usize = 1024 * 1024;

/// Reads the rest of the bytes as what the first byte says.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind {
        b'r' => record(rest),
        b'a' => drop(read_authors(rest)),
        b'c' => {
            if let Some(commit) = read_row(rest) {
                assert_eq!(write_row(&commit), rest);
                assert_eq!(decode_commit(&commit).commit.cno, commit.cno);
            }
        }
        b'n' => drop(read_run(rest)),
        b'p' => {
            let sealed = seal(rest);
            assert_eq!(unseal(&sealed, MAX_PLAIN_BYTES).unwrap(), rest);
            drop(read_segment(&sealed));
        }
        b's' => drop(unseal(rest, MAX_PLAIN_BYTES)),
        b'b' => body(rest),
        _ => {}
    }
}

fn record(bytes: &[u8]) {
    if let Ok(record) = read_record(bytes) {
        let written = encode(&record).unwrap();
        assert_eq!(read_record(&written).unwrap(), record);
    }
}

/// Takes the bytes as length and LZ4 block, with a checksum that is right.
fn body(bytes: &[u8]) {
    let crc = crc32fast::hash(bytes).to_be_bytes();
    let sealed = [&[1][..], &crc, bytes].concat();
    if let Ok(plain) = unseal(&sealed, MAX_PLAIN_BYTES) {
        assert!(plain.len() <= MAX_PLAIN_BYTES);
        drop(read_segment(&sealed));
    }
}

/// One input of each kind.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let stored = |payload: Vec<u8>| StoredCommit {
        author: client_id(1),
        cno: 300,
        payload: payload.into(),
    };
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    let mut segment = vec![9; 24];
    for payload in golden::samples("commit.") {
        let row = write_row(&stored(payload.clone()));
        let (head, payload) = row.split_at(24);
        let run = [head, &(payload.len() as u32).to_be_bytes(), payload].concat();
        segment.extend(&run);
        seeds.push([b"c", &row[..]].concat());
        seeds.push([b"n", &run[..]].concat());
    }
    seeds.push([b"p", &segment[..]].concat());
    let sealed = seal(&segment);
    seeds.push([b"b", &sealed[5..]].concat());
    seeds.push([b"s", &sealed[..]].concat());
    let snapshots = golden::samples("snapshot.").into_iter();
    seeds.extend(snapshots.map(|bytes| [b"a", &bytes[..]].concat()));
    let hash = shared::id::Secret::from_bytes([1; 16]).hash();
    let links = [(shared::protocol::Role::Edit, hash)];
    let record = BoardRecord::new("Plan".to_owned(), 1_700_000_000_000, links);
    let mut changed = record.clone();
    changed.links[0].revoked_ms = Some(1_750_000_000_000);
    changed.revision = 1;
    for record in [record, changed] {
        let record = encode(&record).unwrap();
        assert!(decode::<BoardRecord>(&record, 4096).is_ok());
        seeds.push([b"r", &record[..]].concat());
    }
    seeds
}

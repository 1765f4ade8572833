//! What comes from Redis: replies of scripts, messages on the channels of a board, names of channels.

use redis::parse_redis_value;
use server::broker::redis::fuzzing::{read_channel, read_durable, read_live};
use server::store::redis::fuzzing::read_reply;
use shared::id::{BoardId, NodeId, Secret};
use shared::limits::{MAX_BATCH_COMMITS, MAX_FRAME_BYTES};
use shared::protocol::{Relay, Role};
use shared::sync::log::{Loaded, LogEvent};
use shared::sync::{Replay, Room, SessionNo};
use testkit::fixtures::{EPOCH, at, client_id, hello};

use crate::{golden, round_trip};

/// Reads the rest of the bytes as what the first byte says.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind {
        b'v' => {
            if let Ok(value) = parse_redis_value(rest) {
                for commits in [0, 1, 2] {
                    let _ = read_reply(&value, commits);
                }
            }
        }
        b'd' => durable(rest),
        b'l' => live(rest),
        b'c' => {
            let name = String::from_utf8_lossy(rest);
            let _ = (read_channel("cs", 0, &name), read_channel("cs", 3, &name));
        }
        _ => {}
    }
}

/// A room applies what it can of a message on the durable channel.
fn durable(payload: &[u8]) {
    match read_durable(payload) {
        Some(LogEvent::Commits {
            epoch,
            first,
            commits,
        }) => {
            assert!(!commits.is_empty() && commits.len() <= MAX_BATCH_COMMITS);
            let mut room = room();
            room.on_commits(epoch, first, commits);
            settle(&mut room);
        }
        Some(LogEvent::EpochChanged) => room().on_epoch_changed(),
        None => {}
    }
}

/// A room passes on what it can of a message on the live channel.
fn live(payload: &[u8]) {
    let Some(relay) = read_live(payload) else {
        return;
    };
    let _ = round_trip::read::<Relay>(&relay, MAX_FRAME_BYTES);
    let mut room = room();
    room.on_relay(&relay, 1);
    settle(&mut room);
}

/// An empty board with one person.
fn room() -> Room {
    let loaded = Loaded {
        at: at(0),
        snapshot: None,
        commits: Vec::new(),
        record_version: 1,
    };
    let replayed = Replay::new(loaded).and_then(Replay::finish).unwrap();
    let node = NodeId::from_bytes([5; 16]);
    let mut room = Room::open(node, "Title".into(), replayed, 0);
    let secret = Secret::from_bytes([1; 16]);
    room.join(SessionNo(1), &hello(secret, 1), Role::Edit, 0);
    room
}

fn settle(room: &mut Room) {
    while room.apply_next().is_some() {}
    for now in [300, 10_000] {
        room.handle_timeout(now);
        while room.poll_effect().is_some() {}
        let _ = room.transmit(SessionNo(1), now, u64::MAX);
    }
    assert_eq!(room.state().board.check_invariants(), Ok(()));
}

/// Replies and messages of each kind.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let id = String::from_utf8(vec![b'e'; 16]).unwrap();
    let bulk = |text: &str| format!("${}\r\n{text}\r\n", text.len());
    let author = bulk(&"a".repeat(16));
    let payload = bulk("\u{3}");
    let entry = format!(
        "*2\r\n{}*6\r\n{}{author}{}{}{}{payload}",
        bulk("1-0"),
        bulk("c"),
        bulk("n"),
        bulk("1"),
        bulk("d")
    );
    let replies = [
        "$-1\r\n".to_owned(),
        ":17\r\n".to_owned(),
        format!("*1\r\n{}", bulk("NOBOARD")),
        format!("*3\r\n{}{}:4\r\n", bulk("EPOCH"), bulk(&id)),
        format!(
            "*5\r\n{}{}:4\r\n{}:0\r\n",
            bulk("DONE"),
            bulk("S"),
            bulk("D")
        ),
        format!("*2\r\n{}:9\r\n", bulk(&id)),
        format!("*4\r\n{}:9\r\n:1\r\n:2000\r\n", bulk(&id)),
        format!("*1\r\n{entry}"),
        format!("*6\r\n{}:1\r\n:1\r\n:0\r\n$-1\r\n*1\r\n{entry}", bulk(&id)),
    ];
    let mut seeds: Vec<Vec<u8>> = replies
        .map(|reply| format!("v{reply}").into_bytes())
        .to_vec();
    let relays = golden::samples("relay.").into_iter();
    seeds.extend(relays.map(|bytes| [b"l", &bytes[..]].concat()));
    seeds.push([b"dE", &[9; 16][..]].concat());
    let run = [client_id(1).as_bytes(), &1_u64.to_be_bytes()[..]].concat();
    for payload in golden::samples("commit.") {
        let len = (payload.len() as u32).to_be_bytes();
        let head = [&b"dC"[..], EPOCH.as_bytes(), &1_u64.to_be_bytes()[..]].concat();
        seeds.push([head, run.clone(), len.to_vec(), payload].concat());
    }
    let board = BoardId::from_bytes([1; 16]);
    seeds.push(format!("ccs:{{{board}}}:d").into_bytes());
    seeds.push(format!("ccs@3:{{{board}}}:x").into_bytes());
    seeds
}

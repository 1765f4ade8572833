//! WebSockets: commits between people, and the largest frames.

use serde_json::Value;
use shared::id::SnapshotId;
use shared::limits::{MAX_COMMIT_BYTES, MAX_FRAME_BYTES, MAX_HELLO_BYTES, MAX_SNAPSHOT_PARTS};
use shared::protocol::{ClientMsg, PartialSnapshot, ServerMsg, encode};
use testkit::client::Client;
use testkit::fixtures::{
    commit, commit_stroke, element_of, hello, ink, put, scattered_points, stroke,
};
use testkit::reverse_proxy::Kind;
use tokio_tungstenite::tungstenite::Message;

use crate::site::Site;

/// People who join; each proxy gives some of them to each server.
const PEOPLE: u8 = 6;
/// Points of each stroke of the largest commit, and the bytes that each point has at most.
const POINTS: u64 = 5_000;
const BYTES_PER_POINT: usize = 7;

pub(crate) async fn commits_reach_everybody_on_both_servers(kind: Kind) {
    let site = Site::start(kind).await;
    let board = site.board().await;
    let mut people = Vec::new();
    for who in 1..=PEOPLE {
        people.push(Client::join(site.way.address(), board.edit, who).await.0);
    }
    for server in &site.servers {
        let ready = reqwest::get(format!("{}/readyz", server.url())).await;
        let report: Value = ready.unwrap().json().await.unwrap();
        assert_eq!(report["boards"], 1, "each server has the board open");
    }
    for (who, person) in (1..=PEOPLE).zip(&mut people) {
        person.send(&commit_stroke(who, 1, 20)).await;
    }
    for person in &mut people {
        for seq in 1..=u64::from(PEOPLE) {
            person.receives_seq(seq).await;
        }
    }
}

pub(crate) async fn the_largest_hello_and_the_largest_frames_pass(kind: Kind) {
    let site = Site::start(kind).await;
    let board = site.board().await;
    let (mut ben, _) = Client::join(site.way.address(), board.edit, 2).await;

    let mut ann = Client::connect(site.way.address(), board.id).await;
    let mut large = hello(board.edit.secret, 1);
    large.partial = Some(PartialSnapshot {
        snapshot: SnapshotId::from_bytes([1; 16]),
        received: vec![0xff; MAX_SNAPSHOT_PARTS as usize / 8].into(),
    });
    let large = ClientMsg::Hello(large);
    assert!(encode(&large).unwrap().len() > 3 * MAX_HELLO_BYTES / 4);
    ann.send(&large).await;
    ann.until("a welcome", |message| {
        matches!(message, ServerMsg::Welcome(_)).then_some(())
    })
    .await;

    // The server reads the number of a commit that it does not understand, and refuses it.
    ann.send_raw(Message::binary(unknown_op(MAX_FRAME_BYTES)))
        .await;
    ann.until("a refusal", |message| {
        matches!(message, ServerMsg::Refused { cno: 1, .. }).then_some(())
    })
    .await;

    let count = MAX_COMMIT_BYTES / (POINTS as usize * BYTES_PER_POINT);
    let strokes = (0..count as u64).map(|at| {
        put(stroke(
            element_of(1, at),
            ink(scattered_points(at, POINTS, 30_000.0)),
        ))
    });
    let largest = ClientMsg::Commit(commit(2, strokes.collect()));
    assert!(encode(&largest).unwrap().len() > MAX_COMMIT_BYTES / 2);
    ann.send(&largest).await;
    ann.receives_seq(2).await;
    ben.receives_seq(2).await;
}

/// A commit with the number 1 and an op that no version has, of so many bytes.
fn unknown_op(bytes: usize) -> Vec<u8> {
    let mut frame = b"\x81\xa1c\x93\x01\xa1a\x91\x81\xa1?\xc6".to_vec();
    let rest = bytes - frame.len() - 4;
    frame.extend(u32::try_from(rest).unwrap().to_be_bytes());
    frame.resize(bytes, 0);
    frame
}

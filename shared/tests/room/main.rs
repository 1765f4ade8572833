//! One room, its errands answered by a store in memory: who gets what, when.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod rig;

use bytes::Bytes;
use rig::*;
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::{ClientId, ElementId, Epoch, NodeId, Position};
use shared::limits::{COMMIT_WINDOW, MAX_FRAME_BYTES, RING_COMMITS};
use shared::model::{Brush, Color, OrderKey, Prop};
use shared::protocol::{
    ClientMsg, CloseCode, Guest, LiveItem, Profile, Refusal, Relay, Role, ServerMsg, StoredCommit,
    StrokeStyle, Word, decode, encode,
};
use shared::sync::log::{BatchReply, Head, Loaded, Outcome};
use shared::sync::{RoomEffect, SessionNo, Settled};

#[test]
fn everybody_hears_of_themselves_too() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let heard = desk.hears(one);
    let clients: Vec<ClientId> = people(&heard).iter().map(|person| person.client).collect();
    assert_eq!(clients, [key(1).client_id()]);
}

#[test]
fn an_author_gets_an_ack_and_others_the_commit() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let two = desk.join(2, &hello(2, 1, None), Role::View);
    desk.commit(one, put(1, 1));
    assert_eq!(
        acks(&desk.hears(one)),
        Vec::<u64>::new(),
        "nothing is acked before it is stored"
    );
    desk.store_answers();
    let heard = desk.hears(one);
    assert_eq!((acks(&heard), commits(&heard)), (vec![1], vec![]));
    let heard = desk.hears(two);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_commit_of_an_earlier_connection_comes_whole() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    desk.room.leave(one, 0);
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.store_answers();
    let heard = desk.hears(again);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_resent_commit_is_stored_once_and_acked() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.commit(again, put(1, 1));
    desk.commit(again, put(1, 1));
    desk.store_answers();
    assert_eq!(desk.log.len(), 1);
    assert_eq!(acks(&desk.hears(again)), [1]);
}

#[test]
fn a_refused_commit_keeps_its_number_and_later_ones_follow() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let two = desk.join(2, &hello(2, 1, None), Role::Edit);
    desk.commit(one, unsound(1));
    desk.commit(one, put(2, 1));
    desk.store_answers();
    assert_eq!(refusals(&desk.hears(one)), [(1, Refusal::Invalid)]);
    assert_eq!(commits(&desk.hears(two)), [(1, 0), (2, 1)]);
}

#[test]
fn who_missed_a_refusal_is_not_acked_what_they_sent_again() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    desk.commit(one, unsound(1));
    desk.room.leave(one, 0);
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.commit(again, unsound(1));
    desk.store_answers();
    let heard = desk.hears(again);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 0)]));
}

#[test]
fn whose_number_was_taken_elsewhere_gets_what_took_it() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    let elsewhere = put(1, 2);
    desk.room.on_commits(EPOCH, 1, vec![stored(1, &elsewhere)]);
    desk.room
        .on_batch(BatchReply::Done(vec![Outcome::Duplicate]));
    let heard = desk.hears(one);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_viewer_changes_nothing_and_shows_only_a_cursor() {
    let mut desk = Desk::new();
    let viewer = desk.join(1, &hello(1, 1, None), Role::View);
    desk.hears(viewer);
    desk.commit(viewer, put(1, 1));
    desk.say(viewer, ClientMsg::Live(LiveItem::End { kept: true }));
    desk.say(viewer, ClientMsg::Live(LiveItem::Cursor(Some([1.0, 2.0]))));
    assert!(desk.batches.is_empty());
    let heard = desk.hears(viewer);
    assert_eq!(refusals(&heard), [(1, Refusal::ViewOnly)]);
    let live: Vec<LiveItem> = heard
        .iter()
        .filter_map(|message| match message {
            ServerMsg::Live(items) => Some(items.iter().map(|(_, item)| item.clone())),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(live, [LiveItem::Cursor(Some([1.0, 2.0]))]);
}

#[test]
fn a_viewer_who_goes_on_is_sent_away() {
    let mut desk = Desk::new();
    let viewer = desk.join(1, &hello(1, 1, None), Role::View);
    for cno in 1..200 {
        desk.commit(viewer, put(cno, 1));
    }
    assert_eq!(desk.closed, [(viewer, CloseCode::TooFast)]);
}

#[test]
fn who_floods_a_silent_store_is_sent_away() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    for cno in 1..=4 * COMMIT_WINDOW as u64 {
        desk.commit(one, put(cno, 1));
    }
    assert_eq!(desk.closed, [(one, CloseCode::TooFast)]);
}

#[test]
fn whoever_resumes_gets_a_delta_and_a_stranger_a_snapshot() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    (1..=3).for_each(|cno| desk.commit(one, put(cno, cno as u8)));
    desk.store_answers();
    let two = desk.join(2, &hello(2, 1, Some(at(2))), Role::Edit);
    let heard = desk.hears(two);
    assert!(welcomed_with_delta(&heard));
    assert_eq!((commits(&heard), snapshots(&heard)), (vec![(3, 1)], 0));
    let three = desk.join(3, &hello(3, 1, None), Role::Edit);
    let heard = desk.hears(three);
    assert!(!welcomed_with_delta(&heard));
    assert_eq!(snapshots(&heard), 1);
    let other = Position {
        epoch: Epoch::from_bytes([8; 16]),
        seq: 2,
    };
    let four = desk.join(4, &hello(4, 1, Some(other)), Role::Edit);
    let heard = desk.hears(four);
    assert!(!welcomed_with_delta(&heard));
    assert_eq!(snapshots(&heard), 1);
}

#[test]
fn a_reader_too_slow_for_the_ring_gets_a_snapshot() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let slow = desk.join(2, &hello(2, 1, None), Role::Edit);
    desk.hears(slow);
    let commits: Vec<StoredCommit> = (1..=RING_COMMITS as u64 + 10)
        .map(|cno| stored(9, &set(cno, 1, Prop::Opacity(1))))
        .collect();
    let last = commits.len() as u64;
    desk.room.on_commits(EPOCH, 1, commits);
    let heard = desk.hears(slow);
    assert_eq!(snapshots(&heard), 1);
    assert!(
        heard
            .iter()
            .any(|m| matches!(m, ServerMsg::NewEpoch { epoch, .. } if *epoch == EPOCH))
    );
    assert_eq!(desk.room.at(), at(last));
    drop(desk.hears(one));
}

#[test]
fn a_hole_is_read_once_and_filled() {
    let mut desk = Desk::new();
    let all: Vec<StoredCommit> = (1..=3).map(|cno| stored(9, &put(cno, cno as u8))).collect();
    desk.others.clear();
    desk.room.on_commits(EPOCH, 3, vec![all[2].clone()]);
    desk.room.on_commits(EPOCH, 2, vec![all[1].clone()]);
    desk.gather();
    assert!(matches!(
        desk.others[..],
        [RoomEffect::ReadAfter(Position { seq: 0, .. })]
    ));
    desk.room.on_tail(at(0), Some(vec![(1, all[0].clone())]));
    assert_eq!(desk.room.at(), at(3));
    assert_eq!(desk.room.state().board.len(), 3);
}

#[test]
fn a_newer_connection_replaces_an_older_and_not_the_other_way_round() {
    let mut desk = Desk::new();
    let old = desk.join(1, &hello(1, 1, None), Role::Edit);
    let new = desk.join(2, &hello(1, 2, None), Role::Edit);
    assert_eq!(desk.closed, [(old, CloseCode::Replaced)]);
    let late = desk.join(3, &hello(1, 1, None), Role::Edit);
    assert_eq!(desk.closed.last(), Some(&(late, CloseCode::Replaced)));
    assert_eq!(people(&desk.hears(new)).len(), 1);
}

#[test]
fn who_moved_to_another_server_is_replaced_here() {
    let mut desk = Desk::new();
    let here = desk.join(1, &hello(1, 1, None), Role::Edit);
    let guest = Guest {
        client: key(1).client_id(),
        session: 2,
        role: Role::Edit,
        profile: Profile::default(),
    };
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        word: Word::People(vec![guest]),
    };
    desk.room.on_relay(&encode(&relay).unwrap(), 0);
    desk.gather();
    assert_eq!(desk.closed, [(here, CloseCode::Replaced)]);
}

#[test]
fn a_server_that_falls_silent_loses_its_people() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let guest = Guest {
        client: key(2).client_id(),
        session: 1,
        role: Role::Edit,
        profile: Profile::default(),
    };
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        word: Word::People(vec![guest]),
    };
    desk.room.on_relay(&encode(&relay).unwrap(), 0);
    desk.pass(6_000);
    assert_eq!(people(&desk.hears(one)).len(), 2);
    desk.pass(2_000);
    assert_eq!(people(&desk.hears(one)).len(), 1);
}

#[test]
fn who_closed_is_gone_within_three_seconds() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let two = desk.join(2, &hello(2, 1, None), Role::Edit);
    assert_eq!(people(&desk.hears(one)).len(), 2);
    desk.room.leave(two, desk.now);
    for _ in 0..15 {
        desk.pass(200);
    }
    assert_eq!(people(&desk.hears(one)).len(), 1);
}

#[test]
fn a_quiet_session_hears_a_heartbeat_within_two_seconds() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    for _ in 0..5 {
        desk.pass(200);
    }
    let heard = desk.hears(one);
    assert!(matches!(heard[..], [ServerMsg::Heartbeat(_)]), "{heard:?}");
    assert!(!desk.room.has_output(one, desk.now));
}

#[test]
fn an_author_hears_at_once_that_their_work_is_durable() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    desk.store_answers();
    desk.hears(one);
    desk.room.on_settled(at(1), Settled::Safe);
    let heard = desk.hears(one);
    assert!(
        matches!(heard[..], [ServerMsg::Heartbeat(beat)] if beat.durable == 1),
        "{heard:?}"
    );
}

#[test]
fn live_ink_of_many_never_makes_a_frame_too_large() {
    let mut desk = Desk::new();
    let sessions: Vec<SessionNo> = (1..=40)
        .map(|who| desk.join(who, &hello(who as u8, 1, None), Role::Edit))
        .collect();
    desk.hears(sessions[0]);
    // As unpredictable as ink can be, so that it packs as badly as it can.
    let points: Vec<InkPoint> = (0..1_000)
        .map(|at| {
            let side = if at % 2 == 0 { 9.0e6 } else { -9.0e6 };
            InkPoint::new(side + f64::from(at), -side, (at % 2) as f32)
        })
        .collect();
    let ink = Ink::encode(&points, Quantum::FINEST).unwrap();
    for no in &sessions {
        desk.say(
            *no,
            ClientMsg::Live(LiveItem::Ink {
                from: 0,
                ink: ink.clone(),
            }),
        );
    }
    desk.pass(20);
    let frames = desk.hears_frames(sessions[0]);
    let largest = frames.iter().map(Bytes::len).max().unwrap();
    assert!(largest <= MAX_FRAME_BYTES, "{largest}");
    let heard: usize = frames
        .iter()
        .map(|frame| match decode(frame, MAX_FRAME_BYTES).unwrap() {
            ServerMsg::Live(items) => items.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(heard, sessions.len());
    assert!(
        desk.published
            .iter()
            .all(|relay| encode(relay).unwrap().len() <= MAX_FRAME_BYTES)
    );
}

#[test]
fn unsound_live_items_are_dropped() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::Black,
        width: f32::NAN,
        opacity: 255,
        z: OrderKey::first(),
    };
    let id = ElementId::from_bytes([1; 16]);
    desk.say(one, ClientMsg::Live(LiveItem::Begin { id, style }));
    for cursor in [[f32::NAN, 0.0], [0.0, f32::INFINITY], [1.0e9, 0.0]] {
        desk.say(one, ClientMsg::Live(LiveItem::Cursor(Some(cursor))));
    }
    desk.pass(50);
    assert!(
        !desk
            .hears(one)
            .iter()
            .any(|message| matches!(message, ServerMsg::Live(_)))
    );
}

#[test]
fn an_older_title_read_late_does_not_come_back() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    desk.room.set_title("new".into(), 3);
    desk.room.set_title("old".into(), 2);
    let heard = desk.hears(one);
    assert_eq!(heard, [ServerMsg::Title("new".into())]);
}

#[test]
fn what_a_new_epoch_lost_is_stored_again_in_its_old_order() {
    let mut desk = Desk::new();
    // The second author's id is below the first's or above: try both ways round.
    let log = [
        stored(1, &put(1, 1)),
        stored(2, &set(1, 1, Prop::Opacity(7))),
        stored(3, &put(1, 2)),
        stored(1, &set(2, 2, Prop::Opacity(8))),
    ];
    desk.room.on_commits(EPOCH, 1, log.to_vec());
    let fresh = Epoch::from_bytes([10; 16]);
    let lost = Loaded {
        at: Position {
            epoch: fresh,
            seq: 0,
        },
        snapshot: None,
        commits: Vec::new(),
        record_version: 1,
    };
    desk.room.on_epoch_changed();
    desk.room.on_loaded(Some(&lost)).unwrap();
    desk.gather();
    let sent: Vec<StoredCommit> = desk
        .batches
        .iter()
        .flat_map(|batch| batch.commits.clone())
        .collect();
    assert_eq!(sent, log);
}

#[test]
fn a_board_the_store_lost_is_brought_back_once() {
    let mut desk = Desk::new();
    desk.others.clear();
    for _ in 0..3 {
        desk.room.on_head(None, desk.now);
    }
    desk.gather();
    let restores = desk
        .others
        .iter()
        .filter(|it| matches!(it, RoomEffect::Restore { .. }))
        .count();
    assert_eq!(restores, 1);
}

#[test]
fn a_store_that_is_ahead_is_read_and_one_that_is_behind_begins_anew() {
    let mut desk = Desk::new();
    desk.room.on_commits(EPOCH, 1, vec![stored(9, &put(1, 1))]);
    desk.gather();
    desk.others.clear();
    desk.room.on_head(
        Some(Head {
            at: at(2),
            record_version: 0,
        }),
        0,
    );
    desk.gather();
    assert!(matches!(
        desk.others[..],
        [RoomEffect::ReadAfter(Position { seq: 1, .. })]
    ));
    desk.room.on_head(
        Some(Head {
            at: at(0),
            record_version: 0,
        }),
        0,
    );
    desk.gather();
    assert!(
        matches!(&desk.batches[..], [batch] if batch.known_seq == 1 && batch.commits.is_empty())
    );
}

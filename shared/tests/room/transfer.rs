//! Snapshots on their way to sessions: shared, in parts, the view first, within a window.

use super::*;
use shared::sync::{EncodedSnapshot, Snapshot, SnapshotAssembly};

/// A log that puts strokes along a row on the board, each one screen right of the one before it.
fn row(strokes: u64) -> Loaded {
    let commits = (1..=strokes).map(|number| {
        let left = number as f64 * 1_000.0;
        let points =
            testkit::fixtures::scattered_points(number, 200, 128.0).map(|(x, y)| (left + x, y));
        let drawn = testkit::fixtures::ink(points);
        let new = testkit::fixtures::stroke(element_id(number), drawn);
        let put = testkit::fixtures::commit(number, vec![testkit::fixtures::put(new)]);
        (number, stored(1, &put))
    });
    Loaded {
        at: at(strokes),
        snapshot: None,
        commits: commits.collect(),
        record_version: 1,
    }
}

fn parts(messages: &[ServerMsg]) -> Vec<&SnapshotPart> {
    let parts = messages.iter().filter_map(|message| match message {
        ServerMsg::Snapshot(part) => Some(part),
        _ => None,
    });
    parts.collect()
}

/// The snapshot that these parts make.
fn assembled<'a>(parts: impl IntoIterator<Item = &'a SnapshotPart>) -> Snapshot {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap();
    let mut assembly = SnapshotAssembly::begin(first).unwrap();
    for part in std::iter::once(first).chain(parts) {
        assembly.add(part.clone()).unwrap();
    }
    assembly.finish().unwrap()
}

/// The messages that a session gets while its client acknowledges nothing.
fn sent_unacknowledged(test: &mut TestRoom, session: SessionNo) -> Vec<ServerMsg> {
    let mut messages = Vec::new();
    while test.room.has_output(session, test.now) {
        let frames = test.room.transmit(session, test.now, u64::MAX);
        assert!(!frames.is_empty(), "has output, but hands out nothing");
        messages.extend(frames.iter().map(|it| decode(it, MAX_FRAME_BYTES).unwrap()));
    }
    messages
}

#[test]
fn a_large_board_arrives_in_small_parts() {
    let mut test = TestRoom::opened(&row(300));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    let frames = test.sent_frames(one);
    assert!(frames.iter().all(|frame| frame.len() < 17 * 1024));
    let messages: Vec<ServerMsg> = frames
        .iter()
        .map(|it| decode(it, 1 << 20).unwrap())
        .collect();
    let parts = parts(&messages);
    assert!(parts.len() > 5, "{} parts show nothing", parts.len());
    assert_eq!(assembled(parts), *test.room.state());
}

#[test]
fn sessions_share_one_encoding() {
    let mut test = TestRoom::opened(&row(3));
    test.encodes_at_once = false;
    let sessions = [1, 2, 3].map(|who| test.join(u64::from(who), &hello(who, 1, None), Role::View));
    for session in sessions {
        assert!(
            snapshots(&test.sent_to(session)) == 0,
            "it is not encoded yet"
        );
    }
    let encodings: Vec<_> = test.take_encodings();
    assert_eq!(encodings.len(), 1);
    test.room.on_commits(EPOCH, 4, vec![stored(2, &put(1, 99))]);
    test.collect_effects();
    test.room
        .on_encoded(EncodedSnapshot::new(&encodings[0]).ok());
    for session in sessions {
        let sent = test.sent_to(session);
        assert_eq!((snapshots(&sent), commits(&sent)), (1, vec![(1, 1)]));
    }
    let late = test.join(4, &hello(4, 1, None), Role::View);
    assert_eq!(snapshots(&test.sent_to(late)), 1);
    assert!(test.take_encodings().is_empty(), "it is encoded already");
}

#[test]
fn a_session_that_waits_for_a_snapshot_hears_heartbeats() {
    let mut test = TestRoom::opened(&row(3));
    test.encodes_at_once = false;
    let one = test.join(1, &hello(1, 1, None), Role::View);
    test.sent_to(one);
    test.advance(HEARTBEAT_MS);
    assert!(matches!(test.sent_to(one)[..], [ServerMsg::Heartbeat(_)]));
}

#[test]
fn a_snapshot_that_cannot_be_encoded_closes_those_who_wait() {
    let mut test = TestRoom::opened(&row(3));
    test.encodes_at_once = false;
    let one = test.join(1, &hello(1, 1, None), Role::View);
    test.room.on_encoded(None);
    test.collect_effects();
    assert_eq!(test.closed, [(one, CloseCode::Unavailable)]);
}

#[test]
fn an_epoch_that_ends_while_its_snapshot_is_encoded_is_encoded_anew() {
    let mut test = TestRoom::opened(&row(3));
    test.encodes_at_once = false;
    let one = test.join(1, &hello(1, 1, None), Role::View);
    test.sent_to(one);
    let before = test.take_encodings();
    let later = Position {
        epoch: Epoch::from_bytes([8; 16]),
        seq: 3,
    };
    test.room.on_epoch_changed();
    let loaded = Loaded {
        at: later,
        ..row(3)
    };
    test.room.on_loaded(Some(replayed(&loaded)));
    test.room.on_encoded(EncodedSnapshot::new(&before[0]).ok());
    test.collect_effects();
    let after = test.take_encodings();
    test.room.on_encoded(EncodedSnapshot::new(&after[0]).ok());
    let sent = test.sent_to(one);
    let restart = |message: &ServerMsg| matches!(message, ServerMsg::NewEpoch { .. });
    assert!(sent.iter().any(restart));
    assert_eq!(assembled(parts(&sent)).at, later);
}

#[test]
fn parts_that_show_the_view_come_first() {
    let mut test = TestRoom::opened(&row(600));
    let looking = Hello {
        view: Some([200_000.0, 0.0, 203_000.0, 1_000.0]),
        ..hello(1, 1, None)
    };
    let one = test.join(1, &looking, Role::View);
    let sent = test.sent_to(one);
    let parts = parts(&sent);
    let mut assembly = SnapshotAssembly::begin(parts[0]).unwrap();
    let mut seen: Vec<_> = Vec::new();
    for part in &parts {
        seen.extend(assembly.add((*part).clone()).unwrap());
        if [200, 201, 202]
            .iter()
            .all(|number| seen.iter().any(|it| it.id == element_id(*number)))
        {
            break;
        }
    }
    let (arrived, all) = assembly.progress();
    assert!(
        4 * arrived < all,
        "the view was there after {arrived} of {all} parts"
    );
}

#[test]
fn a_client_gets_only_the_parts_that_it_lacks() {
    let mut test = TestRoom::opened(&row(300));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    let first = test.sent_to(one);
    let first: Vec<SnapshotPart> = parts(&first).into_iter().cloned().collect();
    // Every third part arrives, then the connection is cut.
    let has = |part: &SnapshotPart| part.index.is_multiple_of(3);
    let mut assembly = SnapshotAssembly::begin(&first[0]).unwrap();
    for part in first.iter().filter(|part| has(part)) {
        assembly.add(part.clone()).unwrap();
    }
    test.room.leave(one, test.now);
    let again = Hello {
        partial: Some(assembly.partial()),
        ..hello(1, 2, None)
    };
    let two = test.join(2, &again, Role::View);
    let sent = test.sent_to(two);
    let wanted = first
        .iter()
        .filter(|part| !has(part))
        .map(|part| part.index);
    let got = parts(&sent).into_iter().map(|part| part.index);
    assert!(wanted.eq(got));
    for part in parts(&sent) {
        assembly.add(part.clone()).unwrap();
    }
    assert_eq!(assembly.finish().unwrap(), *test.room.state());
}

#[test]
fn parts_of_another_snapshot_are_sent_again() {
    let mut test = TestRoom::opened(&row(30));
    let partial = PartialSnapshot {
        snapshot: SnapshotId::from_bytes([1; 16]),
        received: vec![0xff; 3_000].into(),
    };
    let stranger = Hello {
        partial: Some(partial),
        ..hello(1, 1, None)
    };
    let one = test.join(1, &stranger, Role::View);
    let sent = test.sent_to(one);
    assert_eq!(assembled(parts(&sent)), *test.room.state());
}

#[test]
fn another_server_with_the_same_board_goes_on_with_the_snapshot() {
    let mut one = TestRoom::opened(&row(100));
    let mut two = TestRoom::opened(&row(100));
    let sent = [&mut one, &mut two].map(|test| {
        let session = test.join(1, &hello(1, 1, None), Role::View);
        test.sent_to(session)
    });
    assert_eq!(parts(&sent[0]), parts(&sent[1]));
}

#[test]
fn a_client_that_acknowledges_nothing_gets_one_window_and_is_closed() {
    let mut test = TestRoom::opened(&row(600));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    let sent = sent_unacknowledged(&mut test, one);
    let bytes: usize = parts(&sent).iter().map(|part| part.bytes.len()).sum();
    assert!((60_000..100_000).contains(&bytes), "{bytes} on the way");
    test.advance(29_000);
    assert_eq!(test.closed, []);
    test.advance(1_000);
    assert_eq!(test.closed, [(one, CloseCode::Slow)]);
}

#[test]
fn a_slow_client_that_acknowledges_stays() {
    let mut test = TestRoom::opened(&row(600));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    let (mut received, mut arrived) = (0, 0);
    for _ in 0..10 {
        for frame in test.room.transmit(one, test.now, u64::MAX) {
            arrived += frame.len() as u64;
        }
        // It receives 16 KiB in 25 seconds.
        received = arrived.min(received + 16 * 1024);
        test.advance(25_000);
        test.send(one, ClientMsg::Received(received));
    }
    assert_eq!(test.closed, []);
}

#[test]
fn heartbeats_reach_a_client_whose_window_is_used_up() {
    let mut test = TestRoom::opened(&row(600));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    sent_unacknowledged(&mut test, one);
    test.advance(HEARTBEAT_MS);
    assert!(matches!(
        sent_unacknowledged(&mut test, one)[..],
        [ServerMsg::Heartbeat(_)]
    ));
}

#[test]
fn a_heartbeat_claims_no_more_than_was_sent() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::View);
    sent_unacknowledged(&mut test, one);
    let commits: Vec<StoredCommit> = row(100).commits.into_iter().map(|(_, it)| it).collect();
    test.room.on_commits(EPOCH, 1, commits);
    test.collect_effects();
    let sent = sent_unacknowledged(&mut test, one);
    let last = super::commits(&sent).last().unwrap().0;
    assert!(last < 100, "the window held everything");
    test.advance(HEARTBEAT_MS);
    let sent = sent_unacknowledged(&mut test, one);
    assert!(
        matches!(sent[..], [ServerMsg::Heartbeat(beat)] if beat.at == at(last)),
        "{sent:?}"
    );
}

#[test]
fn a_client_that_acknowledges_more_than_was_sent_is_closed() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::View);
    test.send(one, ClientMsg::Received(1));
    assert_eq!(test.closed, [(one, CloseCode::Protocol)]);
}

#[test]
fn views_without_sense_are_ignored() {
    for view in [
        [f32::NAN; 4],
        [f32::INFINITY, 0.0, 0.0, 0.0],
        [5.0, 5.0, -5.0, -5.0],
    ] {
        let mut test = TestRoom::opened(&row(3));
        let strange = Hello {
            view: Some(view),
            ..hello(1, 1, None)
        };
        let one = test.join(1, &strange, Role::View);
        assert_eq!(snapshots(&test.sent_to(one)), 1);
    }
}

#[test]
fn tabs_of_one_device_have_one_public_id() {
    let mut test = TestRoom::new();
    let device = DeviceKey::from_bytes([3; 16]);
    for tab in [1, 2] {
        let tabbed = Hello {
            device: Some(device),
            ..hello(tab, 1, None)
        };
        test.join(u64::from(tab), &tabbed, Role::Edit);
    }
    let other = test.join(3, &hello(3, 1, None), Role::Edit);
    let sent = test.sent_to(other);
    let devices: Vec<_> = people(&sent).iter().map(|person| person.device).collect();
    assert_eq!(
        devices,
        [None, Some(device.device_id()), Some(device.device_id())]
    );
}

#[test]
fn a_new_client_gets_a_new_snapshot_once_many_commits_followed() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::View);
    assert_eq!(snapshots(&test.sent_to(one)), 1);
    let log: Vec<StoredCommit> = row(600).commits.into_iter().map(|(_, it)| it).collect();
    test.room.on_commits(EPOCH, 1, log);
    test.collect_effects();
    let two = test.join(2, &hello(2, 1, None), Role::View);
    let sent = test.sent_to(two);
    assert_eq!(
        super::commits(&sent),
        [],
        "all strokes come in the snapshot"
    );
    assert_eq!(assembled(parts(&sent)), *test.room.state());
}

#[test]
fn a_client_that_was_cut_off_goes_on_although_many_commits_followed() {
    let mut test = TestRoom::opened(&row(300));
    let one = test.join(1, &hello(1, 1, None), Role::View);
    let sent = test.sent_to(one);
    let mut assembly = SnapshotAssembly::begin(parts(&sent)[0]).unwrap();
    assembly.add(parts(&sent)[0].clone()).unwrap();
    let log = row(900).commits.into_iter().skip(300);
    test.room
        .on_commits(EPOCH, 301, log.map(|(_, it)| it).collect());
    test.collect_effects();
    // Another client got a newer snapshot meanwhile.
    let two = test.join(2, &hello(2, 1, None), Role::View);
    assert_eq!(super::commits(&test.sent_to(two)), []);
    let again = Hello {
        partial: Some(assembly.partial()),
        ..hello(1, 2, None)
    };
    let three = test.join(3, &again, Role::View);
    let rest = test.sent_to(three);
    assert_eq!(parts(&rest).len(), parts(&sent).len() - 1);
    assert_eq!(super::commits(&rest).len(), 600);
}

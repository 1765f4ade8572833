//! Live updates through a room.

use super::*;

#[test]
fn live_ink_of_many_never_makes_a_frame_too_large() {
    let mut test = TestRoom::new();
    let sessions: Vec<SessionNo> = (1..=40)
        .map(|who| test.join(who, &hello(who as u8, 1, None), Role::Edit))
        .collect();
    test.sent_to(sessions[0]);
    // As unpredictable as ink can be, so that it packs as badly as it can.
    let points: Vec<InkPoint> = (0..1_000)
        .map(|at| {
            let side = if at % 2 == 0 { 9.0e6 } else { -9.0e6 };
            InkPoint::new(side + f64::from(at), -side, (at % 2) as f32)
        })
        .collect();
    let ink = Ink::encode(&points, Quantum::FINEST).unwrap();
    for no in &sessions {
        test.send(
            *no,
            ClientMsg::Live(LiveUpdate::Ink {
                from: 0,
                ink: ink.clone(),
            }),
        );
    }
    test.advance(20);
    let frames = test.sent_frames(sessions[0]);
    let largest = frames.iter().map(Bytes::len).max().unwrap();
    assert!(largest <= MAX_FRAME_BYTES, "{largest}");
    let sent: usize = frames
        .iter()
        .map(|frame| match decode(frame, MAX_FRAME_BYTES).unwrap() {
            ServerMsg::Live(items) => items.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(sent, sessions.len() - 1, "all but its own");
    assert!(
        test.published
            .iter()
            .all(|relay| encode(relay).unwrap().len() <= MAX_FRAME_BYTES)
    );
}

#[test]
fn unsound_live_items_are_dropped() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::Black,
        width: f32::NAN,
        opacity: 255,
        z: OrderKey::first(),
    };
    let id = element_id(1);
    test.send(one, ClientMsg::Live(LiveUpdate::Begin { id, style }));
    for cursor in [[f32::NAN, 0.0], [0.0, f32::INFINITY], [1.0e9, 0.0]] {
        test.send(one, ClientMsg::Live(LiveUpdate::Cursor(Some(cursor))));
    }
    test.advance(50);
    assert!(
        !test
            .sent_to(one)
            .iter()
            .any(|message| matches!(message, ServerMsg::Live(_)))
    );
}

#[test]
fn a_complete_blob_is_announced_to_viewers_too_wherever_it_was_uploaded() {
    let mut test = TestRoom::new();
    let viewer = test.join(1, &hello(1, 1, None), Role::View);
    let [here, elsewhere] = [b"one", b"two"].map(|bytes| BlobHash::of(bytes));
    test.room.blob_ready(here);
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        message: RelayMessage::BlobReady(elsewhere),
    };
    test.room.on_relay(&encode(&relay).unwrap(), 0);
    test.room.flush_live(test.now);
    test.advance(1);
    let announced = [here, elsewhere].map(ServerMsg::BlobReady);
    let sent = test.sent_to(viewer);
    assert!(announced.iter().all(|message| sent.contains(message)));
}

/// The live updates that a session was sent, with the client of each.
fn shown_to(test: &mut TestRoom, no: SessionNo) -> Vec<(ClientId, LiveUpdate)> {
    let sent = test.sent_to(no);
    let client_of = |peer: PeerNo| {
        let listed = people(&sent).into_iter();
        let mut listed = listed.filter(|person| person.peer == peer);
        listed.next().unwrap().client
    };
    let live = sent.iter().filter_map(|message| match message {
        ServerMsg::Live(items) => Some(items.clone()),
        _ => None,
    });
    let live = live.flatten();
    live.map(|(peer, item)| (client_of(peer), item)).collect()
}

fn show(test: &mut TestRoom, no: SessionNo, item: LiveUpdate) {
    test.send(no, ClientMsg::Live(item));
    test.advance(20);
}

#[test]
fn a_session_that_joins_is_shown_what_holds_also_if_others_listed_it_before() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::View);
    let here = LiveUpdate::Cursor(Some([1.0, 2.0]));
    let select = LiveUpdate::Select(vec![element_id(1)]);
    for item in [here.clone(), select.clone(), LiveUpdate::Writing(true)] {
        show(&mut test, one, item);
    }
    show(&mut test, two, LiveUpdate::Hand(Some(7)));
    // The page of client 2 is loaded again: it stays on the list, and tells nothing yet.
    test.room.leave(two, test.now);
    let again = test.join(3, &hello(2, 2, None), Role::View);
    let ada = client_id(1);
    let told = [(ada, here.clone()), (ada, select)];
    assert_eq!(shown_to(&mut test, again), told);
    show(&mut test, one, LiveUpdate::Select(Vec::new()));
    let newcomer = test.join(4, &hello(3, 1, None), Role::View);
    assert_eq!(shown_to(&mut test, newcomer), [(ada, here)]);
    test.room.leave(one, test.now);
    let late = test.join(5, &hello(4, 1, None), Role::View);
    assert_eq!(shown_to(&mut test, late), []);
}

#[test]
fn what_people_of_another_server_show_is_kept_until_they_have_left() {
    let mut test = TestRoom::new();
    let node = NodeId::from_bytes([6; 16]);
    let hand = LiveUpdate::Hand(Some(7));
    let relay = |message| encode(&Relay { node, message }).unwrap();
    let shows = relay(RelayMessage::LaterLive(vec![(client_id(2), hand.clone())]));
    let listed = |who: &[u8]| {
        let people = who.iter().map(|who| relayed(client_id(*who), 1));
        relay(RelayMessage::People(people.collect()))
    };
    // The update overtakes the announcement of the person.
    test.room.on_relay(&shows, test.now);
    test.room.flush_live(test.now);
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.advance(400);
    test.room.on_relay(&listed(&[2]), test.now);
    test.room.flush_live(test.now);
    assert_eq!(shown_to(&mut test, one), [(client_id(2), hand.clone())]);
    for _ in 0..40 {
        test.advance(200);
        test.room.on_relay(&listed(&[2]), test.now);
        test.room.flush_live(test.now);
    }
    let late = test.join(3, &hello(3, 1, None), Role::Edit);
    assert_eq!(shown_to(&mut test, late), [(client_id(2), hand)]);
    test.room.on_relay(&listed(&[]), test.now);
    test.room.flush_live(test.now);
    for _ in 0..40 {
        test.advance(200);
    }
    let last = test.join(4, &hello(4, 1, None), Role::Edit);
    assert_eq!(shown_to(&mut test, last), []);
}

#[test]
fn a_server_that_announces_people_for_the_first_time_is_told_what_holds_here() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let hand = LiveUpdate::Hand(Some(7));
    show(&mut test, one, hand.clone());
    test.published.clear();
    let person = relayed(client_id(2), 1);
    let announcement = Relay {
        node: NodeId::from_bytes([6; 16]),
        message: RelayMessage::People(vec![person]),
    };
    let mut told = || {
        let bytes = encode(&announcement).unwrap();
        test.room.on_relay(&bytes, test.now);
        test.room.flush_live(test.now);
        test.collect_effects();
        let published = std::mem::take(&mut test.published).into_iter();
        let live = published.filter_map(|relay| match relay.message {
            RelayMessage::Live(items) | RelayMessage::LaterLive(items) => Some(items),
            _ => None,
        });
        live.flatten().collect::<Vec<_>>()
    };
    assert_eq!(told(), [(client_id(1), hand)]);
    assert_eq!(told(), [], "it is known by now");
}

#[test]
fn live_updates_are_published_only_while_another_server_has_people() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let is_live = |relay: &Relay| matches!(relay.message, RelayMessage::Live(_));
    let cursor = || ClientMsg::Live(LiveUpdate::Cursor(None));
    test.send(ann, cursor());
    assert!(!test.published.iter().any(is_live));
    let people = vec![relayed(client_id(2), 1)];
    for (people, publishes) in [(people, true), (Vec::new(), false)] {
        let message = RelayMessage::People(people);
        let node = NodeId::from_bytes([9; 16]);
        let relay = encode(&Relay { node, message }).unwrap();
        test.room.on_relay(&relay, test.now);
        test.advance(100);
        test.published.clear();
        test.send(ann, cursor());
        assert_eq!(test.published.iter().any(is_live), publishes);
    }
}

#[test]
fn every_relay_of_a_server_begins_alike_and_those_of_others_do_not() {
    let [ours, theirs] = [1, 2].map(|node| NodeId::from_bytes([node; 16]));
    let prefix = Relay::prefix_of(ours);
    assert!(!prefix.is_empty());
    let messages = [
        RelayMessage::PeopleRequest,
        RelayMessage::Live(vec![(client_id(1), LiveUpdate::Cursor(None))]),
        RelayMessage::People(Vec::new()),
    ];
    for message in messages {
        let begins = |node| {
            let message = message.clone();
            encode(&Relay { node, message })
                .unwrap()
                .starts_with(&prefix)
        };
        assert_eq!([ours, theirs].map(begins), [true, false]);
    }
}

#[test]
fn a_frame_with_nothing_but_its_own_updates_is_not_sent_to_their_author() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::Edit);
    test.advance(400);
    for no in [one, two] {
        test.sent_to(no);
    }
    let live = |test: &mut TestRoom, no| {
        let sent = test.sent_to(no).into_iter();
        let live = sent.filter(|message| matches!(message, ServerMsg::Live(_)));
        live.count()
    };
    // More than the room keeps for sessions that are behind.
    for at in 0..200_u8 {
        let cursor = LiveUpdate::Cursor(Some([f32::from(at), 0.0]));
        test.send(one, ClientMsg::Live(cursor));
        test.room.flush_live(test.now);
        assert_eq!([live(&mut test, one), live(&mut test, two)], [0, 1]);
        assert!(!test.room.has_output(one, test.now));
        test.advance(10);
    }
    assert_eq!(test.room.take_counts().live_skipped, 0);
    for no in [one, two] {
        test.send(no, ClientMsg::Live(LiveUpdate::Hand(Some(7))));
    }
    test.advance(20);
    // One that lacks a frame of another person when its own is made gets both.
    assert_eq!([live(&mut test, one), live(&mut test, two)], [1, 2]);
}

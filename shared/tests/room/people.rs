//! Presence: the people on a board over all servers, and the rights of a viewer.

use super::*;

/// Another server announces that this person is there, in this session.
fn is_elsewhere(test: &mut TestRoom, person: u8, session: u32) {
    let person = relayed(key(person).client_id(), session);
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        message: RelayMessage::People(vec![person]),
    };
    test.room.on_relay(&encode(&relay).unwrap(), 0);
}

#[test]
fn a_session_is_in_its_own_list_of_people() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let sent = test.sent_to(one);
    let clients: Vec<ClientId> = people(&sent).iter().map(|person| person.client).collect();
    assert_eq!(clients, [key(1).client_id()]);
}

#[test]
fn a_viewer_changes_nothing_and_shows_only_a_cursor() {
    let mut test = TestRoom::new();
    let viewer = test.join(1, &hello(1, 1, None), Role::View);
    let other = test.join(2, &hello(2, 1, None), Role::View);
    for no in [viewer, other] {
        test.sent_to(no);
    }
    test.commit(viewer, put(1, 1));
    test.send(viewer, ClientMsg::Live(LiveUpdate::End { kept: true }));
    test.send(
        viewer,
        ClientMsg::Live(LiveUpdate::Cursor(Some([1.0, 2.0]))),
    );
    assert!(test.batches.is_empty());
    let sent = test.sent_to(viewer);
    assert_eq!(refusals(&sent), [(1, Refusal::ViewOnly)]);
    let live: Vec<LiveUpdate> = test
        .sent_to(other)
        .iter()
        .filter_map(|message| match message {
            ServerMsg::Live(items) => Some(items.iter().map(|(_, item)| item.clone())),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(live, [LiveUpdate::Cursor(Some([1.0, 2.0]))]);
}

#[test]
fn a_viewer_that_keeps_sending_commits_is_closed() {
    let mut test = TestRoom::new();
    let viewer = test.join(1, &hello(1, 1, None), Role::View);
    for cno in 1..200 {
        test.commit(viewer, put(cno, 1));
    }
    assert_eq!(test.closed, [(viewer, CloseCode::TooFast)]);
}

#[test]
fn a_newer_connection_replaces_an_older_and_not_the_other_way_round() {
    let mut test = TestRoom::new();
    let old = test.join(1, &hello(1, 1, None), Role::Edit);
    let new = test.join(2, &hello(1, 2, None), Role::Edit);
    assert_eq!(test.closed, [(old, CloseCode::Replaced)]);
    let late = test.join(3, &hello(1, 1, None), Role::Edit);
    assert_eq!(test.closed.last(), Some(&(late, CloseCode::Replaced)));
    assert_eq!(people(&test.sent_to(new)).len(), 1);
}

#[test]
fn a_newer_session_on_another_server_replaces_this_one() {
    let mut test = TestRoom::new();
    let here = test.join(1, &hello(1, 1, None), Role::Edit);
    is_elsewhere(&mut test, 1, 2);
    test.collect_effects();
    assert_eq!(test.closed, [(here, CloseCode::Replaced)]);
}

/// The lists of people that the room published since it was asked last.
fn announced(test: &mut TestRoom) -> Vec<usize> {
    test.collect_effects();
    let published = std::mem::take(&mut test.published).into_iter();
    let people = published.filter_map(|relay| match relay.message {
        RelayMessage::People(people) => Some(people.len()),
        _ => None,
    });
    people.collect()
}

#[test]
fn people_of_another_server_are_no_reason_to_announce_those_of_this_one() {
    let mut test = TestRoom::new();
    test.join(1, &hello(1, 1, None), Role::Edit);
    test.advance(300);
    assert_eq!(announced(&mut test).last(), Some(&1));
    is_elsewhere(&mut test, 2, 1);
    test.advance(300);
    assert!(announced(&mut test).is_empty());
    test.advance(3_000);
    assert_eq!(announced(&mut test), [1], "the lease goes on");
}

#[test]
fn people_of_a_silent_server_expire() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    is_elsewhere(&mut test, 2, 1);
    test.advance(9_000);
    assert_eq!(people(&test.sent_to(one)).len(), 2);
    test.advance(500);
    assert_eq!(people(&test.sent_to(one)).len(), 1);
}

#[test]
fn a_person_who_left_is_gone_within_three_seconds() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::Edit);
    assert_eq!(people(&test.sent_to(one)).len(), 2);
    test.room.leave(two, test.now);
    for _ in 0..15 {
        test.advance(200);
    }
    assert_eq!(people(&test.sent_to(one)).len(), 1);
}

#[test]
fn a_quiet_session_hears_a_heartbeat_within_two_seconds() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    for _ in 0..6 {
        test.advance(200);
    }
    let sent = test.sent_to(one);
    assert!(matches!(sent[..], [ServerMsg::Heartbeat(_)]), "{sent:?}");
    assert!(!test.room.has_output(one, test.now));
}

/// The times at which a session is sent heartbeats, within so many milliseconds.
fn heartbeats(test: &mut TestRoom, session: SessionNo, within: u64) -> Vec<u64> {
    let (begin, mut times) = (test.now, Vec::new());
    while test.now < begin + within {
        test.advance(100);
        if let [ServerMsg::Heartbeat(_), ..] = test.sent_to(session)[..] {
            times.push(test.now - begin);
        }
        assert!(test.room.output_due(session) > test.now);
    }
    times
}

#[test]
fn a_silent_board_has_few_heartbeats_until_anything_happens() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::Edit);
    for session in [one, two] {
        test.sent_to(session);
    }
    let times = heartbeats(&mut test, one, 16_000);
    assert_eq!(times, [1_200, 2_400, 3_600, 4_800, 8_800, 12_800]);
    test.send(one, ClientMsg::Live(LiveUpdate::Cursor(None)));
    // It is not sent its own cursor, but hears at once that its connection works.
    assert!(matches!(test.sent_to(one)[..], [ServerMsg::Heartbeat(_)]));
    assert!(matches!(test.sent_to(two)[..], [ServerMsg::Live(_)]));
    let times = heartbeats(&mut test, one, 4_000);
    assert_eq!(times, [1_200, 2_400, 3_600]);
}

#[test]
fn clients_of_version_6_hear_as_many_heartbeats_on_a_silent_board() {
    let mut test = TestRoom::new();
    let mut earlier = hello(1, 1, None);
    earlier.version = 6;
    let one = test.join(1, &earlier, Role::Edit);
    test.sent_to(one);
    assert_eq!(heartbeats(&mut test, one, 12_000).len(), 10);
}

/// A hello of the visitor with this number.
fn visitor(number: u32) -> Hello {
    let mut key = [7; 16];
    key[..4].copy_from_slice(&number.to_be_bytes());
    Hello {
        key: ClientKey::from_bytes(key),
        ..hello(0, 1, None)
    }
}

#[test]
fn numbers_of_people_who_left_are_forgotten_when_there_are_many() {
    let mut test = TestRoom::new();
    let host = test.join(0, &hello(1, 1, None), Role::Edit);
    let number_of = |test: &mut TestRoom, client: ClientId| {
        let sent = test.sent_to(host);
        let person = people(&sent).into_iter().find(|it| it.client == client);
        person.expect("the person is there").peer
    };
    let visit = |test: &mut TestRoom, number: u32| {
        let hello = visitor(number);
        let session = test.join(u64::from(number) + 1, &hello, Role::Edit);
        let peer = number_of(test, hello.key.client_id());
        test.room.leave(session, test.now);
        // Longer than a person who left is still shown.
        test.advance(2_000);
        peer
    };
    let first = visit(&mut test, 0);
    assert_eq!(visit(&mut test, 0), first, "few numbers are all kept");
    for number in 1..=2 * MAX_PEOPLE as u32 {
        visit(&mut test, number);
    }
    assert_ne!(visit(&mut test, 0), first, "the number was kept for ever");
}

#[test]
fn people_who_stay_keep_their_numbers_however_many_come_and_go() {
    let mut test = TestRoom::new();
    let host = test.join(0, &hello(1, 1, None), Role::Edit);
    let number_of_host = |test: &mut TestRoom| {
        let sent = test.sent_to(host);
        let host = people(&sent)
            .into_iter()
            .find(|it| it.client == key(1).client_id());
        host.expect("the host is there").peer
    };
    let before = number_of_host(&mut test);
    for number in 0..=3 * MAX_PEOPLE as u32 {
        let session = test.join(u64::from(number) + 1, &visitor(number), Role::Edit);
        test.room.leave(session, test.now);
        test.advance(2_000);
    }
    assert_eq!(number_of_host(&mut test), before);
}

#[test]
fn the_list_of_people_is_sent_at_most_ten_times_a_second() {
    let mut test = TestRoom::new();
    let sessions = [1, 2].map(|who| test.join(u64::from(who), &hello(who, 1, None), Role::Edit));
    let [one, two] = sessions;
    let mut lists = 0;
    for change in 0..1_000 {
        let profile = Profile {
            name: change.to_string(),
            ..Profile::default()
        };
        test.send(one, ClientMsg::Profile(profile));
        for session in sessions {
            let sent = test.sent_to(session);
            let is_list = |message: &&ServerMsg| matches!(message, ServerMsg::People(_));
            lists += sent.iter().filter(is_list).count();
        }
        test.advance(1);
    }
    assert!((20..=24).contains(&lists), "{lists}");
    test.advance(100);
    let sent = test.sent_to(two);
    let names: Vec<&str> = people(&sent)
        .iter()
        .map(|it| it.profile.name.as_str())
        .collect();
    assert!(names.contains(&"999"), "{names:?}");
}

#[test]
fn long_lists_of_people_leave_most_of_a_slow_connection_to_commits() {
    let mut test = TestRoom::new();
    let named = |number: u32| Profile {
        name: format!("{number:03}{}", "😀".repeat(60)),
        ..Profile::default()
    };
    let reader = test.join(1_000, &hello(1, 1, None), Role::Edit);
    for number in 0..MAX_PEOPLE as u32 - 1 {
        let profile = named(number);
        let hello = Hello {
            profile,
            ..visitor(number)
        };
        test.join(u64::from(number), &hello, Role::View);
    }
    test.advance(20_000);
    test.sent_frames(reader);
    let (mut lists, mut largest) = (0, 0);
    for change in 0..200 {
        let renamed = ClientMsg::Profile(named(change));
        test.send(SessionNo(7), renamed);
        for frame in test.sent_frames(reader) {
            let message = decode(&frame, MAX_FRAME_BYTES).unwrap();
            if matches!(message, ServerMsg::People(_)) {
                lists += 1;
                largest = largest.max(frame.len());
            }
        }
        test.advance(100);
    }
    // At the rate that is assumed first, a list takes more than two seconds.
    assert!(largest > 64 * 1024, "{largest}");
    assert!((1..=4).contains(&lists), "{lists} lists in 20 s");
    test.advance(60_000);
    let sent = test.sent_to(reader);
    let newest = people(&sent).iter().any(|it| it.profile == named(199));
    assert!(newest, "the newest list comes in the end");
}

//! Who is in a room, through which server, and what a viewer may do.

use super::*;

/// Another server says that this person is there, in this session.
fn is_elsewhere(desk: &mut Desk, person: u8, session: u32) {
    let guest = Guest {
        client: key(person).client_id(),
        session,
        role: Role::Edit,
        profile: Profile::default(),
    };
    let relay = Relay {
        node: NodeId::from_bytes([6; 16]),
        word: Word::People(vec![guest]),
    };
    desk.room.on_relay(&encode(&relay).unwrap(), 0);
}

#[test]
fn everybody_hears_of_themselves_too() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let heard = desk.hears(one);
    let clients: Vec<ClientId> = people(&heard).iter().map(|person| person.client).collect();
    assert_eq!(clients, [key(1).client_id()]);
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
    is_elsewhere(&mut desk, 1, 2);
    desk.gather();
    assert_eq!(desk.closed, [(here, CloseCode::Replaced)]);
}

#[test]
fn a_server_that_falls_silent_loses_its_people() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    is_elsewhere(&mut desk, 2, 1);
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
    let mut desk = Desk::new();
    let host = desk.join(0, &hello(1, 1, None), Role::Edit);
    let number_of = |desk: &mut Desk, client: ClientId| {
        let heard = desk.hears(host);
        let person = people(&heard).into_iter().find(|it| it.client == client);
        person.expect("the person is there").peer
    };
    let visit = |desk: &mut Desk, number: u32| {
        let hello = visitor(number);
        let session = desk.join(u64::from(number) + 1, &hello, Role::Edit);
        let peer = number_of(desk, hello.key.client_id());
        desk.room.leave(session, desk.now);
        // Longer than somebody who left is still shown.
        desk.pass(2_000);
        peer
    };
    let first = visit(&mut desk, 0);
    assert_eq!(visit(&mut desk, 0), first, "few numbers are all kept");
    for number in 1..=2 * MAX_PEOPLE as u32 {
        visit(&mut desk, number);
    }
    assert_ne!(visit(&mut desk, 0), first, "the number was kept for ever");
}

#[test]
fn people_who_stay_keep_their_numbers_however_many_come_and_go() {
    let mut desk = Desk::new();
    let host = desk.join(0, &hello(1, 1, None), Role::Edit);
    let number_of_host = |desk: &mut Desk| {
        let heard = desk.hears(host);
        let host = people(&heard)
            .into_iter()
            .find(|it| it.client == key(1).client_id());
        host.expect("the host is there").peer
    };
    let before = number_of_host(&mut desk);
    for number in 0..=3 * MAX_PEOPLE as u32 {
        let session = desk.join(u64::from(number) + 1, &visitor(number), Role::Edit);
        desk.room.leave(session, desk.now);
        desk.pass(2_000);
    }
    assert_eq!(number_of_host(&mut desk), before);
}

//! When a driver connects, waits and gives up.

use super::*;

#[test]
fn a_new_driver_connects_at_once_and_says_hello_first() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    assert_eq!(rig.connects, [0]);
    rig.draws(1);
    assert_eq!(rig.driver.poll_send(0), None, "there is no socket yet");
    rig.connect();
    assert_eq!(rig.sends(), [] as [u64; 0], "the server has not answered");
}

#[test]
fn a_lost_connection_is_made_again_after_a_wait() {
    let mut rig = Rig::online();
    rig.waits(3_000);
    rig.receives(heartbeat(0, 0));
    rig.waits(3_000);
    rig.loses_connection(None);
    assert!(!rig.driver.is_connected());
    let wait = rig.waits_for_attempt();
    assert!(wait < 1_000, "{wait} ms");
}

#[test]
fn waits_grow_while_connecting_fails_for_long() {
    let mut rig = Rig::online();
    let mut wait = 0;
    while rig.now < 120_000 {
        rig.loses_connection(None);
        wait = rig.waits_for_attempt();
    }
    assert!((10_000..=20_000).contains(&wait), "{wait} ms");
}

#[test]
fn a_server_that_this_client_overloads_gets_rest() {
    for code in [CloseCode::Slow, CloseCode::TooFast, CloseCode::Crowded] {
        let mut rig = Rig::online();
        let mut waits = Vec::new();
        for _ in 0..4 {
            rig.loses_connection(Some(code));
            waits.push(rig.waits_for_attempt());
            rig.connect();
            rig.receives(welcome(at(0), 0, Role::Edit, true));
        }
        assert!(waits.is_sorted(), "{waits:?}");
        assert!((10_000..=20_000).contains(&waits[3]), "{waits:?}");
    }
}

#[test]
fn a_first_attempt_that_takes_ten_seconds_has_failed() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.waits(9_999);
    assert!(rig.has_socket);
    rig.waits(1);
    assert!(!rig.has_socket, "the driver gave up the attempt");
    assert!(rig.waits_for_attempt() <= 1_000);
    rig.connect();
}

/// Lets attempts fail by silence; returns how long each may take.
fn durations_of_attempts(rig: &mut Rig, count: usize) -> Vec<u64> {
    let mut durations = Vec::new();
    for _ in 0..count {
        rig.waits_for_attempt();
        let (begin, ends) = (rig.now, rig.disconnects.len());
        while rig.disconnects.len() == ends {
            rig.waits(1);
        }
        durations.push(rig.now - begin);
    }
    durations
}

#[test]
fn an_attempt_may_take_four_times_as_long_as_the_last_one_that_succeeded() {
    for (took, expected) in [
        (20, [3_000, 6_000, 10_000, 10_000]),
        (1_000, [4_000, 8_000, 10_000, 10_000]),
        (9_000, [10_000; 4]),
    ] {
        let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
        rig.waits(took);
        rig.connect();
        rig.loses_connection(None);
        assert_eq!(durations_of_attempts(&mut rig, 4), expected, "{took} ms");
    }
}

#[test]
fn a_refusal_of_the_server_is_final() {
    for code in CloseCode::ALL {
        let mut rig = Rig::online();
        rig.loses_connection(Some(code));
        rig.waits(60_000);
        let is_final = code.number() >= 4_100;
        assert_eq!(rig.gave_up, is_final.then_some(code));
        assert_eq!(rig.connects.len() == 1, is_final, "{code:?}");
    }
}

#[test]
fn a_server_that_is_never_understood_has_another_version() {
    let mut rig = Rig::online();
    for _ in 0..2 {
        rig.receives_garbage();
        assert_eq!((rig.has_socket, rig.gave_up), (false, None));
        rig.waits_for_attempt();
        rig.connect();
    }
    rig.receives_garbage();
    assert_eq!(rig.gave_up, Some(CloseCode::Version));
    assert!(!rig.has_socket);
}

#[test]
fn a_message_out_of_order_ends_the_connection() {
    let mut rig = Rig::online();
    let gap = ServerMsg::Commit {
        seq: 2,
        commit: authored(client_id(2), 1, vec![line(1)]),
    };
    rig.receives(gap);
    assert!(!rig.has_socket && rig.gave_up.is_none());
    rig.waits_for_attempt();
    assert_eq!(rig.connect().resume, Some(at(0)));
}

#[test]
fn a_silent_server_is_left_after_five_seconds() {
    let mut rig = Rig::online();
    rig.waits(4_999);
    assert!(rig.has_socket);
    rig.waits(1);
    assert!(!rig.has_socket);
    assert!(rig.waits_for_attempt() <= 1_000);
}

#[test]
fn a_driver_leaves_a_server_that_goes_away_within_the_announced_time() {
    let mut rig = Rig::online();
    rig.receives(ServerMsg::Goodbye { within_ms: 2_000 });
    assert!(rig.has_socket, "the server still answers");
    let wait = rig.waits_for_attempt();
    assert!(wait <= 2_000, "{wait} ms");
    assert!(rig.has_socket);
    assert_eq!(rig.disconnects, [wait], "it connects again at once");
}

#[test]
fn a_quick_move_to_another_server_does_not_show() {
    let mut rig = Rig::online();
    rig.receives(ServerMsg::Goodbye { within_ms: 500 });
    rig.waits_for_attempt();
    let saved = Status::Saved { durable: true };
    assert_eq!(rig.driver.replica().status(rig.now), saved);
    rig.connect();
    assert_eq!(rig.driver.replica().status(rig.now), saved);
    rig.receives(welcome(at(0), 0, Role::Edit, true));
    assert_eq!(rig.driver.replica().status(rig.now), saved);
}

#[test]
fn a_move_that_takes_two_seconds_or_fails_shows() {
    let mut slow = Rig::online();
    slow.receives(ServerMsg::Goodbye { within_ms: 500 });
    slow.waits_for_attempt();
    let shows_at = slow.driver.poll_timeout(slow.now).unwrap();
    assert!(shows_at <= 2_000, "{shows_at}");
    slow.waits(shows_at - slow.now);
    slow.connect();
    assert_eq!(slow.driver.replica().status(slow.now), Status::Reconnecting);

    let mut failing = Rig::online();
    failing.receives(ServerMsg::Goodbye { within_ms: 500 });
    failing.waits_for_attempt();
    failing.loses_connection(None);
    let status = failing.driver.replica().status(failing.now);
    assert_eq!(status, Status::Reconnecting);
}

#[test]
fn a_server_that_goes_away_early_is_left_within_the_announced_time() {
    let mut rig = Rig::online();
    rig.receives(ServerMsg::Goodbye { within_ms: 400 });
    rig.loses_connection(Some(CloseCode::Restart));
    let wait = rig.waits_for_attempt();
    assert!(wait <= 400, "{wait} ms");
}

#[test]
fn a_network_that_comes_back_shortens_the_wait() {
    let mut rig = Rig::online();
    while rig.now < 120_000 {
        rig.loses_connection(None);
        rig.waits_for_attempt();
    }
    rig.loses_connection(None);
    rig.driver.on_network_restored(rig.now);
    let wait = rig.waits_for_attempt();
    assert!(wait <= 300, "{wait} ms");
}

#[test]
fn a_network_that_comes_back_shortens_an_attempt_that_began_without_it() {
    let mut rig = Rig::online();
    rig.loses_connection(None);
    assert_eq!(durations_of_attempts(&mut rig, 3), [3_000, 6_000, 10_000]);
    rig.waits_for_attempt();
    let restored = rig.now;
    rig.driver.on_network_restored(rig.now);
    let wait = rig.waits_for_attempt();
    assert_eq!(rig.disconnects.last(), Some(&(restored + 3_000)));
    assert!(wait <= 5_000, "{wait} ms");
}

#[test]
fn a_network_that_comes_back_ends_a_connection_with_a_silent_server() {
    for (silence, is_replaced) in [(1_999, false), (2_000, true)] {
        let mut rig = Rig::online();
        rig.waits(silence);
        rig.driver.on_network_restored(rig.now);
        rig.carry_out();
        assert_eq!(!rig.has_socket, is_replaced, "{silence} ms");
        if is_replaced {
            assert!(rig.waits_for_attempt() <= 300);
        }
    }
}

#[test]
fn frames_of_an_ended_connection_are_ignored() {
    let mut rig = Rig::online();
    rig.loses_connection(None);
    rig.receives(ServerMsg::Title("late".into()));
    rig.receives(welcome(at(0), 0, Role::Edit, true));
    for _ in 0..3 {
        rig.receives_garbage();
    }
    assert_eq!(rig.gave_up, None);
    assert_eq!(rig.driver.replica().status(rig.now), Status::Reconnecting);
}

#[test]
fn live_updates_are_dropped_while_the_socket_is_full_and_commits_are_not() {
    let mut rig = Rig::online();
    rig.driver.send_live(LiveUpdate::Cursor(Some([1.0, 2.0])));
    rig.draws(1);
    let full = 100_000;
    assert!(matches!(
        rig.driver.poll_send(full),
        Some(ClientMsg::Commit(_))
    ));
    assert_eq!(rig.driver.poll_send(full), None);
    assert_eq!(rig.driver.poll_send(0), None, "the cursor was dropped");
    rig.driver.send_live(LiveUpdate::Cursor(Some([1.0, 2.0])));
    assert!(matches!(rig.driver.poll_send(0), Some(ClientMsg::Live(_))));
}

#[test]
fn a_profile_is_sent_again_with_each_hello() {
    let mut rig = Rig::online();
    let profile = Profile {
        name: "Ada".into(),
        ..Profile::default()
    };
    rig.driver.set_profile(profile.clone());
    let sent = rig.driver.poll_send(0);
    assert_eq!(sent, Some(ClientMsg::Profile(profile.clone())));
    rig.loses_connection(None);
    rig.waits_for_attempt();
    assert_eq!(rig.connect().profile, profile);
}

#[test]
fn a_driver_waits_as_long_as_the_server_reports_how_far_the_opening_is() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.connect();
    for done in 0..120 {
        rig.waits(1_000);
        rig.receives(ServerMsg::Opening(done));
    }
    assert!(rig.disconnects.is_empty() && rig.driver.is_connected());
    rig.receives(welcome(at(0), 0, Role::Edit, false));
    // Without reports it gives up the connection.
    rig.loses_connection(None);
    rig.waits_for_attempt();
    rig.connect();
    let before = rig.disconnects.len();
    rig.waits(6_000);
    assert_eq!(rig.disconnects.len(), before + 1);
}

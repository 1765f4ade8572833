//! When a driver reports that its server stays away, and what it knows of the cause.

use shared::sync::Obstacle;

use super::*;

#[test]
fn an_outage_is_reported_once_after_ten_seconds() {
    let mut rig = Rig::online();
    rig.loses_connection(None);
    for _ in 0..60 {
        rig.waits(250);
        if rig.has_socket {
            rig.loses_connection(None);
        }
        let is_reported = rig.now >= 10_000;
        assert_eq!(rig.outages, usize::from(is_reported), "at {}", rig.now);
        let obstacle = is_reported.then_some(Obstacle::NoConnection);
        assert_eq!(rig.driver.obstacle(), obstacle);
    }
}

#[test]
fn a_welcome_ends_the_outage() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.waits(10_000);
    assert_eq!(rig.outages, 1, "the first connection never opened");
    rig.waits_for_attempt();
    rig.connect();
    assert_eq!(rig.driver.obstacle(), Some(Obstacle::NoWelcome));
    rig.receives(welcome(at(0), 0, Role::Edit, false));
    assert_eq!(rig.driver.obstacle(), None);
    rig.receives(snapshot(&state(at(0), &[])));
    for _ in 0..20 {
        rig.waits(800);
        rig.receives(heartbeat(0, 0));
    }
    assert_eq!(rig.outages, 1);
}

/// What the next connections of a client do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Attempt {
    Fails,
    /// It opens and the server says nothing.
    Opens,
    /// It opens and the server closes it.
    Closes(Option<CloseCode>),
}

use Attempt::{Closes, Fails, Opens};

#[test]
fn the_obstacle_follows_from_the_last_attempts() {
    for (attempts, expected) in [
        (vec![Fails], Obstacle::NoConnection),
        (vec![Opens], Obstacle::NoWelcome),
        (vec![Closes(None)], Obstacle::NoWelcome),
        (
            vec![Closes(Some(CloseCode::Unavailable))],
            Obstacle::BoardUnavailable,
        ),
        (
            vec![Closes(Some(CloseCode::Unavailable)), Fails],
            Obstacle::NoConnection,
        ),
        (
            vec![Closes(Some(CloseCode::Unavailable)), Opens],
            Obstacle::BoardUnavailable,
        ),
        (
            vec![Closes(Some(CloseCode::Crowded)), Opens],
            Obstacle::BoardCrowded,
        ),
        (vec![Fails, Opens], Obstacle::NoWelcome),
        (vec![Opens, Fails], Obstacle::NoConnection),
    ] {
        let mut rig = Rig::online();
        rig.loses_connection(None);
        while rig.now < 12_000 {
            rig.waits_for_attempt();
            rig.loses_connection(None);
        }
        for attempt in &attempts {
            rig.waits_for_attempt();
            match attempt {
                Fails => rig.loses_connection(None),
                Opens => {
                    rig.connect();
                    // A driver leaves a silent server after five seconds.
                    if attempt != attempts.last().unwrap() {
                        rig.waits(5_000);
                    }
                }
                Closes(code) => {
                    rig.connect();
                    rig.loses_connection(*code);
                }
            }
        }
        assert_eq!(rig.driver.obstacle(), Some(expected), "{attempts:?}");
    }
}

#[test]
fn a_silent_server_is_an_outage_and_one_that_opens_a_board_is_none() {
    let mut rig = Rig::online();
    rig.waits(12_000);
    assert_eq!(rig.outages, 1, "2 s of silence and 10 s more");

    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.connect();
    for _ in 0..15 {
        // Any message shows that the server is at work.
        rig.receives(ServerMsg::Title("slow".into()));
        rig.waits(1_000);
    }
    assert_eq!(rig.outages, 0);
}

#[test]
fn a_crowded_board_is_told_at_once() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.connect();
    rig.loses_connection(Some(CloseCode::Crowded));
    assert_eq!(rig.driver.obstacle(), Some(Obstacle::BoardCrowded));
    rig.waits_for_attempt();
    rig.connect();
    assert_eq!(rig.driver.obstacle(), Some(Obstacle::BoardCrowded));
    rig.receives(welcome(at(0), 0, Role::Edit, false));
    assert_eq!(rig.driver.obstacle(), None);
}

#[test]
fn a_refusal_is_no_outage() {
    let mut rig = Rig::online();
    rig.loses_connection(Some(CloseCode::NoAccess));
    rig.waits(60_000);
    assert_eq!((rig.outages, rig.driver.obstacle()), (0, None));
}

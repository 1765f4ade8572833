//! The checker finds what is wrong in logs that are made up.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::id::{ClientId, Epoch, Position};
use shared::model::Board;
use shared::protocol::Role;
use shared::sync::Status;
use testkit::client::{Note, Noted};
use testkit::fixtures::client_id;
use tokio::time::Instant;

use super::check;
use super::evidence::{Departure, End, Evidence, Leaving};
use crate::invariant::Invariant;
use crate::person::Log;

const SAVED: Note = Note::Status(Status::Saved { durable: true });

fn at(seq: u64) -> Position {
    let epoch = Epoch::from_bytes([7; 16]);
    Position { epoch, seq }
}

fn placed(seq: u64, author: u8, cno: u64) -> Note {
    let author = client_id(author);
    Note::Placed { seq, author, cno }
}

/// The log of a person whose notes have these times, in milliseconds.
fn log(who: u8, begin: Instant, notes: Vec<(u64, Note)>) -> Log {
    let noted = |(millis, note)| Noted {
        when: begin + Duration::from_millis(millis),
        note,
    };
    Log {
        me: client_id(who),
        role: Role::Edit,
        notes: notes.into_iter().map(noted).collect(),
        made: 0,
        drawn: Vec::new(),
        at: Some(at(2)),
        board: Board::new(),
        pending: 0,
    }
}

fn evidence(logs: Vec<Log>) -> Evidence {
    let authors: BTreeMap<ClientId, u64> = BTreeMap::from([(client_id(1), 2)]);
    Evidence {
        logs,
        gone: Vec::new(),
        end: Some(End {
            at: at(2),
            board: Board::new(),
            authors,
        }),
        stored: None,
        faults: Vec::new(),
        lag: Duration::ZERO,
        longest_notice: None,
        growth_limit: Some(1_000),
        findings: Vec::new(),
        resident: (0, 0),
    }
}

/// A person who sees two commits of person 1.
fn usual(who: u8, begin: Instant) -> Log {
    let loaded = Note::Loaded(at(0));
    let notes = [loaded, SAVED, placed(1, 1, 1), placed(2, 1, 2)];
    log(
        who,
        begin,
        notes.into_iter().map(|note| (1, note)).collect(),
    )
}

fn broken(evidence: &Evidence, invariant: Invariant) -> bool {
    check(evidence, &[invariant]).breaks(invariant)
}

#[test]
fn a_usual_run_holds() {
    let begin = Instant::now();
    let evidence = evidence(vec![usual(1, begin), usual(2, begin)]);
    for invariant in [
        Invariant::Durability,
        Invariant::Once,
        Invariant::Agreement,
        Invariant::Contiguity,
        Invariant::Order,
        Invariant::Roles,
        Invariant::Presence,
        Invariant::Memory,
        Invariant::Delivery,
    ] {
        assert!(!broken(&evidence, invariant), "{invariant:?}");
    }
}

#[test]
fn a_missed_position_is_found() {
    let begin = Instant::now();
    let notes = vec![(0, Note::Loaded(at(0))), (1, placed(2, 1, 2))];
    let evidence = evidence(vec![usual(1, begin), log(2, begin, notes)]);
    assert!(broken(&evidence, Invariant::Contiguity));
}

#[test]
fn commits_in_another_order_are_found() {
    let begin = Instant::now();
    let notes = vec![
        (0, Note::Loaded(at(0))),
        (1, placed(1, 1, 2)),
        (2, placed(2, 1, 1)),
    ];
    let backwards = evidence(vec![log(2, begin, notes)]);
    assert!(broken(&backwards, Invariant::Order));
    let both = evidence(vec![
        usual(1, begin),
        backwards.logs.into_iter().next().unwrap(),
    ]);
    assert!(broken(&both, Invariant::Agreement));
}

#[test]
fn a_commit_at_two_places_is_found() {
    let begin = Instant::now();
    let notes = vec![
        (0, Note::Loaded(at(0))),
        (1, placed(1, 1, 1)),
        (2, placed(2, 1, 1)),
    ];
    assert!(broken(
        &evidence(vec![log(2, begin, notes)]),
        Invariant::Once
    ));
}

#[test]
fn a_lost_commit_is_found() {
    let begin = Instant::now();
    let mut author = usual(1, begin);
    author.made = 3;
    assert!(broken(&evidence(vec![author]), Invariant::Durability));
}

#[test]
fn two_boards_at_one_position_are_found() {
    let begin = Instant::now();
    let mut people = vec![usual(1, begin), usual(2, begin)];
    for (person, digest) in people.iter_mut().zip([4, 5]) {
        let note = Note::Board(at(2), digest);
        person.notes.push(Noted { when: begin, note });
    }
    assert!(broken(&evidence(people), Invariant::Agreement));
}

#[test]
fn only_a_silent_wait_is_a_stall() {
    let begin = Instant::now();
    let waits = |told: bool| {
        let mut notes = vec![(0, Note::Loaded(at(0))), (0, SAVED)];
        if told {
            notes.push((1_500, Note::Status(Status::Reconnecting)));
        }
        notes.push((4_000, placed(1, 1, 1)));
        notes.push((4_000, placed(2, 1, 2)));
        evidence(vec![usual(1, begin), log(2, begin, notes)])
    };
    assert!(broken(&waits(false), Invariant::Delivery));
    assert!(!broken(&waits(true), Invariant::Delivery));
}

#[test]
fn a_ghost_and_a_server_that_grows_are_found() {
    let begin = Instant::now();
    let people = |who: &[u8]| Note::People(who.iter().map(|who| client_id(*who)).collect());
    let mut watcher = usual(1, begin);
    for (millis, note) in [(10, people(&[1, 2])), (5_000, people(&[1]))] {
        let when = begin + Duration::from_millis(millis);
        watcher.notes.push(Noted { when, note });
    }
    let mut evidence = evidence(vec![watcher]);
    evidence.resident = (5_000, 7_000);
    assert!(broken(&evidence, Invariant::Memory));
    for (leaving, is_broken) in [(Leaving::Closed, true), (Leaving::Crashed, false)] {
        let departure = Departure {
            client: client_id(2),
            when: begin + Duration::from_millis(100),
            leaving,
        };
        evidence.gone = vec![(departure, usual(2, begin))];
        assert_eq!(
            broken(&evidence, Invariant::Presence),
            is_broken,
            "{leaving:?}"
        );
    }
}

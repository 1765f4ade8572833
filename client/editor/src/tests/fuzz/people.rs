//! Some people on one board: whole editors over real replicas, and the log between them.
//!
//! Messages pass through the codec and wait in both directions until the test delivers them.

use std::collections::BTreeSet;

use shared::id::{ClientKey, Epoch, Millis, Position};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Body, Element};
use shared::op::{AuthoredCommit, Commit};
use shared::protocol::{ClientMsg, ServerMsg, decode};
use shared::sync::ConfirmedState;

use super::person::Person;
use crate::tests::rig::op_word;

/// The empty board.
pub(super) const START: Position = Position {
    epoch: Epoch::from_bytes([9; 16]),
    seq: 0,
};

/// All people, and the log of the server.
pub(super) struct People {
    pub(super) people: Vec<Person>,
    pub(super) history: ConfirmedState,
    pub(super) now: Millis,
    /// The kinds of ops that occurred.
    pub(super) done: BTreeSet<&'static str>,
}

impl People {
    pub(super) fn new(count: u8) -> Self {
        Self {
            people: (1..=count).map(Person::new).collect(),
            history: ConfirmedState::empty(START),
            now: 0,
            done: BTreeSet::new(),
        }
    }

    /// The server receives the next commit of a person.
    pub(super) fn hear(&mut self, who: usize) -> bool {
        let Some(frame) = self.people[who].said() else {
            return false;
        };
        match decode::<ClientMsg>(&frame, MAX_FRAME_BYTES).unwrap() {
            ClientMsg::Commit(commit) => self.place(who, commit),
            ClientMsg::Live(item) => {
                let peer = self.people[who].peer();
                self.tell_others(who, &ServerMsg::Live(vec![(peer, item)]));
            }
            ClientMsg::Hello(_)
            | ClientMsg::Profile(_)
            | ClientMsg::Received(_)
            | ClientMsg::ChatPage(_) => {}
        }
        true
    }

    fn place(&mut self, who: usize, commit: Commit) {
        let author = self.people[who].replica.me();
        assert_eq!(commit.cno, self.history.last_cno(author) + 1);
        let cno = commit.cno;
        let commit = AuthoredCommit { author, commit };
        let undo = self.history.push(&commit);
        self.history.board().check_invariants().unwrap();
        self.done.extend(commit.commit.ops.iter().map(op_word));
        let board = self.history.board();
        let touched = undo.touched().filter_map(|id| board.get(id));
        self.done
            .extend(touched.flat_map(|element| states(element)));
        let seq = self.history.at().seq;
        self.people[who].tell(&ServerMsg::Ack { seq, cno });
        self.tell_others(who, &ServerMsg::Commit { seq, commit });
    }

    fn tell_others(&mut self, who: usize, message: &ServerMsg) {
        for (at, person) in self.people.iter_mut().enumerate() {
            if at != who {
                person.tell(message);
            }
        }
    }

    /// Delivers all commits to all people.
    pub(super) fn settle(&mut self) {
        let now = self.now;
        loop {
            let mut moved = false;
            for who in 0..self.people.len() {
                while self.hear(who) {
                    moved = true;
                }
            }
            for person in &mut self.people {
                while person.listen(now) {
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// All boards are equal to the board of the log.
    pub(super) fn check_alike(&self, at: &str) {
        for person in &self.people {
            assert_eq!(person.replica.pending(), 0, "{at}");
            assert!(
                person.board() == self.history.board(),
                "{at}: {} sees another board",
                person.number
            );
            person.check_index(at);
        }
    }
}

/// Properties of an element that need several people or steps.
fn states(element: &Element) -> Vec<&'static str> {
    let props = &element.props;
    let mut states = Vec::new();
    let mut say = |holds: bool, what| states.extend(holds.then_some(what));
    say(props.start().is_some() || props.end().is_some(), "anchored");
    say(props.frame().is_some(), "framed");
    say(!props.groups().is_empty(), "grouped");
    let typists = (1..=3).filter(|number| {
        let person = ClientKey::from_bytes([*number; 16]).client_id();
        element.text.next_of(person) > 0
    });
    say(typists.count() > 1, "typed by two");
    if let Body::Stroke(stroke) = &element.body {
        let by: BTreeSet<_> = stroke.erased.iter().map(|cut| cut.by).collect();
        say(by.len() > 1, "cut by two");
    }
    states
}

//! Some people on one board: whole editors over real replicas, and the log between them.
//!
//! Messages pass through the codec and wait in both directions for as long as the one
//! who leads the test wants.

use std::collections::{BTreeSet, VecDeque};

use shared::id::{ClientKey, ElementId, Epoch, Millis, NodeId, Position, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, Body, Element};
use shared::op::{AuthoredCommit, Commit};
use shared::protocol::live::LiveItem;
use shared::protocol::{ClientMsg, PeerNo, Profile, Role, ServerMsg, Welcome, decode, encode};
use shared::sync::{Change, History, Replica, ReplicaEvent};

use crate::effect::Copied;
use crate::tests::desk::op_word;
use crate::{Action, Editor, Effect, Index, InputEvent, Prefs, ScreenSize, StyleChange, UiCommand};

/// The empty board.
const START: Position = Position {
    epoch: Epoch::from_bytes([9; 16]),
    seq: 0,
};

/// Somebody with an editor.
pub(super) struct Person {
    pub(super) editor: Editor,
    pub(super) replica: Replica,
    pub(super) copied: Option<Copied>,
    number: u8,
    made: u64,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
    /// Whether ink was begun on the live lane and not ended.
    inking: bool,
    /// What they did last, and what came of it, for whoever reads a failure.
    trail: VecDeque<String>,
}

/// Everybody, and what the server knows.
pub(super) struct Company {
    pub(super) people: Vec<Person>,
    pub(super) history: History,
    pub(super) now: Millis,
    /// What was ever done, in words.
    pub(super) done: BTreeSet<&'static str>,
}

impl Company {
    pub(super) fn new(count: u8) -> Self {
        Self {
            people: (1..=count).map(Person::new).collect(),
            history: History::empty(START),
            now: 0,
            done: BTreeSet::new(),
        }
    }

    /// The server hears the next word of somebody.
    pub(super) fn hear(&mut self, who: usize) -> bool {
        let Some(frame) = self.people[who].up.pop_front() else {
            return false;
        };
        match decode::<ClientMsg>(&frame, MAX_FRAME_BYTES).unwrap() {
            ClientMsg::Commit(commit) => self.place(who, commit),
            ClientMsg::Live(item) => {
                let peer = self.people[who].peer();
                self.tell_others(who, &ServerMsg::Live(vec![(peer, item)]));
            }
            ClientMsg::Hello(_) | ClientMsg::Profile(_) => {}
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

    /// Everything that was said arrives everywhere.
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

    /// All see the same, and it is what the log says.
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

impl Drop for Person {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{} did last: {:#?}", self.number, self.trail);
        }
    }
}

impl Person {
    fn new(number: u8) -> Self {
        let key = ClientKey::from_bytes([number; 16]);
        let mut replica = Replica::new(key, Vec::new(), 1, 0);
        let profile = Profile::default();
        replica.connected(Secret::from_bytes([number; 16]), 1, profile, 0);
        let welcome = ServerMsg::Welcome(Box::new(Welcome {
            you: replica.me(),
            node: NodeId::from_bytes([5; 16]),
            role: Role::Edit,
            title: String::new(),
            at: START,
            last_cno: 0,
            delta: false,
            durable: 0,
        }));
        replica.receive(welcome, 0).unwrap();
        let part = encode(History::empty(START).state()).unwrap().to_vec();
        let snapshot = ServerMsg::Snapshot {
            part: part.into(),
            last: true,
        };
        replica.receive(snapshot, 0).unwrap();
        while replica.poll_event().is_some() {}
        let mut person = Self {
            editor: Editor::new(replica.me()),
            replica,
            copied: None,
            number,
            made: 0,
            up: VecDeque::new(),
            down: VecDeque::new(),
            inking: false,
            trail: VecDeque::new(),
        };
        person.editor.set_name("Ada");
        // Random hands seldom ask for it.
        person.editor.set_prefs(Prefs {
            erase_parts: true,
            ..Prefs::default()
        });
        person.input(InputEvent::Resize(ScreenSize::new(800.0, 600.0)), 0);
        person
    }

    fn peer(&self) -> PeerNo {
        PeerNo(u32::from(self.number))
    }

    pub(super) fn board(&self) -> &Board {
        self.replica.board()
    }

    fn tell(&mut self, message: &ServerMsg) {
        self.down.push_back(encode(message).unwrap().to_vec());
    }

    /// Hears the next word of the server.
    pub(super) fn listen(&mut self, now: Millis) -> bool {
        let Some(frame) = self.down.pop_front() else {
            return false;
        };
        let message = decode(&frame, MAX_FRAME_BYTES).unwrap();
        self.replica.receive(message, now).unwrap();
        self.follow();
        true
    }

    fn note(&mut self, what: &dyn std::fmt::Debug) {
        let mut what = format!("{what:?}");
        what.truncate(what.floor_char_boundary(250));
        self.trail.push_back(what);
        if self.trail.len() > 12 {
            self.trail.pop_front();
        }
    }

    pub(super) fn input(&mut self, event: InputEvent, now: Millis) {
        self.note(&event);
        self.lead(now, |editor, ids, board| {
            editor.handle(event, now, ids, board)
        });
    }

    pub(super) fn run(&mut self, action: Action, now: Millis) {
        self.note(&action);
        self.lead(now, |editor, ids, board| {
            editor.run(action, now, ids, board)
        });
    }

    pub(super) fn restyle(&mut self, change: StyleChange, now: Millis) {
        self.lead(now, |editor, ids, board| {
            editor.restyle(change, now, ids, board)
        });
    }

    pub(super) fn frame(&mut self, now: Millis) {
        self.lead(now, |editor, ids, board| editor.frame(now, ids, board));
    }

    fn lead(
        &mut self,
        now: Millis,
        step: impl FnOnce(&mut Editor, &mut dyn FnMut() -> ElementId, &Board) -> Vec<Effect>,
    ) {
        let (number, made) = (self.number, &mut self.made);
        let mut ids = || {
            *made += 1;
            let mut bytes = [number; 16];
            bytes[8..].copy_from_slice(&made.to_be_bytes());
            ElementId::from_bytes(bytes)
        };
        let effects = step(&mut self.editor, &mut ids, self.replica.board());
        for effect in effects {
            if matches!(effect, Effect::Commit { .. }) {
                self.note(&effect);
            }
            self.carry_out(effect, now);
        }
    }

    fn carry_out(&mut self, effect: Effect, now: Millis) {
        match effect {
            Effect::Commit { ops, guard } => {
                let commit = Commit { cno: 1, guard, ops };
                commit.validate().unwrap();
                self.replica.submit(commit.ops, guard, now);
                self.follow();
            }
            Effect::Live(item) => {
                self.check_live(&item);
                self.replica.send_live(item);
                self.send();
            }
            Effect::Ui(UiCommand::Copy(copied)) => self.copied = Some(copied),
            Effect::Ui(_)
            | Effect::Cursor(_)
            | Effect::Camera(_)
            | Effect::Tool(_)
            | Effect::History
            | Effect::Selection
            | Effect::Typing
            | Effect::Redraw => {}
        }
    }

    fn follow(&mut self) {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Changed(changes) => {
                    let ids = changes.iter().map(|Change { id, .. }| *id);
                    self.editor.board_changed(ids, self.replica.board());
                }
                ReplicaEvent::Reset => self.editor.board_replaced(self.replica.board()),
                ReplicaEvent::Refused(reason) => panic!("refused: {reason:?}"),
                ReplicaEvent::Keep(_)
                | ReplicaEvent::Forget(_)
                | ReplicaEvent::Peers
                | ReplicaEvent::Title(_)
                | ReplicaEvent::Goodbye(_)
                | ReplicaEvent::Redial
                | ReplicaEvent::IdentityLost => {}
            }
        }
        self.send();
    }

    fn send(&mut self) {
        while let Some(message) = self.replica.poll_transmit() {
            self.up.push_back(encode(&message).unwrap().to_vec());
        }
    }

    /// Ink on the live lane begins, goes on and ends, in this order.
    fn check_live(&mut self, item: &LiveItem) {
        assert!(item.is_sound(), "{item:?}");
        match item {
            LiveItem::Begin { .. } => assert!(!std::mem::replace(&mut self.inking, true)),
            LiveItem::Ink { .. } => assert!(self.inking, "ink without beginning"),
            LiveItem::End { .. } => assert!(std::mem::take(&mut self.inking), "end of nothing"),
            LiveItem::Cursor(_)
            | LiveItem::Select(_)
            | LiveItem::Transform(_)
            | LiveItem::Draft(_)
            | LiveItem::Laser(_) => {}
        }
    }

    /// What must be true after every step of everybody.
    pub(super) fn check(&self, now: Millis, at: &str) {
        let board = self.board();
        if let Err(why) = board.check_invariants() {
            panic!("{at}: {why}");
        }
        self.check_ink(at);
        for id in &self.editor.selection().ids {
            assert!(board.get(*id).is_some(), "{at}: {id} is selected and gone");
        }
        assert_eq!(self.editor.index().len(), board.len(), "{at}");
        if let Some(view) = self.editor.typing(board) {
            assert!(board.get(view.id).is_some(), "{at}: writing on nothing");
            let len = u32::try_from(view.value.encode_utf16().count()).unwrap();
            assert!(
                view.range.0 <= view.range.1 && view.range.1 <= len,
                "{at}: {view:?}"
            );
        }
        let overlay = self.editor.overlay(now, board);
        for id in &overlay.selected {
            assert!(board.get(*id).is_some(), "{at}: an outline of nothing");
        }
        for handle in &overlay.handles {
            assert!(
                handle.at.x.is_finite() && handle.at.y.is_finite(),
                "{at}: {handle:?}"
            );
        }
    }

    /// A stroke that is open on the board is the one in hand.
    fn check_ink(&self, at: &str) {
        let me = self.replica.me();
        let open = self
            .board()
            .elements()
            .filter(|element| match &element.body {
                Body::Stroke(stroke) => stroke.open && element.author == me,
                Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => {
                    false
                }
            });
        let open: Vec<ElementId> = open.map(|element| element.id).collect();
        match self.editor.own_ink() {
            Some(ink) => assert!(
                open.iter().all(|id| *id == ink.id),
                "{at}: two open strokes"
            ),
            None => {
                assert!(open.is_empty(), "{at}: a stroke was left open");
                assert!(!self.inking, "{at}: live ink without end");
            }
        }
    }

    /// The index, kept up step by step, is the one that the board has.
    fn check_index(&self, at: &str) {
        let fresh = Index::of(self.board());
        for element in self.board().elements() {
            assert_eq!(
                self.editor.index().bounds_of(element.id),
                fresh.bounds_of(element.id),
                "{at}: {} is not where the index says",
                element.id
            );
        }
    }
}

/// What can be said of an element that only comes about by several people or steps.
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
        let by: BTreeSet<_> = stroke.cuts.iter().map(|cut| cut.by).collect();
        say(by.len() > 1, "cut by two");
    }
    states
}

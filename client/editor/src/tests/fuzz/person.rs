//! A person on a board: a whole editor over a real replica, and the invariants that it must keep.

use std::collections::VecDeque;

use shared::id::{ClientKey, ElementId, Millis, NodeId, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, Body};
use shared::op::Commit;
use shared::protocol::live::LiveUpdate;
use shared::protocol::{PeerNo, Profile, Role, ServerMsg, Welcome, decode, encode};
use shared::sync::{Caller, Change, ConfirmedState, Replica, ReplicaEvent};
use testkit::fixtures;

use super::people::START;
use crate::output::Copied;
use crate::{
    Command, Context, Editor, Index, InputEvent, Output, Prefs, ScreenSize, StyleChange, UiCommand,
};

/// A person with an editor.
pub(super) struct Person {
    pub(super) editor: Editor,
    pub(super) replica: Replica,
    pub(super) copied: Option<Copied>,
    pub(super) number: u8,
    made: u64,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
    /// Whether ink was begun on the live lane and not ended.
    inking: bool,
    /// Their last inputs and the outputs, for the message of a failure.
    trail: VecDeque<String>,
}

impl Drop for Person {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{} did last: {:#?}", self.number, self.trail);
        }
    }
}

impl Person {
    pub(super) fn new(number: u8) -> Self {
        let key = ClientKey::from_bytes([number; 16]);
        let mut replica = Replica::new(key, Vec::new(), 1, 0);
        let caller = Caller {
            secret: Secret::from_bytes([number; 16]),
            session: 1,
            profile: Profile::default(),
            view: None,
            device: None,
        };
        replica.connected(caller, 0);
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
        let snapshot = fixtures::snapshot(ConfirmedState::empty(START).state());
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
        // Random inputs seldom copy.
        person.editor.set_prefs(Prefs {
            erase_parts: true,
            ..Prefs::default()
        });
        person.input(InputEvent::Resize(ScreenSize::new(800.0, 600.0)), 0);
        person
    }

    pub(super) fn peer(&self) -> PeerNo {
        PeerNo(u32::from(self.number))
    }

    pub(super) fn board(&self) -> &Board {
        self.replica.board()
    }

    pub(super) fn tell(&mut self, message: &ServerMsg) {
        self.down.push_back(encode(message).unwrap().to_vec());
    }

    /// The next word to the server.
    pub(super) fn said(&mut self) -> Option<Vec<u8>> {
        self.up.pop_front()
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
        self.lead(now, |editor, context| editor.handle(event, context));
    }

    pub(super) fn run(&mut self, command: &'static Command, now: Millis) {
        self.note(&command);
        self.lead(now, |editor, context| editor.run(command, context));
    }

    pub(super) fn restyle(&mut self, change: StyleChange, now: Millis) {
        self.lead(now, |editor, context| editor.restyle(change, context));
    }

    pub(super) fn animation_frame(&mut self, now: Millis) {
        self.lead(now, Editor::animation_frame);
    }

    fn lead(&mut self, now: Millis, step: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>) {
        self.lead_once(now, step);
        while self.editor.is_committing() {
            self.lead_once(now, Editor::go_on);
        }
    }

    fn lead_once(
        &mut self,
        now: Millis,
        step: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>,
    ) {
        let (number, made) = (self.number, &mut self.made);
        let mut ids = || {
            *made += 1;
            let mut bytes = [number; 16];
            bytes[8..].copy_from_slice(&made.to_be_bytes());
            ElementId::from_bytes(bytes)
        };
        let context = Context {
            now,
            ids: &mut ids,
            board: self.replica.board(),
        };
        let effects = step(&mut self.editor, context);
        for effect in effects {
            if matches!(effect, Output::Commit { .. }) {
                self.note(&effect);
            }
            self.carry_out(effect, now);
        }
    }

    fn carry_out(&mut self, effect: Output, now: Millis) {
        match effect {
            Output::Commit { ops, guard } => {
                let commit = Commit {
                    cno: 1,
                    guard: guard.clone(),
                    ops,
                };
                commit.validate().unwrap();
                self.replica.submit(commit.ops, guard, now);
                self.follow();
            }
            Output::Live(item) => {
                self.check_live(&item);
                self.replica.send_live(item);
                self.send();
            }
            Output::Ui(UiCommand::Copy(copied)) => self.copied = Some(copied),
            Output::Ui(_) | Output::Changed(_) | Output::KeyTaken => {}
        }
    }

    fn follow(&mut self) {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Changed(changes) => {
                    let ids: Vec<_> = changes.iter().map(|Change { id, .. }| *id).collect();
                    self.editor.board_changed(&ids, self.replica.board());
                }
                ReplicaEvent::Reset => self.editor.board_replaced(self.replica.board()),
                ReplicaEvent::Refused(reason) => panic!("refused: {reason:?}"),
                ReplicaEvent::Keep(_)
                | ReplicaEvent::Forget(_)
                | ReplicaEvent::Presence
                | ReplicaEvent::Title(_)
                | ReplicaEvent::Chat
                | ReplicaEvent::Rights(_)
                | ReplicaEvent::BlobReady(_)
                | ReplicaEvent::Goodbye(_)
                | ReplicaEvent::TimedOut
                | ReplicaEvent::IdentityLost
                | ReplicaEvent::Loaded(_)
                | ReplicaEvent::Progress
                | ReplicaEvent::Fullness(_) => {}
            }
        }
        self.send();
    }

    fn send(&mut self) {
        while let Some(message) = self.replica.poll_transmit() {
            self.up.push_back(encode(&message).unwrap().to_vec());
        }
    }

    /// Live ink begins, continues and ends, in this order.
    fn check_live(&mut self, item: &LiveUpdate) {
        assert!(item.is_valid(), "{item:?}");
        match item {
            LiveUpdate::Begin { .. } => assert!(!std::mem::replace(&mut self.inking, true)),
            LiveUpdate::Ink { .. } => assert!(self.inking, "ink without beginning"),
            LiveUpdate::End { .. } => assert!(std::mem::take(&mut self.inking), "end of nothing"),
            LiveUpdate::Cursor(_)
            | LiveUpdate::Select(_)
            | LiveUpdate::Transform(_)
            | LiveUpdate::Draft(_)
            | LiveUpdate::Laser(_)
            | LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::Hand(_)
            | LiveUpdate::Follow(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. } => {}
        }
    }

    /// The invariants after every step.
    pub(super) fn check(&mut self, now: Millis, at: &str) {
        let board = self.replica.board();
        assert!(self.editor.cache_is_true(now, board), "{at}: stale");
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

    /// An open stroke on the board is the one that is being drawn.
    fn check_ink(&self, at: &str) {
        let me = self.replica.me();
        let open = self
            .board()
            .elements()
            .filter(|element| match &element.body {
                Body::Stroke(stroke) => stroke.open && element.author == me,
                Body::Shape(_)
                | Body::Line
                | Body::Text
                | Body::Sticky { .. }
                | Body::Frame
                | Body::Path(_)
                | Body::Image => false,
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

    /// The index that follows the board equals a new one.
    pub(super) fn check_index(&self, at: &str) {
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

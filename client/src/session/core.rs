//! Editor and replica of one board, and how they are led.
//!
//! Knows how effects become commits and how changes come back. It must not know
//! the browser: no socket, no timer, no signal.

use editor::announce::Announcer;
use editor::{Access, Action, Editor, Effect, InputEvent, StyleChange, UiCommand};
use shared::id::{ClientKey, ElementId, Millis, Secret};
use shared::limits::MAX_LIVE_SELECTION;
use shared::model::Board;
use shared::op::Commit;
use shared::protocol::{ClientMsg, LiveItem, PeerNo, Profile, Role, ServerMsg};
use shared::sync::{Change, Replica, ReplicaError, ReplicaEvent};
use std::collections::BTreeSet;

use super::view::{self, Damage, Way};

/// What must be done outside of the core.
#[derive(Debug)]
pub(super) enum News {
    /// The replica tells.
    Replica(ReplicaEvent),
    /// The keyboard asks.
    Ui(UiCommand),
}

/// Where fresh element ids come from.
pub(super) type FreshId = fn() -> ElementId;

#[derive(Debug)]
pub(super) struct Core {
    pub(super) editor: Editor,
    pub(super) replica: Replica,
    pub(super) damage: Damage,
    /// Somebody came, went, or changed their name.
    pub(super) people_changed: bool,
    /// The look that the style panel shows may be another one.
    pub(super) style_changed: bool,
    /// Who has been told what is selected here.
    told: BTreeSet<PeerNo>,
    /// What others did and nobody has been told yet.
    pub(super) announcer: Announcer,
    fresh_id: FreshId,
    news: Vec<News>,
    latest: Millis,
}

impl Core {
    pub(super) fn new(
        key: ClientKey,
        commits: Vec<Commit>,
        next_cno: u64,
        fresh_id: FreshId,
        now: Millis,
    ) -> Self {
        let replica = Replica::new(key, commits, next_cno, now);
        let mut editor = Editor::new(replica.me());
        editor.board_replaced(replica.board());
        let damage = Damage {
            everything: true,
            camera: true,
            live: true,
            ..Damage::default()
        };
        Self {
            editor,
            replica,
            damage,
            people_changed: true,
            style_changed: true,
            told: BTreeSet::new(),
            announcer: Announcer::new(),
            fresh_id,
            news: Vec::new(),
            latest: now,
        }
    }

    /// The later of `now` and the latest time seen: event stamps, frame stamps
    /// and the clock itself differ by a little.
    fn at(&mut self, now: Millis) -> Millis {
        self.latest = self.latest.max(now);
        self.latest
    }

    pub(super) fn input(&mut self, event: InputEvent, now: Millis) {
        let now = self.at(now);
        let effects = self
            .editor
            .handle(event, now, &mut self.fresh_id, self.replica.board());
        self.carry_out(effects, now);
    }

    pub(super) fn run(&mut self, action: Action, now: Millis) {
        let now = self.at(now);
        let effects = self
            .editor
            .run(action, now, &mut self.fresh_id, self.replica.board());
        self.carry_out(effects, now);
    }

    pub(super) fn restyle(&mut self, change: StyleChange, now: Millis) {
        let now = self.at(now);
        let effects = self
            .editor
            .restyle(change, now, &mut self.fresh_id, self.replica.board());
        self.carry_out(effects, now);
    }

    /// Has the editor do something, and carries out what it wants.
    pub(super) fn lead(
        &mut self,
        now: Millis,
        act: impl FnOnce(&mut Editor, Millis, &mut dyn FnMut() -> ElementId, &Board) -> Vec<Effect>,
    ) {
        let now = self.at(now);
        let board = self.replica.board();
        let effects = act(&mut self.editor, now, &mut self.fresh_id, board);
        self.carry_out(effects, now);
    }

    pub(super) fn frame(&mut self, now: Millis) {
        let now = self.at(now);
        let effects = self
            .editor
            .frame(now, &mut self.fresh_id, self.replica.board());
        self.carry_out(effects, now);
    }

    pub(super) fn hear(&mut self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError> {
        let now = self.at(now);
        let outcome = self.replica.receive(message, now);
        self.follow_role(now);
        self.follow_replica();
        outcome
    }

    pub(super) fn greeting(
        &mut self,
        (secret, session, profile): (Secret, u32, Profile),
        now: Millis,
    ) -> ClientMsg {
        self.replica.connected(secret, session, profile, now)
    }

    pub(super) fn lost(&mut self, now: Millis) {
        let now = self.at(now);
        self.replica.disconnected(now);
        self.follow_replica();
    }

    pub(super) fn timeout(&mut self, now: Millis) {
        let now = self.at(now);
        self.replica.handle_timeout(now);
        self.follow_replica();
    }

    /// Goes on as somebody else.
    pub(super) fn renew(&mut self, key: ClientKey) {
        self.replica.renew(key);
        self.editor.set_me(self.replica.me());
        self.style_changed = true;
        self.follow_replica();
    }

    pub(super) fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    fn carry_out(&mut self, effects: Vec<Effect>, now: Millis) {
        for effect in effects {
            match effect {
                Effect::Commit { ops, guard } => {
                    self.replica.submit(ops, guard, now);
                    self.follow_replica();
                }
                Effect::Live(item) => self.replica.send_live(item),
                Effect::Camera(_) => self.damage.camera = true,
                Effect::Redraw => self.damage.live = true,
                Effect::Ui(command) => self.news.push(News::Ui(command)),
                // What they are is read from the editor whenever the controls are
                // brought up to date.
                Effect::Tool(_) | Effect::Selection | Effect::Typing => {
                    self.damage.live = true;
                    self.style_changed = true;
                }
                Effect::Cursor(_) | Effect::History => {}
            }
        }
    }

    /// The editor must know what the link allows before the next input.
    fn follow_role(&mut self, now: Millis) {
        let access = match self.replica.role().map(Role::may_draw) {
            Some(false) => Access::View,
            Some(true) | None => Access::Edit,
        };
        if access != self.editor.access() {
            let effects =
                self.editor
                    .set_access(access, now, &mut self.fresh_id, self.replica.board());
            self.style_changed = true;
            self.carry_out(effects, now);
        }
    }

    fn follow_replica(&mut self) {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Changed(changes) => {
                    self.follow_changes(&changes);
                }
                ReplicaEvent::Reset => {
                    self.editor.board_replaced(self.replica.board());
                    self.style_changed = true;
                    self.damage.all();
                }
                ReplicaEvent::Presence => {
                    self.damage.live = true;
                    self.people_changed = true;
                    self.tell_newcomers();
                }
                ReplicaEvent::Keep(_)
                | ReplicaEvent::Forget(_)
                | ReplicaEvent::Refused(_)
                | ReplicaEvent::Title(_)
                | ReplicaEvent::Goodbye(_)
                | ReplicaEvent::TimedOut
                | ReplicaEvent::IdentityLost => self.news.push(News::Replica(event)),
            }
        }
    }

    /// Brings index and selection up to date and notes what must be painted again.
    fn follow_changes(&mut self, changes: &[Change]) {
        let (board, me) = (self.replica.board(), self.replica.me());
        let (selection, written) = (self.editor.selection(), self.editor.writes_on());
        for change in changes {
            let (before, after) = (change.before.as_deref(), change.after.as_deref());
            self.announcer.note(before, after, me, board);
            self.style_changed |= selection.has(change.id) || written == Some(change.id);
        }
        let way_of = |change: &Change| view::way_of(change, board);
        let of = |way: Way| {
            let some = changes.iter().filter(move |change| way_of(change) == way);
            some.map(|change| change.id).collect::<Vec<_>>()
        };
        let (growing, fresh, changed) = (of(Way::Growing), of(Way::Fresh), of(Way::Changed));
        // What only the live layer shows, and what comes on top, spoils no tile.
        let quiet = [growing.as_slice(), &fresh].concat();
        self.editor.board_changed(&quiet, board);
        let spoilt = self.editor.board_changed(&changed, board);
        self.damage.live = true;
        self.damage
            .add(growing.into_iter().chain(changed), fresh, spoilt);
    }

    /// A selection is told once, so whoever comes later must be told again.
    fn tell_newcomers(&mut self) {
        let people = self.replica.peers().people();
        let here: BTreeSet<PeerNo> = people.iter().map(|person| person.peer).collect();
        if !here.is_subset(&self.told) && !self.editor.selection().is_empty() {
            let ids = self.editor.selection().ids.iter().copied();
            let ids = ids.take(MAX_LIVE_SELECTION).collect();
            self.replica.send_live(LiveItem::Select(ids));
        }
        self.told = here;
    }
}

#[cfg(test)]
mod tests;

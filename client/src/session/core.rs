//! Editor and replica of one board, and how they are led.
//!
//! Knows how effects become commits and how changes come back. It must not know
//! the browser: no socket, no timer, no signal.

use editor::{Access, Action, Editor, Effect, InputEvent, UiCommand};
use shared::id::{ClientKey, ElementId, Millis, Secret};
use shared::op::Commit;
use shared::protocol::{ClientMsg, Profile, Role, ServerMsg};
use shared::sync::{Replica, ReplicaError, ReplicaEvent};

use super::view::Damage;

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
                // Read from the editor whenever the controls are brought up to date.
                Effect::Cursor(_) | Effect::Tool(_) | Effect::History => {}
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
            self.carry_out(effects, now);
        }
    }

    fn follow_replica(&mut self) {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Changed(changes) => {
                    let ids: Vec<_> = changes.iter().map(|change| change.id).collect();
                    self.editor.board_changed(ids, self.replica.board());
                    self.damage.add(changes);
                    self.damage.live = true;
                }
                ReplicaEvent::Reset => {
                    self.editor.board_replaced(self.replica.board());
                    self.damage.everything = true;
                    self.damage.changes.clear();
                }
                ReplicaEvent::Peers => {
                    self.damage.live = true;
                    self.people_changed = true;
                }
                ReplicaEvent::Keep(_)
                | ReplicaEvent::Forget(_)
                | ReplicaEvent::Refused(_)
                | ReplicaEvent::Title(_)
                | ReplicaEvent::Goodbye(_)
                | ReplicaEvent::Redial
                | ReplicaEvent::IdentityLost => self.news.push(News::Replica(event)),
            }
        }
    }
}

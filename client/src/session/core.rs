//! The editor and the driver of one board, and how they work together.
//!
//! The outputs of the editor become commits and live updates. The changes that the driver receives
//! update the editor's index, and become damage for the canvas. The core uses no browser: no
//! socket, no timer, no signal.

mod pace;

use editor::announce::Announcer;
use editor::{
    Access, Changed, Command, Context, Editor, InputEvent, Key, Output, StyleChange, UiCommand,
};
use shared::id::{ClientId, ClientKey, ElementId, Millis};
use shared::protocol::{LiveUpdate, Rights, Role};
use shared::sync::{Change, Driver, DriverEvent, Replica, Setup, Status};

use super::status::Connectivity;
use crate::scene::{Damage, TileImpact};
use pace::Pace;

/// A request that is carried out outside of the core.
#[derive(Debug)]
pub(super) enum CoreRequest {
    /// An event of the driver, such as a change for the outbox.
    Driver(DriverEvent),
    /// A request of the editor, such as to open a menu.
    Ui(UiCommand),
}

/// Returns an element id that was never used.
pub(super) type FreshId = fn() -> ElementId;

#[derive(Debug)]
pub(super) struct Core {
    pub(super) editor: Editor,
    pub(super) driver: Driver,
    pub(super) damage: Damage,
    /// The list of people may have changed.
    pub(super) people_changed: bool,
    /// Grows with each change of the conversation.
    pub(super) chat_revision: u64,
    /// The style panel may have to show another style.
    pub(super) style_changed: bool,
    /// The rights of this person, as a server told them last.
    pub(super) rights: Option<Rights>,
    /// Changes of others that were not announced yet.
    pub(super) announcer: Announcer,
    fresh_id: FreshId,
    /// Whether the editor took the key that went down.
    is_key_taken: bool,
    requests: Vec<CoreRequest>,
    pace: Pace,
    latest: Millis,
}

impl Core {
    pub(super) fn new(setup: Setup, fresh_id: FreshId, now: Millis) -> Self {
        let driver = Driver::new(setup, now);
        let mut editor = Editor::new(driver.replica().me());
        editor.board_replaced(driver.replica().board());
        let damage = Damage {
            everything: true,
            camera: true,
            live: true,
            ..Damage::default()
        };
        let mut core = Self {
            editor,
            driver,
            damage,
            people_changed: true,
            chat_revision: 0,
            style_changed: true,
            rights: None,
            announcer: Announcer::new(),
            fresh_id,
            is_key_taken: false,
            requests: Vec::new(),
            pace: Pace::default(),
            latest: now,
        };
        core.follow_driver();
        core
    }

    /// The board, its people and the link's role, as the driver knows them.
    pub(super) const fn replica(&self) -> &Replica {
        self.driver.replica()
    }

    /// The later of `now` and the latest time seen: the times of events, of animation frames and
    /// of the clock differ by a little.
    fn monotonic(&mut self, now: Millis) -> Millis {
        self.latest = self.latest.max(now);
        self.latest
    }

    /// Calls the editor and carries out its outputs. It finds all its commits on the board.
    pub(super) fn with_editor(
        &mut self,
        now: Millis,
        act: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>,
    ) {
        self.submit_all(now);
        self.call_editor(now, act);
        self.submit_waiting(now);
    }

    fn call_editor(
        &mut self,
        now: Millis,
        act: impl FnOnce(&mut Editor, Context<'_>) -> Vec<Output>,
    ) {
        let now = self.monotonic(now);
        let context = Context {
            now,
            ids: &mut self.fresh_id,
            board: self.driver.replica().board(),
        };
        let outputs = act(&mut self.editor, context);
        self.carry_out(outputs, now);
    }

    pub(super) fn input(&mut self, event: InputEvent, now: Millis) {
        if !changes_nothing(&event) {
            self.submit_all(now);
        }
        self.call_editor(now, |editor, context| editor.handle(event, context));
        self.submit_waiting(now);
    }

    /// Handles a key that goes down. Returns whether the browser must not act on it too.
    pub(super) fn key_down(&mut self, key: Key, now: Millis) -> bool {
        self.is_key_taken = false;
        self.input(InputEvent::KeyDown(key), now);
        self.is_key_taken
    }

    pub(super) fn run(&mut self, command: &'static Command, now: Millis) {
        self.with_editor(now, |editor, context| editor.run(command, context));
    }

    pub(super) fn restyle(&mut self, change: StyleChange, now: Millis) {
        self.with_editor(now, |editor, context| editor.restyle(change, context));
    }

    pub(super) fn animation_frame(&mut self, now: Millis) {
        self.pace.begin_frame();
        self.submit_waiting(now);
        self.call_editor(now, Editor::animation_frame);
    }

    /// Tells the driver about an event, and carries out the results.
    pub(super) fn drive(&mut self, now: Millis, tell: &mut dyn FnMut(&mut Driver, Millis)) {
        let now = self.monotonic(now);
        self.driver.set_view(self.editor.camera().visible());
        self.submit_waiting(now);
        tell(&mut self.driver, now);
        self.follow_role(now);
        self.follow_driver();
    }

    /// Switches to a fresh key, after [`DriverEvent::IdentityLost`].
    pub(super) fn renew(&mut self, key: ClientKey, now: Millis) {
        self.submit_all(now);
        self.drive(now, &mut |driver, now| driver.renew(key, now));
        self.editor.set_me(self.replica().me());
        self.style_changed = true;
    }

    /// Shows something to others.
    pub(super) fn send_live(&mut self, item: LiveUpdate) {
        self.people_changed |= matches!(item, LiveUpdate::Hand(_));
        self.driver.send_live(item);
    }

    /// The clients who raise a hand, with the time since when, in milliseconds since 1970.
    pub(super) fn raised_hands(&self) -> Vec<(ClientId, u64)> {
        let (presence, me) = (self.replica().presence(), self.replica().me());
        let others = presence.signals(me);
        let others = others.filter_map(|(person, it)| Some((person.client, it.hand?)));
        let mine = self.replica().standing().hand().map(|since| (me, since));
        others.chain(mine).collect()
    }

    /// Whether messages can be sent.
    pub(super) fn connectivity(&self) -> Connectivity {
        if self.driver.is_connected() {
            Connectivity::Online
        } else {
            Connectivity::Offline
        }
    }

    /// The requests since the last call.
    pub(super) fn take_requests(&mut self) -> Vec<CoreRequest> {
        std::mem::take(&mut self.requests)
    }

    fn carry_out(&mut self, outputs: Vec<Output>, now: Millis) {
        for output in outputs {
            match output {
                Output::Commit { ops, guard } => {
                    self.pace.count(&ops, now);
                    self.driver.submit(ops, guard, now);
                    self.follow_driver();
                }
                Output::Live(item) => self.send_live(item),
                Output::Changed(Changed::Camera) => self.damage.camera = true,
                Output::Changed(Changed::Overlay) => self.damage.live = true,
                Output::Ui(command) => self.requests.push(CoreRequest::Ui(command)),
                // The controls read these from the editor whenever they are published.
                Output::Changed(Changed::Tool | Changed::Selection | Changed::Text) => {
                    self.damage.live = true;
                    self.style_changed = true;
                }
                Output::KeyTaken => self.is_key_taken = true,
            }
        }
    }

    /// Whether parts of a large change wait for the next frames.
    pub(super) fn is_committing(&self) -> bool {
        self.editor.is_committing()
    }

    /// Commits the parts of a large change that this frame has time for.
    fn submit_waiting(&mut self, now: Millis) {
        while self.is_committing() && self.pace.allows(now) {
            self.call_editor(now, Editor::go_on);
        }
    }

    /// The status to show: what waits for a frame is not saved.
    pub(super) fn status(&self, now: Millis) -> Status {
        let status = self.replica().status(now);
        if self.is_committing() && matches!(status, Status::Saved { .. }) {
            return Status::Saving;
        }
        status
    }

    /// Commits all parts of a large change that wait.
    pub(super) fn submit_all(&mut self, now: Millis) {
        while self.is_committing() {
            self.call_editor(now, Editor::go_on);
        }
    }

    /// Tells the editor the access that link and rights allow, before the next input. Without a
    /// connection the last known rights hold.
    fn follow_role(&mut self, now: Millis) {
        self.rights = self.replica().rights().or(self.rights);
        let role = self.replica().role();
        let may_draw = self.rights.is_none_or(|rights| rights.draw);
        let access = match role {
            Some(Role::Owner) if may_draw => Access::Own,
            Some(Role::Edit) | None if may_draw => Access::Edit,
            Some(_) | None => Access::View,
        };
        if access != self.editor.access() {
            self.style_changed = true;
            self.with_editor(now, |editor, context| editor.set_access(access, context));
        }
    }

    fn follow_driver(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Changed(changes) => {
                    self.follow_changes(&changes);
                }
                DriverEvent::Loaded(changes) => self.show_loaded(&changes),
                DriverEvent::Reset => {
                    self.editor.board_replaced(self.driver.replica().board());
                    self.style_changed = true;
                    self.damage.all();
                }
                DriverEvent::Presence => {
                    self.damage.live = true;
                    self.people_changed = true;
                }
                DriverEvent::Chat => self.chat_revision += 1,
                DriverEvent::Rights(_) => {
                    self.people_changed = true;
                    self.requests.push(CoreRequest::Driver(event));
                }
                DriverEvent::Connect
                | DriverEvent::Disconnect
                | DriverEvent::GaveUp(_)
                | DriverEvent::OutageLasts
                | DriverEvent::Outbox(_)
                | DriverEvent::SaveIdentity(_)
                | DriverEvent::IdentityLost
                | DriverEvent::Refused(_)
                | DriverEvent::Progress
                | DriverEvent::Fullness(_)
                | DriverEvent::BlobReady(_)
                | DriverEvent::Title(_) => self.requests.push(CoreRequest::Driver(event)),
            }
        }
    }

    /// Brings index and selection up to date, and records the damage for the canvas.
    fn follow_changes(&mut self, changes: &[Change]) {
        let replica = self.driver.replica();
        let (board, me) = (replica.board(), replica.me());
        let (selection, written) = (self.editor.selection(), self.editor.edited_element());
        for change in changes {
            let (before, after) = (change.before.as_deref(), change.after.as_deref());
            self.announcer.record(before, after, me, board);
            self.style_changed |= selection.has(change.id) || written == Some(change.id);
        }
        let of = |impact: TileImpact| {
            let some = changes
                .iter()
                .filter(move |change| TileImpact::after(change, board) == impact);
            some.map(|change| change.id).collect::<Vec<_>>()
        };
        let (growing, fresh) = (of(TileImpact::LiveLayer), of(TileImpact::NewElement));
        let changed = of(TileImpact::Tiles);
        // Elements of the live layer, and new ones on top, make no tile outdated.
        let quiet = [growing.as_slice(), &fresh].concat();
        self.editor.board_changed(&quiet, board);
        let stale_areas = self.editor.board_changed(&changed, board);
        self.damage.live = true;
        self.damage
            .add(growing.into_iter().chain(changed), fresh, stale_areas);
    }

    /// Shows elements of a board that is being loaded. They arrive in another order than they lie
    /// above each other, so all tiles that they touch are painted again.
    fn show_loaded(&mut self, changes: &[Change]) {
        let ids: Vec<ElementId> = changes.iter().map(|change| change.id).collect();
        let board = self.driver.replica().board();
        let areas = self.editor.board_changed(&ids, board);
        // Elements that arrive together lie close together.
        let area = areas.into_iter().reduce(|all, area| all.union(area));
        self.damage.loaded.extend(area);
    }
}

/// Whether an input leaves the board as it is, unless a pointer is down.
const fn changes_nothing(event: &InputEvent) -> bool {
    matches!(
        event,
        InputEvent::PointerMove { .. }
            | InputEvent::PointerLeave
            | InputEvent::Wheel { .. }
            | InputEvent::KeyUp(_)
            | InputEvent::Resize(_)
    )
}

#[cfg(test)]
mod tests;

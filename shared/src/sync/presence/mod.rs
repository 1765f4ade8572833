//! The people on the board and their live updates, as one client sees them: cursors, ink in
//! progress, selections, transforms and lasers.

mod cursor;
mod interaction;
mod signals;

use std::collections::BTreeMap;

use crate::geometry::InkPoint;
use crate::id::{ClientId, ElementId, Millis};
use crate::limits::MAX_STROKE_POINTS;
use crate::model::{Board, NewElement, Transform};
use crate::protocol::{LiveUpdate, PeerNo, Person, StrokeStyle};
use cursor::Cursor;
use interaction::Interaction;

pub use interaction::{LASER_MS, LaserPoint};
pub use signals::{FloatingEmoji, Gathering, REACTION_MS, SAID_MS, Said, Signals, WRITING_MS};

/// Ink in progress is dropped after this much silence, in milliseconds. Its durable parts stay on
/// the board.
const SILENT_MS: Millis = 10_000;
/// How long finished ink waits for its durable op, in milliseconds.
const KEPT_MS: Millis = 30_000;

/// Finished strokes of one person that may wait for their durable ops at once. The oldest
/// are dropped early if there are more within [`KEPT_MS`].
const MAX_FINISHED: usize = 64;

/// A stroke that another person is drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveInk {
    /// The id that its durable element has or will have.
    pub id: ElementId,
    /// How it looks.
    pub style: StrokeStyle,
    /// Its points so far.
    pub points: Vec<InkPoint>,
    /// A piece was missed: later pieces are ignored until the durable op comes.
    broken: bool,
    until: Millis,
}

/// The live updates of one other person.
#[derive(Clone, Debug, Default, PartialEq)]
struct Activity {
    cursor: Cursor,
    ink: Option<LiveInk>,
    /// Finished ink whose op has not come yet.
    finished: Vec<LiveInk>,
    interaction: Interaction,
    signals: Signals,
}

/// The selection of another person, and how they transform it.
#[derive(Clone, Copy, Debug)]
pub struct RemoteSelection<'a> {
    /// The person.
    pub person: &'a Person,
    /// The selected elements.
    pub ids: &'a [ElementId],
    /// The transform of all of them, during a gesture.
    pub transform: Option<&'a Transform>,
}

/// The people on the board, and their live updates.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    people: Vec<Person>,
    activities: BTreeMap<PeerNo, Activity>,
    points_received: u64,
}

impl Presence {
    /// All people on the board, including this client.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The cursors of others, in board units.
    pub fn cursors(&self, me: ClientId) -> impl Iterator<Item = (&Person, [f32; 2])> {
        self.people
            .iter()
            .filter(move |person| person.client != me)
            .filter_map(|person| {
                let at = self.activities.get(&person.peer)?.cursor.at?;
                Some((person, at))
            })
    }

    /// Whether the cursor of a person has not moved for a while.
    #[must_use]
    pub fn is_resting(&self, peer: PeerNo) -> bool {
        let activity = self.activities.get(&peer);
        activity.is_some_and(|activity| activity.cursor.is_resting)
    }

    /// The words beside the cursor of a person; empty if there are none.
    #[must_use]
    pub fn words_of(&self, peer: PeerNo) -> &str {
        let activity = self.activities.get(&peer);
        let said = activity.and_then(|activity| activity.signals.said.as_ref());
        said.map_or("", |said| &said.text)
    }

    /// Strokes that others are drawing.
    pub fn inks(&self) -> impl Iterator<Item = &LiveInk> {
        self.activities
            .values()
            .flat_map(|activity| activity.finished.iter().chain(&activity.ink))
    }

    /// The selections of others.
    pub fn selections(&self, me: ClientId) -> impl Iterator<Item = RemoteSelection<'_>> {
        self.others(me).filter_map(|(person, activity)| {
            let interaction = &activity.interaction;
            (!interaction.selected.is_empty()).then_some(RemoteSelection {
                person,
                ids: &interaction.selected,
                transform: interaction.transform.as_ref(),
            })
        })
    }

    /// Elements that others are making or changing, in their present state.
    pub fn drafts(&self, me: ClientId) -> impl Iterator<Item = (&Person, &NewElement)> {
        self.others(me)
            .filter_map(|(person, activity)| Some((person, activity.interaction.draft.as_deref()?)))
    }

    /// The visible laser trails of others, oldest points first.
    pub fn lasers(
        &self,
        me: ClientId,
    ) -> impl Iterator<Item = (&Person, impl Iterator<Item = LaserPoint> + '_)> {
        self.others(me)
            .filter(|(_, activity)| !activity.interaction.laser.is_empty())
            .map(|(person, activity)| (person, activity.interaction.laser.iter().copied()))
    }

    /// What others show beside their work.
    pub fn signals(&self, me: ClientId) -> impl Iterator<Item = (&Person, &Signals)> {
        let others = self.others(me);
        others.map(|(person, activity)| (person, &activity.signals))
    }

    fn others(&self, me: ClientId) -> impl Iterator<Item = (&Person, &Activity)> {
        self.people
            .iter()
            .filter(move |person| person.client != me)
            .filter_map(|person| Some((person, self.activities.get(&person.peer)?)))
    }

    /// Whether live ink shows a stroke, so that its durable part need not be painted.
    #[must_use]
    pub fn shows(&self, id: ElementId) -> bool {
        self.inks().any(|ink| ink.id == id)
    }

    /// Number of live points received since the beginning. Tests use it to see that ink flows.
    #[must_use]
    pub const fn points_received(&self) -> u64 {
        self.points_received
    }

    pub(crate) fn set_people(&mut self, people: Vec<Person>) {
        let here = |peer: &PeerNo| people.iter().any(|person| person.peer == *peer);
        self.activities.retain(|peer, _| here(peer));
        self.people = people;
    }

    /// Forgets all live updates: the numbers of people mean nothing on another server.
    pub(crate) fn clear_activities(&mut self) {
        self.activities.clear();
    }

    /// Applies a live update, unless `me` sent it. `board` has the strokes that are finished
    /// already.
    pub(crate) fn receive(
        &mut self,
        me: ClientId,
        peer: PeerNo,
        item: LiveUpdate,
        board: &Board,
        now: Millis,
    ) {
        if self
            .people
            .iter()
            .any(|person| person.peer == peer && person.client == me)
        {
            return;
        }
        let activity = self.activities.entry(peer).or_default();
        match item {
            LiveUpdate::Cursor(at) => activity.cursor.move_to(at, now),
            LiveUpdate::Begin { id, style } => {
                activity.finish(now);
                let sender = client_of(&self.people, peer);
                if !is_finished(board, id) && !is_foreign(board, id, sender) {
                    let until = now + SILENT_MS;
                    let points = Vec::new();
                    activity.ink = Some(LiveInk {
                        id,
                        style,
                        points,
                        broken: false,
                        until,
                    });
                }
            }
            LiveUpdate::Ink { from, ink } => {
                if let Some(live) = &mut activity.ink {
                    self.points_received += ink.len() as u64;
                    live.add(from, ink.points(), now);
                }
            }
            LiveUpdate::End { kept: true } => activity.finish(now),
            LiveUpdate::End { kept: false } => activity.ink = None,
            LiveUpdate::Select(_)
            | LiveUpdate::Transform(_)
            | LiveUpdate::Draft(_)
            | LiveUpdate::Laser(_) => activity.interaction.receive(item, now),
            LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::Hand(_)
            | LiveUpdate::Follow(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. } => activity.signals.receive(item, now),
        }
    }

    /// An element changed on the board. Its live ink is dropped if the element is finished or
    /// deleted.
    pub(crate) fn element_changed(&mut self, id: ElementId, board: &Board) {
        if is_finished(board, id) || board.get(id).is_none() {
            self.activities
                .values_mut()
                .for_each(|activity| activity.forget(id));
        }
        let people = &self.people;
        for (peer, activity) in &mut self.activities {
            activity.interaction.element_changed(id);
            if is_foreign(board, id, client_of(people, *peer)) {
                activity.forget(id);
            }
        }
    }

    /// Drops live updates that are too old. Returns whether anything was dropped.
    pub(crate) fn expire(&mut self, now: Millis) -> bool {
        let before = self.inks().count();
        let mut has_faded = false;
        for activity in self.activities.values_mut() {
            has_faded |= activity.interaction.expire(now);
            has_faded |= activity.signals.expire(now);
            has_faded |= activity.cursor.expire(now);
            activity.finished.retain(|ink| ink.until > now);
            activity.ink.take_if(|ink| ink.until <= now);
        }
        has_faded || before != self.inks().count()
    }

    pub(crate) fn next_expiry(&self) -> Option<Millis> {
        let interactions = self
            .activities
            .values()
            .filter_map(|activity| activity.interaction.next_expiry());
        let signals = self.activities.values();
        let signals = signals.filter_map(|activity| activity.signals.next_expiry());
        let inks = self.inks().map(|ink| ink.until);
        let cursors = self.activities.values();
        let cursors = cursors.filter_map(|activity| activity.cursor.next_expiry());
        inks.chain(interactions).chain(signals).chain(cursors).min()
    }
}

impl Activity {
    fn finish(&mut self, now: Millis) {
        if let Some(mut ink) = self.ink.take() {
            ink.until = now + KEPT_MS;
            self.finished.push(ink);
            let excess = self.finished.len().saturating_sub(MAX_FINISHED);
            self.finished.drain(..excess);
        }
    }

    fn forget(&mut self, id: ElementId) {
        self.finished.retain(|ink| ink.id != id);
        self.ink.take_if(|ink| ink.id == id);
    }
}

impl LiveInk {
    fn add(&mut self, from: u32, points: impl IntoIterator<Item = InkPoint>, now: Millis) {
        self.until = now + SILENT_MS;
        let fits = u32::try_from(self.points.len()) == Ok(from);
        if self.broken || !fits || self.points.len() > MAX_STROKE_POINTS {
            self.broken = true;
            return;
        }
        self.points.extend(points);
    }
}

fn is_finished(board: &Board, id: ElementId) -> bool {
    board.get(id).is_some_and(|element| !element.is_open())
}

/// Whether another client than the sender put the element on the board. Live ink under its id
/// would hide it.
fn is_foreign(board: &Board, id: ElementId, sender: Option<ClientId>) -> bool {
    board
        .get(id)
        .is_some_and(|element| Some(element.author) != sender)
}

fn client_of(people: &[Person], peer: PeerNo) -> Option<ClientId> {
    let person = people.iter().find(|person| person.peer == peer)?;
    Some(person.client)
}

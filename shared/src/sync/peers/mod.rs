//! Presence, as one client sees it: the people on the board, their cursors, their strokes in
//! progress, and their selections and gestures.

mod touch;

use std::collections::BTreeMap;

use crate::geometry::InkPoint;
use crate::id::{ClientId, ElementId, Millis};
use crate::limits::MAX_STROKE_POINTS;
use crate::model::{Board, NewElement, Transform};
use crate::protocol::{LiveItem, PeerNo, Person, StrokeStyle};
use touch::Touch;

pub use touch::{LASER_MS, LaserPoint};

/// A stroke in progress without updates for this long is given up, in milliseconds. Its durable
/// parts stay on the board.
const ABANDONED_AFTER_MS: Millis = 10_000;
/// How long a finished stroke waits for its durable op, in milliseconds.
const OP_WAIT_MS: Millis = 30_000;

/// Finished strokes of one person that may wait for their durable ops at the same time. A person
/// who finishes more strokes than that within [`OP_WAIT_MS`] loses the oldest ones early.
const MAX_FINISHED_STROKES: usize = 64;

/// A stroke that another person is drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveInk {
    /// The id of the durable element.
    pub id: ElementId,
    /// Its style.
    pub style: StrokeStyle,
    /// Its points so far.
    pub points: Vec<InkPoint>,
    /// Whether some points were lost. Further points are then ignored until the durable op comes.
    broken: bool,
    until: Millis,
}

/// The live state of one person.
#[derive(Clone, Debug, Default, PartialEq)]
struct PeerState {
    cursor: Option<[f32; 2]>,
    ink: Option<LiveInk>,
    /// Finished strokes whose durable ops have not come yet.
    finished: Vec<LiveInk>,
    touch: Touch,
}

/// The selection of another person, and their present gesture.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The person.
    pub person: &'a Person,
    /// The selected elements.
    pub ids: &'a [ElementId],
    /// The transform that the person applies to all of them.
    pub transform: Option<&'a Transform>,
}

/// The people on the board and their live state.
#[derive(Clone, Debug, Default)]
pub struct Peers {
    people: Vec<Person>,
    states: BTreeMap<PeerNo, PeerState>,
    points_heard: u64,
}

impl Peers {
    /// All people on the board, including oneself.
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
                let at = self.states.get(&person.peer)?.cursor?;
                Some((person, at))
            })
    }

    /// The strokes that others are drawing.
    pub fn inks(&self) -> impl Iterator<Item = &LiveInk> {
        self.states
            .values()
            .flat_map(|state| state.finished.iter().chain(&state.ink))
    }

    /// The selections of others.
    pub fn held(&self, me: ClientId) -> impl Iterator<Item = Held<'_>> {
        self.others(me).filter_map(|(person, state)| {
            let touch = &state.touch;
            (!touch.selected.is_empty()).then_some(Held {
                person,
                ids: &touch.selected,
                transform: touch.transform.as_ref(),
            })
        })
    }

    /// The elements that others are making or changing, as they look at present.
    pub fn drafts(&self, me: ClientId) -> impl Iterator<Item = (&Person, &NewElement)> {
        self.others(me)
            .filter_map(|(person, state)| Some((person, state.touch.draft.as_deref()?)))
    }

    /// The visible laser trails of others, oldest points first.
    pub fn lasers(
        &self,
        me: ClientId,
    ) -> impl Iterator<Item = (&Person, impl Iterator<Item = LaserPoint> + '_)> {
        self.others(me)
            .filter(|(_, state)| !state.touch.laser.is_empty())
            .map(|(person, state)| (person, state.touch.laser.iter().copied()))
    }

    fn others(&self, me: ClientId) -> impl Iterator<Item = (&Person, &PeerState)> {
        self.people
            .iter()
            .filter(move |person| person.client != me)
            .filter_map(|person| Some((person, self.states.get(&person.peer)?)))
    }

    /// Whether a stroke is in progress, so that it is painted from its live points and its durable
    /// part need not be painted.
    #[must_use]
    pub fn shows(&self, id: ElementId) -> bool {
        self.inks().any(|ink| ink.id == id)
    }

    /// The number of live points received so far. Tests use it to see that live updates arrive.
    #[must_use]
    pub const fn points_heard(&self) -> u64 {
        self.points_heard
    }

    pub(crate) fn set_people(&mut self, people: Vec<Person>) {
        let here = |peer: &PeerNo| people.iter().any(|person| person.peer == *peer);
        self.states.retain(|peer, _| here(peer));
        self.people = people;
    }

    /// Drops the live state of all people. Their numbers have no meaning on another server.
    pub(crate) fn clear_doings(&mut self) {
        self.states.clear();
    }

    /// Takes in a live update. Updates of `me` are ignored; `board` tells which strokes are already
    /// finished.
    pub(crate) fn hear(
        &mut self,
        me: ClientId,
        peer: PeerNo,
        item: LiveItem,
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
        let state = self.states.entry(peer).or_default();
        match item {
            LiveItem::Cursor(at) => state.cursor = at,
            LiveItem::Begin { id, style } => {
                state.finish(now);
                let speaker = client_of(&self.people, peer);
                if !is_finished(board, id) && !is_foreign(board, id, speaker) {
                    let until = now + ABANDONED_AFTER_MS;
                    let points = Vec::new();
                    state.ink = Some(LiveInk {
                        id,
                        style,
                        points,
                        broken: false,
                        until,
                    });
                }
            }
            LiveItem::Ink { from, ink } => {
                if let Some(live) = &mut state.ink {
                    self.points_heard += ink.len() as u64;
                    live.add(from, ink.points(), now);
                }
            }
            LiveItem::End { kept: true } => state.finish(now),
            LiveItem::End { kept: false } => state.ink = None,
            LiveItem::Select(_)
            | LiveItem::Transform(_)
            | LiveItem::Draft(_)
            | LiveItem::Laser(_) => state.touch.hear(item, now),
        }
    }

    /// Reacts to a changed element: drops its stroke in progress if the element is finished or
    /// deleted.
    pub(crate) fn element_changed(&mut self, id: ElementId, board: &Board) {
        if is_finished(board, id) || board.get(id).is_none() {
            self.states.values_mut().for_each(|state| state.forget(id));
        }
        let people = &self.people;
        for (peer, state) in &mut self.states {
            state.touch.element_changed(id);
            if is_foreign(board, id, client_of(people, *peer)) {
                state.forget(id);
            }
        }
    }

    /// Gives up strokes and gestures without updates for too long. Returns whether anything
    /// changed.
    pub(crate) fn expire(&mut self, now: Millis) -> bool {
        let before = self.inks().count();
        let mut faded = false;
        for state in self.states.values_mut() {
            faded |= state.touch.expire(now);
            state.finished.retain(|ink| ink.until > now);
            state.ink.take_if(|ink| ink.until <= now);
        }
        faded || before != self.inks().count()
    }

    pub(crate) fn next_expiry(&self) -> Option<Millis> {
        let touches = self
            .states
            .values()
            .filter_map(|state| state.touch.next_expiry());
        self.inks().map(|ink| ink.until).chain(touches).min()
    }
}

impl PeerState {
    fn finish(&mut self, now: Millis) {
        if let Some(mut ink) = self.ink.take() {
            ink.until = now + OP_WAIT_MS;
            self.finished.push(ink);
            let excess = self.finished.len().saturating_sub(MAX_FINISHED_STROKES);
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
        self.until = now + ABANDONED_AFTER_MS;
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

/// Whether somebody other than the speaker put the element on the board. A live stroke with its id
/// would hide the element.
fn is_foreign(board: &Board, id: ElementId, speaker: Option<ClientId>) -> bool {
    board
        .get(id)
        .is_some_and(|element| Some(element.author) != speaker)
}

fn client_of(people: &[Person], peer: PeerNo) -> Option<ClientId> {
    let person = people.iter().find(|person| person.peer == peer)?;
    Some(person.client)
}

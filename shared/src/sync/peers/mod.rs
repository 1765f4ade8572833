//! What others do right now, as one client sees it: people, cursors, ink in
//! progress, selections and what is done to them.

mod touch;

use std::collections::BTreeMap;

use crate::geometry::InkPoint;
use crate::id::{ClientId, ElementId, Millis};
use crate::limits::MAX_STROKE_POINTS;
use crate::model::{Board, NewElement, Transform};
use crate::protocol::{LiveItem, PeerNo, Person, StrokeStyle};
use touch::Touch;

pub use touch::{LASER_MS, LaserPoint};

/// Ink in progress that nothing was heard of for so long is given up, in
/// milliseconds; its durable parts stay on the board.
const SILENT_MS: Millis = 10_000;
/// How long ink whose pen was lifted waits for its durable op, in milliseconds.
const KEPT_MS: Millis = 30_000;

/// Strokes of one person that may wait for their durable ops at once; a person
/// who lifts the pen more often than that in [`KEPT_MS`] loses the oldest early.
const MAX_FINISHED: usize = 64;

/// A stroke that somebody else is drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveInk {
    /// The id that its durable element has or will have.
    pub id: ElementId,
    /// How it looks.
    pub style: StrokeStyle,
    /// Its points so far.
    pub points: Vec<InkPoint>,
    /// A piece was missed: what follows is ignored until the durable op comes.
    broken: bool,
    until: Millis,
}

/// One other person's doings.
#[derive(Clone, Debug, Default, PartialEq)]
struct Doing {
    cursor: Option<[f32; 2]>,
    ink: Option<LiveInk>,
    /// Ink whose pen was lifted and whose op has not come yet.
    finished: Vec<LiveInk>,
    touch: Touch,
}

/// What somebody else has selected, and what they are doing to it.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Who.
    pub person: &'a Person,
    /// What they have selected.
    pub ids: &'a [ElementId],
    /// What they are doing to all of it.
    pub transform: Option<&'a Transform>,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Peers {
    people: Vec<Person>,
    doings: BTreeMap<PeerNo, Doing>,
    points_heard: u64,
}

impl Peers {
    /// Everybody on the board, oneself included.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Where others point, in board units.
    pub fn cursors(&self, me: ClientId) -> impl Iterator<Item = (&Person, [f32; 2])> {
        self.people
            .iter()
            .filter(move |person| person.client != me)
            .filter_map(|person| {
                let at = self.doings.get(&person.peer)?.cursor?;
                Some((person, at))
            })
    }

    /// Strokes that others are drawing.
    pub fn inks(&self) -> impl Iterator<Item = &LiveInk> {
        self.doings
            .values()
            .flat_map(|doing| doing.finished.iter().chain(&doing.ink))
    }

    /// What others have selected.
    pub fn held(&self, me: ClientId) -> impl Iterator<Item = Held<'_>> {
        self.others(me).filter_map(|(person, doing)| {
            let touch = &doing.touch;
            (!touch.selected.is_empty()).then_some(Held {
                person,
                ids: &touch.selected,
                transform: touch.transform.as_ref(),
            })
        })
    }

    /// Elements that others are making or changing, as they look at present.
    pub fn drafts(&self, me: ClientId) -> impl Iterator<Item = (&Person, &NewElement)> {
        self.others(me)
            .filter_map(|(person, doing)| Some((person, doing.touch.draft.as_deref()?)))
    }

    /// Trails of others' lasers, oldest points first; only those that glow.
    pub fn lasers(
        &self,
        me: ClientId,
    ) -> impl Iterator<Item = (&Person, impl Iterator<Item = LaserPoint> + '_)> {
        self.others(me)
            .filter(|(_, doing)| !doing.touch.laser.is_empty())
            .map(|(person, doing)| (person, doing.touch.laser.iter().copied()))
    }

    fn others(&self, me: ClientId) -> impl Iterator<Item = (&Person, &Doing)> {
        self.people
            .iter()
            .filter(move |person| person.client != me)
            .filter_map(|person| Some((person, self.doings.get(&person.peer)?)))
    }

    /// Whether a stroke is shown by its live ink, so that what is durable of it
    /// need not be painted.
    #[must_use]
    pub fn shows(&self, id: ElementId) -> bool {
        self.inks().any(|ink| ink.id == id)
    }

    /// Live points heard since the beginning; tells a test that ink flows.
    #[must_use]
    pub const fn points_heard(&self) -> u64 {
        self.points_heard
    }

    pub(crate) fn set_people(&mut self, people: Vec<Person>) {
        let here = |peer: &PeerNo| people.iter().any(|person| person.peer == *peer);
        self.doings.retain(|peer, _| here(peer));
        self.people = people;
    }

    /// Forgets everything: the numbers mean nothing on another server.
    pub(crate) fn clear_doings(&mut self) {
        self.doings.clear();
    }

    /// Takes an item that `me` did not send; `board` tells which strokes are
    /// finished already.
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
        let doing = self.doings.entry(peer).or_default();
        match item {
            LiveItem::Cursor(at) => doing.cursor = at,
            LiveItem::Begin { id, style } => {
                doing.finish(now);
                let speaker = client_of(&self.people, peer);
                if !is_finished(board, id) && !is_foreign(board, id, speaker) {
                    let until = now + SILENT_MS;
                    let points = Vec::new();
                    doing.ink = Some(LiveInk {
                        id,
                        style,
                        points,
                        broken: false,
                        until,
                    });
                }
            }
            LiveItem::Ink { from, ink } => {
                if let Some(live) = &mut doing.ink {
                    self.points_heard += ink.len() as u64;
                    live.add(from, ink.points(), now);
                }
            }
            LiveItem::End { kept: true } => doing.finish(now),
            LiveItem::End { kept: false } => doing.ink = None,
            LiveItem::Select(_)
            | LiveItem::Transform(_)
            | LiveItem::Draft(_)
            | LiveItem::Laser(_) => doing.touch.hear(item, now),
        }
    }

    /// An element changed on the board: its live ink is no longer needed if it
    /// is finished or gone.
    pub(crate) fn element_changed(&mut self, id: ElementId, board: &Board) {
        if is_finished(board, id) || board.get(id).is_none() {
            self.doings.values_mut().for_each(|doing| doing.forget(id));
        }
        let people = &self.people;
        for (peer, doing) in &mut self.doings {
            doing.touch.element_changed(id);
            if is_foreign(board, id, client_of(people, *peer)) {
                doing.forget(id);
            }
        }
    }

    /// Gives up ink that nothing was heard of for too long.
    pub(crate) fn expire(&mut self, now: Millis) -> bool {
        let before = self.inks().count();
        let mut faded = false;
        for doing in self.doings.values_mut() {
            faded |= doing.touch.expire(now);
            doing.finished.retain(|ink| ink.until > now);
            doing.ink.take_if(|ink| ink.until <= now);
        }
        faded || before != self.inks().count()
    }

    pub(crate) fn next_expiry(&self) -> Option<Millis> {
        let touches = self
            .doings
            .values()
            .filter_map(|doing| doing.touch.next_expiry());
        self.inks().map(|ink| ink.until).chain(touches).min()
    }
}

impl Doing {
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

/// Whether somebody else than the speaker put the element on the board: live ink
/// under its id would hide it.
fn is_foreign(board: &Board, id: ElementId, speaker: Option<ClientId>) -> bool {
    board
        .get(id)
        .is_some_and(|element| Some(element.author) != speaker)
}

fn client_of(people: &[Person], peer: PeerNo) -> Option<ClientId> {
    let person = people.iter().find(|person| person.peer == peer)?;
    Some(person.client)
}

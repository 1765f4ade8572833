//! Announces changes by other users, in sentences for screen readers.
//!
//! Changes are collected and announced together, at most every two seconds, so that a screen reader
//! can keep up. A new element that others write on is announced with its text.

use shared::id::{ClientId, ElementId, Millis};
use shared::model::{Board, Body, Element, ElementState, PropKey};
use std::collections::{BTreeMap, BTreeSet};

use crate::document::outline::{OutlineItem, kind};

/// Time between two sentences.
const PAUSE_MS: Millis = 2_000;
/// The text of a new element is waited for at most this long.
const LONGEST_MS: Millis = 10_000;
/// The number of people that one sentence names; the changes of more people are counted together.
const MAX_PEOPLE: usize = 3;

/// A change of an element by another user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ChangeKind {
    Added,
    Wrote,
    Moved,
    Changed,
    Removed,
}

const CHANGE_KINDS: [ChangeKind; 5] = [
    ChangeKind::Added,
    ChangeKind::Wrote,
    ChangeKind::Moved,
    ChangeKind::Changed,
    ChangeKind::Removed,
];

/// Collects the changes of other people until it is time to announce them.
#[derive(Clone, Debug, Default)]
pub struct Announcer {
    /// The changed elements and the kind of change, by user.
    changes: BTreeMap<ClientId, BTreeMap<ElementId, PendingChange>>,
    announced_at: Option<Millis>,
    /// Whether something changed since the sentences were last asked for.
    has_news: bool,
    /// The only changes are texts that may still be written.
    writing: Option<Writing>,
}

/// Since when another user writes on a new element, and since when they pause.
#[derive(Clone, Copy, Debug)]
struct Writing {
    since: Millis,
    paused_since: Millis,
}

#[derive(Clone, Debug, PartialEq)]
struct PendingChange {
    change: ChangeKind,
    /// The element in words.
    words: String,
    kind: &'static str,
    /// It is new, is for text and had none yet.
    was_blank: bool,
}

impl Announcer {
    /// Nothing to say.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a change of the board, unless `me` made it. `board` is the board after the change.
    pub fn record(
        &mut self,
        before: Option<&Element>,
        after: Option<&Element>,
        me: ClientId,
        board: &Board,
    ) {
        let Some((by, element, change)) = author_and_kind(before, after, board) else {
            return;
        };
        let was_unannounced = change == ChangeKind::Removed && self.forget(element.id);
        if by == me || was_unannounced {
            return;
        }
        let changes = self.changes.entry(by).or_default();
        // A new element that gets a text is announced as added with that text.
        let known = changes
            .get(&element.id)
            .filter(|_| change != ChangeKind::Removed);
        let was_blank = known.map_or(
            change == ChangeKind::Added && is_blank(element),
            |pending| pending.was_blank,
        );
        let change = known.map_or(change, |pending| pending.change.min(change));
        self.has_news = true;
        let pending = PendingChange {
            change,
            words: OutlineItem::of(element).words(),
            kind: kind(element),
            was_blank,
        };
        changes.insert(element.id, pending);
    }

    /// Drops the changes of a deleted element. Returns whether its creation was not announced yet.
    fn forget(&mut self, id: ElementId) -> bool {
        let mut was_unannounced = false;
        for changes in self.changes.values_mut() {
            let pending = changes.remove(&id);
            was_unannounced |= pending.is_some_and(|pending| pending.change == ChangeKind::Added);
        }
        was_unannounced
    }

    /// Whether there are changes to announce.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.changes.values().any(|changes| !changes.is_empty())
    }

    /// Whether all changes are of texts that another user may still be writing.
    fn may_continue(&mut self, now: Millis) -> bool {
        let mut pending = self.changes.values().flat_map(BTreeMap::values);
        if !pending.all(|pending| pending.was_blank) {
            return false;
        }
        let begun = Writing {
            since: now,
            paused_since: now,
        };
        let writing = self.writing.get_or_insert(begun);
        if std::mem::take(&mut self.has_news) {
            writing.paused_since = now;
        }
        let (all, rest) = (
            now.saturating_sub(writing.since),
            now.saturating_sub(writing.paused_since),
        );
        all < LONGEST_MS && rest < PAUSE_MS
    }

    /// The sentences that are due now. `name_of` returns the name of a person.
    pub fn due(&mut self, now: Millis, name_of: impl Fn(ClientId) -> String) -> Option<String> {
        let early = self
            .announced_at
            .is_some_and(|at| now.saturating_sub(at) < PAUSE_MS);
        if early || !self.is_waiting() || self.may_continue(now) {
            return None;
        }
        self.writing = None;
        self.announced_at = Some(now);
        let changes = std::mem::take(&mut self.changes);
        let people: Vec<(ClientId, Vec<PendingChange>)> = changes
            .into_iter()
            .map(|(by, changes)| (by, changes.into_values().collect::<Vec<_>>()))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        if people.len() > MAX_PEOPLE {
            let count: usize = people.iter().map(|(_, changes)| changes.len()).sum();
            let people = people.len().to_string();
            return Some([&people, " people changed ", &elements(count), "."].concat());
        }
        let sentences: Vec<String> = people
            .into_iter()
            .map(|(by, changes)| sentence(by, &changes, &name_of))
            .collect();
        Some(sentences.join(" "))
    }
}

/// Whether an element is for text and has none yet.
fn is_blank(element: &Element) -> bool {
    match &element.body {
        Body::Text | Body::Sticky { .. } => element.text.is_empty(),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Frame
        | Body::Path(_)
        | Body::Image => false,
    }
}

/// The author of a change, its element, and its kind.
fn author_and_kind<'a>(
    before: Option<&'a Element>,
    after: Option<&'a Element>,
    board: &Board,
) -> Option<(ClientId, &'a Element, ChangeKind)> {
    match (before, after) {
        // Ink is announced when the stroke is finished.
        (_, Some(after)) if after.is_open() => None,
        (None, Some(after)) => Some((after.author, after, ChangeKind::Added)),
        (Some(before), Some(after)) if before.is_open() => {
            Some((after.author, after, ChangeKind::Added))
        }
        (Some(before), Some(after)) => {
            let (by, change) = changer(before, after)?;
            Some((by, after, change))
        }
        (Some(before), None) => match board.state(before.id) {
            ElementState::Deleted(tombstone) => Some((tombstone.by, before, ChangeKind::Removed)),
            ElementState::Present(_) | ElementState::Absent => None,
        },
        (None, None) => None,
    }
}

/// The author of a change of an element, and whether they changed its text.
fn changer(before: &Element, after: &Element) -> Option<(ClientId, ChangeKind)> {
    if before.text != after.text {
        return Some((after.writer(PropKey::Text), ChangeKind::Wrote));
    }
    let changed = |key: &&PropKey| before.props.get(**key) != after.props.get(**key);
    if let Some(key) = PropKey::ALL.iter().find(changed) {
        let change = match key {
            PropKey::At | PropKey::Points => ChangeKind::Moved,
            _ => ChangeKind::Changed,
        };
        return Some((after.writer(*key), change));
    }
    // Parts of a stroke were erased or restored.
    let cutter = match &after.body {
        Body::Stroke(stroke) => stroke.erased.last().map(|cut| cut.by),
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    };
    cutter
        .filter(|_| before.body != after.body)
        .map(|by| (by, ChangeKind::Changed))
}

fn sentence(
    by: ClientId,
    changes: &[PendingChange],
    name_of: &impl Fn(ClientId) -> String,
) -> String {
    let parts: Vec<String> = CHANGE_KINDS
        .into_iter()
        .filter_map(|change| clause(change, changes))
        .collect();
    [&name_of(by), " ", &parts.join(", "), "."].concat()
}

/// The elements of one kind of change: a single one in words, several by their number.
fn clause(change: ChangeKind, changes: &[PendingChange]) -> Option<String> {
    let alike: Vec<&PendingChange> = changes
        .iter()
        .filter(|pending| pending.change == change)
        .collect();
    let verb = match change {
        ChangeKind::Added => "added ",
        ChangeKind::Wrote => "wrote on ",
        ChangeKind::Moved => "moved ",
        ChangeKind::Changed => "changed ",
        ChangeKind::Removed => "removed ",
    };
    let first = alike.first()?;
    if alike.len() == 1 {
        return Some([verb, &with_article(&first.words)].concat());
    }
    let kinds: BTreeSet<&str> = alike.iter().map(|pending| pending.kind).collect();
    let what = match kinds.first() {
        Some(kind) if kinds.len() == 1 => [&alike.len().to_string(), " ", &plural(kind)].concat(),
        Some(_) | None => elements(alike.len()),
    };
    Some([verb, &what].concat())
}

fn elements(count: usize) -> String {
    let name = if count == 1 { " element" } else { " elements" };
    [&count.to_string(), name].concat()
}

/// `Sticky note: buy milk` as `a sticky note: buy milk`.
fn with_article(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let article = if "AEIOU".contains(first) { "an " } else { "a " };
    let mut out = article.to_owned();
    out.push(first.to_ascii_lowercase());
    out.push_str(letters.as_str());
    out
}

fn plural(kind: &str) -> String {
    kind.to_ascii_lowercase() + "s"
}

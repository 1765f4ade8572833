//! What others do, in sentences for those who do not see it.
//!
//! Collects changes and says them together, no more often than every two seconds,
//! so that a screen reader can keep up. What is put up to be written on is told with
//! what is written on it first. Knows elements; the time comes in as an
//! argument, and who is called what too.

use shared::id::{ClientId, ElementId, Millis};
use shared::model::{Board, Body, Element, PropKey, Slot};
use std::collections::{BTreeMap, BTreeSet};

use crate::document::outline::{OutlineItem, kind};

/// Time between two sentences.
const PAUSE_MS: Millis = 2_000;
/// No writing on something new is waited for longer than this.
const LONGEST_MS: Millis = 10_000;
/// People that one sentence names; the deeds of more are counted together.
const MOST_PEOPLE: usize = 3;

/// What somebody did to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Added,
    Wrote,
    Moved,
    Changed,
    Removed,
}

const DEEDS: [Deed; 5] = [
    Deed::Added,
    Deed::Wrote,
    Deed::Moved,
    Deed::Changed,
    Deed::Removed,
];

/// What is to be said.
#[derive(Clone, Debug, Default)]
pub struct Announcer {
    /// By person, what they did to which elements.
    deeds: BTreeMap<ClientId, BTreeMap<ElementId, Heard>>,
    said_at: Option<Millis>,
    /// Whether something happened since it was last asked what is due.
    stirred: bool,
    /// There is nothing to say but what is perhaps still being written.
    writing: Option<Writing>,
}

/// Since when somebody writes on what they put up, and since when they rest.
#[derive(Clone, Copy, Debug)]
struct Writing {
    since: Millis,
    resting: Millis,
}

#[derive(Clone, Debug, PartialEq)]
struct Heard {
    deed: Deed,
    /// The element in words.
    words: String,
    kind: &'static str,
    /// It was put up to be written on, and nothing stood on it yet.
    was_blank: bool,
}

impl Announcer {
    /// Nothing to say.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of a change of the board, unless `me` made it. `board` is as it is
    /// after the change.
    pub fn note(
        &mut self,
        before: Option<&Element>,
        after: Option<&Element>,
        me: ClientId,
        board: &Board,
    ) {
        let Some((by, element, deed)) = who_did_what(before, after, board) else {
            return;
        };
        let was_news = deed == Deed::Removed && self.forget(element.id);
        if by == me || was_news {
            return;
        }
        let deeds = self.deeds.entry(by).or_default();
        // What was just added and is then written on was added with that text.
        let known = deeds.get(&element.id).filter(|_| deed != Deed::Removed);
        let was_blank = known.map_or(deed == Deed::Added && is_blank(element), |heard| {
            heard.was_blank
        });
        let deed = known.map_or(deed, |heard| heard.deed.min(deed));
        self.stirred = true;
        let heard = Heard {
            deed,
            words: OutlineItem::of(element).words(),
            kind: kind(element),
            was_blank,
        };
        deeds.insert(element.id, heard);
    }

    /// What is gone needs no word about what was done to it; tells whether nobody has
    /// heard of it at all.
    fn forget(&mut self, id: ElementId) -> bool {
        let mut was_news = false;
        for deeds in self.deeds.values_mut() {
            let heard = deeds.remove(&id);
            was_news |= heard.is_some_and(|heard| heard.deed == Deed::Added);
        }
        was_news
    }

    /// Whether a sentence waits to be said.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.deeds.values().any(|deeds| !deeds.is_empty())
    }

    /// Whether all there is to say is about what somebody may still be writing.
    fn may_go_on(&mut self, now: Millis) -> bool {
        let mut heard = self.deeds.values().flat_map(BTreeMap::values);
        if !heard.all(|heard| heard.was_blank) {
            return false;
        }
        let begun = Writing {
            since: now,
            resting: now,
        };
        let writing = self.writing.get_or_insert(begun);
        if std::mem::take(&mut self.stirred) {
            writing.resting = now;
        }
        let (all, rest) = (
            now.saturating_sub(writing.since),
            now.saturating_sub(writing.resting),
        );
        all < LONGEST_MS && rest < PAUSE_MS
    }

    /// The sentences that are due now. `name_of` says how a person is called.
    pub fn due(&mut self, now: Millis, name_of: impl Fn(ClientId) -> String) -> Option<String> {
        let early = self
            .said_at
            .is_some_and(|at| now.saturating_sub(at) < PAUSE_MS);
        if early || !self.is_waiting() || self.may_go_on(now) {
            return None;
        }
        self.writing = None;
        self.said_at = Some(now);
        let deeds = std::mem::take(&mut self.deeds);
        let people: Vec<(ClientId, Vec<Heard>)> = deeds
            .into_iter()
            .map(|(by, deeds)| (by, deeds.into_values().collect::<Vec<_>>()))
            .filter(|(_, deeds)| !deeds.is_empty())
            .collect();
        if people.len() > MOST_PEOPLE {
            let count: usize = people.iter().map(|(_, deeds)| deeds.len()).sum();
            let people = people.len().to_string();
            return Some([&people, " people changed ", &elements(count), "."].concat());
        }
        let sentences: Vec<String> = people
            .into_iter()
            .map(|(by, deeds)| sentence(by, &deeds, &name_of))
            .collect();
        Some(sentences.join(" "))
    }
}

/// Whether something is there to be written on, and nothing is written yet.
fn is_blank(element: &Element) -> bool {
    match &element.body {
        Body::Text | Body::Sticky { .. } => element.text.is_empty(),
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Frame => false,
    }
}

/// Who made a change, what it is about, and what they did.
fn who_did_what<'a>(
    before: Option<&'a Element>,
    after: Option<&'a Element>,
    board: &Board,
) -> Option<(ClientId, &'a Element, Deed)> {
    match (before, after) {
        // Ink is told when it is whole.
        (_, Some(after)) if after.is_open() => None,
        (None, Some(after)) => Some((after.author, after, Deed::Added)),
        (Some(before), Some(after)) if before.is_open() => Some((after.author, after, Deed::Added)),
        (Some(before), Some(after)) => {
            let (by, deed) = changer(before, after)?;
            Some((by, after, deed))
        }
        (Some(before), None) => match board.slot(before.id) {
            Slot::Dead(tombstone) => Some((tombstone.by, before, Deed::Removed)),
            Slot::Live(_) | Slot::Vacant => None,
        },
        (None, None) => None,
    }
}

/// Who changed an element, and whether they wrote on it.
fn changer(before: &Element, after: &Element) -> Option<(ClientId, Deed)> {
    if before.text != after.text {
        return Some((after.writer(PropKey::Text), Deed::Wrote));
    }
    let changed = |key: &&PropKey| before.props.get(**key) != after.props.get(**key);
    if let Some(key) = PropKey::ALL.iter().find(changed) {
        let deed = match key {
            PropKey::At | PropKey::Points => Deed::Moved,
            _ => Deed::Changed,
        };
        return Some((after.writer(*key), deed));
    }
    // Somebody rubbed parts out, or brought them back.
    let cutter = match &after.body {
        Body::Stroke(stroke) => stroke.cuts.last().map(|cut| cut.by),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => None,
    };
    cutter
        .filter(|_| before.body != after.body)
        .map(|by| (by, Deed::Changed))
}

fn sentence(by: ClientId, deeds: &[Heard], name_of: &impl Fn(ClientId) -> String) -> String {
    let parts: Vec<String> = DEEDS
        .into_iter()
        .filter_map(|deed| clause(deed, deeds))
        .collect();
    [&name_of(by), " ", &parts.join(", "), "."].concat()
}

/// What was done in one way: one thing by its words, several by their number.
fn clause(deed: Deed, deeds: &[Heard]) -> Option<String> {
    let alike: Vec<&Heard> = deeds.iter().filter(|heard| heard.deed == deed).collect();
    let verb = match deed {
        Deed::Added => "added ",
        Deed::Wrote => "wrote on ",
        Deed::Moved => "moved ",
        Deed::Changed => "changed ",
        Deed::Removed => "removed ",
    };
    let first = alike.first()?;
    if alike.len() == 1 {
        return Some([verb, &with_article(&first.words)].concat());
    }
    let kinds: BTreeSet<&str> = alike.iter().map(|heard| heard.kind).collect();
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

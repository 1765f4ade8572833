//! Looking for things on the board, by their words or in a list.
//!
//! Knows the editor's search and outline, and who is called what. It must not know
//! how lists are shown.

use editor::outline::{OutlineItem, outline};
use editor::{FindStep, Found};
use js_sys::JsString;
use shared::id::{ClientId, ElementId};

use super::Session;
use super::core::Core;
use crate::clock;
use crate::ui::OutlineEntry;

/// Lines that the outline holds; a longer list helps nobody to find their way.
const MOST_LINES: usize = 500;

/// A text in lower case, decomposed by the browser.
fn decompose(text: &str) -> String {
    let text: JsString = text.into();
    text.to_lower_case().normalize("NFD").into()
}

impl Session {
    /// Looks for words and goes to the first place that has them; nothing to look for
    /// ends the search.
    pub(crate) fn find(&self, query: &str) -> Option<Found> {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.lead(clock::now(), |editor, now, ids, board| {
            editor.find(query, decompose, now, ids, board)
        });
        let found = core.editor.found();
        core.damage.live = true;
        drop(core);
        inner.settle();
        (!query.trim().is_empty()).then_some(found)
    }

    /// Goes to the next place that has the words, or the one before.
    pub(crate) fn find_step(&self, step: FindStep) -> Found {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.lead(clock::now(), |editor, now, ids, board| {
            editor.find_step(step, decompose, now, ids, board)
        });
        let found = core.editor.found();
        drop(core);
        inner.settle();
        found
    }

    /// Selects what was chosen from the outline, and brings it into view.
    pub(crate) fn choose(&self, wanted: &[ElementId]) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.lead(clock::now(), |editor, now, ids, board| {
            editor.show(wanted, now, ids, board)
        });
        drop(core);
        inner.settle();
    }

    /// What is on the board in reading order, and how much more there is than the
    /// list holds.
    #[must_use]
    pub(crate) fn outline(&self) -> (Vec<OutlineEntry>, usize) {
        let inner = self.inner();
        let core = inner.core.borrow();
        let (items, more) = outline(core.replica().board(), core.editor.index(), MOST_LINES);
        let entries = items.into_iter().map(|item| entry(item, &core)).collect();
        (entries, more)
    }
}

fn entry(item: OutlineItem, core: &Core) -> OutlineEntry {
    let author = name_of(item.author, core);
    let several = (item.count > 1).then(|| format!("{} strokes", item.count));
    OutlineEntry {
        ids: vec![item.id],
        kind: item.kind,
        text: several.unwrap_or(item.text),
        author,
    }
}

/// What somebody is called; empty for those who are not here.
fn name_of(client: ClientId, core: &Core) -> String {
    if client == core.replica().me() {
        return "You".to_owned();
    }
    let people = core.replica().peers().people();
    let person = people.iter().find(|person| person.client == client);
    person.map_or_else(String::new, |person| person.profile.name.clone())
}

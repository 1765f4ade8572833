//! Finding elements by their text and in the outline.

use editor::outline::{OutlineItem, outline};
use editor::{FindStep, Found};
use js_sys::JsString;
use shared::id::{ClientId, ElementId};

use super::core::Core;
use super::handle::Session;
use super::people::name_of;
use crate::clock;
use crate::view_model::OutlineEntry;

/// The most entries of the outline. A longer list would be hard to read.
const MAX_ENTRIES: usize = 500;

/// A text in lower case, decomposed by the browser.
fn decompose(text: &str) -> String {
    let text: JsString = text.into();
    text.to_lower_case().normalize("NFD").into()
}

impl Session {
    /// Searches the texts on the board and moves to the first match. An empty query ends the
    /// search.
    pub(crate) fn find(&self, query: &str) -> Option<Found> {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.with_editor(clock::now(), |editor, context| {
            editor.find(query, decompose, context)
        });
        let found = core.editor.found();
        core.damage.live = true;
        drop(core);
        inner.settle();
        (!query.trim().is_empty()).then_some(found)
    }

    /// Moves to the next match or to the previous one.
    pub(crate) fn find_step(&self, step: FindStep) -> Found {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.with_editor(clock::now(), |editor, context| {
            editor.find_step(step, decompose, context)
        });
        let found = core.editor.found();
        drop(core);
        inner.settle();
        found
    }

    /// Selects elements and scrolls them into view.
    pub(crate) fn reveal(&self, wanted: &[ElementId]) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.with_editor(clock::now(), |editor, context| editor.show(wanted, context));
        drop(core);
        inner.settle();
    }

    /// The elements in reading order, and the number of elements that the list leaves out.
    #[must_use]
    pub(crate) fn outline(&self) -> (Vec<OutlineEntry>, usize) {
        let inner = self.inner();
        let core = inner.core.borrow();
        let (items, more) = outline(core.replica().board(), core.editor.index(), MAX_ENTRIES);
        let entries = items.into_iter().map(|item| entry(item, &core)).collect();
        (entries, more)
    }
}

fn entry(item: OutlineItem, core: &Core) -> OutlineEntry {
    let author = author_name(item.author, core).to_owned();
    let several = (item.count > 1).then(|| format!("{} strokes", item.count));
    OutlineEntry {
        ids: vec![item.id],
        kind: item.kind,
        text: several.unwrap_or(item.text),
        author,
    }
}

/// The name of an author; empty if they are not on the board.
fn author_name(author: ClientId, core: &Core) -> &str {
    if author == core.replica().me() {
        return "You";
    }
    name_of(author, core.replica().presence().people()).unwrap_or_default()
}

//! Makes new elements: reads the entries of a request, gives boxes sizes that fit their texts,
//! places what has no place, and leads lines to the elements that they are bound to.

mod defaults;
mod draft;
mod entry;
mod fit;
mod flow;
mod lines;
mod members;
mod place;
mod space;

use serde_json::Value;
use shared::id::ElementId;
use shared::limits::MAX_ELEMENTS;
use shared::model::{Board, Element, NewElement, Prop};
use shared::op::Op;
use shared::protocol::Role;

use crate::author::Author;
use crate::error::{WorkError, place};
use crate::names::Names;
use crate::references::check_references;
use draft::{Draft, scratch};
use entry::Entry;

/// What a request creates.
#[derive(Debug, Default)]
pub(crate) struct Created {
    /// The new elements, from the bottom of the stack to the top.
    new: Vec<NewElement>,
    /// The ops by which elements of the board enter new frames.
    joined: Vec<Op>,
}

impl Created {
    /// The ids of the new elements.
    pub(crate) fn ids(&self) -> Vec<ElementId> {
        self.new.iter().map(|new| new.id).collect()
    }

    /// The ops that put the elements on the board.
    pub(crate) fn ops(self) -> impl Iterator<Item = Op> {
        let puts = self.new.into_iter().map(|new| Op::Put(Box::new(new)));
        self.joined.into_iter().chain(puts)
    }
}

/// Makes the elements of all entries.
pub(crate) fn elements(
    list: &[Value],
    board: &Board,
    names: &mut Names<'_>,
    author: &Author<'_>,
) -> Result<Created, WorkError> {
    if list.is_empty() {
        return Ok(Created::default());
    }
    let entries = entry::read(list, names, author.name)?;
    let mut drafts = read_all(entries, board, names, author)?;
    check_all(&drafts, board)?;
    members::arrange(&mut drafts);
    place::place(&mut drafts, board)?;
    members::follow(&mut drafts);
    let scratch = lines::lead(&mut drafts, board)?;
    members::join(&mut drafts, board, &scratch);
    // What is only proposed takes nothing in.
    let is_proposed = author.proposal.is_some();
    let joined = if is_proposed {
        Vec::new()
    } else {
        members::surrounded(&drafts, board)
    };
    let mut new = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let put = Op::Put(Box::new(draft.element.to_new()));
        put.validate()
            .map_err(|fault| WorkError::invalid(&draft.entry.path, fault.to_string()))?;
        new.push(draft.element.to_new());
    }
    if new.len() + board.len() > MAX_ELEMENTS {
        let reason = format!("a board has at most {MAX_ELEMENTS} elements");
        return Err(WorkError::invalid("create", reason));
    }
    Ok(Created { new, joined })
}

/// Reads the elements with their sizes.
fn read_all(
    entries: Vec<Entry>,
    board: &Board,
    names: &Names<'_>,
    author: &Author<'_>,
) -> Result<Vec<Draft>, WorkError> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        let path = entry.path.clone();
        names.resolve(&mut entry.fields, &path)?;
        let fields = Value::Object(std::mem::take(&mut entry.fields));
        let below = drafts.last().map(|draft| &draft.element.props.z);
        let below = below.or_else(|| board.top());
        let new = formats::json::from_value(&fields, entry.id, below)
            .map_err(|fault| WorkError::invalid(place(&path, &fault.path), fault.reason))?;
        if new.props.protected() && author.role != Role::Owner {
            let reason = "only owners protect elements";
            return Err(WorkError::at(&path, "protected", reason));
        }
        let mut element = Element::new(new, author.client);
        if element.props.protected() {
            // As in the editor: so every gesture leaves it as it is.
            element.props.set(Prop::Locked(true));
        }
        element.props.set(Prop::Proposal(author.proposal));
        fit::fit(&mut element, &entry);
        drafts.push(Draft {
            is_placed: entry.has_place,
            entry,
            element,
        });
    }
    Ok(drafts)
}

/// Checks that frames are frames, and that lines are bound to boxes.
fn check_all(drafts: &[Draft], board: &Board) -> Result<(), WorkError> {
    let new = scratch(drafts);
    for draft in drafts {
        let element = draft.element.to_new();
        check_references(&new, &element, &draft.entry.path)?;
        check_references(board, &element, &draft.entry.path)?;
    }
    Ok(())
}

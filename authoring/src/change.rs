//! Changes elements of a board: the JSON of an element is merged with the wanted fields (RFC 7396)
//! and read back, and the properties that differ become ops.

mod fields;

use std::collections::BTreeSet;

use serde_json::Value;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::{Board, Body, Element, NewElement, Prop, PropKey};
use shared::op::Op;
use shared::protocol::Role;

use crate::author::Author;
use crate::element::changed;
use crate::error::WorkError;
use crate::frames::Frames;
use crate::moves::Moves;
use crate::names::Names;
use crate::references::check_references;
use fields::Wanted;

/// The ops of all changes. Elements in `gone` are deleted by the same request.
pub(crate) fn ops(
    entries: &[Value],
    board: &Board,
    (mut names, gone): (Names<'_>, &BTreeSet<ElementId>),
    author: &Author<'_>,
) -> Result<Vec<Op>, WorkError> {
    names.forget(gone);
    let frames = Frames::of(board);
    let mut seen = BTreeSet::new();
    let mut ops = Vec::new();
    let mut moves = Moves::default();
    for (number, entry) in entries.iter().enumerate() {
        let path = format!("change[{number}]");
        let wanted = Wanted::read(entry, &path, &names)?;
        if !seen.insert(wanted.id) {
            return Err(WorkError::at(&path, "id", "two changes name this element"));
        }
        let Some(element) = board.get(wanted.id) else {
            continue;
        };
        let own = property_ops(board, element, &wanted, (&path, author, &frames))?;
        check_rights(element, &own, &wanted, (&path, author.role))?;
        ops.extend(own);
        if let Some(by) = wanted.by {
            moves.add(element.id, by);
        } else if wanted.places() {
            moves.leave(element.id);
            if matches!(element.body, Body::Frame) {
                moves.add(element.id, wanted.displacement(element));
            }
        }
    }
    ops.extend(moves.ops(board, &frames));
    Ok(ops)
}

/// Refuses changes of locked elements, unless they unlock them, and those that only owners make.
fn check_rights(
    element: &Element,
    ops: &[Op],
    wanted: &Wanted,
    (path, role): (&str, Role),
) -> Result<(), WorkError> {
    let (path, id) = (path.to_owned(), wanted.name.clone());
    let sets = |test: fn(&Prop) -> bool| {
        let mut ops = ops.iter();
        ops.any(|op| matches!(op, Op::Set { prop, .. } if test(prop)))
    };
    let is_changed = !ops.is_empty() || wanted.by.is_some();
    let protects = sets(|prop| matches!(prop, Prop::Protected(_)));
    if role != Role::Owner && (protects || is_changed && element.props.protected()) {
        return Err(WorkError::Protected { path, id });
    }
    let is_lock = |op: &Op| {
        let lock = |prop: &Prop| matches!(prop, Prop::Locked(_) | Prop::Protected(_));
        matches!(op, Op::Set { prop, .. } if lock(prop))
    };
    let unlocks = sets(|prop| matches!(prop, Prop::Locked(false)));
    let is_other = wanted.by.is_some() || !unlocks && !ops.iter().all(is_lock);
    if element.props.locked() && is_other {
        return Err(WorkError::Locked { path, id });
    }
    Ok(())
}

/// The ops that set what the entry names of the element itself.
fn property_ops(
    board: &Board,
    element: &Element,
    wanted: &Wanted,
    (path, author, frames): (&str, &Author<'_>, &Frames<'_>),
) -> Result<Vec<Op>, WorkError> {
    let value = wanted.merged(element, path)?;
    let mut new = changed(&value, element.id)
        .map_err(|fault| WorkError::at(path, &fault.path, fault.reason))?;
    check_references(board, &new, path)?;
    if new.props.protected() && !element.props.protected() {
        // As in the editor: so every gesture leaves it as it is.
        new.props.set(Prop::Locked(true));
    }
    if !wanted.names("frame") {
        follow_frame(board, frames, element, &mut new);
    }
    let id = element.id;
    let set = |prop| Op::Set { id, prop };
    let mut ops: Vec<Op> = differing(element, &new).map(set).collect();
    if wanted.names("text") {
        ops.extend(text_ops(element, &new, path, author)?);
    }
    Ok(ops)
}

/// The properties that differ.
fn differing(element: &Element, new: &NewElement) -> impl Iterator<Item = Prop> {
    let keys = PropKey::ALL.iter().copied();
    // The JSON does not have these.
    let is_kept = |key: &PropKey| matches!(key, PropKey::Z | PropKey::Text | PropKey::Proposal);
    let settable = keys.filter(move |key| !is_kept(key));
    settable.filter_map(|key| {
        let prop = new.props.get(key);
        // Measures are only added to.
        let adds = !matches!(&prop, Prop::Measures(measures) if measures.list().len() == 0);
        (adds && element.props.get(key) != prop).then_some(prop)
    })
}

/// The edits that lead to the new text.
fn text_ops(
    element: &Element,
    new: &NewElement,
    path: &str,
    author: &Author<'_>,
) -> Result<Vec<Op>, WorkError> {
    let edits = element.text.edits_to(author.client, &new.text);
    let mut after = element.text.clone();
    for edit in &edits {
        after.edit(author.client, edit);
    }
    if !after.edits_to(author.client, &new.text).is_empty() {
        let reason = "the text has been changed too often to take this; make a new element";
        return Err(WorkError::at(path, "text", reason));
    }
    let id = element.id;
    Ok(edits
        .into_iter()
        .map(|edit| Op::Text { id, edit })
        .collect())
}

/// An element that is put elsewhere belongs to the frame that its middle lies in, as after a drag.
fn follow_frame(board: &Board, frames: &Frames<'_>, element: &Element, new: &mut NewElement) {
    let has_moved =
        new.props.at != element.props.at || new.props.points() != element.props.points();
    if !has_moved || matches!(element.body, Body::Frame) {
        return;
    }
    // A frame would clip a line that leads out of it.
    if new.props.start().is_some() || new.props.end().is_some() {
        return;
    }
    let is_locked = |id| board.get(id).is_some_and(|frame| frame.props.locked());
    if element.props.frame().is_some_and(is_locked) {
        return;
    }
    let mut moved = element.clone();
    moved.props = new.props.clone();
    let middle = bounds(board, &moved).center().into();
    new.props.set(Prop::Frame(frames.at(middle, &|_| false)));
}

//! The entries of `create`: their conveniences, apart from the fields of the format.

use serde_json::{Map, Value};
use shared::id::ElementId;

use super::defaults;
use crate::error::{WorkError, place};
use crate::names::Names;
use crate::references::bind_ends;

/// An entry, with the fields of the format that make its element.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its place in the request.
    pub(crate) path: String,
    /// The id of its element.
    pub(crate) id: ElementId,
    /// The fields of the format.
    pub(crate) fields: Map<String, Value>,
    /// The number of the entry whose frame it is a child of.
    pub(crate) parent: Option<usize>,
    /// Whether the entry says where the element is.
    pub(crate) has_place: bool,
    /// Whether the entry gives a size.
    pub(crate) has_size: bool,
    /// Whether the entry gives a radius of corners.
    pub(crate) has_corner: bool,
    /// Whether the entry gives the route of a line.
    pub(crate) has_route: bool,
    /// Whether the entry names a frame, or none.
    pub(crate) has_frame: bool,
    /// The element that it wants to be near.
    pub(crate) near: Option<ElementId>,
    /// That element as the entry names it.
    near_name: Option<String>,
}

/// Reads the entries, children behind their frames. Words may name entries further down.
pub(super) fn read(
    list: &[Value],
    names: &mut Names<'_>,
    author: &str,
) -> Result<Vec<Entry>, WorkError> {
    let mut entries = Vec::with_capacity(list.len());
    for (number, value) in list.iter().enumerate() {
        let path = format!("create[{number}]");
        let (entry, children) = entry(value, (path, None), (names, author))?;
        let parent = entries.len();
        let frame = entry.path.clone();
        entries.push(entry);
        for (number, child) in children.iter().enumerate() {
            let path = format!("{frame}.children[{number}]");
            let (child, inner) = self::entry(child, (path, Some(parent)), (names, author))?;
            let is_frame = child.fields.get("kind").is_some_and(|kind| kind == "frame");
            if is_frame || !inner.is_empty() {
                let reason = "a frame cannot be a member of a frame";
                return Err(WorkError::at(&child.path, "kind", reason));
            }
            entries.push(child);
        }
    }
    for entry in &mut entries {
        if let Some(name) = entry.near_name.take() {
            entry.near = Some(names.refer(&name, &place(&entry.path, "near"))?);
        }
    }
    Ok(entries)
}

/// Reads an entry and finds its children.
fn entry(
    value: &Value,
    (path, parent): (String, Option<usize>),
    (names, author): (&mut Names<'_>, &str),
) -> Result<(Entry, Vec<Value>), WorkError> {
    let Value::Object(fields) = value else {
        return Err(WorkError::invalid(path, "an element is an object"));
    };
    let mut fields = fields.clone();
    let has_frame = parent.is_some() || fields.contains_key("frame");
    fields.retain(|_, value| !value.is_null());
    // Programs may send what they were shown.
    fields.remove("bounds");
    if parent.is_some() && fields.contains_key("frame") {
        let reason = "a child of a frame has no other frame";
        return Err(WorkError::at(&path, "frame", reason));
    }
    let word = word(&mut fields, "id", &path)?;
    let near_name = self::word(&mut fields, "near", &path)?;
    if parent.is_some() && near_name.is_some() {
        let reason = "a child of a frame is placed within it";
        return Err(WorkError::at(&path, "near", reason));
    }
    let children = children(&mut fields, &path)?;
    let id = names.define(word.as_deref(), &path)?;
    bind_ends(&mut fields, &path)?;
    defaults::complete(&mut fields, author);
    let has = |field: &str| fields.contains_key(field);
    let has_points = has("ink") || has("points");
    let entry = Entry {
        has_place: has("x") || has("y") || has_points || has("start") || has("end"),
        has_size: has("size"),
        has_corner: has("corner"),
        has_route: has("route"),
        path,
        id,
        parent,
        has_frame,
        near: None,
        near_name,
        fields,
    };
    Ok((entry, children))
}

/// Takes a name out of the fields.
fn word(
    fields: &mut Map<String, Value>,
    field: &str,
    path: &str,
) -> Result<Option<String>, WorkError> {
    match fields.remove(field) {
        None => Ok(None),
        Some(Value::String(word)) => Ok(Some(word)),
        Some(_) => Err(WorkError::at(path, field, "expected a string")),
    }
}

fn children(fields: &mut Map<String, Value>, path: &str) -> Result<Vec<Value>, WorkError> {
    let Some(children) = fields.remove("children") else {
        return Ok(Vec::new());
    };
    if fields.get("kind").is_none_or(|kind| kind != "frame") {
        let reason = "only frames have children";
        return Err(WorkError::at(path, "children", reason));
    }
    match children {
        Value::Array(children) => Ok(children),
        _ => Err(WorkError::at(path, "children", "expected a list")),
    }
}

//! Reads a board from JSON.
//!
//! The file is read twice: first only its type and version, then everything. Elements are converted
//! one by one as they are read, so the memory in use is bounded by that of the elements.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use shared::limits::{MAX_ELEMENTS, MAX_TITLE_CHARS};
use shared::model::{EmbeddedFile, NewElement};

use super::element::JsonElement;
use super::files::Files;
use super::ids::Ids;
use super::{MAX_BYTES, TYPE, VERSION};

/// A board that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The title of the board; it may be empty.
    pub title: String,
    /// The elements from the bottom up. Their ids are unique.
    pub elements: Vec<NewElement>,
    /// The files of pictures, as far as they are in the file and fit.
    pub files: Vec<EmbeddedFile>,
    /// Whether the file has more of them, or damaged ones.
    pub has_more_files: bool,
}

/// The reason why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// The file is too large.
    #[error("the file has {0} bytes; at most {MAX_BYTES} are read")]
    TooLarge(usize),
    /// The file is no JSON, or JSON of another program.
    #[error("this is not a file of Commonslate: {0}")]
    Foreign(String),
    /// A newer program wrote the file.
    #[error("the file has version {0} of the format; this program reads version {VERSION}")]
    Version(u64),
    /// A value is wrong.
    #[error("{path}: {reason}")]
    Invalid {
        /// The place in the JSON, such as `elements[3].color`.
        path: String,
        /// The fault there.
        reason: String,
    },
}

/// What says whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    r#type: String,
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "version")]
    _version: IgnoredAny,
    #[serde(default)]
    title: String,
    #[serde(default)]
    elements: Elements,
    #[serde(default)]
    files: Files,
}

/// Reads a board.
///
/// # Errors
/// A [`JsonError`] that names the first fault and its place.
pub fn read(bytes: &[u8]) -> Result<Scene, JsonError> {
    if bytes.len() > MAX_BYTES {
        return Err(JsonError::TooLarge(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Head =
        serde_json::from_slice(bytes).map_err(|error| JsonError::Foreign(error.to_string()))?;
    if head.r#type != TYPE {
        let other = format!("its type is `{}`", head.r#type.escape_debug());
        return Err(JsonError::Foreign(other.chars().take(100).collect()));
    }
    if head.version != VERSION {
        return Err(JsonError::Version(head.version));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let file: File =
        serde_path_to_error::deserialize(&mut json).map_err(|error| JsonError::Invalid {
            path: error.path().to_string(),
            reason: error.inner().to_string(),
        })?;
    if file.title.chars().count() > MAX_TITLE_CHARS {
        return Err(JsonError::Invalid {
            path: "title".to_owned(),
            reason: format!("a title has at most {MAX_TITLE_CHARS} characters"),
        });
    }
    let elements = file.elements.finish()?;
    Ok(Scene {
        title: file.title,
        elements,
        files: file.files.list,
        has_more_files: file.files.has_more,
    })
}

/// The elements, as far as they were converted.
#[derive(Default)]
struct Elements {
    list: Vec<NewElement>,
    ids: Ids,
    /// The first fault.
    fault: Option<JsonError>,
}

impl Elements {
    fn add(&mut self, element: JsonElement) {
        let number = self.list.len();
        self.ids.at(number);
        let below = self.list.last().map(|new| new.props.z.clone());
        match element.read(below.as_ref(), &mut self.ids) {
            Ok(new) => self.list.push(new),
            Err(reason) => self.fail(&self.ids.place().path(), reason),
        }
    }

    fn fail(&mut self, path: &str, reason: String) {
        let path = path.to_owned();
        self.fault
            .get_or_insert(JsonError::Invalid { path, reason });
    }

    fn finish(self) -> Result<Vec<NewElement>, JsonError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if let Some(place) = self.ids.undefined() {
            return Err(JsonError::Invalid {
                path: place.path(),
                reason: "the file has no element with this id".to_owned(),
            });
        }
        Ok(self.list)
    }
}

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EachElement)
    }
}

struct EachElement;

impl<'de> Visitor<'de> for EachElement {
    type Value = Elements;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MAX_ELEMENTS} elements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Elements, A::Error> {
        let mut elements = Elements::default();
        while elements.fault.is_none() {
            let Some(Object(element)) = seq.next_element()? else {
                return Ok(elements);
            };
            if elements.list.len() == MAX_ELEMENTS {
                let reason = format!("a board has at most {MAX_ELEMENTS} elements");
                elements.fail("elements", reason);
            } else {
                elements.add(element);
            }
        }
        // The rest is skipped, because the reader of the file expects the end of the list.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(elements)
    }
}

/// An element as an object. Without this, serde would also read its fields from a list.
struct Object(JsonElement);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Object, A::Error> {
        JsonElement::deserialize(MapAccessDeserializer::new(fields)).map(Object)
    }
}

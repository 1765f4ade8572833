//! The forms of the values of properties.

use serde::{Deserialize, Serialize};
use shared::id::{ElementId, GroupId};
use shared::limits::{MAX_GROUPS, MAX_KEPT_SEGMENTS, MAX_LINE_POINTS};
use shared::model::{Anchor, Arrowhead, Color, KeptSegment};
use shared::typeset::{MAX_MEASURES, MAX_PIECE_CHARS, Measure, Measures};

use super::color::Hue;
use super::ids::{self, Ids};
use super::list::List;
use super::names::{Name, Named};

/// The form of a value in the JSON.
pub(super) trait Form<Value>: Sized {
    /// The form of a value.
    fn write(value: &Value) -> Self;

    /// The value; an error names its fault.
    fn read(self, ids: &mut Ids) -> Result<Value, String>;
}

macro_rules! as_it_is {
    ($($type:ty)*) => {
        $(impl Form<$type> for $type {
            fn write(value: &$type) -> Self {
                value.clone()
            }

            fn read(self, _: &mut Ids) -> Result<$type, String> {
                Ok(self)
            }
        })*
    };
}

as_it_is!(f32 bool String [f32; 2]);

impl<T: Named> Form<T> for Name<T> {
    fn write(value: &T) -> Self {
        Self(*value)
    }

    fn read(self, _: &mut Ids) -> Result<T, String> {
        Ok(self.0)
    }
}

impl Form<[Arrowhead; 2]> for [Name<Arrowhead>; 2] {
    fn write(value: &[Arrowhead; 2]) -> Self {
        value.map(Name)
    }

    fn read(self, _: &mut Ids) -> Result<[Arrowhead; 2], String> {
        Ok(self.map(|head| head.0))
    }
}

impl Form<Option<Color>> for Hue {
    fn write(value: &Option<Color>) -> Self {
        Self(value.unwrap_or_default())
    }

    fn read(self, _: &mut Ids) -> Result<Option<Color>, String> {
        Ok(Some(self.0))
    }
}

/// The points of a line.
pub(super) type Points = List<[f32; 2], MAX_LINE_POINTS>;

impl Form<Vec<[f32; 2]>> for Points {
    fn write(value: &Vec<[f32; 2]>) -> Self {
        Self(value.clone())
    }

    fn read(self, _: &mut Ids) -> Result<Vec<[f32; 2]>, String> {
        Ok(self.0)
    }
}

/// The element that another one refers to.
impl Form<Option<ElementId>> for String {
    fn write(value: &Option<ElementId>) -> Self {
        value.map(|id| id.to_string()).unwrap_or_default()
    }

    fn read(self, ids: &mut Ids) -> Result<Option<ElementId>, String> {
        ids.refer(&self).map(Some)
    }
}

/// The groups of an element.
pub(super) type GroupNames = List<String, MAX_GROUPS>;

impl Form<Vec<GroupId>> for GroupNames {
    fn write(value: &Vec<GroupId>) -> Self {
        Self(value.iter().map(ToString::to_string).collect())
    }

    fn read(self, _: &mut Ids) -> Result<Vec<GroupId>, String> {
        self.0.iter().map(|name| ids::group_id(name)).collect()
    }
}

/// The anchor of an end of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonAnchor {
    to: String,
    #[serde(default = "middle")]
    at: [f32; 2],
}

const fn middle() -> [f32; 2] {
    [0.5, 0.5]
}

impl Form<Option<Anchor>> for JsonAnchor {
    fn write(value: &Option<Anchor>) -> Self {
        let to = value.map(|anchor| anchor.to.to_string());
        Self {
            to: to.unwrap_or_default(),
            at: value.map_or(middle(), |anchor| anchor.at),
        }
    }

    fn read(self, ids: &mut Ids) -> Result<Option<Anchor>, String> {
        let (to, at) = (ids.refer(&self.to)?, self.at);
        Ok(Some(Anchor { to, at }))
    }
}

/// A moved segment of an elbow line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum JsonSegment {
    Vertical(f32),
    Horizontal(f32),
}

/// The moved segments of an elbow line.
pub(super) type Segments = List<JsonSegment, MAX_KEPT_SEGMENTS>;

impl Form<Vec<KeptSegment>> for Segments {
    fn write(value: &Vec<KeptSegment>) -> Self {
        let segments = value.iter().map(|kept| match *kept {
            KeptSegment::Vertical(at) => JsonSegment::Vertical(at),
            KeptSegment::Horizontal(at) => JsonSegment::Horizontal(at),
        });
        Self(segments.collect())
    }

    fn read(self, _: &mut Ids) -> Result<Vec<KeptSegment>, String> {
        let kept = self.0.into_iter().map(|segment| match segment {
            JsonSegment::Vertical(at) => KeptSegment::Vertical(at),
            JsonSegment::Horizontal(at) => KeptSegment::Horizontal(at),
        });
        Ok(kept.collect())
    }
}

/// The measured widths of a piece of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonMeasure {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    bold: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    italic: bool,
    advances: List<u16, MAX_PIECE_CHARS>,
    #[serde(default = "no_breaks", skip_serializing_if = "is_without")]
    breaks: List<u16, MAX_PIECE_CHARS>,
}

/// Whether a flag has its default.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
pub(super) const fn is_false(flag: &bool) -> bool {
    !*flag
}

const fn no_breaks() -> List<u16, MAX_PIECE_CHARS> {
    List(Vec::new())
}

const fn is_without(breaks: &List<u16, MAX_PIECE_CHARS>) -> bool {
    breaks.0.is_empty()
}

/// The measured widths of a text.
pub(super) type JsonMeasures = List<JsonMeasure, MAX_MEASURES>;

impl Form<Measures> for JsonMeasures {
    fn write(value: &Measures) -> Self {
        let measures = value.list().map(|measure| JsonMeasure {
            text: measure.text.clone(),
            bold: measure.bold,
            italic: measure.italic,
            advances: List(measure.advances.clone()),
            breaks: List(measure.breaks.clone()),
        });
        Self(measures.collect())
    }

    fn read(self, _: &mut Ids) -> Result<Measures, String> {
        let measures = self.0.into_iter().map(|measure| Measure {
            text: measure.text,
            bold: measure.bold,
            italic: measure.italic,
            advances: measure.advances.0,
            breaks: measure.breaks.0,
        });
        Ok(measures.collect())
    }
}

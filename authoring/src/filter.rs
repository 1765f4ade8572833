//! Which elements of a board a program wants to see.

use serde::{Deserialize, Deserializer};
use shared::geometry::BoardRect;
use shared::limits::MAX_COORD;
use shared::model::layout::bounds;
use shared::model::{Arrowhead, Board, Body, Element};

/// The kind of lines with a head, which is no kind of the format.
pub(crate) const ARROW: &str = "arrow";

/// What elements must be to be shown. A field that is left out lets all elements pass. In a query
/// string lists are separated by commas: `kind=sticky,text&text=foo&area=0,0,800,600`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// One of these kinds, as the format names them; `arrow` is a line with a head.
    #[serde(deserialize_with = "kinds")]
    pub kind: Vec<String>,
    /// This text occurs in its text, name or alternative text, in upper or lower case.
    pub text: Option<String>,
    /// Its bounds touch this area: left, top, right and bottom.
    #[serde(deserialize_with = "area")]
    pub area: Option<[f64; 4]>,
    /// Its id is one of these, or ends with one of them.
    #[serde(deserialize_with = "words")]
    pub id: Vec<String>,
}

impl Filter {
    /// Whether an element passes.
    #[must_use]
    pub fn matches(&self, board: &Board, element: &Element) -> bool {
        self.has_kind(element)
            && self.has_id(element)
            && self.has_text(element)
            && self.area.is_none_or(|area| touches(board, element, area))
    }

    fn has_kind(&self, element: &Element) -> bool {
        let kind = formats::json::kind_name(&element.body);
        let is = |wanted: &String| wanted == kind || wanted == ARROW && is_arrow(element);
        self.kind.is_empty() || self.kind.iter().any(is)
    }

    fn has_id(&self, element: &Element) -> bool {
        if self.id.is_empty() {
            return true;
        }
        let id = element.id.to_string();
        let is = |wanted: &String| {
            wanted.len() >= crate::names::MIN_SHORT_CHARS && id.ends_with(wanted.as_str())
        };
        self.id.iter().any(is)
    }

    fn has_text(&self, element: &Element) -> bool {
        let Some(wanted) = &self.text else {
            return true;
        };
        words_of(element)
            .to_lowercase()
            .contains(&wanted.to_lowercase())
    }
}

/// Whether an element is a line with a head.
pub(crate) fn is_arrow(element: &Element) -> bool {
    matches!(element.body, Body::Line) && element.props.heads() != [Arrowhead::None; 2]
}

/// The text, the name or the alternative text of an element.
pub(crate) fn words_of(element: &Element) -> String {
    match &element.body {
        Body::Frame => element.props.name(),
        Body::Image => element.props.alternative_text(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => element.text.plain(),
        Body::Stroke(_) | Body::Path(_) => String::new(),
    }
}

fn touches(board: &Board, element: &Element, area: [f64; 4]) -> bool {
    let [left, top, right, bottom] = area;
    let rect = bounds(board, element);
    rect.x0 <= right && left <= rect.x1 && rect.y0 <= bottom && top <= rect.y1
}

/// Reads an area; its edges may be given in any order.
pub(crate) fn rect(area: [f64; 4]) -> BoardRect {
    let [left, top, right, bottom] = area.map(|at| at.clamp(-MAX_COORD, MAX_COORD));
    BoardRect::new(left, top, right, bottom).abs()
}

fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let words = text.split(',').map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    Ok(words.map(ToOwned::to_owned).collect())
}

fn kinds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let kinds = words(deserializer)?;
    let known: Vec<&str> = formats::json::kind_names().chain([ARROW]).collect();
    match kinds.iter().find(|kind| !known.contains(&kind.as_str())) {
        Some(kind) => {
            let names = known.join(", ");
            let kind: String = kind.chars().take(40).collect();
            let reason = format!("`{kind}` is no kind of element; there are {names}");
            Err(serde::de::Error::custom(reason))
        }
        None => Ok(kinds),
    }
}

fn area<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[f64; 4]>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let edges: Result<Vec<f64>, _> = text.split(',').map(|it| it.trim().parse::<f64>()).collect();
    let area = edges
        .ok()
        .and_then(|edges| <[f64; 4]>::try_from(edges).ok());
    match area.filter(|area| area.iter().all(|edge| edge.is_finite())) {
        Some(area) => {
            let rect = rect(area);
            Ok(Some([rect.x0, rect.y0, rect.x1, rect.y1]))
        }
        None => Err(serde::de::Error::custom(
            "an area is four numbers: left,top,right,bottom",
        )),
    }
}

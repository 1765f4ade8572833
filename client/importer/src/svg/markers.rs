//! Markers: which arrowhead of the board is nearest to the figure at the end of a line.

use shared::model::Arrowhead;

use super::path;
use super::state::State;
use crate::markup::{Document, NodeId};
use kurbo::PathEl;

/// The heads at both ends of a line.
pub(super) fn heads(state: &State, document: &Document) -> [Arrowhead; 2] {
    let [start, end] = &state.markers;
    [start, end].map(|id| {
        let marker = id.as_ref().and_then(|id| document.by_id(id));
        marker.map_or(Arrowhead::None, |marker| head(marker, document))
    })
}

/// The head that looks like a marker.
fn head(marker: NodeId, document: &Document) -> Arrowhead {
    let is_open = |id: NodeId| {
        let node = document.node(id);
        let style = node.get("style").unwrap_or_default().replace(' ', "");
        node.get("fill") == Some("none") || style.contains("fill:none")
    };
    let mut found = Arrowhead::None;
    for id in document.node(marker).children.iter().copied() {
        let node = document.node(id);
        let head = match node.name.as_ref() {
            "circle" | "ellipse" => Arrowhead::Dot,
            "polygon" | "rect" => Arrowhead::Triangle,
            "polyline" => Arrowhead::Arrow,
            "line" => Arrowhead::Bar,
            "path" => {
                let outline = path::outline(node.get("d").unwrap_or_default());
                let corners = outline.elements().iter().filter(|it| !is_close(it)).count();
                match corners {
                    0 | 1 => Arrowhead::None,
                    2 => Arrowhead::Bar,
                    _ if is_open(id) => Arrowhead::Arrow,
                    _ => Arrowhead::Triangle,
                }
            }
            "g" => self::head(id, document),
            _ => Arrowhead::None,
        };
        found = if head == Arrowhead::None { found } else { head };
    }
    found
}

const fn is_close(element: &PathEl) -> bool {
    matches!(element, PathEl::ClosePath)
}

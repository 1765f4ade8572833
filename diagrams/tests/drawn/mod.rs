//! A drawn diagram on a board, and what must be true of every one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diagrams::{Diagram, Elements, Options};
use kurbo::Rect;
use shared::geometry::BoardRect;
use shared::id::{ClientId, ElementId};
use shared::limits::MAX_COMMIT_BYTES;
use shared::model::layout::{bounds, box_size, is_near_outline, line_points, line_text};
use shared::model::{Anchor, Board, Body, Element, ElementState, NewElement};
use shared::op::{Commit, Guard, Op};

/// Two boxes that overlap by less only touch.
const TOUCH: f64 = 0.5;

/// A diagram and the board with its elements.
pub(crate) struct Drawn {
    pub(crate) elements: Elements,
    pub(crate) board: Board,
}

/// Draws a diagram at the origin.
pub(crate) fn draw(diagram: &Diagram) -> Drawn {
    draw_with(diagram, &Options::default())
}

/// Draws a diagram.
pub(crate) fn draw_with(diagram: &Diagram, options: &Options) -> Drawn {
    let mut number = 0_u128;
    let drawn = diagram.elements(options, &mut || {
        number += 1;
        ElementId::from_bytes(number.to_be_bytes())
    });
    let elements = drawn.expect("a diagram within the limits can be drawn");
    let mut board = Board::new();
    for new in &elements.elements {
        let element = Element::new(NewElement::clone(new), ClientId::from_bytes([0; 16]));
        board.set_state(new.id, ElementState::Present(Arc::new(element)));
    }
    Drawn { elements, board }
}

impl Drawn {
    pub(crate) fn element(&self, key: &str) -> &Arc<Element> {
        let id = self.elements.ids.get(key);
        let id = id.unwrap_or_else(|| panic!("no element for `{key}`"));
        self.board.get(*id).unwrap()
    }

    pub(crate) fn rect(&self, element: &Element) -> Rect {
        Rect::from_origin_size(element.props.at, box_size(element))
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &Arc<Element>> {
        let all = self.board.in_order();
        all.filter(|element| matches!(element.body, Body::Line))
    }

    fn boxes(&self) -> Vec<&Arc<Element>> {
        let all = self.board.in_order();
        all.filter(|element| element.body.is_box()).collect()
    }

    /// All that holds for every diagram.
    pub(crate) fn check(&self) {
        self.elements_are_valid();
        self.texts_fit();
        self.ends_touch_outlines();
        self.bounds_hold_everything();
    }

    fn elements_are_valid(&self) {
        let elements = &self.elements.elements;
        let ids: BTreeSet<ElementId> = elements.iter().map(|new| new.id).collect();
        assert_eq!(ids.len(), elements.len(), "ids are unique");
        assert!(elements.is_sorted_by(|low, high| low.props.z < high.props.z));
        for new in elements {
            let anchors = [new.props.start(), new.props.end()];
            let named = anchors.into_iter().flatten().map(|anchor| anchor.to);
            for id in named.chain(new.props.frame()) {
                assert!(ids.contains(&id), "an element names one that there is not");
            }
        }
        let puts = elements.iter().map(|new| Op::Put(Box::new(new.clone())));
        let commit = Commit {
            cno: 1,
            guard: Guard::Any,
            ops: puts.collect(),
        };
        assert_eq!(commit.validate(), Ok(()));
        let bytes = shared::protocol::codec::encode(&commit.ops).unwrap().len();
        assert!(bytes <= MAX_COMMIT_BYTES, "{bytes} bytes");
    }

    /// No box is shown larger than it is, so that no text makes one overlap another.
    fn texts_fit(&self) {
        for element in self.boxes() {
            if matches!(element.body, Body::Text) {
                continue;
            }
            let [width, height] = element.props.size().map(f64::from);
            let shown = box_size(element);
            let grown = (shown.width - width).max(shown.height - height);
            assert!(grown < 0.01, "{} grows by {grown}", words(element));
        }
    }

    fn ends_touch_outlines(&self) {
        for line in self.lines() {
            let points = line_points(&self.board, line);
            let ends = [
                (line.props.start(), points.first()),
                (line.props.end(), points.last()),
            ];
            for (anchor, point) in ends {
                let (Some(anchor), Some(point)) = (anchor, point) else {
                    continue;
                };
                let to = self.board.get(anchor.to).unwrap();
                // A line ends its own width before the outline.
                let slack = f64::from(line.props.width) * 2.0 + f64::from(to.props.width);
                let touches = is_near_outline(to, *point, slack);
                assert!(touches, "{point:?} is not at the outline of {}", words(to));
            }
        }
    }

    fn bounds_hold_everything(&self) {
        let all = self.elements.bounds.inflate(0.1, 0.1);
        for element in self.board.elements() {
            let own: BoardRect = bounds(&self.board, element);
            assert_eq!(own.union(all), all, "{} is outside", words(element));
        }
    }

    /// All edges of a graph or a tree are bound at both ends.
    pub(crate) fn every_line_is_bound(&self) {
        for line in self.lines() {
            let anchors: [Option<Anchor>; 2] = [line.props.start(), line.props.end()];
            assert!(anchors.iter().all(Option::is_some), "a line is not bound");
        }
    }

    /// No node overlaps another one, or a frame or a box that does not hold it.
    pub(crate) fn nothing_overlaps(&self) {
        let boxes = self.boxes();
        for (at, one) in boxes.iter().enumerate() {
            for other in boxes.iter().skip(at + 1) {
                let shared = self.rect(one).intersect(self.rect(other));
                let is_apart = shared.width() < TOUCH || shared.height() < TOUCH;
                assert!(
                    is_apart || holds(one, other) || holds(other, one),
                    "{} overlaps {}",
                    words(one),
                    words(other)
                );
            }
        }
    }

    /// No text of an edge covers a node or the text of another edge.
    pub(crate) fn labels_are_free(&self) {
        let written = self.lines().filter(|line| !line.text.is_empty());
        let rooms: Vec<(&Arc<Element>, Rect)> = written
            .filter_map(|line| Some((line, line_text(&self.board, line)?.room)))
            .collect();
        let nodes: Vec<_> = self.boxes();
        let nodes = nodes.iter().filter(|node| !node.text.is_empty());
        let nodes: Vec<_> = nodes.map(|node| (*node, self.rect(node))).collect();
        for (at, (line, room)) in rooms.iter().enumerate() {
            let room = room.inflate(-4.0, -4.0);
            for (other, rect) in nodes.iter().chain(rooms.iter().skip(at + 1)) {
                let shared = room.intersect(*rect);
                let is_apart = shared.width() <= TOUCH || shared.height() <= TOUCH;
                assert!(is_apart, "the text {} covers {}", words(line), words(other));
            }
        }
    }
}

/// Whether a frame or a box without text holds another element: as its member, or in one group.
fn holds(outer: &Element, inner: &Element) -> bool {
    match outer.body {
        Body::Frame => inner.props.frame() == Some(outer.id),
        _ => {
            let common = outer.props.groups();
            outer.text.is_empty() && common.iter().any(|it| inner.props.groups().contains(it))
        }
    }
}

/// The text of an element, or its name.
pub(crate) fn words(element: &Element) -> String {
    let text: String = element.text.runs().map(|run| run.text).collect();
    let name = if text.is_empty() {
        element.props.name()
    } else {
        text
    };
    format!("`{name}` at {:?}", element.props.at)
}

/// The words of the elements for each key.
pub(crate) fn words_by_key(drawn: &Drawn) -> BTreeMap<String, String> {
    let ids = drawn.elements.ids.iter();
    ids.filter_map(|(key, id)| {
        let element = drawn.board.get(*id)?;
        Some((
            key.clone(),
            element.text.runs().map(|run| run.text).collect(),
        ))
    })
    .collect()
}

/// The keys of the ends of each line, with its text.
pub(crate) fn edges(drawn: &Drawn) -> BTreeSet<(String, String, String)> {
    let key = |id: ElementId| {
        let mut ids = drawn.elements.ids.iter();
        ids.find(|(_, own)| **own == id)
            .map(|(key, _)| key.clone())
            .unwrap()
    };
    let lines = drawn.lines().map(|line| {
        let text: String = line.text.runs().map(|run| run.text).collect();
        let [start, end] = [line.props.start(), line.props.end()].map(|it| key(it.unwrap().to));
        (start, end, text)
    });
    lines.collect()
}

pub(crate) fn triple(from: &str, to: &str, text: &str) -> (String, String, String) {
    (from.to_owned(), to.to_owned(), text.to_owned())
}

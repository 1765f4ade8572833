//! The line of an element.

use std::collections::BTreeMap;

use shared::geometry::BoardRect;
use shared::id::{ElementId, GroupId};
use shared::model::layout::line_points;
use shared::model::{Arrowhead, Board, Body, Color, Element, Filling};

use super::quote::quoted;
use super::{kind, numbers};
use crate::filter::words_of;

/// Writes lines, and remembers the names that it gave to groups.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    board: &'a Board,
    short: BTreeMap<ElementId, String>,
    groups: BTreeMap<GroupId, usize>,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(board: &'a Board, short: BTreeMap<ElementId, String>) -> Self {
        Self {
            board,
            short,
            groups: BTreeMap::new(),
        }
    }

    /// The line of an element, or of `count` strokes of which it is the first.
    pub(super) fn line(&mut self, element: &Element, count: usize, rect: BoardRect) -> String {
        let mut parts = vec![self.name(element.id), kind(element).to_owned()];
        if count > 1 {
            parts.push(format!("x{count}"));
        }
        if matches!(element.body, Body::Line) {
            parts.push(self.way(element));
        }
        let text = words_of(element);
        if !text.is_empty() {
            parts.push(quoted(&text));
        }
        parts.push(numbers(rect));
        parts.extend(style(element));
        parts.extend(self.membership(element));
        parts.join(" ")
    }

    fn name(&self, id: ElementId) -> String {
        self.short.get(&id).cloned().unwrap_or_default()
    }

    /// From where to where a line leads, with its heads.
    fn way(&self, line: &Element) -> String {
        let points = line_points(self.board, line);
        let ends = [
            (line.props.start(), points.first()),
            (line.props.end(), points.last()),
        ];
        let [from, to] = ends.map(|(anchor, point)| {
            let held = anchor.filter(|anchor| self.board.get(anchor.to).is_some());
            match (held, point) {
                (Some(anchor), _) => self.name(anchor.to),
                (None, Some(at)) => format!("({:.0},{:.0})", at.x, at.y),
                (None, None) => String::new(),
            }
        });
        let is_head = line.props.heads().map(|head| head != Arrowhead::None);
        let arrow = match is_head {
            [false, false] => "--",
            [false, true] => "->",
            [true, false] => "<-",
            [true, true] => "<->",
        };
        format!("{from} {arrow} {to}")
    }

    /// The frame and the groups that it belongs to, and the number of members of a frame.
    fn membership(&mut self, element: &Element) -> Vec<String> {
        let mut parts = Vec::new();
        let frame = element.props.frame();
        if let Some(frame) = frame.filter(|frame| self.board.get(*frame).is_some()) {
            parts.push(format!("frame={}", self.name(frame)));
        }
        if matches!(element.body, Body::Frame) {
            let dependents = self.board.dependents(element.id);
            let members = dependents.filter(|it| it.props.frame() == Some(element.id));
            parts.push(format!("members={}", members.count()));
        }
        for group in element.props.groups() {
            let next = self.groups.len() + 1;
            let number = self.groups.entry(group).or_insert(next);
            parts.push(format!("group=g{number}"));
        }
        if element.props.proposal().is_some() {
            parts.push("proposed".to_owned());
        }
        if element.props.protected() {
            parts.push("protected".to_owned());
        } else if element.props.locked() {
            parts.push("locked".to_owned());
        }
        parts
    }
}

/// Colours and filling, unless they are those of a new element.
fn style(element: &Element) -> Vec<String> {
    let props = &element.props;
    let usual = match &element.body {
        Body::Sticky { .. } => Color::Yellow,
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Frame
        | Body::Path(_)
        | Body::Image => Color::Black,
    };
    let mut parts = Vec::new();
    if props.color != usual {
        parts.push(formats::json::color_name(props.color));
    }
    let filling = match props.filling() {
        Filling::None => None,
        Filling::Tint => Some("tint"),
        Filling::Solid => Some("solid"),
    };
    if let Some(filling) = filling {
        let fill = formats::json::color_name(props.fill().unwrap_or(props.color));
        parts.push(format!("fill={filling}:{fill}"));
    }
    parts
}

//! The last steps of every diagram: its title, the places of texts on lines, and the way to its place on
//! the board.

use std::sync::Arc;

use kurbo::{Point, Rect};
use shared::geometry::{BoardPoint, BoardRect};
use shared::limits::{MAX_COORD, MAX_TEXT_SIZE, MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH};
use shared::model::layout::{bounds, text_position_at};
use shared::model::{Board, Color, Element, ElementState, NewElement, Prop, Props};

use super::sketch::{Membership, Sketch};
use crate::drawing::{Elements, Options};
use crate::model::Label;

/// Size of the title.
const TITLE_SIZE: f64 = 36.0;
/// Space between the title and the diagram.
const TITLE_GAP: f64 = 32.0;

/// Finishes a sketch.
pub(super) fn finish(mut sketch: Sketch<'_>, title: &Label) -> Elements {
    let board = board(&sketch);
    for (line, wish) in std::mem::take(&mut sketch.wishes) {
        let Some(new) = sketch.elements.get_mut(line) else {
            continue;
        };
        if let Some(element) = board.get(new.id) {
            let part = text_position_at(&board, element, wish.into());
            new.props.set(Prop::TextPosition(part.clamp(0.0, 1.0)));
        }
    }
    let mut region = region(&sketch);
    if !title.is_empty() {
        let size = sketch.texts().free(title, TITLE_SIZE, None);
        let top = region.y0 - TITLE_GAP - size.height;
        let at = Point::new(region.center().x - size.width / 2.0, top);
        let look = (TITLE_SIZE, Color::Black);
        sketch.text(at, title, look, &Membership::default());
        region = region.union(Rect::from_origin_size(at, size));
    }
    let Sketch {
        options,
        elements,
        ids,
        ..
    } = sketch;
    let mut elements = elements;
    let way = Way {
        from: region.center(),
        options,
    };
    for new in &mut elements {
        way.place(&mut new.props);
    }
    let corners = [
        way.point(region.origin()),
        way.point(Point::new(region.x1, region.y1)),
    ];
    Elements {
        elements,
        bounds: BoardRect::from_points(corners[0], corners[1]),
        ids,
    }
}

/// A board with the elements of a sketch.
fn board(sketch: &Sketch<'_>) -> Board {
    let mut board = Board::new();
    for new in &sketch.elements {
        let element = Element::new(NewElement::clone(new), sketch.options.author);
        board.set_state(new.id, ElementState::Present(Arc::new(element)));
    }
    board
}

/// The rectangle that the elements cover.
fn region(sketch: &Sketch<'_>) -> BoardRect {
    let board = board(sketch);
    let all = board.elements().map(|element| bounds(&board, element));
    all.reduce(|all, one| all.union(one)).unwrap_or_default()
}

/// The way from the sketch to the board.
struct Way<'a> {
    from: Point,
    options: &'a Options,
}

impl Way<'_> {
    fn point(&self, at: Point) -> Point {
        let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
        let to = Point::from(self.options.centre) + (at - self.from) * self.options.scale;
        Point::new(within(to.x), within(to.y))
    }

    fn length(&self, length: f32) -> f32 {
        (f64::from(length) * self.options.scale).min(MAX_COORD) as f32
    }

    /// Moves and scales all properties that have a length.
    fn place(&self, props: &mut Props) {
        props.at = BoardPoint::from(self.point(props.at.into()));
        props.width = self.length(props.width).clamp(MIN_WIDTH, MAX_WIDTH);
        props.set(Prop::Size(props.size().map(|side| self.length(side))));
        props.set(Prop::Corner(self.length(props.corner())));
        let text = self
            .length(props.text_size())
            .clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE);
        props.set(Prop::TextSize(text));
        let points = props.points().into_iter();
        let points = points.map(|point| point.map(|at| self.length(at)));
        props.set(Prop::Points(points.collect()));
    }
}

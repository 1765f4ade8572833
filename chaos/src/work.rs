//! Random changes of a board: new strokes first, later mostly other places and colours.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::{Board, Color, Prop};
use shared::op::Op;
use testkit::fixtures::{ink, put, set, stroke};

/// Strokes that one person draws before changing what is there.
const STROKES_EACH: usize = 60;

/// Chooses the changes of one person.
#[derive(Debug)]
pub(crate) struct Work {
    chance: ChaCha8Rng,
    /// The strokes that this person drew.
    pub(crate) drawn: Vec<ElementId>,
    /// Points of each stroke.
    points: u32,
}

impl Work {
    pub(crate) const fn new(chance: ChaCha8Rng, points: u32) -> Self {
        Self {
            chance,
            drawn: Vec::new(),
            points,
        }
    }

    /// The next change of the board that the person sees.
    pub(crate) fn next(&mut self, board: &Board) -> Op {
        let draws = self.drawn.len() < STROKES_EACH && self.chance.random_bool(0.7);
        let place = (!board.is_empty()).then(|| self.chance.random_range(0..board.len()));
        match place.and_then(|place| board.elements().nth(place)) {
            Some(element) if !draws => set(element.id, self.change()),
            Some(_) | None => self.draw(),
        }
    }

    fn draw(&mut self) -> Op {
        let id = ElementId::from_bytes(self.chance.random());
        let (x, y) = (self.coordinate(), self.coordinate());
        let points = (0..self.points).map(|at| (f64::from(at) + x, f64::from(at % 7) + y));
        self.drawn.push(id);
        put(stroke(id, ink(points)))
    }

    fn change(&mut self) -> Prop {
        let color = Color::ALL[self.chance.random_range(0..Color::ALL.len())];
        match self.chance.random_range(0..3) {
            0 => Prop::Color(color),
            1 => Prop::Opacity(self.chance.random()),
            _ => Prop::At(BoardPoint::new(self.coordinate(), self.coordinate())),
        }
    }

    fn coordinate(&mut self) -> f64 {
        f64::from(self.chance.random_range(0..2_000))
    }
}

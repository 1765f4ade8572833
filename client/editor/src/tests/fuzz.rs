//! Random hands on the whole editor, with somebody else on the board.
//!
//! Each seed is one session; a failing one is named in the panic.

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use shared::id::ElementId;
use shared::model::{Body, Color, Prop};
use shared::op::{Guard, Op};
use shared::protocol::live::LiveItem;

use super::desk::{Desk, ME, OTHER, line, pointer, samples};
use crate::input::{Button, Focus, InputEvent, Key, Modifiers, PointerId, PointerKind, WheelKind};
use crate::{Effect, ScreenSize, ScreenVec};

const SEEDS: u64 = 150;
const STEPS: usize = 300;

struct Hands {
    rng: ChaCha8Rng,
    desk: Desk,
    next: u64,
}

#[test]
fn no_hands_break_the_board() {
    for seed in 0..SEEDS {
        let mut hands = Hands {
            rng: ChaCha8Rng::seed_from_u64(seed),
            desk: Desk::new(),
            next: 1,
        };
        for step in 0..STEPS {
            hands.step();
            hands.check(&format!("seed {seed}, step {step}"));
        }
    }
}

impl Hands {
    fn step(&mut self) {
        self.desk.now += self.rng.random_range(0..120);
        match self.rng.random_range(0..100) {
            0..70 => self.pointer(),
            70..82 => self.desk.frame(),
            82..90 => self.key(),
            90..93 => self.wheel(),
            93..95 => {
                let (_, id) = self.any_pointer();
                self.desk.send(InputEvent::PointerCancel(PointerId(id)));
            }
            95 => self.desk.send(InputEvent::Blur),
            96 => self
                .desk
                .send(InputEvent::Resize(ScreenSize::new(640.0, 400.0))),
            _ => self.somebody_else(),
        }
    }

    fn any_pointer(&mut self) -> (PointerKind, i32) {
        match self.rng.random_range(0..6) {
            0 | 1 => (PointerKind::Mouse, 1),
            2 => (PointerKind::Pen, 2),
            finger => (PointerKind::Touch, 10 + finger),
        }
    }

    fn place(&mut self) -> (f64, f64) {
        match self.rng.random_range(0..200) {
            0 => (f64::NAN, 5.0),
            1 => (1e300, -1e300),
            _ => (
                self.rng.random_range(-50.0..850.0),
                self.rng.random_range(-50.0..650.0),
            ),
        }
    }

    fn pointer(&mut self) {
        let (kind, id) = self.any_pointer();
        let (x, y) = self.place();
        let mut pointer = pointer(kind, id, x, y, self.desk.now);
        pointer.pressure = self.rng.random_range(0.0..1.0);
        pointer.button = match self.rng.random_range(0..10) {
            0 => Button::Middle,
            1 => Button::Eraser,
            2 => Button::Secondary,
            _ => Button::Primary,
        };
        let event = match self.rng.random_range(0..10) {
            0 | 1 => InputEvent::PointerDown(pointer),
            2 => InputEvent::PointerUp(pointer),
            _ => {
                let count = if self.rng.random_range(0..50) == 0 {
                    700
                } else {
                    6
                };
                let points: Vec<(f64, f64)> = (0..count).map(|_| self.place()).collect();
                let samples = samples(&points, self.desk.now);
                InputEvent::PointerMove {
                    pointer,
                    predicted: samples.clone(),
                    samples,
                }
            }
        };
        self.desk.send(event);
    }

    fn key(&mut self) {
        let keys = [
            "z", "Z", "y", "p", "P", "e", "h", "Escape", " ", "+", "-", "0", "ArrowUp",
        ];
        let key = keys[self.rng.random_range(0..keys.len())];
        let modifiers = Modifiers {
            shift: self.rng.random_range(0..4) == 0,
            ctrl: self.rng.random_range(0..2) == 0,
            ..Modifiers::default()
        };
        let key = Key {
            key: key.to_owned(),
            code: String::new(),
            modifiers,
            focus: Focus::Board,
        };
        let up = self.rng.random_range(0..4) == 0;
        self.desk.send(if up {
            InputEvent::KeyUp(key)
        } else {
            InputEvent::KeyDown(key)
        });
    }

    fn wheel(&mut self) {
        let (x, y) = self.place();
        let kind = if self.rng.random_range(0..2) == 0 {
            WheelKind::Pan
        } else {
            WheelKind::Zoom
        };
        let delta = ScreenVec::new(0.0, self.rng.random_range(-300.0..300.0));
        self.desk.send(InputEvent::Wheel {
            at: shared::geometry::ScreenPoint::new(x, y),
            delta,
            kind,
        });
    }

    fn somebody_else(&mut self) {
        let ids: Vec<ElementId> = self
            .desk
            .board
            .elements()
            .map(|element| element.id)
            .collect();
        let any = (!ids.is_empty()).then(|| ids[self.rng.random_range(0..ids.len())]);
        match (any, self.rng.next_u32() % 3) {
            (Some(id), 0) => self
                .desk
                .apply(OTHER, vec![Op::Delete { ids: vec![id] }], Guard::Any),
            (Some(id), 1) => {
                let prop = Prop::Color(Color::Pink);
                self.desk
                    .apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
            }
            _ => {
                self.next += 1;
                self.desk
                    .put(OTHER, line(self.next, (0.0, 0.0), (100.0, 90.0)));
            }
        }
    }

    /// `Desk` checks each commit and the board after it; here stands the rest.
    fn check(&mut self, at: &str) {
        let open = self.desk.board.elements().filter(|element| {
            let Body::Stroke(stroke) = &element.body;
            stroke.open && element.author == ME
        });
        let open: Vec<ElementId> = open.map(|element| element.id).collect();
        match self.desk.editor.own_ink() {
            Some(ink) => assert!(
                open.iter().all(|id| *id == ink.id),
                "{at}: two open strokes"
            ),
            None => assert!(open.is_empty(), "{at}: a stroke was left open"),
        }
        assert_eq!(
            self.desk.editor.index().len(),
            self.desk.board.len(),
            "{at}"
        );
        let mut live = false;
        for effect in &self.desk.log {
            let Effect::Live(item) = effect else { continue };
            assert!(item.is_sound(), "{at}: {item:?}");
            match item {
                LiveItem::Begin { .. } => assert!(!std::mem::replace(&mut live, true), "{at}"),
                LiveItem::Ink { .. } => assert!(live, "{at}: ink without beginning"),
                LiveItem::End { .. } => assert!(std::mem::take(&mut live), "{at}: end of nothing"),
                LiveItem::Cursor(_) => {}
            }
        }
        assert!(
            !live || self.desk.editor.own_ink().is_some(),
            "{at}: live ink without end"
        );
        if !live {
            self.desk.log.clear();
        }
    }
}

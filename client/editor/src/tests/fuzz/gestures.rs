//! Random gestures: every tool, key, button, setting, text and paste.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use shared::geometry::ScreenPoint;
use shared::id::Millis;
use shared::model::palette::Rgb;
use shared::model::{Align, Arrowhead, Color, Dash, Filling, Font, Route, WidthStep};

use super::person::Person;
use crate::input::{
    Button, FieldState, Focus, InputEvent, Key, Modifiers, Pasted, Pointer, PointerId, PointerKind,
    WheelKind,
};
use crate::style::TextStep;
use crate::tests::rig::{pointer, samples};
use crate::{Command, Prefs, ScreenSize, ScreenVec, StyleChange, ToolKind};

/// The next place of a drag, mostly near the last one.
const STRIDE: f64 = 60.0;

pub(super) struct RandomGestures {
    rng: ChaCha8Rng,
    /// Where the pointer is.
    at: (f64, f64),
    /// The pressed button.
    down: Option<(PointerKind, i32)>,
}

impl RandomGestures {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            at: (400.0, 300.0),
            down: None,
        }
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Does one random action.
    pub(super) fn act(&mut self, person: &mut Person, now: Millis) {
        match self.below(100) {
            0..44 => self.point(person, now),
            44..50 => self.gesture(person, now),
            50..62 => person.animation_frame(now),
            62..69 => self.key(person, now),
            69..81 => self.action(person, now),
            81..86 => {
                let change = self.change();
                person.restyle(change, now);
            }
            86..92 => self.typing(person, now),
            92..94 => self.paste(person, now),
            94 | 95 => self.wheel(person, now),
            96 => {
                let (_, id) = self.any_pointer();
                person.input(InputEvent::PointerCancel(PointerId(id)), now);
            }
            97 => {
                let prefs = self.prefs();
                person.editor.set_prefs(prefs);
            }
            98 => self.strange(person, now),
            _ => person.input(InputEvent::TypingEnded, now),
        }
    }

    fn strange(&mut self, person: &mut Person, now: Millis) {
        let event = match self.below(3) {
            0 => InputEvent::Blur,
            1 => InputEvent::PointerLeave,
            _ => InputEvent::Resize(ScreenSize::new(640.0, 400.0)),
        };
        person.input(event, now);
    }

    fn any_pointer(&mut self) -> (PointerKind, i32) {
        match self.below(8) {
            0..5 => (PointerKind::Mouse, 1),
            5 => (PointerKind::Pen, 2),
            finger => (PointerKind::Touch, i32::try_from(10 + finger).unwrap()),
        }
    }

    fn place(&mut self) -> (f64, f64) {
        match self.below(400) {
            0 => (f64::NAN, 5.0),
            1 => (1e300, -1e300),
            2..30 => (
                self.rng.random_range(-50.0..850.0),
                self.rng.random_range(-50.0..650.0),
            ),
            _ => {
                let mut near = |at: f64| at + self.rng.random_range(-STRIDE..STRIDE);
                let (x, y) = (near(self.at.0), near(self.at.1));
                // Gestures meet often, because the area is small.
                (x.clamp(150.0, 450.0), y.clamp(150.0, 400.0))
            }
        }
    }

    fn modifiers(&mut self) -> Modifiers {
        Modifiers {
            shift: self.one_in(5),
            ctrl: self.one_in(8),
            alt: self.one_in(8),
            meta: self.one_in(40),
        }
    }

    fn pointer(&mut self, (kind, id): (PointerKind, i32), now: Millis) -> Pointer {
        let (x, y) = self.place();
        if x.is_finite() && x.abs() < 1e4 {
            self.at = (x, y);
        }
        Pointer {
            pressure: self.rng.random_range(0.0..1.0),
            button: match self.below(20) {
                0 => Button::Middle,
                1 => Button::Eraser,
                2 => Button::Secondary,
                _ => Button::Primary,
            },
            modifiers: self.modifiers(),
            ..pointer(kind, id, x, y, now)
        }
    }

    fn point(&mut self, person: &mut Person, now: Millis) {
        // A pointer that is down mostly moves or is lifted.
        let anything = self.one_in(6);
        let (which, what) = match self.down.filter(|_| !anything) {
            Some(which) => (which, 2 + self.below(8)),
            None => (self.any_pointer(), self.below(10)),
        };
        let pointer = self.pointer(which, now);
        let event = match what {
            0 | 1 => {
                self.down = Some(which);
                InputEvent::PointerDown(pointer)
            }
            2 | 3 => {
                self.down = None;
                InputEvent::PointerUp(pointer)
            }
            _ => self.movement(pointer, now),
        };
        person.input(event, now);
    }

    fn movement(&mut self, pointer: Pointer, now: Millis) -> InputEvent {
        let count = if self.one_in(100) { 700 } else { 4 };
        let points: Vec<(f64, f64)> = (0..count).map(|_| self.place()).collect();
        let samples = samples(&points, now);
        InputEvent::PointerMove {
            pointer,
            predicted: samples.clone(),
            samples,
        }
    }

    /// A whole click, or a drag from here to there, with the mouse.
    fn gesture(&mut self, person: &mut Person, now: Millis) {
        let plain = |(x, y): (f64, f64), modifiers: Modifiers| Pointer {
            modifiers,
            ..pointer(PointerKind::Mouse, 1, x, y, now)
        };
        let modifiers = self.modifiers();
        let (from, to) = (self.place(), self.place());
        person.input(InputEvent::PointerDown(plain(from, modifiers)), now);
        if !self.one_in(3) {
            let event = self.movement(plain(to, modifiers), now);
            person.input(event, now);
            person.animation_frame(now);
        }
        person.input(InputEvent::PointerUp(plain(to, modifiers)), now);
    }

    fn key(&mut self, person: &mut Person, now: Millis) {
        const KEYS: [&str; 34] = [
            "z",
            "Z",
            "y",
            "p",
            "v",
            "r",
            "o",
            "a",
            "l",
            "t",
            "n",
            "f",
            "k",
            "e",
            "h",
            "q",
            "g",
            "d",
            "c",
            "x",
            "Escape",
            " ",
            "+",
            "-",
            "0",
            "1",
            "Enter",
            "Tab",
            "Delete",
            "Backspace",
            "ArrowUp",
            "ArrowLeft",
            "]",
            "[",
        ];
        let key = Key {
            key: self.one_of(&KEYS).to_owned(),
            code: String::new(),
            modifiers: self.modifiers(),
            focus: self.one_of(&[Focus::Board, Focus::Board, Focus::Page, Focus::TextField]),
        };
        let event = if self.one_in(4) {
            InputEvent::KeyUp(key)
        } else {
            InputEvent::KeyDown(key)
        };
        person.input(event, now);
    }

    fn action(&mut self, person: &mut Person, now: Millis) {
        let command = match self.below(13) {
            0 | 1 => Command::SELECT_ALL,
            2 => Command::NUDGE_RIGHT,
            3 => {
                let wheel = InputEvent::Wheel {
                    at: ScreenPoint::new(400.0, 300.0),
                    delta: ScreenVec::new(-35.0, 20.0),
                    kind: WheelKind::Pan,
                };
                return person.input(wheel, now);
            }
            4 => Command::UNDO,
            5 => Command::pick(self.one_of(&[ToolKind::Eraser, ToolKind::Arrow])),
            // Two people must erase the same ink.
            6 => Command::pick(self.one_of(&[ToolKind::Eraser, ToolKind::Pen])),
            // It would be too rare if it was chosen among all commands.
            7 => Command::GROUP,
            _ => self.one_of(&Vec::from_iter(Command::listed())),
        };
        // Unavailable commands are run, too.
        person.run(command, now);
    }

    fn change(&mut self) -> StyleChange {
        let color = if self.one_in(4) {
            let mut part = || self.rng.random_range(0..=255_u8);
            Color::Custom(Rgb {
                r: part(),
                g: part(),
                b: part(),
            })
        } else {
            self.one_of(&Color::ALL)
        };
        let changes = [
            StyleChange::Color(color),
            StyleChange::Width(self.one_of(&WidthStep::ALL)),
            StyleChange::Opacity(self.rng.random_range(0..=255)),
            StyleChange::Dash(self.one_of(&[Dash::Solid, Dash::Dashed, Dash::Dotted])),
            StyleChange::Fill(self.one_of(&[None, Some(Color::Yellow), Some(color)])),
            StyleChange::Filling(self.one_of(&[Filling::None, Filling::Tint, Filling::Solid])),
            StyleChange::Round(self.one_in(2)),
            StyleChange::Font(self.one_of(&[Font::Handwriting, Font::Sans, Font::Mono])),
            StyleChange::Text(self.one_of(&TextStep::ALL)),
            StyleChange::Align(self.one_of(&[Align::Start, Align::Center, Align::End])),
            StyleChange::Route(self.one_of(&[Route::Straight, Route::Curved, Route::Elbow])),
            StyleChange::Start(self.one_of(&[
                Arrowhead::None,
                Arrowhead::Arrow,
                Arrowhead::Triangle,
            ])),
            StyleChange::End(self.one_of(&[Arrowhead::None, Arrowhead::Arrow, Arrowhead::Dot])),
        ];
        self.one_of(&changes)
    }

    fn prefs(&mut self) -> Prefs {
        Prefs {
            tool_lock: self.one_in(2),
            grid: self.one_in(2),
            snap: self.one_in(2),
            constant_width: self.one_in(2),
            stabiliser: self.rng.random_range(0..=10),
            draw_and_hold: self.one_in(2),
            erase_parts: self.one_in(2),
            wheel_zooms: self.one_in(2),
        }
    }

    /// The text field is changed anywhere, as by keys, input methods and dictation.
    fn typing(&mut self, person: &mut Person, now: Millis) {
        const BITS: [&str; 8] = ["a", "once more ", "ß", "世界", "🙂", "\n", "- ", "e\u{301}"];
        let Some(view) = person.editor.typing(person.board()) else {
            return person.run(Command::ENTER, now);
        };
        let mut value: Vec<char> = view.value.chars().collect();
        let from = self.below(value.len() + 1);
        let to = (from + self.below(4)).min(value.len());
        let bit = if self.one_in(3) {
            ""
        } else {
            self.one_of(&BITS)
        };
        value.splice(from..to, bit.chars());
        let before: String = value[..(from + bit.chars().count()).min(value.len())]
            .iter()
            .collect();
        let caret = u32::try_from(before.encode_utf16().count()).unwrap();
        let state = FieldState {
            id: view.id,
            // Now and then the field is late.
            version: view.version.saturating_sub(u32::from(self.one_in(10))),
            value: value.into_iter().collect(),
            range: (caret, caret),
            composing: self.one_in(4),
        };
        person.input(InputEvent::Typed(state), now);
    }

    fn paste(&mut self, person: &mut Person, now: Millis) {
        let content = match (self.below(3), &person.copied) {
            (0 | 1, Some(copied)) => Pasted::Elements(copied.elements.clone()),
            _ => Pasted::Text("A few words\n- and a list".to_owned()),
        };
        let at = self
            .one_in(2)
            .then_some(ScreenPoint::new(self.at.0, self.at.1));
        person.input(InputEvent::Pasted { content, at }, now);
    }

    fn wheel(&mut self, person: &mut Person, now: Millis) {
        let kind = self.one_of(&[WheelKind::Pan, WheelKind::Zoom]);
        let delta = ScreenVec::new(0.0, self.rng.random_range(-120.0..120.0));
        let (x, y) = self.place();
        let at = ScreenPoint::new(x, y);
        person.input(InputEvent::Wheel { at, delta, kind }, now);
    }
}

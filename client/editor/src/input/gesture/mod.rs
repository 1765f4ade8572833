//! Which pointer may do what: the first decision, before any tool hears of it.
//!
//! Turns pointer events into intents: one pointer at a time gets a tool; two
//! fingers pinch; quick taps of several fingers undo and redo; palms get nothing.
//! Once a pen was seen, pens draw and fingers move the view. A right press, or a
//! long one of a finger where the tool allows it, asks for the menu. Knows
//! pointers; it must not know tools, the board or the camera.

mod down;
mod fingers;
mod pen;
mod press;

use shared::geometry::ScreenPoint;
use shared::id::Millis;
use std::collections::BTreeSet;

use crate::input::{Modifiers, Pointer, PointerId, PointerKind, Sample};
pub(crate) use fingers::PinchStep;
use fingers::{Fingers, Pinch};
use pen::PenWatch;
pub(crate) use press::Hold;
use press::Presses;

/// A stroke of one finger that is younger, or shorter on the screen, was the
/// beginning of a pinch when a second finger comes down.
const YOUNG_MS: Millis = 300;
pub(crate) const SLOP_PX: f64 = 12.0;

/// What the pointer that was let through shall do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wield {
    /// What the tool in hand does.
    Current,
    /// Move the view.
    Hand,
    /// Erase.
    Eraser,
}

/// Why work ends without a lifted pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// The system or the person took it away.
    Interrupted,
    /// It was never meant: the first finger of a pinch, or a palm.
    Retracted,
}

/// A pointer that begins to work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contact {
    pub(crate) wield: Wield,
    pub(crate) kind: PointerKind,
    pub(crate) first: Sample,
    pub(crate) modifiers: Modifiers,
    /// 1 for a press by itself, 2 for the second of a double press.
    pub(crate) presses: u8,
}

/// What the pointers together want.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Intent {
    Begin(Contact),
    Continue {
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        modifiers: Modifiers,
    },
    Finish(Sample),
    Abort(Abort),
    Pinch(PinchStep),
    Hover(ScreenPoint, Modifiers),
    /// What can be done here? A right press or a long one.
    Menu(ScreenPoint),
    Undo,
    Redo,
}

/// The pointer that works.
#[derive(Clone, Copy, Debug)]
struct Work {
    pointer: PointerId,
    kind: PointerKind,
    wield: Wield,
    since: Millis,
    from: ScreenPoint,
    farthest_px: f64,
    hold: Hold,
}

impl Work {
    /// Whether a second finger makes it the first finger of a pinch.
    fn gives_way_to_pinch(&self, now: Millis) -> bool {
        let young = now.saturating_sub(self.since) < YOUNG_MS || self.farthest_px < SLOP_PX;
        self.kind == PointerKind::Touch && (young || self.wield == Wield::Hand)
    }
}

#[derive(Clone, Copy, Debug, Default)]
enum Phase {
    #[default]
    Idle,
    Working(Work),
    Pinching(Pinch),
    /// A pinch is over; what is left of its fingers does nothing.
    Resting,
}

/// Whether the key that makes dragging pan is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SpaceBar {
    #[default]
    Up,
    Held,
}

/// Decides which pointer may do what.
#[derive(Debug, Default)]
pub(crate) struct Gestures {
    phase: Phase,
    fingers: Fingers,
    /// Pointers that get nothing until they are lifted.
    ignored: BTreeSet<PointerId>,
    pen: PenWatch,
    presses: Presses,
    space: SpaceBar,
}

impl Gestures {
    pub(crate) const fn space(&self) -> SpaceBar {
        self.space
    }

    pub(crate) fn set_space(&mut self, space: SpaceBar) {
        self.space = space;
    }

    /// Whether a pointer has a tool.
    pub(crate) const fn is_working(&self) -> bool {
        matches!(self.phase, Phase::Working(_))
    }

    /// A pointer touched down.
    pub(crate) fn down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        // Its end got lost on the way; it cannot go down twice.
        if matches!(&self.phase, Phase::Working(work) if work.pointer == pointer.id) {
            self.cancel(pointer.id, out);
        }
        match pointer.kind {
            PointerKind::Mouse => self.mouse_down(pointer, out),
            PointerKind::Pen => self.pen_down(pointer, out),
            PointerKind::Touch => self.touch_down(pointer, out),
        }
    }

    /// Something was typed: a press after it is a press by itself.
    pub(crate) fn typed(&mut self) {
        self.presses.forget();
    }

    /// A pointer moved; `samples` has at least one.
    pub(crate) fn moved(
        &mut self,
        pointer: &Pointer,
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        out: &mut Vec<Intent>,
    ) {
        if self.ignored.contains(&pointer.id) {
            return;
        }
        if pointer.kind == PointerKind::Pen {
            self.pen.hovered(pointer.time);
        }
        self.fingers.moved(pointer.id, pointer.at);
        match &mut self.phase {
            Phase::Working(work) if work.pointer == pointer.id => {
                let way = samples.iter().map(|sample| sample.at.distance(work.from));
                work.farthest_px = way.fold(work.farthest_px, f64::max);
                out.push(Intent::Continue {
                    samples,
                    predicted,
                    modifiers: pointer.modifiers,
                });
            }
            Phase::Pinching(pinch) => out.extend(pinch.step(&self.fingers).map(Intent::Pinch)),
            Phase::Idle if pointer.kind != PointerKind::Touch => {
                out.push(Intent::Hover(pointer.at, pointer.modifiers));
            }
            Phase::Idle | Phase::Working(_) | Phase::Resting => {}
        }
    }

    /// A pointer was lifted.
    pub(crate) fn up(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        if pointer.kind == PointerKind::Pen {
            self.pen.lifted(pointer.time);
        }
        if self.ignored.remove(&pointer.id) {
            return;
        }
        self.fingers.moved(pointer.id, pointer.at);
        self.fingers.remove(pointer.id);
        match self.phase {
            Phase::Working(work) if work.pointer == pointer.id => {
                if work.asks_for_menu(pointer.time) {
                    out.push(Intent::Abort(Abort::Interrupted));
                    out.push(Intent::Menu(work.from));
                } else {
                    self.presses.lifted(work.farthest_px);
                    out.push(Intent::Finish(pointer.sample()));
                }
                self.phase = Phase::Idle;
            }
            Phase::Pinching(_) | Phase::Resting => {
                self.rest();
                out.extend(self.fingers.take_tap(pointer.time));
            }
            Phase::Idle | Phase::Working(_) => {}
        }
    }

    /// The system took a pointer away.
    pub(crate) fn cancel(&mut self, id: PointerId, out: &mut Vec<Intent>) {
        self.pen.lost(id);
        if self.ignored.remove(&id) {
            return;
        }
        self.fingers.remove(id);
        self.fingers.spoil_tap();
        self.presses.forget();
        match self.phase {
            Phase::Working(work) if work.pointer == id => {
                out.push(Intent::Abort(Abort::Interrupted));
                self.phase = Phase::Idle;
            }
            Phase::Pinching(_) | Phase::Resting => self.rest(),
            Phase::Idle | Phase::Working(_) => {}
        }
    }

    /// The person gave up what they were doing; the pointer gets nothing more
    /// until it is lifted.
    pub(crate) fn give_up(&mut self) -> Option<Abort> {
        let Phase::Working(work) = self.phase else {
            return None;
        };
        self.ignored.insert(work.pointer);
        self.fingers.remove(work.pointer);
        self.presses.forget();
        self.phase = Phase::Idle;
        Some(Abort::Interrupted)
    }

    /// Says what it means when the working finger rests where it is.
    pub(crate) fn set_hold(&mut self, hold: Hold) {
        if let Phase::Working(work) = &mut self.phase {
            work.hold = hold;
        }
    }

    /// Time passed: a finger that rested long enough asks for the menu, and gets
    /// nothing more until it is lifted.
    pub(crate) fn waited(&mut self, now: Millis, out: &mut Vec<Intent>) {
        if let Phase::Working(work) = self.phase
            && work.asks_for_menu(now)
        {
            out.extend(self.give_up().map(Intent::Abort));
            out.push(Intent::Menu(work.from));
        }
    }

    /// The window was left: keys and resting pointers may be lifted unseen. Work
    /// goes on, for its pointer is captured.
    pub(crate) fn left(&mut self) {
        self.space = SpaceBar::Up;
        match self.phase {
            Phase::Working(_) => {}
            Phase::Idle | Phase::Pinching(_) | Phase::Resting => {
                *self = Self {
                    pen: self.pen.alone(),
                    ..Self::default()
                };
            }
        }
    }

    fn rest(&mut self) {
        self.phase = if self.fingers.is_empty() {
            Phase::Idle
        } else {
            Phase::Resting
        };
    }
}

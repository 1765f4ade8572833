//! Recognises gestures, and decides which pointer gets a tool.
//!
//! One pointer at a time gets a tool. Two fingers pinch; quick taps of several fingers undo and
//! redo; palms are ignored. Once a pen was seen, pens draw and fingers move the view. A right
//! press, or a long press of a finger where the tool allows it, opens the context menu.

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
pub(crate) use press::LongPress;
use press::Presses;

/// If a second finger comes down within this time, or before the first moved by [`SLOP_PX`], the
/// first began a pinch and no stroke.
const PINCH_GRACE_MS: Millis = 300;
/// A movement that is shorter than this, in CSS pixels, may be a trembling finger.
pub(crate) const SLOP_PX: f64 = 12.0;

/// The tool that a pointer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PointerTool {
    /// The active tool.
    Active,
    /// The hand, which moves the view.
    Hand,
    /// The eraser.
    Eraser,
}

/// Why a gesture ends although the pointer is not lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// The system or the person cancelled it.
    Interrupted,
    /// It began with the first finger of a pinch, or with a palm, so nothing of it stays.
    Retracted,
}

/// A pointer went down and begins a gesture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PointerDown {
    pub(crate) tool: PointerTool,
    pub(crate) kind: PointerKind,
    pub(crate) first: Sample,
    pub(crate) modifiers: Modifiers,
    /// 1 for a press by itself, 2 for the second of a double press.
    pub(crate) presses: u8,
}

/// A request of the gestures to the editor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Intent {
    Begin(PointerDown),
    Continue {
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        modifiers: Modifiers,
    },
    Finish(Sample),
    Abort(Abort),
    Pinch(PinchStep),
    Hover(ScreenPoint, Modifiers),
    /// Open the context menu here: a right click or a long press.
    Menu(ScreenPoint),
    Undo,
    Redo,
}

/// The pointer whose gesture is going on.
#[derive(Clone, Copy, Debug)]
struct ActivePointer {
    pointer: PointerId,
    kind: PointerKind,
    tool: PointerTool,
    since: Millis,
    from: ScreenPoint,
    farthest_px: f64,
    long_press: LongPress,
}

impl ActivePointer {
    /// Whether a second finger makes it the first finger of a pinch.
    fn gives_way_to_pinch(&self, now: Millis) -> bool {
        let young = now.saturating_sub(self.since) < PINCH_GRACE_MS || self.farthest_px < SLOP_PX;
        self.kind == PointerKind::Touch && (young || self.tool == PointerTool::Hand)
    }
}

#[derive(Clone, Copy, Debug, Default)]
enum Phase {
    #[default]
    Idle,
    Active(ActivePointer),
    Pinching(Pinch),
    /// A pinch ended; its remaining fingers are ignored.
    IgnoringFingers,
}

/// Whether the key that makes dragging pan is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SpaceBar {
    #[default]
    Up,
    Held,
}

/// The state of all pointers, and the recognition of gestures.
#[derive(Debug, Default)]
pub(crate) struct Gestures {
    phase: Phase,
    fingers: Fingers,
    /// Pointers that are ignored until they are lifted.
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
    pub(crate) const fn has_active_pointer(&self) -> bool {
        matches!(self.phase, Phase::Active(_))
    }

    /// A pointer touched down.
    pub(crate) fn down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        // Its last event was lost: a pointer cannot go down twice.
        if matches!(&self.phase, Phase::Active(active) if active.pointer == pointer.id) {
            self.cancel(pointer.id, out);
        }
        match pointer.kind {
            PointerKind::Mouse => self.mouse_down(pointer, out),
            PointerKind::Pen => self.pen_down(pointer, out),
            PointerKind::Touch => self.touch_down(pointer, out),
        }
    }

    /// A key was typed, so the next press is not the second of a double press.
    pub(crate) fn key_typed(&mut self) {
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
            Phase::Active(active) if active.pointer == pointer.id => {
                let way = samples.iter().map(|sample| sample.at.distance(active.from));
                active.farthest_px = way.fold(active.farthest_px, f64::max);
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
            Phase::Idle | Phase::Active(_) | Phase::IgnoringFingers => {}
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
            Phase::Active(active) if active.pointer == pointer.id => {
                if active.asks_for_menu(pointer.time) {
                    out.push(Intent::Abort(Abort::Interrupted));
                    out.push(Intent::Menu(active.from));
                } else {
                    self.presses.lifted(active.farthest_px);
                    out.push(Intent::Finish(pointer.sample()));
                }
                self.phase = Phase::Idle;
            }
            Phase::Pinching(_) | Phase::IgnoringFingers => {
                self.ignore_remaining_fingers();
                out.extend(self.fingers.take_tap(pointer.time));
            }
            Phase::Idle | Phase::Active(_) => {}
        }
    }

    /// The system cancelled a pointer.
    pub(crate) fn cancel(&mut self, id: PointerId, out: &mut Vec<Intent>) {
        self.pen.lost(id);
        if self.ignored.remove(&id) {
            return;
        }
        self.fingers.remove(id);
        self.fingers.cancel_tap();
        self.presses.forget();
        match self.phase {
            Phase::Active(active) if active.pointer == id => {
                out.push(Intent::Abort(Abort::Interrupted));
                self.phase = Phase::Idle;
            }
            Phase::Pinching(_) | Phase::IgnoringFingers => self.ignore_remaining_fingers(),
            Phase::Idle | Phase::Active(_) => {}
        }
    }

    /// Cancels the gesture that is going on. Its pointer is ignored until it is lifted.
    pub(crate) fn cancel_active(&mut self) -> Option<Abort> {
        let Phase::Active(active) = self.phase else {
            return None;
        };
        self.ignored.insert(active.pointer);
        self.fingers.remove(active.pointer);
        self.presses.forget();
        self.phase = Phase::Idle;
        Some(Abort::Interrupted)
    }

    /// Sets what a long press of the active finger does.
    pub(crate) fn set_long_press(&mut self, long_press: LongPress) {
        if let Phase::Active(active) = &mut self.phase {
            active.long_press = long_press;
        }
    }

    /// Time passed: a finger that rested long enough opens the menu, and is ignored until it is
    /// lifted.
    pub(crate) fn time_passed(&mut self, now: Millis, out: &mut Vec<Intent>) {
        if let Phase::Active(active) = self.phase
            && active.asks_for_menu(now)
        {
            out.extend(self.cancel_active().map(Intent::Abort));
            out.push(Intent::Menu(active.from));
        }
    }

    /// The window lost the keyboard: keys and resting pointers may be lifted unseen. The gesture of
    /// the active pointer goes on, because that is captured.
    pub(crate) fn window_left(&mut self) {
        self.space = SpaceBar::Up;
        match self.phase {
            Phase::Active(_) => {}
            Phase::Idle | Phase::Pinching(_) | Phase::IgnoringFingers => {
                *self = Self {
                    pen: self.pen.without_pointer(),
                    ..Self::default()
                };
            }
        }
    }

    fn ignore_remaining_fingers(&mut self) {
        self.phase = if self.fingers.is_empty() {
            Phase::Idle
        } else {
            Phase::IgnoringFingers
        };
    }
}

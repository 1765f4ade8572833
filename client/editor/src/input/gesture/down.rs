//! What becomes of a pointer that touches down, by its kind.
//!
//! Knows who is at work already. It must not know what the work is.

use super::fingers::Pinch;
use super::pen::PenMode;
use super::{Abort, Contact, Gestures, Hold, Intent, Phase, SpaceBar, Wield, Work};
use crate::input::{Button, Pointer, PointerKind};

impl Gestures {
    pub(super) fn mouse_down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        let wield = match (pointer.button, self.space) {
            (Button::Primary, SpaceBar::Up) => Wield::Current,
            (Button::Primary, SpaceBar::Held) | (Button::Middle, _) => Wield::Hand,
            (Button::Eraser, _) => Wield::Eraser,
            (Button::Secondary, _) => return self.menu(pointer, out),
        };
        if let Phase::Idle = self.phase {
            self.begin(pointer, wield, out);
        }
    }

    pub(super) fn pen_down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        let wield = match (pointer.button, self.space) {
            (Button::Eraser, _) => Wield::Eraser,
            (Button::Primary, SpaceBar::Up) => Wield::Current,
            (Button::Primary, SpaceBar::Held) | (Button::Middle, _) => Wield::Hand,
            // The barrel button; the hand that holds the pen is still a palm.
            (Button::Secondary, _) => {
                self.pen.touched(pointer.id, pointer.time);
                return self.menu(pointer, out);
            }
        };
        self.pen.touched(pointer.id, pointer.time);
        match self.phase {
            Phase::Working(work) if work.kind != PointerKind::Touch => return,
            Phase::Working(work) => {
                let young = work.gives_way_to_pinch(pointer.time);
                out.push(Intent::Abort(if young {
                    Abort::Retracted
                } else {
                    Abort::Interrupted
                }));
            }
            Phase::Idle | Phase::Pinching(_) | Phase::Resting => {}
        }
        // Whatever touches the screen now is the hand that holds the pen.
        self.ignored.extend(self.fingers.drain());
        self.begin(pointer, wield, out);
    }

    pub(super) fn touch_down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        if self.pen.is_palm(pointer) {
            self.ignored.insert(pointer.id);
            return;
        }
        match self.phase {
            Phase::Idle => {
                self.fingers.add(pointer);
                let pans = self.pen.mode() == PenMode::On || self.space == SpaceBar::Held;
                self.begin(
                    pointer,
                    if pans { Wield::Hand } else { Wield::Current },
                    out,
                );
            }
            Phase::Working(work) if work.gives_way_to_pinch(pointer.time) => {
                out.push(Intent::Abort(Abort::Retracted));
                self.fingers.add(pointer);
                self.pinch_or_rest();
            }
            Phase::Working(_) => {
                self.ignored.insert(pointer.id);
            }
            Phase::Pinching(_) => self.fingers.add(pointer),
            Phase::Resting => {
                self.fingers.add(pointer);
                self.pinch_or_rest();
            }
        }
    }

    fn menu(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        // In the middle of something a menu would only be in the way.
        if let Phase::Idle = self.phase {
            self.presses.forget();
            out.push(Intent::Menu(pointer.at));
        }
    }

    fn begin(&mut self, pointer: &Pointer, wield: Wield, out: &mut Vec<Intent>) {
        self.phase = Phase::Working(Work {
            pointer: pointer.id,
            kind: pointer.kind,
            wield,
            since: pointer.time,
            from: pointer.at,
            farthest_px: 0.0,
            hold: Hold::default(),
        });
        out.push(Intent::Begin(Contact {
            wield,
            kind: pointer.kind,
            first: pointer.sample(),
            modifiers: pointer.modifiers,
            presses: self.presses.count(pointer),
        }));
    }

    fn pinch_or_rest(&mut self) {
        // The first finger of a pinch pressed nothing.
        self.presses.forget();
        self.phase = Pinch::of(&self.fingers).map_or(Phase::Resting, Phase::Pinching);
    }
}

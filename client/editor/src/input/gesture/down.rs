//! Decides what a pointer that goes down may do, by its kind.

use super::fingers::Pinch;
use super::pen::PenMode;
use super::{
    Abort, ActivePointer, Gestures, Intent, LongPress, Phase, PointerDown, PointerTool, SpaceBar,
};
use crate::input::{Button, Pointer, PointerKind};

impl Gestures {
    pub(super) fn mouse_down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        let tool = match (pointer.button, self.space) {
            (Button::Primary, SpaceBar::Up) => PointerTool::Active,
            (Button::Primary, SpaceBar::Held) | (Button::Middle, _) => PointerTool::Hand,
            (Button::Eraser, _) => PointerTool::Eraser,
            (Button::Secondary, _) => return self.menu(pointer, out),
        };
        if let Phase::Idle = self.phase {
            self.begin(pointer, tool, out);
        }
    }

    pub(super) fn pen_down(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        let tool = match (pointer.button, self.space) {
            (Button::Eraser, _) => PointerTool::Eraser,
            (Button::Primary, SpaceBar::Up) => PointerTool::Active,
            (Button::Primary, SpaceBar::Held) | (Button::Middle, _) => PointerTool::Hand,
            // The barrel button; the hand that holds the pen is still a palm.
            (Button::Secondary, _) => {
                self.pen.touched(pointer.id, pointer.time);
                return self.menu(pointer, out);
            }
        };
        self.pen.touched(pointer.id, pointer.time);
        match self.phase {
            Phase::Active(active) if active.kind != PointerKind::Touch => return,
            Phase::Active(active) => {
                let young = active.gives_way_to_pinch(pointer.time);
                out.push(Intent::Abort(if young {
                    Abort::Retracted
                } else {
                    Abort::Interrupted
                }));
            }
            Phase::Idle | Phase::Pinching(_) | Phase::IgnoringFingers => {}
        }
        // Every touch now is the palm of the hand that holds the pen.
        self.ignored.extend(self.fingers.drain());
        self.begin(pointer, tool, out);
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
                    if pans {
                        PointerTool::Hand
                    } else {
                        PointerTool::Active
                    },
                    out,
                );
            }
            Phase::Active(active) if active.gives_way_to_pinch(pointer.time) => {
                out.push(Intent::Abort(Abort::Retracted));
                self.fingers.add(pointer);
                self.pinch_or_ignore();
            }
            Phase::Active(_) => {
                self.ignored.insert(pointer.id);
            }
            Phase::Pinching(_) => self.fingers.add(pointer),
            Phase::IgnoringFingers => {
                self.fingers.add(pointer);
                self.pinch_or_ignore();
            }
        }
    }

    fn menu(&mut self, pointer: &Pointer, out: &mut Vec<Intent>) {
        // During a gesture no menu is opened.
        if let Phase::Idle = self.phase {
            self.presses.forget();
            out.push(Intent::Menu(pointer.at));
        }
    }

    fn begin(&mut self, pointer: &Pointer, tool: PointerTool, out: &mut Vec<Intent>) {
        self.phase = Phase::Active(ActivePointer {
            pointer: pointer.id,
            kind: pointer.kind,
            tool,
            since: pointer.time,
            from: pointer.at,
            farthest_px: 0.0,
            long_press: LongPress::default(),
        });
        out.push(Intent::Begin(PointerDown {
            tool,
            kind: pointer.kind,
            first: pointer.sample(),
            modifiers: pointer.modifiers,
            presses: self.presses.count(pointer),
        }));
    }

    fn pinch_or_ignore(&mut self) {
        // The first finger of a pinch was no press.
        self.presses.forget();
        self.phase = Pinch::of(&self.fingers).map_or(Phase::IgnoringFingers, Phase::Pinching);
    }
}

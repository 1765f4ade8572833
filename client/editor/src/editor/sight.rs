//! Keeps the caret where it can be seen, while somebody types or the view shrinks.
//!
//! Knows the view and the caret. It must not change the board.

use super::Editor;
use super::route::World;
use crate::view::screen::ScreenVec;

/// What the caret keeps free between itself and the sides of the view, in CSS pixels.
const SIDE_PX: f64 = 24.0;
/// The same above, where the board's name and menus are.
const TOP_PX: f64 = 72.0;
/// The same below, where phones have two bars of tools.
const BOTTOM_PX: f64 = 144.0;
/// No margin takes more than this share of the view: a screen keyboard leaves little.
const MOST: f64 = 0.35;

impl Editor {
    /// In the next frame, when the board has what was typed, the caret is to be seen.
    /// One that was put by the pointer is seen already; the view would move under the
    /// hand.
    pub(super) fn will_show_caret(&mut self) {
        self.memory.shows_caret = self.typing.is_some();
    }

    /// Moves the view as little as needed.
    pub(super) fn show_caret(&mut self, world: &mut World<'_>) {
        if !self.memory.shows_caret {
            return;
        }
        let Some(caret) = self.caret_view(world.board) else {
            // What it stands in is on its way to the board, or gone.
            return self.will_show_caret();
        };
        self.memory.shows_caret = false;
        let Some(line) = caret.line else { return };
        let [one, other] = line.map(|end| self.camera.to_screen(end));
        let size = self.camera.size();
        let across = into(
            [one.x.min(other.x), one.x.max(other.x)],
            [SIDE_PX, SIDE_PX],
            size.width,
        );
        let down = into(
            [one.y.min(other.y), one.y.max(other.y)],
            [TOP_PX, BOTTOM_PX],
            size.height,
        );
        if across != 0.0 || down != 0.0 {
            self.look_from(self.camera.panned(ScreenVec::new(across, down)), world);
        }
    }
}

/// How far a stretch must go to lie within `length` without its margins; what is too
/// long shows its end.
fn into([from, to]: [f64; 2], [before, behind]: [f64; 2], length: f64) -> f64 {
    let first = before.min(length * MOST);
    let last = length - behind.min(length * MOST);
    if to > last {
        last - to
    } else if from < first {
        (first - from).min(last - to)
    } else {
        0.0
    }
}

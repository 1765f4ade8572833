//! Scrolls the caret into view while the user types or the view shrinks.

use shared::model::Board;

use super::TextEditing;
use crate::view::{Camera, ScreenVec};

/// Free space between the caret and the sides of the view, in CSS pixels.
const SIDE_PX: f64 = 24.0;
/// Free space above the caret, where the name of the board and the menus are, in CSS pixels.
const TOP_PX: f64 = 72.0;
/// Free space below the caret, where phones have two toolbars, in CSS pixels.
const BOTTOM_PX: f64 = 144.0;
/// Free space between the caret and controls that cover a part of the view, in CSS pixels.
const COVER_PX: f64 = 16.0;
/// No margin takes more than this share of the view: a screen keyboard leaves little.
const MAX_SHARE: f64 = 0.35;

impl TextEditing {
    /// Makes the next animation frame scroll the caret into view, because the board has the typed
    /// text only then. It is not called when the pointer puts the caret: the view would move under
    /// the hand.
    pub(crate) fn scroll_to_caret(&mut self) {
        self.scrolls = self.edited.is_some();
    }

    /// Sets from which height down controls cover the view, in CSS pixels, and scrolls the caret
    /// above them.
    pub(crate) fn set_covered_from(&mut self, height: Option<f64>) {
        if self.covered_from != height {
            self.covered_from = height;
            self.scroll_to_caret();
        }
    }

    /// The shortest way that brings the caret into view; `None` if the view need not move.
    pub(crate) fn take_scroll(&mut self, camera: &Camera, board: &Board) -> Option<ScreenVec> {
        if !self.scrolls {
            return None;
        }
        let Some(caret) = self.caret(board) else {
            // Its element is on its way to the board, or gone.
            self.scroll_to_caret();
            return None;
        };
        self.scrolls = false;
        let [one, other] = caret.line?.map(|end| camera.to_screen(end));
        let size = camera.size();
        let across = way_into(
            [one.x.min(other.x), one.x.max(other.x)],
            [SIDE_PX, SIDE_PX],
            size.width,
        );
        let down = way_into(
            [one.y.min(other.y), one.y.max(other.y)],
            [TOP_PX, BOTTOM_PX],
            size.height,
        );
        let below = one.y.max(other.y) + down;
        let above_cover = self.covered_from.map(|height| height - COVER_PX - below);
        let down = down + above_cover.unwrap_or(0.0).min(0.0);
        (across != 0.0 || down != 0.0).then_some(ScreenVec::new(across, down))
    }
}

/// How far a stretch must move to lie within `length` without its margins. Of a stretch that is too
/// long, the end is shown.
fn way_into([from, to]: [f64; 2], [before, behind]: [f64; 2], length: f64) -> f64 {
    let first = before.min(length * MAX_SHARE);
    let last = length - behind.min(length * MAX_SHARE);
    if to > last {
        last - to
    } else if from < first {
        (first - from).min(last - to)
    } else {
        0.0
    }
}

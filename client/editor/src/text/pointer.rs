//! Presses and drags on the text that is edited: they put the caret and mark text.

use shared::geometry::BoardPoint;

use shared::typeset::{CaretStop, word_at};

use super::{TextEditing, TextPlacement};
use crate::document::History;
use crate::input::gesture::{Intent, PointerTool};
use crate::update::Update;
use crate::view::Camera;

/// A press so near to the box of the text, in CSS pixels, is for the text.
const TOLERANCE_PX: f64 = 4.0;

impl TextEditing {
    /// Takes the gestures on the text that is edited, and returns all others. A press beside the
    /// text ends the editing.
    pub(crate) fn take_gesture(
        &mut self,
        intent: Intent,
        camera: &Camera,
        history: &mut History,
        update: &mut Update<'_>,
    ) -> Option<Intent> {
        let Some(edited) = &mut self.edited else {
            return Some(intent);
        };
        match (intent, edited.marking) {
            (Intent::Begin(down), _) if down.tool == PointerTool::Active => {
                let at = camera.to_board(down.first.at);
                let tolerance = camera.board_length(TOLERANCE_PX);
                let taken = self.press(at, tolerance, down.presses, update);
                if !taken {
                    self.end(history, update);
                }
                (!taken).then_some(Intent::Begin(down))
            }
            (Intent::Continue { samples, .. }, Some(anchor)) => {
                if let Some(sample) = samples.last() {
                    self.drag(anchor, camera.to_board(sample.at), update);
                }
                None
            }
            (Intent::Finish(_) | Intent::Abort(_), Some(_)) => {
                edited.marking = None;
                None
            }
            (intent, _) => Some(intent),
        }
    }

    /// A press on the text puts the caret, a double press marks a word, a triple press the whole
    /// text. Returns whether the press was on the text.
    fn press(
        &mut self,
        at: BoardPoint,
        tolerance: f64,
        presses: u8,
        update: &mut Update<'_>,
    ) -> bool {
        let session = self.edited_on(update.board);
        let placement = session.and_then(|(_, element)| TextPlacement::of(update.board, element));
        let Some(placement) = placement.filter(|placement| placement.contains(at, tolerance))
        else {
            return false;
        };
        let stop = placement.stop_at(at);
        let text = placement.layout().text();
        let (from, to) = match presses {
            0 | 1 => (stop.index, stop),
            2 => {
                let word = word_at(text, stop.index);
                (word.start, CaretStop::upstream(word.end))
            }
            _ => (0, CaretStop::upstream(text.chars().count())),
        };
        self.put_caret(from, to, update);
        if let Some(edited) = &mut self.edited {
            edited.marking = Some(from);
        }
        true
    }

    /// The pointer that pressed on the text moved.
    fn drag(&mut self, anchor: usize, at: BoardPoint, update: &mut Update<'_>) {
        let session = self.edited_on(update.board);
        let placement = session.and_then(|(_, element)| TextPlacement::of(update.board, element));
        if let Some(placement) = placement {
            self.put_caret(anchor, placement.stop_at(at), update);
        }
    }
}

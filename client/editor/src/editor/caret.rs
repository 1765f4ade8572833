//! The caret on the board: where it is shown, how keys and presses move it.
//!
//! Knows where text stands on the board. It must not change text.

use kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use shared::geometry::BoardPoint;
use shared::model::lettering::{Lettering, lettering};
use shared::model::place::{Label, frame_name, own_to_board};
use shared::model::{Board, Element, Marks};
use shared::typeset::{Layout, Setting};

use super::Editor;
use super::route::World;
use crate::commands::action::Action;
use crate::input::Key;
use crate::input::gesture::{Intent, Wield};
use crate::output::Effect;
use crate::text::{Marked, Step, TypingView, stepped, word_at};
use crate::view::overlay::CaretView;

/// A press so near to the box of the text, in CSS pixels, is meant for it.
const REACH_PX: f64 = 4.0;

/// A text in its place.
pub(super) struct Place {
    setting: Setting,
    layout: Layout,
    /// The upper left corner of the layout in the unturned box.
    at: Point,
    /// Where presses are meant for the text, in the unturned box.
    room: Rect,
    /// From the layout's coordinates to the board's.
    to_board: Affine,
    /// From the board's coordinates to the unturned box's.
    to_box: Affine,
}

impl Place {
    /// The text of an element, or the name of a frame.
    pub(super) fn of(element: &Element) -> Option<Self> {
        let of_text = |text: Lettering| (text.setting, text.layout, text.at, text.size.to_rect());
        let of_name = |name: Label| {
            let room = Rect::from_origin_size(name.at, (name.layout.width, name.layout.height));
            (name.setting, name.layout, name.at, room)
        };
        let (setting, layout, at, room) = lettering(element)
            .map(of_text)
            .or_else(|| frame_name(element).map(of_name))?;
        let own = own_to_board(element);
        Some(Self {
            setting,
            layout,
            at,
            room,
            to_board: own * Affine::translate(at.to_vec2()),
            to_box: own.inverse(),
        })
    }

    pub(super) fn letter_at(&self, at: BoardPoint) -> usize {
        let own = self.to_box * Point::from(at) - self.at;
        self.layout.letter_at(own.x, own.y)
    }

    pub(super) fn has(&self, at: BoardPoint, reach: f64) -> bool {
        let room = self.room.inflate(reach, reach);
        room.contains(self.to_box * Point::from(at))
    }
}

impl Editor {
    /// What the text field must be like while something is written on.
    #[must_use]
    pub fn typing(&self, board: &Board) -> Option<TypingView> {
        let typing = self.typing.as_ref()?;
        let element = board.get(typing.id)?;
        let place = Place::of(element)?;
        let layout = &place.layout;
        let middle = place.to_board * Point::new(layout.width / 2.0, layout.height / 2.0);
        let text = typing.text(element);
        let (value, version, range) = typing.field(&text);
        let (anchor, focus) = typing.marked.places(&text);
        Some(TypingView {
            id: typing.id,
            is_name: typing.is_naming(),
            value: value.to_owned(),
            range,
            backward: focus < anchor,
            version,
            rect: Rect::from_center_size(middle, (layout.width, layout.height)),
            angle: f64::from(element.props.angle()),
            font: place.setting.font,
            size: place.setting.size,
            align: place.setting.align,
            wraps: place.setting.wrap.is_some(),
        })
    }

    /// The caret and the marked text, for the overlay.
    pub(super) fn caret_view(&self, board: &Board) -> Option<CaretView> {
        let typing = self.typing.as_ref()?;
        let element = board.get(typing.id)?;
        let place = Place::of(element)?;
        let layout = &place.layout;
        let range = typing.range(&typing.text(element));
        let board_point = |x, y| BoardPoint::from(place.to_board * Point::new(x, y));
        let line = range.is_empty().then(|| {
            let caret = layout.caret(range.start);
            [
                board_point(caret.x, caret.top),
                board_point(caret.x, caret.bottom),
            ]
        });
        let mut marked = BezPath::new();
        for part in layout.marked(range) {
            let part = Rect::new(part.left, part.top, part.right, part.bottom);
            marked.extend(part.path_elements(0.1));
        }
        Some(CaretView {
            id: typing.id,
            line,
            marked: place.to_board * marked,
        })
    }

    /// Keys of the text field that are not its own. Tells whether it was one.
    pub(super) fn typing_key(&mut self, key: &Key, world: &mut World<'_>) -> bool {
        if self.typing.is_none() {
            return false;
        }
        match TypingKey::of(key) {
            None => return false,
            Some(TypingKey::Leave) => self.end_typing(world),
            Some(TypingKey::Act(action)) => self.act(action, world),
            Some(TypingKey::Toggle(mark)) => self.mark_typing(mark, world),
            Some(TypingKey::Step(step)) => self.step_caret(step, key.modifiers.shift, world),
        }
        true
    }

    fn step_caret(&mut self, step: Step, marks: bool, world: &mut World<'_>) {
        let Some((typing, element)) = self.writing(world.board) else {
            return;
        };
        let Some(place) = Place::of(element) else {
            return;
        };
        let (anchor, focus) = typing.marked.places(&typing.text(element));
        let (to, goal) = stepped(&place.layout, focus, typing.goal, step);
        self.put_caret(if marks { anchor } else { to }, to, world);
        if let Some(typing) = &mut self.typing {
            typing.goal = goal;
        }
        self.will_show_caret();
    }

    /// Marks from one letter to another, or puts the caret there.
    pub(super) fn put_caret(&mut self, anchor: usize, focus: usize, world: &mut World<'_>) {
        if let Some((typing, element)) = self.writing(world.board) {
            let text = typing.text(element);
            typing.mark(Marked::between(&text, anchor, focus), &text);
            world.effects.push(Effect::Typing);
            world.effects.push(Effect::Redraw);
        }
    }

    /// A press on the text that is written into puts the caret; a double press marks a
    /// word, one more all of it. Tells whether it was one; any other ends the writing.
    pub(super) fn press_on_text(
        &mut self,
        at: BoardPoint,
        presses: u8,
        world: &mut World<'_>,
    ) -> bool {
        let reach = self.camera.board_length(REACH_PX);
        let place = self
            .writing(world.board)
            .and_then(|(_, element)| Place::of(element));
        let Some(place) = place.filter(|place| place.has(at, reach)) else {
            self.end_typing(world);
            return false;
        };
        let letter = place.letter_at(at);
        let (from, to) = match presses {
            0 | 1 => (letter, letter),
            2 => {
                let word = word_at(place.layout.text(), letter);
                (word.start, word.end)
            }
            _ => (0, place.layout.text().chars().count()),
        };
        self.put_caret(from, to, world);
        if let Some(typing) = &mut self.typing {
            typing.marking = Some(from);
        }
        true
    }

    /// The pointer that pressed on the text moved.
    pub(super) fn drag_on_text(&mut self, anchor: usize, at: BoardPoint, world: &mut World<'_>) {
        let Some((_, element)) = self.writing(world.board) else {
            return;
        };
        if let Some(place) = Place::of(element) {
            let letter = place.letter_at(at);
            self.put_caret(anchor, letter, world);
        }
    }

    /// Takes what pointers do to the text that is written into, and hands back the rest.
    pub(super) fn on_text(&mut self, intent: Intent, world: &mut World<'_>) -> Option<Intent> {
        let Some(typing) = &self.typing else {
            return Some(intent);
        };
        match (intent, typing.marking) {
            (Intent::Begin(contact), _) if contact.wield == Wield::Current => {
                let at = self.camera.to_board(contact.first.at);
                let taken = self.press_on_text(at, contact.presses, world);
                (!taken).then_some(Intent::Begin(contact))
            }
            (Intent::Continue { samples, .. }, Some(anchor)) => {
                if let Some(sample) = samples.last() {
                    self.drag_on_text(anchor, self.camera.to_board(sample.at), world);
                }
                None
            }
            (Intent::Finish(_) | Intent::Abort(_), Some(_)) => {
                if let Some(typing) = &mut self.typing {
                    typing.marking = None;
                }
                None
            }
            (intent, _) => Some(intent),
        }
    }
}

/// What a key asks for while the text field has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TypingKey {
    Leave,
    Act(Action),
    Toggle(Marks),
    Step(Step),
}

impl TypingKey {
    fn of(key: &Key) -> Option<Self> {
        let held = key.modifiers;
        let command = (held.ctrl || held.meta) && !held.alt;
        if !command {
            let step = (!held.alt && !held.ctrl && !held.meta).then(|| Step::of(&key.key));
            let leave = (key.key == "Escape").then_some(Self::Leave);
            return leave.or(step.flatten().map(Self::Step));
        }
        match (key.key.to_ascii_lowercase().as_str(), held.shift) {
            ("b", false) => Some(Self::Toggle(Marks::BOLD)),
            ("i", false) => Some(Self::Toggle(Marks::ITALIC)),
            ("z", false) => Some(Self::Act(Action::Undo)),
            ("z", true) | ("y", false) => Some(Self::Act(Action::Redo)),
            _ => None,
        }
    }
}

/// Whether the editor wants a key that was pressed in the text field; the field must
/// not act on it then.
#[must_use]
pub fn is_for_editor(key: &Key) -> bool {
    TypingKey::of(key).is_some()
}

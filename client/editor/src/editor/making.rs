//! What follows when a tool selects or made something, and what a menu is about.

use crate::tool_kind::ToolKind;
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::ElementId;
use shared::op::Op;
use shared::protocol::live::LiveItem;

use super::route::World;
use super::{Access, Editor};
use crate::document::hit_test::{Passing, Spot};
use crate::document::selection::{Selection, unit};
use crate::output::{Effect, UiCommand};
use crate::tools::Entry;
use crate::tools::select::shown_frame;
use crate::tools::text::{line_height, new_text};

/// How far beside an element one may aim at it, in CSS pixels.
const AIM_PX: f64 = 6.0;

impl Editor {
    /// Selects something, and tells others.
    pub(super) fn select(&mut self, mut selection: Selection, world: &mut World<'_>) {
        selection.ids.retain(|id| world.will_hold(*id));
        if selection != self.selection {
            let ids = selection.ids.iter().copied();
            let told = ids.take(shared::limits::MAX_LIVE_SELECTION).collect();
            self.selection = selection;
            self.survey.forget_selection();
            // Viewers select only for themselves, to copy or to be read to.
            if self.access == Access::Edit {
                world.effects.push(Effect::Live(LiveItem::Select(told)));
            }
            world.effects.push(Effect::Selection);
            world.effects.push(Effect::Redraw);
        }
    }

    /// A tool made something: it is selected, and the tool goes back to Select. One that
    /// stays in the hand is for the next thing, and so are colours and keys.
    pub(super) fn made(&mut self, id: ElementId, world: &mut World<'_>) {
        if !self.prefs.tool_lock && !self.kind.is_sticky() {
            self.select(Selection::of([id]), world);
            self.pick(ToolKind::Select, world);
        }
    }

    /// Begins a new text, as the Text tool would.
    pub(super) fn write_at(&mut self, at: BoardPoint, world: &mut World<'_>) {
        let id = (world.ids)();
        let ctx = self.seen_by(ToolKind::Text, world.now, world.board);
        let corner = BoardPoint::new(at.x, at.y - line_height(&ctx) / 2.0);
        let new = new_text(&ctx, id, corner, 0.0);
        self.submit(vec![Op::Put(Box::new(new))], Entry::New, world);
        self.select(Selection::of([id]), world);
        self.begin_typing(id, world);
    }

    /// Whether the frame around what is selected holds a place.
    fn is_around(&self, at: BoardPoint, world: &World<'_>) -> bool {
        let frame = shown_frame(&self.seen_by(self.kind, world.now, world.board));
        frame.is_some_and(|frame| frame.contains(at))
    }

    /// Asks for the menu of what is at a place; that is selected first, locked or not.
    pub(super) fn menu_at(&mut self, at: ScreenPoint, world: &mut World<'_>) {
        if self.access == Access::Edit {
            let spot = Spot {
                at: self.camera.to_board(at),
                reach: self.camera.board_length(AIM_PX),
            };
            let found = spot.topmost(world.board, &self.index, Passing::Nothing);
            match found {
                Some(id) if self.selection.has(id) => {}
                Some(id) => {
                    let selection = unit(world.board, id, self.selection.within);
                    self.select(selection, world);
                }
                // Inside of a hollow shape that is selected.
                None if self.is_around(spot.at, world) => {}
                None => self.select(Selection::none(), world),
            }
        }
        let menu = UiCommand::ContextMenu(at);
        world.effects.push(Effect::Ui(menu));
    }
}

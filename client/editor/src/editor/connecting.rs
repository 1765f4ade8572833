//! Arrows between what is selected, made without a pointer.
//!
//! Knows reading order and what arrows can hold on to. It must not know how they look.

use crate::tool_kind::ToolKind;
use std::sync::Arc;

use shared::id::ElementId;
use shared::limits::MAX_ELEMENTS;
use shared::model::place::can_anchor;
use shared::model::{Anchor, Board, Element};
use shared::op::Op;

use super::Editor;
use super::route::World;
use crate::document::outline::in_rows;
use crate::document::selection::Selection;
use crate::output::{Effect, UiCommand};
use crate::tools::{Entry, line};

impl Editor {
    /// What is selected and can be held on to; locked or not, as nothing happens to it.
    pub(super) fn bindable<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = &'a Arc<Element>> {
        let selected = self.selection.ids.iter();
        selected
            .filter_map(|id| board.get(*id))
            .filter(|element| can_anchor(element))
    }

    /// Makes an arrow, as the Arrow tool would, from the middle of each thing that is
    /// selected to the next in reading order, and selects the arrows.
    pub(super) fn connect(&mut self, world: &mut World<'_>) {
        let ends = self.bindable(world.board);
        let places = ends.filter_map(|end| Some((self.index.bounds_of(end.id)?, end.id)));
        let order = in_rows(places.collect());
        if order.len() + world.board.len() > MAX_ELEMENTS {
            let full = UiCommand::Say("There is no room for so much on this board.");
            return world.effects.push(Effect::Ui(full));
        }
        let ctx = self.seen_by(ToolKind::Arrow, world.now, world.board);
        let middle = |to: ElementId| Anchor { to, at: [0.5; 2] };
        let mut arrows = Vec::new();
        for (from, to) in order.iter().zip(order.iter().skip(1)) {
            arrows.extend(line::between(&ctx, (world.ids)(), [*from, *to].map(middle)));
        }
        if arrows.is_empty() {
            let same = UiCommand::Say("An arrow needs some way between its ends.");
            return world.effects.push(Effect::Ui(same));
        }
        let made = Selection::of(arrows.iter().map(|arrow| arrow.id));
        let ops = arrows.into_iter().map(|arrow| Op::Put(Box::new(arrow)));
        self.submit(ops.collect(), Entry::New, world);
        self.select(made, world);
    }
}

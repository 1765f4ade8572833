//! Making another of what is selected, and taking it away.

use crate::document::removal;
use shared::id::ElementId;
use shared::limits::MAX_ELEMENTS;
use shared::model::{Body, NewElement, Prop};
use shared::op::Op;
use std::collections::BTreeSet;

use super::Editor;
use super::route::World;
use crate::document::copies::{self, Making};
use crate::document::frames::frame_at;
use crate::document::selection::Selection;
use crate::output::{Effect, UiCommand};
use crate::tools::Entry;

/// How far a copy is put beside its original, in CSS pixels.
pub(super) const BESIDE_PX: f64 = 20.0;

impl Editor {
    /// Makes another of what is selected, beside it.
    pub(super) fn duplicate(&mut self, world: &mut World<'_>) {
        let free: BTreeSet<ElementId> = self.free(world.board).map(|element| element.id).collect();
        let originals = copies::extracted(world.board, &free);
        let beside = self.camera.board_length(BESIDE_PX);
        self.put_copies(&originals, [beside, beside], world);
    }

    /// Puts copies of elements on the board and selects them.
    pub(super) fn put_copies(
        &mut self,
        originals: &[NewElement],
        by: [f64; 2],
        world: &mut World<'_>,
    ) {
        if originals.is_empty() {
            return;
        }
        if originals.len() + world.board.len() > MAX_ELEMENTS {
            let full = UiCommand::Say("There is no room for so much on this board.");
            return world.effects.push(Effect::Ui(full));
        }
        let mut copies = copies::made(
            originals,
            Making {
                me: self.me,
                ids: &mut *world.ids,
                by,
                top: world.board.top().cloned(),
                within: self.selection.within,
            },
        );
        self.frame_copies(&mut copies, world);
        let within = self.selection.within;
        let ids = copies.iter().map(|copy| copy.id).collect();
        let ops = copies.into_iter().map(|copy| Op::Put(Box::new(copy)));
        self.submit(ops.collect(), Entry::New, world);
        self.select(Selection { ids, within }, world);
    }

    /// Copies belong to the frame they lie in, unless their frame was copied too.
    fn frame_copies(&self, copies: &mut [NewElement], world: &World<'_>) {
        let made: BTreeSet<ElementId> = copies.iter().map(|copy| copy.id).collect();
        for copy in copies {
            let comes_along = copy
                .props
                .frame()
                .is_some_and(|frame| made.contains(&frame));
            if comes_along || matches!(copy.body, Body::Frame) {
                continue;
            }
            let extent = copies::extent(std::slice::from_ref(copy), self.me);
            let frame = extent.and_then(|extent| {
                let middle = extent.center().into();
                frame_at(world.board, &self.index, middle, &|_| false)
            });
            copy.props.set(Prop::Frame(frame));
        }
    }

    /// Takes away what is selected and not locked.
    pub(super) fn delete(&mut self, world: &mut World<'_>) {
        let free: BTreeSet<ElementId> = self.free(world.board).map(|element| element.id).collect();
        let ops = removal::ops(world.board, &free);
        self.submit(ops, Entry::New, world);
    }
}

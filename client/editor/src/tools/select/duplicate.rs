//! Copies that are dragged away from their originals with Alt.
//!
//! They are made when Alt is first held and only moved. It must not know pointers.

use shared::id::GroupId;
use shared::model::place::box_of;
use shared::model::{Element, NewElement, Prop};
use shared::op::Op;

use crate::document::copies::{self, Making};
use crate::document::frames::taking;
use crate::document::selection::Selection;
use crate::tools::context::{ToolCtx, ToolOutput};

/// A copy, and whether its original is selected or only went along.
#[derive(Clone, Debug, PartialEq)]
struct Copied {
    is_selected: bool,
    copy: NewElement,
}

/// Copies of what is selected, where the originals are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Duplicates(Vec<Copied>);

impl Duplicates {
    pub(super) fn of_selection(ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        let is_free = |element: &Element| !element.props.locked();
        let mut free = ctx.selection.ids.clone();
        free.retain(|id| {
            let element = ctx.board.get(*id);
            element.is_some_and(|element| is_free(element))
        });
        let originals = copies::extracted(ctx.board, &free);
        let making = Making {
            me: ctx.me,
            ids: out.ids(),
            by: [0.0, 0.0],
            top: ctx.board.top().cloned(),
            within: ctx.selection.within,
        };
        let copies = copies::made(&originals, making);
        let pairs = originals.iter().zip(copies);
        Self(
            pairs
                .map(|(original, copy)| Copied {
                    is_selected: ctx.selection.has(original.id),
                    copy,
                })
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The copies this far from their originals, in board units.
    pub(super) fn moved(&self, by: [f64; 2]) -> impl Iterator<Item = NewElement> {
        self.0.iter().map(move |copied| {
            let mut copy = copied.copy.clone();
            copy.props.at.x += by[0];
            copy.props.at.y += by[1];
            copy
        })
    }

    /// The ops that put them there; none if one of them would leave the board.
    pub(super) fn ops(&self, by: [f64; 2], ctx: &ToolCtx<'_>) -> Vec<Op> {
        let is_copy = |id| self.0.iter().any(|copied| copied.copy.id == id);
        let ops: Vec<Op> = self
            .moved(by)
            .map(|mut copy| {
                if !copy.props.frame().is_some_and(is_copy) {
                    let element = Element::new(copy.clone(), ctx.me);
                    let (rect, _) = box_of(ctx.board, &element);
                    let frame = taking(ctx.board, ctx.index, &copy.body, rect);
                    copy.props.set(Prop::Frame(frame));
                }
                Op::Put(Box::new(copy))
            })
            .collect();
        let sound = ops.iter().all(|op| op.validate().is_ok());
        if sound { ops } else { Vec::new() }
    }

    /// The copies of what is selected; what went along with it is not selected.
    pub(super) fn selection(&self, within: Option<GroupId>) -> Selection {
        let copies = self.0.iter().filter(|copied| copied.is_selected);
        Selection {
            ids: copies.map(|copied| copied.copy.id).collect(),
            within,
        }
    }
}

//! Copies that are dragged away from their originals with Alt.
//!
//! They are made once, when Alt is first held, and then only moved.

use shared::id::GroupId;
use shared::model::layout::oriented_box;
use shared::model::{Element, NewElement, Prop, Scope};
use shared::op::Op;

use crate::document::copies::{self, CopyOptions};
use crate::document::frames::frame_for_new;
use crate::selection::Selection;
use crate::tools::context::{ToolCtx, ToolOutput};

/// A copy, and whether its original is selected or only moves with the selection.
#[derive(Clone, Debug, PartialEq)]
struct Copied {
    is_selected: bool,
    copy: NewElement,
}

/// Copies of the selection, in the places of the originals.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Duplicates(Vec<Copied>);

impl Duplicates {
    pub(super) fn of_selection(ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        let can_transform = |element: &Element| !element.props.locked();
        let mut free = ctx.selection.ids.clone();
        free.retain(|id| {
            let element = ctx.board.get(*id);
            element.is_some_and(|element| can_transform(element))
        });
        let originals = Scope::Elements(free).extract(ctx.board);
        let options = CopyOptions {
            me: ctx.me,
            ids: out.ids(),
            by: [0.0, 0.0],
            board: ctx.board,
            within: ctx.selection.within,
        };
        let copies = copies::make_copies(&originals, options);
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

    /// The copies, moved by `by` board units.
    pub(super) fn moved(&self, by: [f64; 2]) -> impl Iterator<Item = NewElement> {
        self.0.iter().map(move |copied| {
            let mut copy = copied.copy.clone();
            copy.props.at.x += by[0];
            copy.props.at.y += by[1];
            copy
        })
    }

    /// The ops that put the copies on the board; none if one of them would leave it.
    pub(super) fn ops(&self, by: [f64; 2], ctx: &ToolCtx<'_>) -> Vec<Op> {
        let is_copy = |id| self.0.iter().any(|copied| copied.copy.id == id);
        let ops: Vec<Op> = self
            .moved(by)
            .map(|mut copy| {
                if !copy.props.frame().is_some_and(is_copy) {
                    let element = Element::new(copy.clone(), ctx.me);
                    let (rect, _) = oriented_box(ctx.board, &element);
                    let frame = frame_for_new(ctx.board, ctx.index, &copy.body, rect);
                    copy.props.set(Prop::Frame(frame));
                }
                Op::Put(Box::new(copy))
            })
            .collect();
        let sound = ops.iter().all(|op| op.validate().is_ok());
        if sound { ops } else { Vec::new() }
    }

    /// The copies of the selected elements.
    pub(super) fn selection(&self, within: Option<GroupId>) -> Selection {
        let copies = self.0.iter().filter(|copied| copied.is_selected);
        Selection {
            ids: copies.map(|copied| copied.copy.id).collect(),
            within,
        }
    }
}

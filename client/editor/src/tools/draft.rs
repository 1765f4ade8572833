//! What others see of an element that is being made.
//!
//! Knows the live lane. It must not know what is being made.

use shared::model::NewElement;
use shared::protocol::live::LiveItem;

use super::context::ToolOutput;

/// The draft as others were told last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown(Option<NewElement>);

impl Shown {
    /// Tells others, unless nothing is new. Once a frame is often enough.
    pub(super) fn tell(&mut self, draft: Option<&NewElement>, out: &mut ToolOutput<'_, '_>) {
        if self.0.as_ref() != draft {
            let item = LiveItem::Draft(draft.cloned().map(Box::new));
            self.0 = draft.cloned();
            out.live(item);
        }
    }

    /// Tells others that nothing is being made any more, if they heard of it.
    pub(super) fn end(self, out: &mut ToolOutput<'_, '_>) {
        if self.0.is_some() {
            out.live(LiveItem::Draft(None));
        }
    }
}

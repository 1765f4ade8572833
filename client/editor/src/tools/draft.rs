//! Shows others the element that a tool is making, as a live update.

use shared::model::NewElement;
use shared::protocol::live::LiveUpdate;

use super::context::ToolOutput;

/// The draft that was sent to others last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SentDraft(Option<NewElement>);

impl SentDraft {
    /// Sends the draft to others if it changed. It is called once per animation frame.
    pub(super) fn send(&mut self, draft: Option<&NewElement>, out: &mut ToolOutput<'_, '_>) {
        if self.0.as_ref() != draft {
            let item = LiveUpdate::Draft(draft.cloned().map(Box::new));
            self.0 = draft.cloned();
            out.live(item);
        }
    }

    /// Tells others that the draft ended, if one was sent.
    pub(super) fn end(self, out: &mut ToolOutput<'_, '_>) {
        if self.0.is_some() {
            out.live(LiveUpdate::Draft(None));
        }
    }
}

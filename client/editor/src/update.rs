//! One call of the driver: the time, fresh ids and the board go in, outputs come out.

use shared::id::{ClientId, ElementId, Millis};
use shared::limits::MAX_TEXT_CHARS;
use shared::model::Board;
use shared::op::{Guard, Op};
use shared::protocol::live::LiveUpdate;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use crate::local_user::{Access, LocalUser};
use crate::measuring::{MeasureText, add_measures};
use crate::output::{Changed, Output, UiCommand};
use crate::selection::Selection;

/// The time, the ids and the board that the driver passes to each call of the editor.
pub struct Context<'a> {
    /// The time of the call.
    pub now: Millis,
    /// Returns an id that no element has yet, each time.
    pub ids: &'a mut dyn FnMut() -> ElementId,
    /// The board as the user sees it.
    pub board: &'a Board,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Context");
        shown.field("now", &self.now).finish_non_exhaustive()
    }
}

/// One call of the driver, as all parts of the editor see it. The board stays as it is until the
/// driver has carried out the outputs.
pub(crate) struct Update<'a> {
    /// The time of the call.
    pub(crate) now: Millis,
    /// The board as the user sees it.
    pub(crate) board: &'a Board,
    /// The identity of the user.
    pub(crate) me: ClientId,
    /// Whether they may change the board.
    pub(crate) access: Access,
    /// Returns an id that no element has yet, each time.
    pub(crate) ids: &'a mut dyn FnMut() -> ElementId,
    /// The selection at the beginning of the call.
    pub(crate) selected: Rc<Selection>,
    measurer: Rc<dyn MeasureText>,
    outputs: Vec<Output>,
    /// The elements that the outputs and the later parts of a large change put on the board.
    coming: BTreeSet<ElementId>,
}

impl<'a> Update<'a> {
    pub(crate) fn new(
        user: &LocalUser,
        selected: Rc<Selection>,
        Context { now, ids, board }: Context<'a>,
    ) -> Self {
        Self {
            now,
            board,
            me: user.me,
            access: user.access,
            ids,
            selected,
            measurer: Rc::clone(&user.measurer),
            outputs: Vec::new(),
            coming: BTreeSet::new(),
        }
    }

    pub(crate) fn fresh_id(&mut self) -> ElementId {
        (self.ids)()
    }

    /// Whether the user may change the board.
    pub(crate) fn may_edit(&self) -> bool {
        self.access >= Access::Edit
    }

    /// Sends ops as one commit, together with the measures of the text that they write.
    pub(crate) fn commit(&mut self, mut ops: Vec<Op>, guard: Guard) {
        add_measures(&mut ops, self.board, self.me, self.measurer.as_ref());
        self.expect(ops.iter().filter_map(Op::put_id));
        self.outputs.push(Output::Commit { ops, guard });
    }

    /// Sends a live update. At the edge of the board a draft may be larger than is allowed; such
    /// an update is left out.
    pub(crate) fn live(&mut self, item: LiveUpdate) {
        if item.is_valid() {
            self.outputs.push(Output::Live(item));
        }
    }

    pub(crate) fn changed(&mut self, part: Changed) {
        self.outputs.push(Output::Changed(part));
    }

    pub(crate) fn ui(&mut self, command: UiCommand) {
        self.outputs.push(Output::Ui(command));
    }

    /// Keeps the browser from acting on the key that went down.
    pub(crate) fn key_taken(&mut self) {
        self.outputs.push(Output::KeyTaken);
    }

    /// Announces a sentence and shows it for a moment.
    pub(crate) fn notify(&mut self, words: impl Into<Cow<'static, str>>) {
        self.ui(UiCommand::Notify(words.into()));
    }

    /// Tells the user that a text was too long.
    pub(crate) fn notify_left_out(&mut self, characters: usize) {
        self.notify(format!(
            "A text can have {MAX_TEXT_CHARS} characters. The last {characters} were left out."
        ));
    }

    /// These elements will be put on the board.
    pub(crate) fn expect(&mut self, ids: impl Iterator<Item = ElementId>) {
        self.coming.extend(ids);
    }

    /// Whether an element is on the board, or will be put there.
    pub(crate) fn will_have(&self, id: ElementId) -> bool {
        self.board.get(id).is_some() || self.coming.contains(&id)
    }

    pub(crate) fn into_outputs(self) -> Vec<Output> {
        self.outputs
    }
}

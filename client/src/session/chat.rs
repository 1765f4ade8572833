//! The conversation for the sidebar: what it shows, and what a person does in it. Changes of the
//! conversation are no part of the history of undo.

mod messages;

use editor::Camera;
use shared::chat::{ChatChange, ChatOp, ChatStamp, NewMessage, Place};
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::MessageId;
use shared::limits::{MAX_COORD, MAX_PLACE_ELEMENTS};
use shared::op::{Guard, Op};
use shared::protocol::{LiveUpdate, Role};

use super::board_session::BoardSession;
use super::chat_signals::{ChatSignals, keep_read};
use super::handle::Session;
use crate::view_model::MessageView;
use crate::{clock, random};
use messages::{Reader, views, with_pending};

/// What a message shows besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attachment {
    /// The part of the board that this person sees.
    View,
    /// The selected elements.
    Selection,
}

impl Session {
    /// The signals of the chat.
    #[must_use]
    pub(crate) fn chat_signals(&self) -> ChatSignals {
        self.inner().chat_signals
    }

    /// The messages that are known, oldest first; those that the server has not confirmed come last.
    #[must_use]
    pub(crate) fn messages(&self) -> Vec<MessageView> {
        let inner = self.inner();
        let core = inner.core.borrow();
        let replica = core.replica();
        let all = with_pending(replica.conversation().messages(), replica.pending_chat());
        let reader = Reader {
            person: core.driver.person(),
            name: &inner.profile.borrow().name,
            is_owner: replica.role() == Some(Role::Owner),
            people: replica.presence().people(),
        };
        views(&all, &reader, clock::local_day)
    }

    /// The number of confirmed messages, those that this client has not read included.
    #[must_use]
    pub(crate) fn message_count(&self) -> u64 {
        let inner = self.inner();
        let core = inner.core.borrow();
        core.replica().conversation().total()
    }

    /// Whether there are older messages that this client has not read.
    #[must_use]
    pub(crate) fn has_older_messages(&self) -> bool {
        let inner = self.inner();
        let core = inner.core.borrow();
        core.replica().conversation().has_older()
    }

    /// Reads older messages, unless that is under way.
    pub(crate) fn read_older_messages(&self) {
        let inner = self.inner();
        inner.core.borrow_mut().driver.read_older_messages();
        inner.settle();
    }

    /// All confirmed messages were shown to this person.
    pub(crate) fn mark_chat_read(&self) {
        let inner = self.inner();
        keep_read(inner.board, self.message_count());
        inner.publish_unread();
    }

    /// Another tab may have read the conversation.
    pub(crate) fn refresh_unread(&self) {
        self.inner().publish_unread();
    }

    /// Writes a message. Returns its id.
    pub(crate) fn post_message(
        &self,
        text: String,
        reply_to: Option<MessageId>,
        place: Option<Place>,
    ) -> MessageId {
        let id = random::message_id();
        self.change_chat(ChatChange::Post(Box::new(NewMessage {
            id,
            text,
            reply_to,
            place,
            open: false,
        })));
        id
    }

    /// Changes the text of an own message.
    pub(crate) fn edit_message(&self, id: MessageId, text: String) {
        let open = false;
        self.change_chat(ChatChange::Edit { id, text, open });
    }

    /// Takes a message back.
    pub(crate) fn delete_message(&self, id: MessageId) {
        self.change_chat(ChatChange::Delete { id });
    }

    /// Sets or removes an own reaction.
    pub(crate) fn react_to_message(&self, id: MessageId, emoji: &str, on: bool) {
        let emoji = emoji.to_owned();
        self.change_chat(ChatChange::React { id, emoji, on });
    }

    /// Asks the author of an open message to stop.
    pub(crate) fn stop_message(&self, id: MessageId) {
        self.change_chat(ChatChange::Stop { id });
    }

    fn change_chat(&self, change: ChatChange) {
        let inner = self.inner();
        let stamp = inner.chat_stamp();
        let op = Op::Chat(Box::new(ChatOp { stamp, change }));
        inner
            .core
            .borrow_mut()
            .drive(clock::now(), &mut |driver, now| {
                driver.submit(vec![op.clone()], Guard::Any, now);
            });
        inner.settle();
    }

    /// Shows others that this person is writing, or no longer is.
    pub(crate) fn show_writing(&self, is_writing: bool) {
        let inner = self.inner();
        let item = LiveUpdate::Writing(is_writing);
        inner.core.borrow_mut().driver.send_live(item);
        inner.settle();
    }

    /// What an attachment shows at this moment; `None` without a selection.
    #[must_use]
    pub(crate) fn place_of(&self, attachment: Attachment) -> Option<Place> {
        self.inner().read(|editor, _| match attachment {
            Attachment::View => Some(Place::View(edges(editor.camera().visible()))),
            Attachment::Selection => {
                let ids = editor.selection().ids.iter().copied();
                let ids: Vec<_> = ids.take(MAX_PLACE_ELEMENTS).collect();
                (!ids.is_empty()).then_some(Place::Elements(ids))
            }
        })
    }

    /// The place that a message shows.
    #[must_use]
    pub(crate) fn place_in_message(&self, id: MessageId) -> Option<Place> {
        self.inner().place_in_message(id)
    }

    /// Moves the view to the place that a message shows. Returns whether there is such a place.
    pub(crate) fn go_to_place(&self, id: MessageId) -> bool {
        match self.place_in_message(id) {
            Some(Place::View(edges)) => {
                self.set_camera(showing(&self.camera(), edges));
                true
            }
            Some(Place::Elements(ids)) => {
                let exists =
                    |board: &shared::model::Board| ids.iter().any(|id| board.get(*id).is_some());
                let is_there = self.inner().read(|_, board| exists(board));
                if is_there {
                    self.reveal(&ids);
                }
                is_there
            }
            None => false,
        }
    }
}

impl BoardSession {
    /// Who makes a change, as this page knows it. The server writes its own words.
    fn chat_stamp(&self) -> ChatStamp {
        let core = self.core.borrow();
        let profile = self.profile.borrow();
        ChatStamp {
            person: core.driver.person(),
            as_owner: core.replica().role() == Some(Role::Owner),
            name: profile.name.clone(),
            color: profile.color,
            at_ms: clock::unix_ms(),
        }
    }

    fn place_in_message(&self, id: MessageId) -> Option<Place> {
        let core = self.core.borrow();
        let replica = core.replica();
        let all = with_pending(replica.conversation().messages(), replica.pending_chat());
        let message = all.into_iter().find(|shown| shown.message.id == id)?;
        messages::place(&message.message)
    }
}

/// The edges of an area, within the board.
fn edges(area: BoardRect) -> [f64; 4] {
    [area.x0, area.y0, area.x1, area.y1].map(|edge| edge.clamp(-MAX_COORD, MAX_COORD))
}

/// The camera with all of an area in its view, as large as it can be.
fn showing(camera: &Camera, [x0, y0, x1, y1]: [f64; 4]) -> Camera {
    let size = camera.size();
    let zoom = (size.width / (x1 - x0).abs().max(1.0)).min(size.height / (y1 - y0).abs().max(1.0));
    camera
        .zoomed_about(size.middle(), zoom)
        .centred_on(BoardPoint::new(
            f64::midpoint(x0, x1),
            f64::midpoint(y0, y1),
        ))
}

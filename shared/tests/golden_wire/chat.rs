//! Changes of the conversation, and the stored forms of its messages.

use shared::chat::{
    Chat, ChatChange, ChatOp, ChatPage, ChatStamp, Message, MessageBody, NewMessage, Notice, Place,
    Reaction, TextBody,
};
use shared::id::{MessageId, PersonId};
use shared::model::Color;

use crate::sample::{Sample, element, sample};

/// Every variant of `ChatChange`, `Notice`, `Place` and `MessageBody`.
pub(crate) const VARIANTS: &[&str] = &[
    "chat.post",
    "chat.post.elements",
    "chat.post.open",
    "chat.edit",
    "chat.edit.open",
    "chat.delete",
    "chat.react",
    "chat.stop",
    "chat.show",
    "chat.notice.frozen",
    "chat.notice.unfrozen",
    "chat.notice.link_revoked",
    "chat.notice.person_removed",
    "chat.notice.cleared",
    "chat.message.text",
    "chat.message.open",
    "chat.message.notice",
    "chat.message.deleted",
    "chat.page",
];

/// A new variant fails to compile here, because it needs a sample.
const fn name(change: &ChatChange) -> &'static str {
    match change {
        ChatChange::Post(new) if new.open => "chat.post.open",
        ChatChange::Post(new) => match &new.place {
            Some(Place::View(_)) | None => "chat.post",
            Some(Place::Elements(_)) => "chat.post.elements",
        },
        ChatChange::Notice { id: _, notice } => match notice {
            Notice::Frozen => "chat.notice.frozen",
            Notice::Unfrozen => "chat.notice.unfrozen",
            Notice::LinkRevoked(_) => "chat.notice.link_revoked",
            Notice::PersonRemoved(_) => "chat.notice.person_removed",
            Notice::Cleared => "chat.notice.cleared",
        },
        ChatChange::Edit { open: true, .. } => "chat.edit.open",
        ChatChange::Edit { .. } => "chat.edit",
        ChatChange::Delete { .. } => "chat.delete",
        ChatChange::React { .. } => "chat.react",
        ChatChange::Stop { .. } => "chat.stop",
        ChatChange::Show { .. } => "chat.show",
    }
}

const fn body_name(body: &MessageBody) -> &'static str {
    match body {
        MessageBody::Text(body) if body.open => "chat.message.open",
        MessageBody::Text(_) => "chat.message.text",
        MessageBody::Notice(_) => "chat.message.notice",
        MessageBody::Deleted => "chat.message.deleted",
    }
}

fn id() -> MessageId {
    MessageId::from_bytes([0x3a; 16])
}

fn person() -> PersonId {
    PersonId::from_bytes([0x0b; 16])
}

fn stamp() -> ChatStamp {
    ChatStamp {
        person: person(),
        as_owner: false,
        name: "Ada".to_owned(),
        color: Color::Blue,
        at_ms: 1_700_000_000_000,
    }
}

fn op(change: ChatChange) -> ChatOp {
    let stamp = stamp();
    ChatOp { stamp, change }
}

/// A new message.
pub(crate) fn post() -> ChatOp {
    op(ChatChange::Post(Box::new(NewMessage {
        id: id(),
        text: "look\nhere".to_owned(),
        reply_to: None,
        place: Some(Place::View([-10.0, 0.0, 100.0, 50.5])),
        open: false,
    })))
}

fn messages() -> Vec<Message> {
    let text = TextBody {
        text: "hello".to_owned(),
        reply_to: Some(id()),
        place: None,
        edited_ms: Some(1_700_000_060_000),
        open: false,
    };
    let reactions = vec![Reaction {
        emoji: "👍".to_owned(),
        people: vec![person()],
    }];
    let message = |body, reactions| Message {
        id: id(),
        stamp: stamp(),
        body,
        reactions,
    };
    vec![
        message(MessageBody::Text(text), reactions),
        message(MessageBody::Notice(Notice::Frozen), Vec::new()),
        message(MessageBody::Deleted, Vec::new()),
    ]
}

/// A conversation with one page.
pub(crate) fn chat() -> Chat {
    Chat {
        pages: 1,
        total: 53,
        messages: messages(),
        late: vec![op(ChatChange::Delete { id: id() })],
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let notice = |notice| ChatChange::Notice { id: id(), notice };
    let changes = [
        ChatChange::Post(Box::new(NewMessage {
            id: id(),
            text: "these".to_owned(),
            reply_to: Some(id()),
            place: Some(Place::Elements(vec![element()])),
            open: false,
        })),
        ChatChange::Post(Box::new(NewMessage {
            id: id(),
            text: "I look at the board".to_owned(),
            reply_to: Some(id()),
            place: None,
            open: true,
        })),
        ChatChange::Edit {
            id: id(),
            text: "I draw".to_owned(),
            open: true,
        },
        ChatChange::Edit {
            id: id(),
            text: "better".to_owned(),
            open: false,
        },
        ChatChange::Delete { id: id() },
        ChatChange::React {
            id: id(),
            emoji: "👍".to_owned(),
            on: true,
        },
        ChatChange::Stop { id: id() },
        ChatChange::Show {
            id: id(),
            place: Place::View([0.0, 1.0, 2.0, 3.0]),
        },
        notice(Notice::Frozen),
        notice(Notice::Unfrozen),
        notice(Notice::LinkRevoked("Class 4b".to_owned())),
        notice(Notice::PersonRemoved("Eve".to_owned())),
        notice(Notice::Cleared),
    ];
    let ops = changes.into_iter().map(op).chain([post()]);
    let mut all: Vec<Sample> = ops.map(|op| sample(name(&op.change), op)).collect();
    let open = Message {
        body: MessageBody::Text(TextBody {
            text: "I look at the board".to_owned(),
            reply_to: None,
            place: None,
            edited_ms: None,
            open: true,
        }),
        ..messages().remove(1)
    };
    let bodies = messages().into_iter().chain([open]);
    all.extend(bodies.map(|message| sample(body_name(&message.body), message)));
    let page = ChatPage {
        number: 0,
        messages: messages(),
        late: vec![op(ChatChange::Delete { id: id() })],
    };
    all.push(sample("chat.page", page));
    all
}

//! A person who asks the assistant, and servers with one.

use std::net::SocketAddr;

use server::config::{AssistantEndpoint, AssistantKey, Config, Storage};
use shared::chat::{Chat, ChatChange, ChatOp, MessageBody, NewMessage, Place};
use shared::id::{ElementId, MessageId};
use shared::limits::MAX_CHAT_BYTES;
use shared::model::Board;
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, Role, ServerMsg};
use shared::sync::packed::unpack;
use tempfile::TempDir;
use testkit::board::Link;
use testkit::client::Client;
use testkit::fixtures::{chat_op, message_id};
use testkit::openai::Endpoint;

use crate::test_server::TestServer;

/// A server whose assistant asks an endpoint.
pub(crate) async fn server_with(endpoint: &Endpoint) -> (TestServer, TempDir) {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(data.path().to_owned()));
    config.assistant = Some(settings(endpoint));
    (TestServer::with(config).await, data)
}

/// How a server asks an endpoint.
pub(crate) fn settings(endpoint: &Endpoint) -> AssistantEndpoint {
    AssistantEndpoint {
        url: endpoint.url(),
        model: "small".to_owned(),
        image_model: Some("painter".to_owned()),
        key: AssistantKey::parse("sesame"),
        questions_per_hour: std::num::NonZeroU32::MIN.saturating_add(99),
    }
}

/// A person on a board.
pub(crate) struct Asker {
    pub(crate) client: Client,
    pub(crate) role: Role,
    who: u8,
    cno: u64,
}

/// An answer as it grew.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The texts, from the first to the last.
    pub(crate) texts: Vec<String>,
}

impl Answer {
    /// The whole answer.
    pub(crate) fn text(&self) -> &str {
        self.texts.last().unwrap()
    }
}

impl Asker {
    /// A person joins.
    pub(crate) async fn join(server: SocketAddr, link: Link, who: u8) -> Self {
        let (client, welcome) = Client::join(server, link, who).await;
        Self {
            client,
            role: welcome.role,
            who,
            cno: 0,
        }
    }

    /// Sends a change of the chat.
    pub(crate) async fn chat(&mut self, change: ChatChange) {
        let op = Op::Chat(Box::new(chat_op(self.who, change)));
        self.commit(vec![op]).await;
    }

    /// Sends a commit.
    pub(crate) async fn commit(&mut self, ops: Vec<Op>) {
        self.cno += 1;
        let commit = Commit {
            cno: self.cno,
            guard: Guard::Any,
            ops,
        };
        self.client.send(&ClientMsg::Commit(commit)).await;
    }

    /// Asks. Returns the id of the question.
    pub(crate) async fn ask(&mut self, text: &str, place: Option<Place>) -> MessageId {
        let id = message_id(u64::from(self.who) * 1_000 + self.cno);
        let message = NewMessage {
            id,
            text: text.to_owned(),
            reply_to: None,
            place,
            open: false,
        };
        self.chat(ChatChange::Post(Box::new(message))).await;
        id
    }

    /// Waits for the beginning of the answer. Returns its id.
    pub(crate) async fn begun(&mut self, question: MessageId) -> MessageId {
        let begun = self.client.until("an answer", |message| {
            chat_ops(&message).find_map(|op| match op.change {
                ChatChange::Post(new) if new.reply_to == Some(question) => {
                    assert!(new.open, "an answer grows");
                    Some(new.id)
                }
                _ => None,
            })
        });
        begun.await
    }

    /// Waits until the answer is complete.
    pub(crate) async fn answer(&mut self, question: MessageId) -> Answer {
        let answer = self.begun(question).await;
        self.rest(answer).await
    }

    /// Waits until an answer that has begun is complete.
    pub(crate) async fn rest(&mut self, answer: MessageId) -> Answer {
        let mut texts = Vec::new();
        loop {
            let (text, is_open) = self.grown(answer).await;
            texts.push(text);
            if !is_open {
                return Answer { texts };
            }
        }
    }

    /// Waits until an answer grows. Returns its text, and whether it is open.
    pub(crate) async fn grown(&mut self, answer: MessageId) -> (String, bool) {
        let grown = self.client.until("more of the answer", |message| {
            chat_ops(&message).find_map(|op| match op.change {
                ChatChange::Edit { id, text, open } if id == answer => Some((text, open)),
                _ => None,
            })
        });
        grown.await
    }

    /// Asks, and waits for the whole answer.
    pub(crate) async fn asked(&mut self, text: &str) -> Answer {
        let question = self.ask(text, None).await;
        self.answer(question).await
    }
}

fn chat_ops(message: &ServerMsg) -> impl Iterator<Item = ChatOp> + use<> {
    let commit = match message {
        ServerMsg::Commit { commit, .. } => Some(commit.commit.clone()),
        _ => None,
    };
    let ops = commit.into_iter().flat_map(|commit| commit.ops);
    ops.filter_map(|op| match op {
        Op::Chat(op) => Some(*op),
        _ => None,
    })
}

/// The board as a new person sees it.
pub(crate) async fn board(server: SocketAddr, link: Link) -> Board {
    let (mut client, welcome) = Client::join(server, link, 200).await;
    client.board(&welcome).await
}

/// The elements that a message shows from now on.
pub(crate) fn shown(message: &ServerMsg) -> Option<Vec<ElementId>> {
    chat_ops(message).find_map(|op| match op.change {
        ChatChange::Show {
            place: Place::Elements(ids),
            ..
        } => Some(ids),
        _ => None,
    })
}

/// The texts of the chat as a new person sees it.
pub(crate) async fn messages(server: SocketAddr, link: Link) -> Vec<String> {
    let (mut client, _) = Client::join(server, link, 201).await;
    let chat = client.until("the conversation", |message| match message {
        ServerMsg::Chat(packed) => unpack::<Chat>(&packed, MAX_CHAT_BYTES),
        _ => None,
    });
    let messages = chat.await.messages.into_iter();
    let texts = messages.filter_map(|message| match message.body {
        MessageBody::Text(body) => Some(body.text),
        _ => None,
    });
    texts.collect()
}

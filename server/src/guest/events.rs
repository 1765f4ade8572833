//! What happens on a board, as programs are told.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;
use shared::chat::{ChatChange, Message};
use shared::id::{ClientId, ElementId, Epoch, PersonId, Position, Seq};
use shared::op::{AuthoredCommit, Op};
use shared::protocol::{Person, ProgramKind, Role, ServerMsg, Welcome};
use utoipa::ToSchema;

use super::connection::GuestConnection;
use super::error::GuestError;
use super::message::ChatMessage;

/// What a program is told that follows a board.
#[derive(Debug)]
pub(crate) enum GuestEvent {
    /// Where the events begin, also once the board goes on in another epoch.
    Start(StartEvent),
    /// The people on the board, after each change.
    People(PeopleEvent),
    /// A commit was stored.
    Commit(CommitEvent),
    /// The board closed the connection; nothing follows.
    End(GuestError),
}

/// A commit: changes of the board that take effect together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitEvent {
    /// The position of the board with this commit.
    pub(crate) position: String,
    /// The client that made it. The event `people` names the clients that are on the board.
    pub(crate) client: String,
    /// Who made it, as far as the board has told so far.
    pub(crate) by: Option<Author>,
    /// The ids of elements that are new or were restored.
    pub(crate) put: Vec<String>,
    /// The ids of elements that were changed.
    pub(crate) changed: Vec<String>,
    /// The ids of elements that were deleted.
    pub(crate) deleted: Vec<String>,
    /// Messages that were written.
    pub(crate) messages: Vec<ChatMessage>,
    /// The ids of messages that were changed or deleted.
    pub(crate) changed_messages: Vec<String>,
    /// The ids of messages that their authors are asked to stop writing, or that were deleted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) stops: Vec<String>,
}

/// Who made a commit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Author {
    /// The id of the person on this board.
    pub(crate) person: String,
    /// The name that the person shows.
    pub(crate) name: String,
}

/// The people on the board, after each change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleEvent {
    /// All people, programs included.
    pub(crate) people: Vec<PresentPerson>,
}

/// A person on the board.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PresentPerson {
    /// The id of the person on this board. Several tabs of one person have the same.
    pub(crate) person: String,
    /// The client: one tab of the person.
    pub(crate) client: String,
    /// The name that the person shows.
    pub(crate) name: String,
    /// What the person's link grants.
    pub(crate) role: Role,
    /// `script` or `ai`, if it is a program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) program: Option<&'static str>,
}

/// Where the events begin. `is_gap` means that commits before it are missing: read the board again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StartEvent {
    /// The position of the board.
    pub(crate) position: String,
    /// Whether the server no longer has all commits after the position that was asked for.
    pub(crate) is_gap: bool,
}

/// Follows a board: turns messages of the room into events.
#[derive(Debug)]
pub(crate) struct Follower {
    connection: GuestConnection,
    epoch: Epoch,
    authors: BTreeMap<ClientId, Author>,
    waiting: VecDeque<GuestEvent>,
    /// Whether the board goes on in another epoch, whose first position is not known yet.
    is_in_new_epoch: bool,
    has_ended: bool,
}

impl Follower {
    pub(super) fn new(connection: GuestConnection, from: Position, welcome: &Welcome) -> Self {
        let is_gap = !welcome.delta;
        let position = if is_gap { welcome.at } else { from };
        let mut follower = Self {
            connection,
            epoch: position.epoch,
            authors: BTreeMap::new(),
            waiting: VecDeque::new(),
            is_in_new_epoch: false,
            has_ended: false,
        };
        follower.start(position, is_gap);
        follower
    }

    /// Waits for the next event; `None` after the last one. It may be cancelled: no event is lost by
    /// that.
    pub(crate) async fn next(&mut self) -> Option<GuestEvent> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.has_ended {
                return None;
            }
            match self.connection.next().await {
                Ok(message) => self.take(message),
                Err(error) => {
                    self.has_ended = true;
                    self.waiting.push_back(GuestEvent::End(error));
                }
            }
        }
    }

    fn take(&mut self, message: ServerMsg) {
        match message {
            ServerMsg::Commit { seq, commit } => self.commit(seq, &commit),
            ServerMsg::People(people) => self.people(&people),
            ServerMsg::NewEpoch { epoch, .. } => {
                // A snapshot of the new epoch follows; its position comes with the next heartbeat.
                self.epoch = epoch;
                self.is_in_new_epoch = true;
            }
            ServerMsg::Heartbeat(beat) if self.is_in_new_epoch => {
                self.is_in_new_epoch = false;
                self.start(beat.at, true);
            }
            _ => {}
        }
    }

    fn start(&mut self, at: Position, is_gap: bool) {
        let position = at.to_string();
        let start = StartEvent { position, is_gap };
        self.waiting.push_back(GuestEvent::Start(start));
    }

    fn people(&mut self, people: &[Person]) {
        for person in people {
            let author = Author {
                person: person_of(person).to_string(),
                name: person.profile.name.clone(),
            };
            self.authors.insert(person.client, author);
        }
        let people = people.iter().map(|person| PresentPerson {
            person: person_of(person).to_string(),
            client: person.client.to_string(),
            name: person.profile.name.clone(),
            role: person.role,
            program: person.program.map(|program| match program {
                ProgramKind::Script => "script",
                ProgramKind::Ai => "ai",
            }),
        });
        let people = people.collect();
        let people = PeopleEvent { people };
        self.waiting.push_back(GuestEvent::People(people));
    }

    fn commit(&mut self, seq: Seq, commit: &AuthoredCommit) {
        let position = Position {
            epoch: self.epoch,
            seq,
        };
        let mut told = CommitEvent {
            position: position.to_string(),
            client: commit.author.to_string(),
            by: self.authors.get(&commit.author).cloned(),
            put: Vec::new(),
            changed: Vec::new(),
            deleted: Vec::new(),
            messages: Vec::new(),
            changed_messages: Vec::new(),
            stops: Vec::new(),
        };
        for op in &commit.commit.ops {
            told.add(op);
        }
        told.changed.dedup();
        self.waiting.push_back(GuestEvent::Commit(told));
    }
}

impl CommitEvent {
    fn add(&mut self, op: &Op) {
        let changed = |id: &ElementId| id.to_string();
        match op {
            Op::Put(new) | Op::Restore(new) => self.put.push(new.id.to_string()),
            Op::Extend { id, .. }
            | Op::Set { id, .. }
            | Op::Text { id, .. }
            | Op::Erase { id, .. }
            | Op::Unerase { id, .. } => self.changed.push(changed(id)),
            Op::Delete { ids } => self.deleted.extend(ids.iter().map(changed)),
            Op::Chat(op) => {
                self.by = Some(Author {
                    person: op.stamp.person.to_string(),
                    name: op.stamp.name.clone(),
                });
                match Message::made_by(op) {
                    Some(message) => self.messages.push(ChatMessage::from(&message)),
                    None => {
                        let id = op.change.message().to_string();
                        match op.change {
                            ChatChange::Stop { .. } => self.stops.push(id),
                            ChatChange::Delete { .. } => {
                                self.stops.push(id.clone());
                                self.changed_messages.push(id);
                            }
                            _ => self.changed_messages.push(id),
                        }
                    }
                }
            }
        }
    }
}

fn person_of(person: &Person) -> PersonId {
    PersonId::of(person.client, person.device)
}

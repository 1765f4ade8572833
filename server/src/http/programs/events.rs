//! `GET /api/v1/boards/{board}/events`: what happens on a board, as Server-Sent Events.
//!
//! The id of each event is the position of the board. A program that was disconnected sends the last
//! one as `Last-Event-ID`, as browsers do by themselves, and misses nothing.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use serde::{Deserialize, Serialize};
use shared::chat::Message;
use shared::id::{ClientId, ElementId, Epoch, PersonId, Position, Seq};
use shared::op::{AuthoredCommit, Op};
use shared::protocol::{Person, Role, ServerMsg, Welcome};
use utoipa::{IntoParams, ToSchema};

use super::super::body::QueryOf;
use super::super::description::{BoardParameter, Guest, Linked, ProgramHeader};
use super::message::ChatMessage;
use super::visit::Program;
use crate::guest::{GuestConnection, GuestError};
use crate::request::Problem;

/// A comment is sent after this time without an event: proxies may close what is silent for 10 s
/// (docs/hosting.md).
const KEEP_ALIVE: Duration = Duration::from_secs(8);
/// Asks nginx to pass on each event at once, whatever it does with other answers.
const AT_ONCE: [(&str, &str); 1] = [("x-accel-buffering", "no")];
/// The header by which a program says what it knows.
const LAST_EVENT: &str = "last-event-id";

/// The header by which a program that comes again says what it knows.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "only its description is used; the handler reads the header"
)]
struct LastEvent {
    /// The id of the last event that the program has. It counts more than `after`.
    #[param(rename = "Last-Event-ID")]
    last: Option<String>,
}

/// From where events are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct EventsQuery {
    /// The position after which events begin, as earlier answers name it. Without it, and without
    /// `Last-Event-ID`, they begin now.
    after: Option<String>,
}

/// A commit: changes of the board that take effect together.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct CommitEvent {
    /// The position of the board with this commit.
    position: String,
    /// The client that made it. The event `people` names the clients that are on the board.
    client: String,
    /// Who made it, as far as the board has told so far.
    by: Option<Author>,
    /// The ids of elements that are new or were restored.
    put: Vec<String>,
    /// The ids of elements that were changed.
    changed: Vec<String>,
    /// The ids of elements that were deleted.
    deleted: Vec<String>,
    /// Messages that were written.
    messages: Vec<ChatMessage>,
    /// The ids of messages that were changed or deleted.
    changed_messages: Vec<String>,
}

/// Who made a commit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Author {
    /// The id of the person on this board.
    person: String,
    /// The name that the person shows.
    name: String,
}

/// The people on the board, after each change.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct PeopleEvent {
    /// All people, programs included.
    people: Vec<PresentPerson>,
}

/// A person on the board.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PresentPerson {
    /// The id of the person on this board. Several tabs of one person have the same.
    person: String,
    /// The client: one tab of the person.
    client: String,
    /// The name that the person shows.
    name: String,
    /// What the person's link grants.
    role: Role,
}

/// Where the events begin. `is_gap` means that commits before it are missing: read the board again.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct StartEvent {
    /// The position of the board.
    position: String,
    /// Whether the server no longer has all commits after the position that was asked for.
    is_gap: bool,
}

/// Follows a board as Server-Sent Events
///
/// The answer goes on until the program disconnects or its link ends. The `data` of each event is
/// JSON on one line, and its `id` is the position of the board.
///
/// - `start` comes first: a `StartEvent`. If its `is_gap` is true, read the board again.
/// - `commit` comes for each change: a `CommitEvent`.
/// - `people` comes whenever people come, go or change: a `PeopleEvent` with all of them. It has no id.
/// - `end` comes last: a `Problem` that says why the server ends the stream.
///
/// After a disconnection send the last id as `Last-Event-ID`, as browsers do by themselves. A comment
/// comes after 8 s without an event.
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/events",
    operation_id = "follow_events",
    tag = "Events",
    params(BoardParameter, ProgramHeader, EventsQuery, LastEvent),
    responses(
        (
            status = 200,
            description = "The events.",
            body = String,
            content_type = "text/event-stream",
            example = "event: start\nid: 1b4Y0uXkTq2zJ8mVb3cN5w.7\ndata: {\"position\":\"1b4Y0uXkTq2zJ8mVb3cN5w.7\",\"is_gap\":false}\n\n",
        ),
        Linked,
        Guest,
    ),
)]
pub(super) async fn follow(
    program: Program,
    QueryOf(query): QueryOf<EventsQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Program { guests, visit, .. } = program;
    let from = match known(&headers, query)? {
        Some(known) => known,
        None => guests.look(&visit, |state| state.at).await?,
    };
    let (connection, welcome) = guests.follow(&visit, from).await?;
    let follower = Follower::new(connection, from, &welcome);
    let events = stream::unfold(follower, Follower::next);
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let events = Sse::new(events).keep_alive(keep_alive);
    Ok((AT_ONCE, events).into_response())
}

fn known(headers: &HeaderMap, query: EventsQuery) -> Result<Option<Position>, Problem> {
    let last = headers.get(LAST_EVENT);
    let last = last.map(|last| last.to_str().unwrap_or_default().to_owned());
    let Some(known) = last.or(query.after) else {
        return Ok(None);
    };
    known.parse().map(Some).map_err(|_| {
        let detail = "the position in Last-Event-ID or after is none that this API gave";
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}

/// Turns messages of the room into events.
struct Follower {
    connection: GuestConnection,
    epoch: Epoch,
    authors: BTreeMap<ClientId, Author>,
    waiting: VecDeque<Event>,
    has_ended: bool,
}

impl Follower {
    fn new(connection: GuestConnection, from: Position, welcome: &Welcome) -> Self {
        let is_gap = !welcome.delta;
        let position = if is_gap { welcome.at } else { from };
        let mut follower = Self {
            connection,
            epoch: position.epoch,
            authors: BTreeMap::new(),
            waiting: VecDeque::new(),
            has_ended: false,
        };
        follower.start(position, is_gap);
        follower
    }

    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some((Ok(event), self));
            }
            if self.has_ended {
                return None;
            }
            match self.connection.next().await {
                Ok(message) => self.take(message),
                Err(error) => self.end(error),
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
            }
            ServerMsg::Heartbeat(beat) if beat.at.epoch != self.epoch => {
                self.epoch = beat.at.epoch;
                self.start(beat.at, true);
            }
            _ => {}
        }
    }

    fn start(&mut self, at: Position, is_gap: bool) {
        let position = at.to_string();
        let start = StartEvent {
            position: position.clone(),
            is_gap,
        };
        self.push(event("start", &start).map(|event| event.id(position)));
    }

    fn end(&mut self, error: GuestError) {
        self.has_ended = true;
        let problem = Problem::from(error);
        self.push(event("end", &problem.details()));
    }

    fn push(&mut self, event: Option<Event>) {
        self.waiting.extend(event);
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
        });
        let people = people.collect();
        self.push(event("people", &PeopleEvent { people }));
    }

    fn commit(&mut self, seq: Seq, commit: &AuthoredCommit) {
        let position = Position {
            epoch: self.epoch,
            seq,
        };
        let position = position.to_string();
        let mut told = CommitEvent {
            position: position.clone(),
            client: commit.author.to_string(),
            by: self.authors.get(&commit.author).cloned(),
            put: Vec::new(),
            changed: Vec::new(),
            deleted: Vec::new(),
            messages: Vec::new(),
            changed_messages: Vec::new(),
        };
        for op in &commit.commit.ops {
            told.add(op);
        }
        told.changed.dedup();
        self.push(event("commit", &told).map(|event| event.id(position)));
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
                        let id = op.change.message();
                        self.changed_messages.push(id.to_string());
                    }
                }
            }
        }
    }
}

fn person_of(person: &Person) -> PersonId {
    PersonId::of(person.client, person.device)
}

/// An event with JSON as its data.
fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}

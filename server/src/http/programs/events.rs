//! `GET /api/v1/boards/{board}/events`: what happens on a board, as Server-Sent Events.
//!
//! The id of each event is the position of the board. A program that was disconnected sends the last
//! one as `Last-Event-ID`, as browsers do by themselves, and misses nothing.

use std::convert::Infallible;
use std::future::ready;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};
use shared::id::Position;
use utoipa::IntoParams;

use super::super::body::QueryOf;
use super::super::description::{BoardParameter, Guest, Linked, ProgramHeader};
use super::visit::Program;
use crate::guest::GuestEvent;
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
    let follower = guests.follow(&visit, known(&headers, query)?).await?;
    let events = stream::unfold(follower, async |mut follower| {
        let event = follower.next().await?;
        Some((told(event), follower))
    });
    let events = events.filter_map(|event| ready(event.map(Ok::<_, Infallible>)));
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

fn told(event: GuestEvent) -> Option<Event> {
    match event {
        GuestEvent::Start(start) => Some(event_of("start", &start)?.id(start.position)),
        GuestEvent::People(people) => event_of("people", &people),
        GuestEvent::Commit(commit) => Some(event_of("commit", &commit)?.id(commit.position)),
        GuestEvent::End(error) => event_of("end", &Problem::from(error).details()),
    }
}

/// An event with JSON as its data.
fn event_of(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}

//! What others do on the board, and undoing one's own work.

use std::time::Duration;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::id::Position;
use tokio::time::{Instant, timeout_at};

use super::{Outcome, json};
use crate::guest::{CommitEvent, Follower, GuestEvent, PresentPerson};
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;
use crate::request::Problem;

/// The longest wait. Clients and proxies give up requests after a minute.
const MAX_WAIT_S: u8 = 30;
/// The wait if none is asked for.
const USUAL_WAIT_S: u8 = 20;
/// After a change the answer waits so long for further ones, because people do several things in a row.
const PAUSE: Duration = Duration::from_millis(300);
/// But no longer than this after the first change.
const MOST_AFTER_FIRST: Duration = Duration::from_secs(2);
/// Commits in one answer. Further ones follow in the next.
const MAX_COMMITS: usize = 100;

/// From where on and how long to wait.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Waiting {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The position after which changes count, as an earlier answer names it. Changes since then are
    /// answered at once. Without it, only what happens from now on counts.
    after: Option<String>,
    /// How many seconds to wait for the first change: 1 to 30, usually 20.
    #[schemars(range(min = 1, max = 30), example = 20)]
    seconds: Option<u8>,
}

/// What happened.
#[derive(Debug, Default, Serialize)]
struct Happened {
    /// The position of the board now, from which the next wait goes on.
    position: String,
    /// Whether changes before `position` are missing, so that the board must be read again.
    read_the_board_again: bool,
    /// What others changed, oldest first.
    changes: Vec<CommitEvent>,
    /// Who is on the board now.
    people: Vec<PresentPerson>,
}

/// What to undo.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Undoing {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The position after which your work is undone. Without it, all of your work is.
    after: Option<String>,
}

/// What was undone.
#[derive(Debug, Serialize)]
struct Undone {
    /// How many elements were deleted, restored or changed back.
    changes: usize,
    /// The position of the board after that; none if there was nothing to undo.
    position: Option<String>,
}

#[tool_router(router = change_tools, vis = "pub(super)")]
impl McpServer {
    /// Waits until others change the board or write in the chat, up to 30 seconds, and tells what they
    /// did and the new position; your own changes do not count. To follow a board, call it again and
    /// again with the position of the last answer: nothing is missed between two calls.
    #[tool(annotations(
        title = "Wait for changes",
        read_only_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn wait_for_changes(
        &self,
        Parameters(waiting): Parameters<Waiting>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let seconds = waiting.seconds.unwrap_or(USUAL_WAIT_S);
        if !(1..=MAX_WAIT_S).contains(&seconds) {
            let text = format!("seconds: a wait takes 1 to {MAX_WAIT_S} seconds");
            return Err(ToolError(text));
        }
        let after = position(waiting.after.as_deref())?;
        let visit = self.visit(waiting.board.as_deref(), &context).await?;
        let follower = self.guests.follow(&visit, after).await?;
        let until = Instant::now() + Duration::from_secs(seconds.into());
        let me = visit.person().to_string();
        tokio::select! {
            happened = follow(follower, until, &me) => json(&happened?),
            () = context.ct.cancelled() => Err(ToolError("the request was cancelled".to_owned())),
        }
    }

    /// Undoes what you did on the board, all of it or what you did after a position. What others changed
    /// later stays. Your own work is that of agents with this link and this name.
    #[tool(annotations(
        title = "Undo my work",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn undo_mine(
        &self,
        Parameters(Undoing { board, after }): Parameters<Undoing>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let after = position(after.as_deref())?;
        let visit = self.visit(board.as_deref(), &context).await?;
        let after = after.map_or(0, |after| after.seq);
        let undone = self
            .guests
            .undo(&visit, after)
            .await
            .map_err(Problem::from)?;
        json(&Undone {
            changes: undone.changes,
            position: undone.at.map(|at| at.to_string()),
        })
    }
}

/// Reads the argument `after`.
fn position(text: Option<&str>) -> Result<Option<Position>, ToolError> {
    let parse = |text: &str| {
        let parsed = text.parse::<Position>();
        parsed.map_err(|error| ToolError(format!("after: {error}")))
    };
    text.map(parse).transpose()
}

/// Collects what others do until `until`, or until a pause after their first changes.
async fn follow(
    mut follower: Follower,
    mut until: Instant,
    me: &str,
) -> Result<Happened, ToolError> {
    let mut happened = Happened::default();
    let mut latest = None;
    while happened.changes.len() < MAX_COMMITS {
        let Ok(Some(event)) = timeout_at(until, follower.next()).await else {
            break;
        };
        match event {
            GuestEvent::Start(start) => {
                happened.position = start.position;
                if start.is_gap {
                    happened.read_the_board_again = true;
                    break;
                }
            }
            GuestEvent::People(event) => happened.people = event.people,
            GuestEvent::Commit(commit) => {
                happened.position.clone_from(&commit.position);
                if commit.by.as_ref().is_none_or(|by| by.person != me) {
                    let now = Instant::now();
                    let latest = *latest.get_or_insert(until.min(now + MOST_AFTER_FIRST));
                    until = latest.min(now + PAUSE);
                    happened.changes.push(commit);
                }
            }
            GuestEvent::End(error) => return Err(error.into()),
        }
    }
    Ok(happened)
}

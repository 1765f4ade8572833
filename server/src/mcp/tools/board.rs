//! Opening a board.

use std::time::Duration;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::protocol::Role;
use tokio::time::timeout;

use super::{Outcome, json};
use crate::guest::{GuestEvent, GuestVisit, PresentPerson};
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;

/// How long opening a board waits for the list of people.
const PEOPLE_DEADLINE: Duration = Duration::from_secs(5);

/// Which board to open.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Opening {
    /// The link of the board, as people copy it in the Share dialog. Without it, the link that the
    /// client sends as its bearer token.
    #[schemars(example = "https://board.example/b/Jm8QGmGZDMMBxNvqjoL8UQ#y0b4vZ7a9dJq3kS1mPzW2A")]
    link: Option<String>,
}

/// A board that was opened.
#[derive(Debug, Serialize)]
struct Opened {
    board: String,
    title: String,
    /// What the link lets the agent do.
    role: Role,
    may: &'static str,
    /// How people see the agent.
    you: String,
    people: Vec<PresentPerson>,
    elements: usize,
    position: String,
    next: &'static str,
}

#[tool_router(router = board_tools, vis = "pub(super)")]
impl McpServer {
    /// Opens a board: checks its link, appears among the people on it, and tells its title, what the
    /// link allows, who is there, how many elements it has, and its position in the history. Begin with
    /// this. All other tools take the same link as `board`, unless the client sends it as bearer token.
    #[tool(annotations(
        title = "Open a board",
        read_only_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn open_board(
        &self,
        Parameters(Opening { link }): Parameters<Opening>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(link.as_deref(), &context).await?;
        let state = self.guests.state();
        let boards = &state.boards;
        let info = boards
            .info(visit.board, &visit.secret, visit.caller)
            .await?;
        self.guests.guest(&visit).await?;
        let people = self.people(&visit).await?;
        let look = self
            .guests
            .look(&visit, |board| (board.board.len(), board.at));
        let (elements, at) = look.await?;
        json(&Opened {
            board: visit.board.to_string(),
            title: info.title,
            role: info.role,
            may: may(info.role),
            you: visit.name.as_str().to_owned(),
            people,
            elements,
            position: at.to_string(),
            next: "read_board tells what is on the board, see_board shows it, read_chat what people \
                   say; wait_for_changes waits for what they do next",
        })
    }
}

impl McpServer {
    /// The people on a board.
    async fn people(&self, visit: &GuestVisit) -> Result<Vec<PresentPerson>, ToolError> {
        let mut follower = self.guests.follow(visit, None).await?;
        let people = async {
            loop {
                match follower.next().await {
                    Some(GuestEvent::People(event)) => return Ok(event.people),
                    Some(GuestEvent::End(error)) => return Err(error.into()),
                    Some(_) => {}
                    None => return Ok(Vec::new()),
                }
            }
        };
        timeout(PEOPLE_DEADLINE, people)
            .await
            .unwrap_or(Ok(Vec::new()))
    }
}

const fn may(role: Role) -> &'static str {
    match role {
        Role::View => "look and read; write in the chat only if owners allow it to viewers",
        Role::Edit | Role::Owner => "look, read, draw, change, and write in the chat",
    }
}

//! The tools of agents, each file with those of one kind.

mod area;
mod board;
mod changes;
mod chat;
mod diagram;
mod image;
mod picture;
mod reading;
mod terms;
mod writing;

use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;

use super::error::ToolError;
use super::server::McpServer;

/// What a tool answers.
type Outcome = Result<CallToolResult, ToolError>;

impl McpServer {
    /// All tools.
    pub(super) fn all_tools() -> ToolRouter<Self> {
        Self::board_tools()
            + Self::reading_tools()
            + Self::picture_tools()
            + Self::chat_tools()
            + Self::change_tools()
            + Self::writing_tools()
            + Self::image_tools()
            + Self::diagram_tools()
    }
}

/// An answer as JSON. Texts of people are strings in it, so they cannot look like the server's words.
fn json(answer: &impl Serialize) -> Outcome {
    let text = serde_json::to_string(answer);
    let text = text.map_err(|error| ToolError(format!("the answer cannot be written: {error}")))?;
    Ok(CallToolResult::success(vec![ContentBlock::text(text)]))
}

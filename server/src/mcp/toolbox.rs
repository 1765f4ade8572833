//! The tools of agents for the assistant, within the process: the SDK's client talks to the same handler
//! as agents do, over a pipe in memory.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResult, JsonObject, ProgressNotificationParam, Tool,
};
use rmcp::service::{NotificationContext, RunningService};
use rmcp::{ClientHandler, RoleClient, ServiceExt as _};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::calls::Calls;
use super::server::{McpServer, OnBoard};
use crate::guest::{GuestVisit, Guests, Step};

/// Bytes that wait in the pipe. Longer messages pass it in parts.
const PIPE_BYTES: usize = 64 * 1024;
/// Arguments that name a board. The assistant has one.
const BOARD: &str = "board";
/// The argument by which a tool only proposes.
const PROPOSE: &str = "propose";
/// Tools that the assistant does not need: it is on its board, its answer is a message, and it takes back
/// its work by itself.
const LEFT_OUT: [&str; 4] = ["open_board", "wait_for_changes", "write_chat", "undo_mine"];

/// The tools for one board.
#[derive(Debug)]
pub(crate) struct Toolbox {
    client: RunningService<RoleClient, Listener>,
    tools: Vec<Tool>,
    calls: Calls,
}

/// Why the tools cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the tools of the board cannot be used: {0}")]
pub(crate) struct ToolboxError(String);

/// Hears how far a tool is.
#[derive(Debug)]
struct Listener(UnboundedSender<Step>);

impl ClientHandler for Listener {
    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        let all = progress.total.unwrap_or(progress.progress);
        let step = Step {
            done: progress.progress as usize,
            all: all as usize,
        };
        if self.0.send(step).is_err() {
            tracing::trace!("the assistant has ended");
        }
    }
}

impl Toolbox {
    /// The tools for the board of a visit, and how far the tool is that works.
    pub(crate) async fn open(
        guests: &Arc<Guests>,
        visit: GuestVisit,
        may_draw: bool,
    ) -> Result<(Self, UnboundedReceiver<Step>), ToolboxError> {
        let failed = |error: &dyn std::error::Error| ToolboxError(error.to_string());
        let (ours, theirs) = tokio::io::duplex(PIPE_BYTES);
        let calls = Calls::default();
        let on_board = OnBoard {
            visit,
            calls: calls.clone(),
        };
        let server = McpServer::on_board(guests, on_board);
        // It ends with the other end of the pipe.
        tokio::spawn(async move {
            let Ok(server) = server.serve(theirs).await else {
                return;
            };
            if let Err(error) = server.waiting().await {
                tracing::warn!(%error, "the tools of the assistant ended early");
            }
        });
        let (sender, steps) = unbounded_channel();
        let client = Listener(sender).serve(ours).await;
        let client = client.map_err(|error| failed(&error))?;
        let tools = client.list_all_tools().await;
        let tools = tools.map_err(|error| failed(&error))?;
        let tools = tools
            .into_iter()
            .filter(|tool| may_draw || is_reading(tool))
            .filter(|tool| !LEFT_OUT.contains(&tool.name.as_ref()))
            .map(without_board)
            .collect();
        let toolbox = Self {
            client,
            tools,
            calls,
        };
        Ok((toolbox, steps))
    }

    /// The tools.
    pub(crate) fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// Whether a tool only reads.
    pub(crate) fn only_reads(&self, name: &str) -> bool {
        let mut tools = self.tools.iter();
        tools.find(|tool| tool.name == name).is_none_or(is_reading)
    }

    /// Whether a tool can propose what it makes.
    pub(crate) fn can_propose(&self, name: &str) -> bool {
        let tool = self.tools.iter().find(|tool| tool.name == name);
        let properties = tool.and_then(|tool| tool.input_schema.get("properties"));
        properties.is_some_and(|properties| properties.get(PROPOSE).is_some())
    }

    /// Calls a tool. A tool that fails says why in its result.
    ///
    /// # Errors
    /// There is no such tool, or its arguments have the wrong form.
    pub(crate) async fn call(
        &self,
        name: &str,
        arguments: JsonObject,
    ) -> Result<CallToolResult, ToolboxError> {
        if !self.tools.iter().any(|tool| tool.name == name) {
            return Err(ToolboxError(format!("there is no tool {name:?}")));
        }
        let request = CallToolRequestParams::new(name.to_owned()).with_arguments(arguments);
        let result = self.client.call_tool(request).await;
        result.map_err(|error| ToolboxError(error.to_string()))
    }

    /// Stops the tool that works. When it returns, no tool does anything any more.
    pub(crate) async fn stop(&self) {
        self.calls.stop().await;
    }
}

fn is_reading(tool: &Tool) -> bool {
    let annotations = tool.annotations.as_ref();
    annotations
        .and_then(|it| it.read_only_hint)
        .unwrap_or(false)
}

/// The tool without the argument that names a board.
fn without_board(mut tool: Tool) -> Tool {
    let mut schema = JsonObject::clone(&tool.input_schema);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.remove(BOARD);
    }
    tool.input_schema = Arc::new(schema);
    tool
}

//! The handler that the SDK calls for each request.

use std::sync::Arc;
use std::time::Duration;

use axum::http::request::Parts;
use rmcp::handler::server::prompt::PromptContext;
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::ToolCallContext;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams,
    GetPromptResponse, Implementation, InitializeRequestParams, InitializeResult,
    ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, SubscriptionFilter, Tool,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use shared::protocol::ProgramKind;
use tokio::time::timeout;

use super::access::Agent;
use super::calls::Calls;
use super::error::ToolError;
use super::guide;
use super::link::BoardLink;
use super::name;
use crate::guest::{GuestName, GuestVisit, Guests, people_only};

/// A tool must be done within this. The longest are pictures that wait for others, and waiting for
/// changes.
const TOOL_DEADLINE: Duration = Duration::from_secs(75);

/// The board of the assistant.
#[derive(Debug, Clone)]
pub(super) struct OnBoard {
    /// The assistant on the board.
    pub(super) visit: GuestVisit,
    /// The calls of its tools.
    pub(super) calls: Calls,
}

/// What the assistant is told if it names a board.
const OTHER_BOARD: &str = "you work on the board on which you were asked, so name none";

/// The handler. Clones are the same.
#[derive(Debug, Clone)]
pub(super) struct McpServer {
    /// Lets agents into boards.
    pub(super) guests: Arc<Guests>,
    /// What the assistant works on, if it uses this handler.
    assistant: Option<OnBoard>,
    tools: Arc<ToolRouter<Self>>,
    prompts: Arc<PromptRouter<Self>>,
}

impl McpServer {
    /// The handler of a server.
    pub(super) fn new(guests: &Arc<Guests>) -> Self {
        Self {
            guests: Arc::clone(guests),
            assistant: None,
            tools: Arc::new(Self::all_tools()),
            prompts: Arc::new(Self::all_prompts()),
        }
    }

    /// The handler for the assistant, which works on one board.
    pub(super) fn on_board(guests: &Arc<Guests>, assistant: OnBoard) -> Self {
        Self {
            assistant: Some(assistant),
            ..Self::new(guests)
        }
    }

    /// The agent with the link that it gave: as the argument of a tool, else in its headers. Whether
    /// the link is valid is asked each time.
    pub(super) async fn visit(
        &self,
        board: Option<&str>,
        context: &RequestContext<RoleServer>,
    ) -> Result<GuestVisit, ToolError> {
        if let Some(assistant) = &self.assistant {
            return match board {
                Some(_) => Err(ToolError(OTHER_BOARD.to_owned())),
                None => Ok(assistant.visit.clone()),
            };
        }
        let agent = agent_of(context)?;
        let link = match board {
            Some(board) => BoardLink::parse(board)?,
            None => agent.link?,
        };
        let boards = &self.guests.state().boards;
        let grant = boards
            .grant_of(link.board, &link.secret, agent.caller)
            .await?;
        if !grant.programs {
            return Err(people_only().into());
        }
        let name = name_of(agent, context);
        Ok(GuestVisit {
            board: link.board,
            secret: link.secret,
            device: name.device(link.board, &link.secret),
            name,
            kind: ProgramKind::Ai,
            caller: agent.caller,
        })
    }
}

/// The agent, which [`super::access::admit`] found.
pub(super) fn agent_of(context: &RequestContext<RoleServer>) -> Result<&Agent, ToolError> {
    let parts = context.extensions.get::<Parts>();
    let agent = parts.and_then(|parts| parts.extensions.get::<Agent>());
    agent.ok_or_else(|| ToolError("the server does not know where this request is from".to_owned()))
}

/// The name that the user of a program gave it, else that of the client.
fn name_of(agent: &Agent, context: &RequestContext<RoleServer>) -> GuestName {
    let client = || {
        context
            .meta
            .client_info()
            .as_ref()
            .and_then(name::of_client)
    };
    let program = agent.program.clone().or_else(client);
    let name = program.or_else(|| agent.session.clone());
    name.unwrap_or_else(GuestName::agent)
}

impl ServerHandler for McpServer {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_resources()
            .enable_resources_subscribe()
            .build();
        let version = env!("CARGO_PKG_VERSION");
        let name = Implementation::new("commonslate", version).with_title("Commonslate");
        ServerConfig::new(capabilities)
            .with_server_info(name)
            .with_instructions(guide::INSTRUCTIONS)
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        let mut result = self.negotiate_initialize(&request)?;
        if let Some(resources) = &mut result.capabilities.resources {
            // Such a client could only ask for subscriptions that need a session.
            resources.subscribe = None;
        }
        Ok(result)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.list_all()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.get(name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let failed = |text: &str| {
            let text = ContentBlock::text(text);
            Ok(CallToolResult::error(vec![text]).into())
        };
        let call = self
            .tools
            .call(ToolCallContext::new(self, request, context));
        let call = timeout(TOOL_DEADLINE, call);
        let in_time = match &self.assistant {
            Some(assistant) => assistant.calls.run(call).await,
            None => Some(call.await),
        };
        match in_time {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => failed("the board did not answer in time; try again"),
            None => failed("the work was stopped"),
        }
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(self.prompts.list_all()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let (name, arguments) = (request.name, request.arguments);
        let prompt = PromptContext::new(self, name, arguments, context);
        self.prompts.get_prompt(prompt).await
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.resources(&context).await
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(Self::resource_templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.resource(&request.uri, &context).await
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(Self::subscriptions(requested))
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        self.tell_changes(&context).await
    }
}

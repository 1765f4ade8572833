//! An agent that speaks by the client of the SDK.

use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ContentBlock,
    Implementation, ProtocolVersion,
};
use rmcp::service::RunningService;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientLifecycleMode, ClientServiceExt as _, RoleClient};
use serde_json::Value;
use testkit::board::Link;

/// How the client introduces itself.
pub(crate) const NAME: &str = "Test agent";

/// A version of the protocol.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Version {
    /// With a handshake, before 2026-07-28.
    Handshake,
    /// Each request stands for itself.
    Newest,
}

/// A connected client.
pub(crate) struct Agent(pub(crate) RunningService<RoleClient, ClientConfig>);

impl Agent {
    /// A client of `<base>/mcp`, with a link as its bearer token if there is one.
    pub(crate) async fn connect(base: &str, link: Option<Link>) -> Self {
        let token = link.map(|link| link.at(base));
        Self::start(&format!("{base}/mcp"), token, Version::Handshake).await
    }

    pub(crate) async fn start(url: &str, token: Option<String>, version: Version) -> Self {
        // The client of HTTP has no cryptography of its own; another test may have chosen it before.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut config = StreamableHttpClientTransportConfig::with_uri(url.to_owned());
        if let Some(token) = token {
            config = config.auth_header(token);
        }
        let transport = StreamableHttpClientTransport::from_config(config);
        let name = Implementation::new("test-agent", "1").with_title(NAME);
        let client = ClientConfig::new(ClientCapabilities::default(), name);
        let lifecycle = match version {
            Version::Handshake => ClientLifecycleMode::Initialize,
            Version::Newest => ClientLifecycleMode::Discover {
                preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            },
        };
        let running = client.serve_with_lifecycle(transport, lifecycle).await;
        Self(running.unwrap())
    }

    /// Calls a tool.
    pub(crate) async fn call(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        let Value::Object(arguments) = arguments else {
            panic!("arguments are an object");
        };
        let call = CallToolRequestParams::new(tool).with_arguments(arguments);
        self.0.call_tool(call).await.unwrap()
    }

    /// Calls a tool that answers JSON.
    pub(crate) async fn ask(&self, tool: &'static str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{tool}: {}", text(&result));
        serde_json::from_str(&text(&result)).unwrap()
    }

    /// Calls a tool that fails; returns why.
    pub(crate) async fn refused(&self, tool: &'static str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{tool}: {}", text(&result));
        text(&result)
    }
}

/// The first text in a result.
pub(crate) fn text(result: &CallToolResult) -> String {
    let texts = result.content.iter().filter_map(|block| match block {
        ContentBlock::Text(text) => Some(text.text.clone()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

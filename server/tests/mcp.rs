//! Agents on boards, by the Model Context Protocol.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "mcp/agent.rs"]
mod agent;
#[path = "programs/script.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod script;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "mcp/elements.rs"]
mod elements;
#[path = "mcp/links.rs"]
mod links;
#[path = "mcp/official_sdk.rs"]
mod official_sdk;
#[path = "mcp/pace.rs"]
mod pace;
#[path = "mcp/protocol.rs"]
mod protocol;
#[path = "mcp/servers.rs"]
mod servers;
#[path = "mcp/tools.rs"]
mod tools;

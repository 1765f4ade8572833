//! The official SDK of another language speaks to the server, so that more than one program agrees
//! on the protocol.

use std::process::Stdio;

use tokio::process::Command;
use tokio::time::timeout;

use testkit::PATIENCE;

use crate::test_server::TestServer;

/// Names the module of the client in the SDK.
const SDK: &str = "MCP_SDK";
/// The program that uses it.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mcp/official_sdk.mjs");

#[tokio::test]
async fn the_official_sdk_works_on_a_board() {
    if std::env::var_os("COMMONSLATE_SKIP_MCP_SDK").is_some_and(|it| it == "1") {
        eprintln!("skipped: COMMONSLATE_SKIP_MCP_SDK is set");
        return;
    }
    let sdk = std::env::var_os(SDK).expect(
        "MCP_SDK is not set: it names dist/esm/client/index.js of the npm package \
         @modelcontextprotocol/sdk. `cargo xtask test` sets it; COMMONSLATE_SKIP_MCP_SDK=1 skips this test",
    );
    let server = TestServer::start().await;
    let board = server.board().await;
    let program = Command::new("node")
        .arg(PROGRAM)
        .env(SDK, sdk)
        .env("MCP_URL", server.url("/mcp"))
        .env("MCP_LINK", board.edit.at(&server.url("")))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = timeout(PATIENCE, program).await.expect("it ends").unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

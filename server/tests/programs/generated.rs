//! The description of the API, checked by a public validator, and a client that a public generator
//! makes from it.

use std::path::{Path, PathBuf};

use testkit::PATIENCE;
use tokio::process::Command;
use tokio::time::timeout;

use crate::test_server::TestServer;

/// A program that uses the generated types.
const CLIENT: &str = include_str!("generated/client.ts");

/// The folder with the programs; nothing if the test is to be left out.
fn node_modules() -> Option<PathBuf> {
    let skipped = std::env::var_os("COMMONSLATE_SKIP_GENERATED").is_some_and(|it| it == "1");
    let generator = std::env::var_os("OPENAPI_TYPESCRIPT").map(PathBuf::from);
    assert!(
        generator.is_some() || skipped,
        "OPENAPI_TYPESCRIPT is not set: it names bin/cli.js of the npm package openapi-typescript. \
         `cargo xtask test` sets it; COMMONSLATE_SKIP_GENERATED=1 skips this test"
    );
    generator?.ancestors().nth(3).map(Path::to_owned)
}

/// Runs a program of npm in a folder; returns what it printed.
async fn node(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let node = Command::new("node")
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        // The validator would send what it measures to its makers.
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
        .kill_on_drop(true)
        .output();
    let output = timeout(PATIENCE, node).await.unwrap().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    assert!(output.status.success(), "{program}: {out}{err}");
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_is_valid_and_a_client_made_from_it_works() {
    let Some(modules) = node_modules() else {
        return;
    };
    let server = TestServer::start().await;
    let described = reqwest::get(server.url("/api/v1/openapi.json")).await;
    let described = described.unwrap().text().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    std::os::unix::fs::symlink(modules, folder.join("node_modules")).unwrap();
    for (name, text) in [
        ("openapi.json", described.as_str()),
        ("client.ts", CLIENT),
        ("package.json", r#"{"type":"module"}"#),
        ("redocly.yaml", include_str!("generated/redocly.yaml")),
        ("tsconfig.json", include_str!("generated/tsconfig.json")),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let validator = "node_modules/@redocly/cli/bin/cli.js";
    node(folder, validator, &["lint", "openapi.json"]).await;
    let generator = "node_modules/openapi-typescript/bin/cli.js";
    node(folder, generator, &["openapi.json", "-o", "api.d.ts"]).await;
    let compiler = "node_modules/typescript/bin/tsc";
    node(folder, compiler, &[]).await;
    let said = node(folder, "client.js", &[&server.url("")]).await;
    let expected = "Generated|edit|generated|hello|sticky|Ship it|this link does not allow that";
    assert_eq!(said.trim(), expected);
}

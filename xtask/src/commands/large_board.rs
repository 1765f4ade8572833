//! `cargo xtask bench --client`: measures the client on boards of many strokes.

use crate::client::{self, Quality};
use crate::{cargo, tools, workspace};
use anyhow::Result;
use std::ffi::OsString;
use xshell::cmd;

/// Measures a shipped client with an optimised server. COMMONSLATE_BIN and COMMONSLATE_DIST name other
/// builds; two clients, separated by a colon, are compared.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let given = |name| std::env::var_os(name);
    let server = match given("COMMONSLATE_BIN") {
        Some(server) => server,
        None => cargo::build_server(true)?.into_os_string(),
    };
    let dist: OsString = match given("COMMONSLATE_DIST") {
        Some(dist) => dist,
        None => client::build(Quality::Shipped)?.into_os_string(),
    };
    let shell = workspace::shell()?;
    let program = ["-p", "e2e", "--bin", "large_board"];
    let measure = cmd!(shell, "cargo run --release {program...} -- {arguments...}");
    Ok(measure
        .envs(tools::for_tests(true)?)
        .envs([("COMMONSLATE_BIN", server), ("COMMONSLATE_DIST", dist)])
        .run()?)
}

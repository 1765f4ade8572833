//! What each command does; the longer ones have a module of their own.

mod dev;
mod e2e;
mod page_load;
mod test;

use crate::cli::Command;
use crate::client::{self, Quality};
use crate::report::{self, Steps};
use crate::{cargo, process, tidy, tools, workspace};
use anyhow::{Context as _, Result, ensure};
use std::os::unix::process::CommandExt as _;

/// Runs a command.
pub(crate) fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Run {
            listen,
            release,
            server,
        } => run(listen.as_deref(), release, &server),
        Command::Build => build(),
        Command::Dev { port, open, server } => dev::run(port, open, server),
        Command::Test { skip_e2e } => test::run(skip_e2e),
        Command::Tidy => tidy(),
        Command::E2e { filter } => e2e::run(filter),
        Command::Bench {
            page_load: true,
            generator,
            ..
        } => page_load::run(&generator),
        Command::Bench {
            filter, generator, ..
        } => bench(filter.as_deref(), &generator),
        Command::Screenshots { filter } => e2e::screenshots(filter),
        Command::Tools { check } => list_tools(check),
        Command::BeforeBuild => client::before_build(),
        Command::AfterBuild => client::after_build(),
    }
}

/// Builds what changed and becomes the server.
fn run(listen: Option<&str>, release: bool, arguments: &[String]) -> Result<()> {
    client::build(Quality::Quick)?;
    let mut command = process::command(cargo::build_server(release)?);
    command.args(listen.iter().flat_map(|address| ["--listen", address]));
    command.args(arguments);
    report::note(&process::shown(&command));
    // The server takes our place: Ctrl-C and SIGTERM reach it, and it says where it listens.
    Err(command.exec()).context("cannot start the server")
}

/// Builds the client and the server for shipping.
fn build() -> Result<()> {
    let mut steps = Steps::default();
    let dist = steps.step("client", || client::build(Quality::Shipped))?;
    let server = steps.step("server", || cargo::build_server(true))?;
    steps.print_times();
    report::line(&format!("client: {}", dist.display()));
    report::line(&format!("server: {}", server.display()));
    Ok(())
}

/// Prints every broken house rule and fails if there is one.
fn tidy() -> Result<()> {
    let findings = tidy::check(&workspace::root())?;
    findings.iter().for_each(|finding| report::line(finding));
    let broken = findings.len();
    ensure!(broken == 0, "{broken} house rules are broken");
    Ok(())
}

/// Runs the load generator against an optimised server and the client that is shipped, then
/// the benchmarks.
fn bench(filter: Option<&str>, arguments: &[String]) -> Result<()> {
    let dist = client::build(Quality::Shipped)?;
    let server = cargo::build_server(true)?;
    let mut generator = process::cargo();
    generator.args(["run", "--release", "-p", "bench", "--"]);
    generator.args(filter).args(arguments);
    generator.envs([("COMMONSLATE_BIN", server), ("COMMONSLATE_DIST", dist)]);
    process::run(&mut generator)?;
    if arguments.is_empty() {
        let benches = ["bench", "-p", "bench", "--benches", "--"];
        process::run(process::cargo().args(benches).args(filter))?;
    }
    Ok(())
}

/// Lists the tools; installs the missing ones unless only asked.
fn list_tools(check: bool) -> Result<()> {
    let mut missing = 0;
    for tool in tools::all() {
        let found = if check {
            tool.find().context("missing")
        } else {
            tool.ensure()
        };
        missing += usize::from(found.is_err());
        let place = found.map_or_else(|it| format!("{it:#}"), |it| it.display().to_string());
        report::line(&format!("{:<38} {place}", tool.names));
    }
    ensure!(missing == 0, "{missing} tools are missing");
    Ok(())
}

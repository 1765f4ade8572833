//! Runs the commands; the longer ones are modules of their own.

mod dev;
mod e2e;
mod large_board;
mod page_load;
mod test;

use crate::cli::Command;
use crate::client::{self, Quality};
use crate::report::{self, Steps};
use crate::{cargo, tidy, tools, workspace};
use anyhow::{Context as _, Result, ensure};
use std::os::unix::process::CommandExt as _;
use xshell::cmd;

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
        Command::Cycles => tidy::cycles().map(|all| report::line(&all.join("\n"))),
        Command::E2e { filter } => e2e::run(filter),
        Command::Bench {
            page_load: true,
            generator,
            ..
        } => page_load::run(&generator),
        Command::Bench {
            client: true,
            generator,
            ..
        } => large_board::run(&generator),
        Command::Bench {
            filter,
            quick,
            generator,
            ..
        } => bench(filter.as_deref(), quick, &generator),
        Command::Chaos { arguments } => program("chaos", tools::for_tests(false)?, &arguments),
        Command::Fuzz { arguments } => program("fuzz-runner", Vec::new(), &arguments),
        Command::Screenshots { filter } => e2e::screenshots(filter),
        Command::Tools { check } => list_tools(check),
        Command::BeforeBuild => client::before_build(),
        Command::AfterBuild => client::after_build(),
    }
}

/// Builds client and server, and replaces this process by the server.
fn run(listen: Option<&str>, release: bool, arguments: &[String]) -> Result<()> {
    client::build(Quality::Quick)?;
    let (shell, server) = (workspace::shell()?, cargo::build_server(release)?);
    let listen = listen.into_iter().flat_map(|address| ["--listen", address]);
    let command = cmd!(shell, "{server} {listen...} {arguments...}");
    report::note(&command.to_string());
    // The server replaces this process, so that it gets Ctrl-C and SIGTERM itself.
    Err(std::process::Command::from(command).exec()).context("cannot start the server")
}

/// Builds the client and the server for shipping.
fn build() -> Result<()> {
    let mut steps = Steps::default();
    steps.step("client", || client::build(Quality::Shipped).map(drop));
    steps.step("server", || cargo::build_server(true).map(drop));
    steps.finish()?;
    let server = workspace::built("release", cargo::SERVER);
    report::line(&format!("client: {}", workspace::dist_dir().display()));
    report::line(&format!("server: {}", server.display()));
    Ok(())
}

/// Prints every broken house rule and fails if there is one.
fn tidy() -> Result<()> {
    let findings = tidy::check()?;
    findings.iter().for_each(|finding| report::line(finding));
    let broken = findings.len();
    ensure!(broken == 0, "{broken} house rules are broken");
    Ok(())
}

/// Runs the load generator on an optimised server, then the benchmarks. COMMONSLATE_BIN names another
/// server to measure.
fn bench(filter: Option<&str>, is_quick: bool, arguments: &[String]) -> Result<()> {
    let server = match std::env::var_os("COMMONSLATE_BIN") {
        Some(path) => std::path::absolute(path)?,
        None => cargo::build_server(true)?,
    };
    let shell = workspace::shell()?;
    let run = ["run", "--release", "-p", "bench", "--"];
    let quick = is_quick.then_some("--quick");
    let generator = cmd!(
        shell,
        "cargo {run...} {quick...} {filter...} {arguments...}"
    );
    generator.env("COMMONSLATE_BIN", server).run()?;
    if arguments.is_empty() && !is_quick {
        cmd!(shell, "cargo bench -p bench --benches -- {filter...}").run()?;
    }
    Ok(())
}

/// Builds all programs of a crate, and runs the one that cargo runs by default.
fn program(package: &str, environment: tools::Environment, arguments: &[String]) -> Result<()> {
    let shell = workspace::shell()?;
    cmd!(shell, "cargo build -p {package}").run()?;
    let program = cmd!(shell, "cargo run -p {package} -- {arguments...}");
    Ok(program.envs(environment).run()?)
}

/// Lists the tools, and installs the missing ones unless they are only checked.
fn list_tools(check: bool) -> Result<()> {
    let mut missing = 0;
    for tool in tools::all() {
        let found = if check { tool.find() } else { tool.ensure() };
        missing += usize::from(found.is_err());
        let place = found.map_or_else(|it| format!("{it:#}"), |it| it.display().to_string());
        report::line(&format!("{:<38} {place}", tool.names));
    }
    ensure!(missing == 0, "{missing} tools are missing");
    Ok(())
}

//! `cargo xtask dev`: Trunk with live reload, and the server behind it.

use crate::{cargo, client, report, workspace};
use anyhow::{Result, bail};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use xshell::cmd;

/// How often the two processes are checked.
const PERIOD: Duration = Duration::from_millis(200);

/// Runs both until one ends or Ctrl-C is pressed; then the other one ends too.
pub(super) fn run(port: u16, open: bool, arguments: Vec<String>) -> Result<()> {
    let (shell, server) = (workspace::shell()?, cargo::build_server(false)?);
    let trunk = client::trunk(&shell)?.args(["serve", "--port", &port.to_string()]);
    // Apart from dist/, which may hold a finished build.
    let trunk = trunk.args(["--dist", "target/xtask/dev"]);
    let trunk = trunk.args(open.then_some("--open"));
    let server = cmd!(shell, "{server} {arguments...}");

    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Relaxed))?;
    let mut children = Vec::new();
    for command in [server, trunk] {
        report::note(&command.to_string());
        // In a group of its own, a process does not get Ctrl-C from the terminal, only one signal
        // from `stop`. The server would exit without cleaning up after a second one.
        let mut command = Command::from(command);
        children.push(command.stdin(Stdio::null()).process_group(0).spawn()?);
    }
    while !interrupted.load(Relaxed) {
        for child in &mut children {
            if let Some(status) = child.try_wait()? {
                stop(children)?;
                bail!("the server or Trunk ended by itself: {status}");
            }
        }
        std::thread::sleep(PERIOD);
    }
    stop(children)
}

/// Asks the processes and the compilers they started to end, and waits for them.
fn stop(children: Vec<Child>) -> Result<()> {
    for mut child in children {
        // The group may have ended already.
        let group = format!("-{}", child.id());
        drop(Command::new("kill").args(["-TERM", "--", &group]).output());
        child.wait()?;
    }
    Ok(())
}

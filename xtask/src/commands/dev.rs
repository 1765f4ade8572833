//! `cargo xtask dev`: Trunk with live reload, and the server behind it.

use crate::{cargo, client, process, report, workspace};
use anyhow::{Result, bail};
use std::os::unix::process::CommandExt as _;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

/// How often the two processes are looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// Runs both until one ends or Ctrl-C is pressed; then the other one ends too.
pub(super) fn run(port: u16, open: bool, arguments: Vec<String>) -> Result<()> {
    let mut trunk = client::trunk()?;
    trunk.args(["serve", "--port", &port.to_string()]);
    // Apart from dist/, which may hold a finished build.
    trunk
        .arg("--dist")
        .arg(workspace::root().join("target/xtask/dev"));
    trunk.args(open.then_some("--open"));
    let mut server = process::command(cargo::build_server(false)?);
    server.args(arguments);

    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Relaxed))?;
    let mut children = Vec::new();
    for command in [&mut server, &mut trunk] {
        report::note(&process::shown(command));
        // In a group of its own, Ctrl-C in the terminal does not reach it. It is asked to end
        // once; the server takes a second request as an order to give up at once.
        children.push(command.process_group(0).spawn()?);
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
        // A group that ended already is no error.
        let group = format!("-{}", child.id());
        drop(process::output(
            process::command("kill").args(["-TERM", "--", &group]),
        ));
        child.wait()?;
    }
    Ok(())
}

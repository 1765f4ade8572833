//! `cargo xtask dev`: Trunk with live reload, and the server behind it.
//!
//! Each of the two runs in a process group of its own: one Ctrl-C ends both, each once and
//! gracefully, and when one of them ends by itself, so does the other.

use crate::cli::DevArgs;
use crate::native::{self, Profile};
use crate::{process, report, tools, workspace};
use anyhow::{Context as _, Result, bail};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How long a process may take to shut down before it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// What happened to wake us.
enum Event {
    Interrupted,
    Ended(u32, &'static str, std::io::Result<ExitStatus>),
}

/// Runs both until one ends or Ctrl-C is pressed.
///
/// # Errors
/// A tool is missing, the server does not compile, or one of the two failed.
pub(super) fn run(args: &DevArgs) -> Result<()> {
    let tools = tools::for_client()?;
    let server = native::build_server(Profile::Dev)?;
    let (sender, events) = channel();
    let interrupted = sender.clone();
    ctrlc::set_handler(move || {
        // Without a receiver we are ending anyway.
        drop(interrupted.send(Event::Interrupted));
    })
    .context("cannot listen for Ctrl-C")?;
    let mut server = process::command(server);
    server.args(&args.server);
    let mut alive = vec![start("the server", &mut server, &sender)?];
    match start("Trunk", &mut trunk(args, &tools), &sender) {
        Ok(trunk) => alive.push(trunk),
        Err(error) => {
            stop(alive, &events)?;
            return Err(error);
        }
    }
    supervise(alive, &events)
}

fn trunk(args: &DevArgs, tools: &tools::ClientTools) -> Command {
    let mut trunk = process::command(&tools.trunk);
    trunk.args(["serve", "--port", &args.port.to_string()]);
    // Apart from dist/, which may hold a finished build.
    trunk
        .arg("--dist")
        .arg(workspace::root().join("target/xtask/dev"));
    if args.open {
        trunk.arg("--open");
    }
    trunk.env("PATH", &tools.path).env_remove("NO_COLOR");
    trunk
}

/// Starts a process and has its end reported; returns its id.
fn start(name: &'static str, command: &mut Command, sender: &Sender<Event>) -> Result<u32> {
    report::note(&process::shown(command));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child: Child = command
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let (id, sender) = (child.id(), sender.clone());
    std::thread::spawn(move || {
        let status = child.wait();
        drop(sender.send(Event::Ended(id, name, status)));
    });
    Ok(id)
}

fn supervise(alive: Vec<u32>, events: &Receiver<Event>) -> Result<()> {
    match events.recv()? {
        Event::Interrupted => {
            report::line("stopping");
            stop(alive, events)
        }
        Event::Ended(id, name, status) => {
            stop(
                alive.into_iter().filter(|other| *other != id).collect(),
                events,
            )?;
            bail!("{name} ended by itself: {}", status?)
        }
    }
}

/// Asks processes to end, and kills those that do not in time.
fn stop(mut alive: Vec<u32>, events: &Receiver<Event>) -> Result<()> {
    signal("-TERM", &alive)?;
    while !alive.is_empty() {
        match events.recv_timeout(GRACE) {
            Ok(Event::Ended(id, _, _)) => alive.retain(|other| *other != id),
            Ok(Event::Interrupted) | Err(_) => return signal("-KILL", &alive),
        }
    }
    Ok(())
}

/// Sends a signal to whole process groups, so that the compilers Trunk started end too.
fn signal(name: &str, groups: &[u32]) -> Result<()> {
    for group in groups {
        // A group that ended this very moment is no error.
        drop(process::output(process::command("kill").args([
            name,
            "--",
            &format!("-{group}"),
        ])));
    }
    Ok(())
}

//! Installing Debian packages, where we may.

use crate::process;
use anyhow::{Result, bail};
use std::process::Command;

/// Installs a package with `apt-get`.
///
/// # Errors
/// There is no `apt-get`, we are not root and may not become it, or apt fails.
pub(crate) fn install(package: &str) -> Result<()> {
    if process::output(process::command("apt-get").arg("--version")).is_err() {
        bail!("this machine has no apt-get");
    }
    let prefix = privilege()?;
    let install = || process::run(&mut apt_get(prefix, &["install", "-y", "-q", package]));
    // A fresh container has no package lists yet; only then are they fetched.
    install().or_else(|_| {
        process::run(&mut apt_get(prefix, &["update", "-q"]))?;
        install()
    })
}

/// How we may act as root: directly, or through a `sudo` that asks for no password.
fn privilege() -> Result<&'static [&'static str]> {
    let user = process::output(process::command("id").arg("-u"))?;
    if user.trim() == "0" {
        return Ok(&[]);
    }
    if process::output(process::command("sudo").args(["-n", "true"])).is_ok() {
        return Ok(&["sudo", "-n"]);
    }
    bail!("only root may install packages")
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> = prefix.iter().copied().chain(["env"]).collect();
    let program = words.first().copied().unwrap_or("env");
    let mut command = process::command(program);
    command.args(words.iter().skip(1));
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .args(arguments);
    command
}

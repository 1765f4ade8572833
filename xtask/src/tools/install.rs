//! Installs tools by the clients of their registries, into `.tools/` where that is possible.

use super::locked_wasm_bindgen;
use crate::{report, workspace};
use anyhow::{Result, bail};
use xshell::{Shell, cmd};

/// Installs from a source in the table of tools: a client and its arguments.
pub(super) fn from(source: &str) -> Result<()> {
    let shell = workspace::shell()?;
    let words: Vec<&str> = source.split_whitespace().collect();
    match words[..] {
        ["rustup", part] => Ok(cmd!(shell, "rustup component add {part}").run()?),
        ["cargo", "wasm-bindgen-cli"] => {
            let package = format!("wasm-bindgen-cli@{}", locked_wasm_bindgen());
            cargo(&shell, &[&package])
        }
        ["cargo", ref package @ ..] => cargo(&shell, package),
        ["apt", package] => apt(&shell, package),
        ["npm", ref packages @ ..] => {
            let npm = workspace::tools_dir().join("npm");
            shell.create_dir(&npm)?;
            let flags = ["--no-audit", "--no-fund", "--prefix"];
            Ok(cmd!(shell, "npm install {flags...} {npm} {packages...}").run()?)
        }
        ["pip", package, folder] => pip(&shell, package, folder),
        _ => bail!("nothing can be installed from `{source}`"),
    }
}

/// Compiles a Rust program into `.tools/bin`.
fn cargo(shell: &Shell, package: &[&str]) -> Result<()> {
    let root = workspace::tools_dir();
    let install = |locked: &[&str]| {
        cmd!(
            shell,
            "cargo install {package...} {locked...} --root {root}"
        )
        // The folder is kept, so that an interrupted installation can continue.
        .env("CARGO_TARGET_DIR", workspace::target_dir().join("tools"))
        // Quick to compile rather than quick to run.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .run()
    };
    Ok(install(&["--locked"]).or_else(|error| {
        // A registry mirror may not have the newest dependencies yet.
        report::note(&format!("{error}; trying other versions of dependencies"));
        install(&[])
    })?)
}

/// Installs a Debian package as root, directly or by a `sudo` that asks for no password.
fn apt(shell: &Shell, package: &str) -> Result<()> {
    let is_root = cmd!(shell, "id -u").quiet().read()? == "0";
    let sudo: &[&str] = if is_root { &[] } else { &["sudo", "-n"] };
    let apt_get = [sudo, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    let run = |arguments: &[&str]| {
        let apt_get = apt_get.iter().chain(arguments);
        cmd!(shell, "env {apt_get...}").run()
    };
    let install = ["install", "-y", "-q", package];
    // Package lists are fetched only if they are missing, as in a fresh container.
    Ok(run(&install).or_else(|_| run(&["update", "-q"]).and_then(|()| run(&install)))?)
}

/// Installs a Python package into a folder of `.tools`.
fn pip(shell: &Shell, package: &str, folder: &str) -> Result<()> {
    let target = workspace::tools_dir().join(folder);
    let install = "-m pip install --quiet --no-deps --upgrade --target".split(' ');
    cmd!(shell, "python3 {install...} {target} {package}").run()?;
    // Not every version of pip keeps the mode of a file that is not a script.
    Ok(cmd!(shell, "chmod -R u+x {target}").run()?)
}

//! Installing tools by the clients of their registries, into `.tools/` where that is possible.

use super::locked_wasm_bindgen;
use crate::{process, report, workspace};
use anyhow::{Result, bail};

/// Installs what the table of tools names as a source: a client, and what it is told.
pub(super) fn from(source: &str) -> Result<()> {
    let words: Vec<&str> = source.split_whitespace().collect();
    match words[..] {
        ["rustup", part] => rustup(&["component", "add", part]),
        ["cargo", "wasm-bindgen-cli"] => {
            cargo(&format!("wasm-bindgen-cli@{}", locked_wasm_bindgen()), &[])
        }
        ["cargo", package, ref extra @ ..] => cargo(package, extra),
        ["apt", package] => apt(package),
        ["npm", ref packages @ ..] => npm(packages),
        ["pip", package, folder] => pip(package, folder),
        _ => bail!("nothing can be installed from `{source}`"),
    }
}

/// Adds a part to the Rust toolchain.
pub(super) fn rustup(arguments: &[&str]) -> Result<()> {
    process::run(process::command("rustup").args(arguments))
}

/// Compiles a Rust program into `.tools/bin`.
fn cargo(package: &str, extra: &[&str]) -> Result<()> {
    let install = || {
        let mut cargo = process::cargo();
        cargo.args(["install", package]).args(extra);
        cargo.arg("--root").arg(workspace::tools_dir());
        // Its folder stays, so that an interrupted installation goes on where it was.
        cargo.env("CARGO_TARGET_DIR", workspace::target_dir().join("tools"));
        // Quick to compile rather than quick to run.
        cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
        cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        cargo
    };
    process::run(install().arg("--locked")).or_else(|error| {
        // A registry mirror may not have the newest dependencies yet.
        report::note(&format!(
            "{error:#}; trying again with other versions of dependencies"
        ));
        process::run(&mut install())
    })
}

/// Installs a Debian package as root, directly or by a `sudo` that asks for no password.
fn apt(package: &str) -> Result<()> {
    let is_root = process::output(process::command("id").arg("-u"))?.trim() == "0";
    let apt_get = |arguments: &[&str]| {
        let mut command = process::command(if is_root { "env" } else { "sudo" });
        command.args(if is_root { &[][..] } else { &["-n", "env"] });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        process::run(command.args(arguments))
    };
    // A fresh container has no package lists yet; only then are they fetched.
    apt_get(&["install", "-y", "-q", package]).or_else(|_| {
        apt_get(&["update", "-q"])?;
        apt_get(&["install", "-y", "-q", package])
    })
}

/// Installs npm packages into `.tools/npm`.
fn npm(packages: &[&str]) -> Result<()> {
    let prefix = workspace::tools_dir().join("npm");
    std::fs::create_dir_all(&prefix)?;
    let mut npm = process::command("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"]);
    process::run(npm.arg(prefix).args(packages))
}

/// Installs a Python package into a folder of `.tools`.
fn pip(package: &str, folder: &str) -> Result<()> {
    let target = workspace::tools_dir().join(folder);
    let flags = "-m pip install --quiet --no-deps --upgrade --target".split(' ');
    process::run(
        process::command("python3")
            .args(flags)
            .arg(&target)
            .arg(package),
    )?;
    // Not every version of pip keeps the mode of a file that is not a script.
    process::run(process::command("chmod").args(["-R", "u+x"]).arg(target))
}

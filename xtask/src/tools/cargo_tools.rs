//! Trunk and wasm-bindgen: Rust programs that are compiled from source on first use.

use super::{Found, Tool, locate};
use crate::{process, report, workspace};
use anyhow::{Context as _, Result};
use std::process::Command;

/// The version of Trunk that `Trunk.toml` was written for.
const TRUNK_VERSION: &str = "0.21.14";

/// Builds and bundles the client.
pub(crate) const TRUNK: Tool = Tool {
    name: "Trunk",
    why: "build and bundle the client",
    usually: "4 to 6 minutes, as it is compiled from source",
    by_hand: "run `cargo install trunk --version 0.21.14 --locked --no-default-features`",
    find: || {
        Ok(locate::search(&["trunk"], |version| {
            is_version(version, TRUNK_VERSION)
        }))
    },
    install: || {
        let extra = ["--no-default-features"];
        process::run(&mut install(
            "trunk",
            TRUNK_VERSION,
            Lock::AsPublished,
            &extra,
        ))
    },
};

/// Writes the JavaScript around the wasm file; must have exactly the version in `Cargo.lock`.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    why: "connect the client to the browser (its version must be the one in Cargo.lock)",
    usually: "2 minutes, as it is compiled from source",
    by_hand: "run `cargo install wasm-bindgen-cli --version` with wasm-bindgen's version in Cargo.lock",
    find: find_wasm_bindgen,
    install: install_wasm_bindgen,
};

/// Whether a program is compiled with the dependencies its authors tested.
#[derive(Debug, Clone, Copy)]
enum Lock {
    AsPublished,
    Fresh,
}

fn find_wasm_bindgen() -> Result<Option<Found>> {
    let wanted = wasm_bindgen_version()?;
    Ok(locate::search(&["wasm-bindgen"], |version| {
        is_version(version, &wanted)
    }))
}

fn install_wasm_bindgen() -> Result<()> {
    let wanted = wasm_bindgen_version()?;
    let attempt = |lock| process::run(&mut install("wasm-bindgen-cli", &wanted, lock, &[]));
    attempt(Lock::AsPublished).or_else(|error| {
        // A registry mirror may not have the newest dependencies yet.
        report::note(&format!(
            "{error:#}; trying again with other versions of dependencies"
        ));
        attempt(Lock::Fresh)
    })
}

/// `cargo install` into our own folder, quick to compile rather than quick to run.
fn install(package: &str, version: &str, lock: Lock, extra: &[&str]) -> Command {
    let mut command = process::cargo();
    command
        .args(["install", package, "--version", version])
        .args(extra);
    match lock {
        Lock::AsPublished => command.arg("--locked"),
        Lock::Fresh => &mut command,
    };
    // A target folder that stays lets an interrupted installation go on where it was.
    command.arg("--root").arg(workspace::tools_dir());
    command
        .arg("--target-dir")
        .arg(workspace::target_dir().join("tools"));
    command.env("CARGO_PROFILE_RELEASE_LTO", "off");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    command
}

/// The version of wasm-bindgen that the client is linked with.
fn wasm_bindgen_version() -> Result<String> {
    let path = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).context("cannot read Cargo.lock")?;
    locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

fn is_version(printed: &str, wanted: &str) -> bool {
    locate::number_in(printed) == Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::{Lock, install, is_version, locked_version};
    use crate::process::shown;

    #[test]
    fn the_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.5\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn only_the_exact_version_will_do() {
        assert!(is_version("wasm-bindgen 0.2.130 (abc)", "0.2.130"));
        assert!(!is_version("wasm-bindgen 0.2.13", "0.2.130"));
    }

    #[test]
    fn programs_go_into_the_checkout_and_not_to_the_user() {
        let locked = shown(&install("trunk", "0.21.14", Lock::AsPublished, &[]));
        assert!(
            locked.contains("install trunk --version 0.21.14 --locked --root"),
            "{locked}"
        );
        assert!(locked.contains(".tools"), "{locked}");
        let fresh = shown(&install("trunk", "0.21.14", Lock::Fresh, &[]));
        assert!(!fresh.contains("--locked"), "{fresh}");
    }
}

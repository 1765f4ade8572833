//! Parts of the Rust toolchain: the wasm target, rustfmt, Clippy.
//!
//! `rust-toolchain.toml` names them, but rustup does not add missing parts where
//! `RUSTUP_AUTO_INSTALL=0` is set.

use super::{Found, Tool, locate};
use crate::{process, workspace::WASM_TARGET};
use anyhow::Result;
use std::path::PathBuf;

/// The standard library for WebAssembly.
pub(crate) const WASM: Tool = Tool {
    name: "the Rust target wasm32-unknown-unknown",
    why: "compile the client for the browser",
    usually: "10 s",
    by_hand: "run `rustup target add wasm32-unknown-unknown`",
    find: find_wasm,
    install: || rustup(&["target", "add", WASM_TARGET]),
};

/// The source of the standard library.
pub(crate) const SOURCE: Tool = Tool {
    name: "the source of the standard library",
    why: "compile it without what panics would say, for a smaller client",
    usually: "10 s",
    by_hand: "run `rustup component add rust-src`",
    find: find_source,
    install: || rustup(&["component", "add", "rust-src"]),
};

/// The formatter.
pub(crate) const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    why: "check the formatting",
    usually: "5 s",
    by_hand: "run `rustup component add rustfmt`",
    find: || Ok(find_component("fmt")),
    install: || rustup(&["component", "add", "rustfmt"]),
};

/// The linter.
pub(crate) const CLIPPY: Tool = Tool {
    name: "Clippy",
    why: "lint the code",
    usually: "5 s",
    by_hand: "run `rustup component add clippy`",
    find: || Ok(find_component("clippy")),
    install: || rustup(&["component", "add", "clippy"]),
};

fn find_wasm() -> Result<Option<Found>> {
    let mut rustc = process::command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let path = PathBuf::from(process::output(&mut rustc)?.trim());
    Ok(path.is_dir().then(|| Found {
        path,
        version: WASM_TARGET.to_owned(),
    }))
}

fn find_source() -> Result<Option<Found>> {
    let root = process::output(process::command("rustc").args(["--print", "sysroot"]))?;
    let path = PathBuf::from(root.trim()).join("lib/rustlib/src/rust/library");
    Ok(path.is_dir().then(|| Found {
        path,
        version: "rust-src".to_owned(),
    }))
}

fn find_component(name: &str) -> Option<Found> {
    let text = process::output(process::cargo().args([name, "--version"])).ok()?;
    let version = text.lines().next().unwrap_or_default().to_owned();
    locate::search(&[&format!("cargo-{name}")], |_| true).map(|found| Found {
        path: found.path,
        version,
    })
}

fn rustup(arguments: &[&str]) -> Result<()> {
    process::run(process::command("rustup").args(arguments))
}

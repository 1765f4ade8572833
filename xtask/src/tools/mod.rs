//! The programs that building and testing need: found, or installed on first use.
//!
//! Knows one table row per tool. Must not know what the tools are used for.

mod apt;
mod axe;
mod cargo_tools;
mod chromium;
mod excalidraw;
mod locate;
mod npm;
mod redis;
mod toolchain;
mod wasm_opt;

pub(crate) use locate::Found;

use crate::report;
use anyhow::{Context as _, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// One program: how to find it, how to get it.
#[derive(Debug)]
pub(crate) struct Tool {
    /// Its name in messages.
    pub(crate) name: &'static str,
    /// What it is for, as the end of "needed to …".
    why: &'static str,
    /// How long an installation usually takes on two cores.
    usually: &'static str,
    /// What to do by hand when the installation fails.
    by_hand: &'static str,
    find: fn() -> Result<Option<Found>>,
    install: fn() -> Result<()>,
}

/// All tools, in the order in which they are needed.
pub(crate) const ALL: [&Tool; 10] = [
    &toolchain::WASM,
    &toolchain::RUSTFMT,
    &toolchain::CLIPPY,
    &cargo_tools::TRUNK,
    &cargo_tools::WASM_BINDGEN,
    &wasm_opt::WASM_OPT,
    &chromium::CHROMIUM,
    &axe::AXE,
    &redis::REDIS_7,
    &redis::REDIS_8,
];

impl Tool {
    /// Where the tool is, without installing anything.
    ///
    /// # Errors
    /// An environment variable names a program that is not there.
    pub(crate) fn find(&self) -> Result<Option<Found>> {
        (self.find)()
    }

    /// Where the tool is; installs it if it is missing.
    ///
    /// # Errors
    /// It cannot be installed here; the message is one line that says what to do.
    pub(crate) fn ensure(&self) -> Result<Found> {
        if let Some(found) = self.find()? {
            return Ok(found);
        }
        report::note(&format!(
            "{} is missing; it is needed to {}. Installing it, which usually takes {}.",
            self.name, self.why, self.usually
        ));
        (self.install)()
            .with_context(|| format!("could not install {}; {}", self.name, self.by_hand))?;
        match self.find()? {
            Some(found) => Ok(found),
            None => bail!("{} is still missing; {}", self.name, self.by_hand),
        }
    }
}

/// What building the client needs.
#[derive(Debug)]
pub(crate) struct ClientTools {
    /// Trunk itself.
    pub(crate) trunk: PathBuf,
    /// Makes the client smaller; `None` where it could not be had.
    pub(crate) wasm_opt: Option<Found>,
    /// `PATH` for Trunk, on which it finds the right wasm-bindgen.
    pub(crate) path: OsString,
}

/// Makes sure that the client can be built.
///
/// # Errors
/// A tool is missing and cannot be installed; a missing wasm-opt is only a warning.
pub(crate) fn for_client() -> Result<ClientTools> {
    toolchain::WASM.ensure()?;
    let trunk = cargo_tools::TRUNK.ensure()?;
    let wasm_bindgen = cargo_tools::WASM_BINDGEN.ensure()?;
    let wasm_opt = wasm_opt::WASM_OPT.ensure().map_or_else(
        |error| {
            report::warning(&format!(
                "{error:#}; the client will be larger than it need be"
            ));
            None
        },
        Some,
    );
    let path = locate::path_starting_with(wasm_bindgen.path.parent())?;
    Ok(ClientTools {
        trunk: trunk.path,
        wasm_opt,
        path,
    })
}

/// Whether the standard library can be compiled with the client; installs its source if
/// need be.
pub(crate) fn has_library_source() -> bool {
    match toolchain::SOURCE.ensure() {
        Ok(_) => true,
        Err(error) => {
            report::warning(&format!(
                "{error:#}; the client will be larger than it need be"
            ));
            false
        }
    }
}

/// Makes sure that rustfmt and Clippy are there.
///
/// # Errors
/// A component is missing and cannot be installed.
pub(crate) fn for_checks() -> Result<()> {
    toolchain::WASM.ensure()?;
    toolchain::RUSTFMT.ensure()?;
    toolchain::CLIPPY.ensure().map(drop)
}

/// The programs that tests start, as environment variables for them.
#[derive(Debug, Default)]
pub(crate) struct TestEnvironment {
    /// Name and value of each variable.
    pub(crate) variables: Vec<(&'static str, PathBuf)>,
}

impl TestEnvironment {
    /// Adds a variable.
    pub(crate) fn with(mut self, name: &'static str, value: &Path) -> Self {
        self.variables.push((name, value.to_path_buf()));
        self
    }
}

/// Makes sure that both Redis servers are there, for tests without a browser.
///
/// # Errors
/// A server is missing and cannot be installed.
pub(crate) fn for_native_tests() -> Result<TestEnvironment> {
    let old = redis::REDIS_7.ensure()?;
    let new = redis::REDIS_8.ensure()?;
    Ok(TestEnvironment::default()
        .with("REDIS_SERVER", &old.path)
        .with("REDIS8_SERVER", &new.path))
}

/// What measuring how pages load needs.
#[derive(Debug)]
pub(crate) struct PageLoadTools {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// The folder of npm's `node_modules`.
    pub(crate) npm: PathBuf,
    /// Vite's script, for Node.
    pub(crate) vite: PathBuf,
    /// Excalidraw and what it is built with, by name and version.
    pub(crate) pins: String,
}

/// Makes sure that Chromium, Excalidraw and Vite are there.
///
/// # Errors
/// One of them is missing and cannot be installed.
pub(crate) fn for_page_load() -> Result<PageLoadTools> {
    let chromium = chromium::CHROMIUM.ensure()?;
    let excalidraw = excalidraw::EXCALIDRAW.ensure()?;
    Ok(PageLoadTools {
        chromium: chromium.path,
        npm: npm::home(),
        vite: excalidraw.path,
        pins: excalidraw.version,
    })
}

/// Makes sure that everything is there for tests in the browser.
///
/// # Errors
/// A program is missing and cannot be installed.
pub(crate) fn for_browser_tests() -> Result<TestEnvironment> {
    let chromium = chromium::CHROMIUM.ensure()?;
    let axe = axe::AXE.ensure()?;
    Ok(for_native_tests()?
        .with("CHROMIUM", &chromium.path)
        .with("AXE", &axe.path))
}

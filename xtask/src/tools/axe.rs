//! axe-core, which looks for what keeps people with disabilities out.
//!
//! A script that the browser tests put into pages; it is fetched into `.tools/` and never
//! becomes part of what is shipped (its licence is MPL-2.0).

use super::{Found, Tool, npm};
use std::path::PathBuf;

/// The npm package, pinned.
const PACKAGE: &str = "axe-core@4.14.1";

/// The script; the environment variable `AXE` tells the tests where it is.
pub(crate) const AXE: Tool = Tool {
    name: "axe-core",
    why: "look for barriers on every page",
    usually: "a few seconds",
    by_hand: "run `npm install --prefix .tools/npm axe-core`",
    find: || {
        let path = script();
        Ok(path.is_file().then(|| Found {
            version: PACKAGE.to_owned(),
            path,
        }))
    },
    install: || npm::install(&[PACKAGE]),
};

fn script() -> PathBuf {
    npm::package("axe-core").join("axe.min.js")
}

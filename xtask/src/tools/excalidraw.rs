//! Excalidraw, the whiteboard that the page-load measurement compares ours with, and what
//! builds a page of it.
//!
//! All of it is fetched into `.tools/` and never becomes part of what is shipped (its licence is
//! MIT, as are React's and Vite's).

use super::{Found, Tool, npm};
use anyhow::{Context as _, Result};
use serde_json::Value;

/// The npm packages, pinned.
const PACKAGES: [(&str, &str); 4] = [
    ("@excalidraw/excalidraw", "0.18.1"),
    ("react", "19.3.1"),
    ("react-dom", "19.3.1"),
    ("vite", "8.4.0"),
];

/// Excalidraw, React and Vite; the path is Vite's program.
pub(crate) const EXCALIDRAW: Tool = Tool {
    name: "Excalidraw",
    why: "compare how soon a page can be drawn on",
    usually: "20 s",
    by_hand: "install the npm packages @excalidraw/excalidraw, react, react-dom and vite with \
              `npm install --prefix .tools/npm`, in the versions of xtask/src/tools/excalidraw.rs",
    find,
    install,
};

/// The packages with their versions, as npm takes them.
fn pins() -> Vec<String> {
    PACKAGES
        .iter()
        .map(|(name, version)| format!("{name}@{version}"))
        .collect()
}

fn find() -> Result<Option<Found>> {
    for (name, version) in PACKAGES {
        let manifest = npm::package(name).join("package.json");
        let Ok(text) = std::fs::read_to_string(&manifest) else {
            return Ok(None);
        };
        let manifest: Value =
            serde_json::from_str(&text).with_context(|| manifest.display().to_string())?;
        if manifest.get("version").and_then(Value::as_str) != Some(version) {
            return Ok(None);
        }
    }
    Ok(Some(Found {
        path: npm::package("vite").join("bin/vite.js"),
        version: pins().join(", "),
    }))
}

fn install() -> Result<()> {
    let pins = pins();
    npm::install(&pins.iter().map(String::as_str).collect::<Vec<_>>())
}

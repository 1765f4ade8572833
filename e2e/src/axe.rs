//! Checks a page against the accessibility rules of axe-core.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::page::Page;

/// The variable that names the script; `cargo xtask e2e` fetches it and sets this.
const SCRIPT: &str = "AXE";

/// One rule that a page breaks.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    html: String,
}

impl Page {
    /// Checks the page in its present state; `place` names that state in the report.
    ///
    /// # Errors
    /// If a rule is broken, or the script cannot be read.
    pub async fn has_no_axe_violations(&self, place: &str) -> Result<()> {
        let path = std::env::var_os(SCRIPT).map(PathBuf::from);
        let path = path.context("AXE does not name axe.min.js; use `cargo xtask e2e`")?;
        let script = tokio::fs::read_to_string(&path)
            .await
            .with_context(|| path.display().to_string())?;
        // A colour that still changes from one theme to the other could fail the contrast rule.
        self.eval::<bool>(
            "Promise.all(document.getAnimations().filter((a) => \
                a.effect?.getComputedTiming().iterations !== Infinity)\
                .map((a) => a.finished.catch(() => 0))).then(() => true)",
        )
        .await?;
        self.eval::<bool>(&format!(
            "globalThis.axe ? true : (() => {{ {script}\n; return true }})()"
        ))
        .await?;
        let violations: Vec<Violation> = self
            .eval("axe.run(document).then((found) => found.violations)")
            .await?;
        let list: Vec<String> = violations.iter().map(describe).collect();
        ensure!(list.is_empty(), "axe-core on {place}:\n{}", list.join("\n"));
        Ok(())
    }
}

fn describe(violation: &Violation) -> String {
    let nodes: Vec<&str> = violation
        .nodes
        .iter()
        .take(4)
        .map(|node| node.html.get(..160).unwrap_or(&node.html))
        .collect();
    format!(
        "  {}: {}\n    {}",
        violation.id,
        violation.help,
        nodes.join("\n    ")
    )
}

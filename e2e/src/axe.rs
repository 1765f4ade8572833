//! Looks for what keeps people with disabilities out of a page, by the rules of axe-core.

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
    /// Asks axe-core what is wrong with the page as it is now; `place` names it in the report.
    ///
    /// # Errors
    /// If anything is wrong, or the script cannot be had.
    pub async fn has_no_barriers(&self, place: &str) -> Result<()> {
        let path = std::env::var_os(SCRIPT).map(PathBuf::from);
        let path = path.context("AXE does not name axe.min.js; use `cargo xtask e2e`")?;
        let script = tokio::fs::read_to_string(&path)
            .await
            .with_context(|| path.display().to_string())?;
        // Colours on their way from one theme to the other are no fault.
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
        let list: Vec<String> = violations.iter().map(words).collect();
        ensure!(list.is_empty(), "axe-core on {place}:\n{}", list.join("\n"));
        Ok(())
    }
}

fn words(violation: &Violation) -> String {
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

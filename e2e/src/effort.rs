//! Processor time that the browser spends on a page.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// What the main thread of a page has done since [`Page::count_effort`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Seconds in tasks of any kind.
    pub tasks: f64,
    /// Seconds of these in scripts and WebAssembly.
    pub scripts: f64,
}

impl Page {
    /// Begins to count what the page's main thread does.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn count_effort(&self) -> Result<()> {
        self.session.call("Performance.enable", json!({})).await?;
        Ok(())
    }

    /// What the page's main thread has done so far.
    ///
    /// # Errors
    /// If the page is gone or does not count.
    pub async fn effort(&self) -> Result<Effort> {
        let answer = self
            .session
            .call("Performance.getMetrics", json!({}))
            .await?;
        let metric = |name: &str| {
            let mut all = answer["metrics"].as_array().into_iter().flatten();
            let found = all.find(|metric| metric["name"] == name);
            let value = found.and_then(|metric| metric["value"].as_f64());
            value.with_context(|| format!("the browser does not count {name}"))
        };
        Ok(Effort {
            tasks: metric("TaskDuration")?,
            scripts: metric("ScriptDuration")?,
        })
    }
}

impl Browser {
    /// Seconds of processor time that all threads of its pages' processes have used.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn page_seconds(&self) -> Result<f64> {
        let answer = self
            .cdp()
            .call("SystemInfo.getProcessInfo", json!({}))
            .await?;
        let processes = answer["processInfo"].as_array().into_iter().flatten();
        let pages = processes.filter(|process| process["type"] == "renderer");
        Ok(pages.map(seconds).sum())
    }
}

fn seconds(process: &Value) -> f64 {
    process["cpuTime"].as_f64().unwrap_or(0.0)
}

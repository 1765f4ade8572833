//! Processor time that the browser spends on a page.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// Processor time of a page's main thread since [`Page::enable_cpu_metrics`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CpuTime {
    /// Seconds in tasks of any kind.
    pub tasks: f64,
    /// Seconds in scripts and WebAssembly, a part of `tasks`.
    pub scripts: f64,
}

impl Page {
    /// Begins to measure the page's main thread.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn enable_cpu_metrics(&self) -> Result<()> {
        self.session.call("Performance.enable", json!({})).await?;
        Ok(())
    }

    /// Processor time of the page's main thread so far.
    ///
    /// # Errors
    /// If the page is gone or was not measured.
    pub async fn cpu_time(&self) -> Result<CpuTime> {
        let answer = self
            .session
            .call("Performance.getMetrics", json!({}))
            .await?;
        let metric = |name: &str| {
            let mut all = answer["metrics"].as_array().into_iter().flatten();
            let found = all.find(|metric| metric["name"] == name);
            let value = found.and_then(|metric| metric["value"].as_f64());
            value.with_context(|| format!("the browser does not measure {name}"))
        };
        Ok(CpuTime {
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
    pub async fn renderer_cpu_seconds(&self) -> Result<f64> {
        Ok(self.renderers().await?.iter().map(seconds).sum())
    }

    /// The ids of its pages' processes.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn renderer_processes(&self) -> Result<Vec<u32>> {
        let pages = self.renderers().await?;
        let ids = pages.iter().filter_map(|page| page["id"].as_u64());
        Ok(ids.filter_map(|id| u32::try_from(id).ok()).collect())
    }

    async fn renderers(&self) -> Result<Vec<Value>> {
        let answer = self
            .cdp()
            .call("SystemInfo.getProcessInfo", json!({}))
            .await?;
        let processes = answer["processInfo"].as_array().into_iter().flatten();
        let pages = processes.filter(|process| process["type"] == "renderer");
        Ok(pages.cloned().collect())
    }
}

fn seconds(process: &Value) -> f64 {
    process["cpuTime"].as_f64().unwrap_or(0.0)
}

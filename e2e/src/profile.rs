//! Where the time of a page's main thread goes, by function.

use std::collections::HashMap;

use anyhow::Result;
use serde_json::{Value, json};

use crate::page::Page;

/// Microseconds between two samples.
const INTERVAL_US: u32 = 250;

impl Page {
    /// Begins to take samples of the functions that run.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn begin_profile(&self) -> Result<()> {
        self.session.call("Profiler.enable", json!({})).await?;
        let interval = json!({ "interval": INTERVAL_US });
        let call = "Profiler.setSamplingInterval";
        self.session.call(call, interval).await?;
        self.session.call("Profiler.start", json!({})).await?;
        Ok(())
    }

    /// The functions that ran, each with the milliseconds in itself, the longest first.
    ///
    /// # Errors
    /// If no profile was begun.
    pub async fn end_profile(&self) -> Result<Vec<(String, f64)>> {
        let answer = self.session.call("Profiler.stop", json!({})).await?;
        let profile = &answer["profile"];
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let names: HashMap<u64, String> = list(&profile["nodes"])
            .iter()
            .filter_map(|node| {
                let name = node["callFrame"]["functionName"].as_str()?;
                Some((node["id"].as_u64()?, name.to_owned()))
            })
            .collect();
        let mut times: HashMap<String, f64> = HashMap::new();
        let samples = list(&profile["samples"]);
        for (sample, delta) in samples.iter().zip(list(&profile["timeDeltas"])) {
            let name = sample.as_u64().and_then(|id| names.get(&id));
            let name = name.map_or("?", String::as_str);
            *times.entry(name.to_owned()).or_default() += delta.as_f64().unwrap_or(0.0) / 1e3;
        }
        let mut times: Vec<(String, f64)> = times.into_iter().collect();
        times.sort_by(|one, other| other.1.total_cmp(&one.1));
        Ok(times)
    }
}

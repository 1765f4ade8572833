//! Finds controls by their accessible role and name, as a screen reader does.

use std::time::Instant;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::page::{Page, Rect};

impl Page {
    /// Waits for a visible element with this accessible role and name, scrolls it into view and
    /// returns its bounds. Chromium computes role and name, as for a screen reader.
    ///
    /// # Errors
    /// If there is none within [`PATIENCE`].
    pub async fn find(&self, role: &str, name: &str) -> Result<Rect> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(rect) = self.find_now(role, name).await? {
                return Ok(rect);
            }
            if Instant::now() > end {
                let here = self.describe().await;
                bail!("no {role} named {name:?} within {PATIENCE:?}\n  page: {here}");
            }
            // The page can only have changed after the next frame.
            let frame = "new Promise((r) => { requestAnimationFrame(r); setTimeout(r, 50) })\
                .then(() => null)";
            drop(self.eval::<Value>(frame).await);
        }
    }

    /// As [`Page::find`], without waiting.
    ///
    /// # Errors
    /// If the browser refuses to look.
    pub async fn find_now(&self, role: &str, name: &str) -> Result<Option<Rect>> {
        for id in self.nodes(role, name).await? {
            // A node without a box is not visible, and one may be removed in the meantime.
            let scroll = json!({ "backendNodeId": id });
            drop(
                self.session
                    .call("DOM.scrollIntoViewIfNeeded", scroll.clone())
                    .await,
            );
            let Ok(model) = self.session.call("DOM.getBoxModel", scroll).await else {
                continue;
            };
            let corner = |index: usize| model["model"]["border"][index].as_f64().unwrap_or(0.0);
            let rect = Rect {
                x: corner(0),
                y: corner(1),
                width: corner(4) - corner(0),
                height: corner(5) - corner(1),
            };
            if rect.width > 0.0 && rect.height > 0.0 {
                return Ok(Some(rect));
            }
        }
        Ok(None)
    }

    /// Backend ids of the nodes with this role and name, hidden ones left out.
    async fn nodes(&self, role: &str, name: &str) -> Result<Vec<u64>> {
        let root = self
            .session
            .call("DOM.getDocument", json!({ "depth": 0 }))
            .await?;
        let params = json!({
            "nodeId": root["root"]["nodeId"], "role": role, "accessibleName": name,
        });
        let Ok(found) = self.session.call("Accessibility.queryAXTree", params).await else {
            return Ok(Vec::new()); // The document was replaced meanwhile.
        };
        let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
        Ok(nodes
            .iter()
            .filter(|node| node["ignored"] != json!(true))
            .filter_map(|node| node["backendDOMNodeId"].as_u64())
            .collect())
    }

    /// Clicks the element with this accessible role and name.
    ///
    /// # Errors
    /// If there is none within [`PATIENCE`].
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        let rect = self.find(role, name).await?;
        self.click_at(rect.centre()).await
    }
}

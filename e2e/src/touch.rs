//! Touch input with one or more fingers, through Chromium's input pipeline.

use anyhow::Result;
use serde_json::{Value, json};

use crate::page::{At, Page};

impl Page {
    /// Sends a touch event with one touch point for each finger.
    async fn fingers(&self, kind: &str, at: &[At]) -> Result<()> {
        let points: Vec<Value> = at
            .iter()
            .enumerate()
            .map(|(id, at)| json!({ "x": at.0, "y": at.1, "id": id, "radiusX": 8, "radiusY": 8 }))
            .collect();
        let params = json!({ "type": kind, "touchPoints": points });
        self.session
            .call("Input.dispatchTouchEvent", params)
            .await?;
        Ok(())
    }

    /// Puts fingers down one after the other, and leaves them there.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn fingers_down(&self, at: &[At]) -> Result<()> {
        // On a device fingers never land at the same instant.
        for count in 1..=at.len() {
            self.fingers("touchStart", at.get(..count).unwrap_or_default())
                .await?;
        }
        Ok(())
    }

    /// Lifts all fingers.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn fingers_up(&self) -> Result<()> {
        self.fingers("touchEnd", &[]).await
    }

    /// Moves fingers along paths, all together: each step holds one point per finger.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn touch(&self, steps: &[Vec<At>]) -> Result<()> {
        let Some((first, rest)) = steps.split_first() else {
            return Ok(());
        };
        self.fingers_down(first).await?;
        for step in rest {
            self.fingers("touchMove", step).await?;
        }
        self.fingers_up().await
    }

    /// Moves the fingers that are down.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn fingers_move(&self, at: &[At]) -> Result<()> {
        self.fingers("touchMove", at).await
    }

    /// Cancels the touches, as the system does for a gesture of its own.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn fingers_cancel(&self) -> Result<()> {
        self.fingers("touchCancel", &[]).await
    }
}

//! A record of what the status of a page shows, and for how long.

use std::time::Duration;

use anyhow::Result;

use crate::page::Page;

/// Begins to record each text of the status with its time in milliseconds.
const BEGIN: &str = "(() => { const texts = []; globalThis.__statusRecord = texts; \
    setInterval(() => { const now = __e2e.status(); \
    if (texts.at(-1)?.[1] !== now) texts.push([performance.now(), now]); }, 10); return true; })()";
/// The record up to now.
const READ: &str = "[...__statusRecord, [performance.now(), '']]";

/// A text of the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// How long it was shown.
    pub time: Duration,
}

impl Shown {
    /// Whether it says that all is well.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        ["Saved", "Saving", "Read only"]
            .iter()
            .any(|calm| self.text.starts_with(calm))
    }
}

/// Begins a record. It ends when the page is loaded again.
///
/// # Errors
/// If the page is gone.
pub async fn begin(page: &Page) -> Result<()> {
    page.eval::<bool>(BEGIN).await.map(drop)
}

/// What the status has shown since the record began, in order.
///
/// # Errors
/// If the page is gone, or has no record.
pub async fn read(page: &Page) -> Result<Vec<Shown>> {
    let texts: Vec<(f64, String)> = page.eval(READ).await?;
    let ends = texts.iter().skip(1).map(|(end, _)| *end);
    let shown = texts.iter().zip(ends).map(|((begin, text), end)| Shown {
        text: text.clone(),
        time: Duration::from_secs_f64((end - begin).max(0.0) / 1_000.0),
    });
    Ok(shown.collect())
}

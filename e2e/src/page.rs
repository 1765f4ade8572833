//! One tab: navigation, scripts, and waiting for conditions.
//!
//! Input is in [`crate::input`], the log in [`crate::log`], pictures in [`crate::pixels`], and
//! finding controls in [`crate::controls`].

use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::cdp::{Cdp, Session};
use crate::log::Log;

/// The script that is injected into each page.
const HELPERS: &str = include_str!("helpers.js");

/// The pause before a wait goes on in a new document.
const PAUSE: Duration = Duration::from_millis(20);

/// The time that an answer may take beyond the wait itself.
const SLACK: Duration = Duration::from_secs(1);

/// A tab of the browser. Cheap to clone; the tab lives until [`Page::close`].
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) session: Session,
    target: String,
    log: Log,
}

/// A point in CSS pixels from the upper left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At(pub f64, pub f64);

/// A rectangle in CSS pixels of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// A square around `at`, `reach` to each side.
    #[must_use]
    pub fn around(at: At, reach: f64) -> Self {
        Self {
            x: at.0 - reach,
            y: at.1 - reach,
            width: reach * 2.0,
            height: reach * 2.0,
        }
    }

    /// The middle of the rectangle.
    #[must_use]
    pub fn centre(&self) -> At {
        At(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

impl Page {
    pub(crate) async fn attach(cdp: &Cdp, target: &str) -> Result<Self> {
        let params = json!({ "targetId": target, "flatten": true });
        let attached = cdp.call("Target.attachToTarget", params).await?;
        let id = attached["sessionId"]
            .as_str()
            .ok_or_else(|| anyhow!("no session id"))?;
        let (session, events) = cdp.session(id);
        let page = Self {
            session,
            target: target.to_owned(),
            log: Log::collect(events),
        };
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            page.session
                .call(&format!("{domain}.enable"), json!({}))
                .await?;
        }
        page.before_scripts(HELPERS).await?;
        page.session
            .call(
                "Emulation.setFocusEmulationEnabled",
                json!({ "enabled": true }),
            )
            .await?;
        page.viewport(1280, 800).await?;
        Ok(page)
    }

    /// Runs `script` in every document that this tab loads from now on, before the scripts of
    /// the document itself.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn before_scripts(&self, script: &str) -> Result<()> {
        let params = json!({ "source": script });
        self.session
            .call("Page.addScriptToEvaluateOnNewDocument", params)
            .await?;
        Ok(())
    }

    /// The log of the page since it was opened.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Goes to `url` and waits until the document is parsed.
    ///
    /// # Errors
    /// If the address cannot be loaded.
    pub async fn goto(&self, url: &str) -> Result<()> {
        let answer = self
            .session
            .call("Page.navigate", json!({ "url": url }))
            .await?;
        if let Some(error) = answer["errorText"].as_str() {
            bail!("cannot load {url}: {error}");
        }
        self.wait_for::<bool>("document.readyState !== 'loading' && !!globalThis.__e2e")
            .await?;
        Ok(())
    }

    /// Reloads the page.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn reload(&self) -> Result<()> {
        // The mark distinguishes the old document from the new one.
        self.eval::<Value>("globalThis.__e2e_old = true").await?;
        self.session.call("Page.reload", json!({})).await?;
        self.wait_for::<bool>(
            "!globalThis.__e2e_old && document.readyState !== 'loading' && !!globalThis.__e2e",
        )
        .await?;
        Ok(())
    }

    /// Closes the tab as a user does.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn close(&self) -> Result<()> {
        let params = json!({ "targetId": self.target });
        self.session
            .cdp()
            .call("Target.closeTarget", params)
            .await?;
        Ok(())
    }

    /// Brings the tab to the front of its window.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn bring_to_front(&self) -> Result<()> {
        self.session.call("Page.bringToFront", json!({})).await?;
        Ok(())
    }

    /// Runs an expression; a promise is awaited.
    ///
    /// # Errors
    /// If it throws, or its value is no `T`.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        self.eval_within(expression, PATIENCE).await
    }

    /// As [`Page::eval`], with another time limit.
    ///
    /// # Errors
    /// As [`Page::eval`].
    pub async fn eval_within<T: DeserializeOwned>(
        &self,
        script: &str,
        within: Duration,
    ) -> Result<T> {
        let params = json!({
            "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self
            .session
            .call_within("Runtime.evaluate", params, within)
            .await?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            let text = thrown["exception"]["description"]
                .as_str()
                .or(thrown["text"].as_str());
            bail!(
                "script failed: {}\n  {script}",
                text.unwrap_or("unknown error")
            );
        }
        let value = answer["result"]["value"].take();
        serde_json::from_value(value.clone())
            .with_context(|| format!("the script returned an unexpected {value}:\n  {script}"))
    }

    /// Evaluates the expression at each frame until it is truthy, and returns its value.
    ///
    /// If the page navigates meanwhile, the wait goes on in the new document.
    ///
    /// # Errors
    /// If it is still falsy after [`PATIENCE`]; the error describes the page.
    pub async fn wait_for<T: DeserializeOwned>(&self, condition: &str) -> Result<T> {
        self.wait_for_within(condition, PATIENCE).await
    }

    /// As [`Page::wait_for`], with another time limit.
    ///
    /// # Errors
    /// As [`Page::wait_for`].
    pub async fn wait_for_within<T: DeserializeOwned>(
        &self,
        condition: &str,
        within: Duration,
    ) -> Result<T> {
        let end = Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let script = format!(
                "globalThis.__e2e ? __e2e.until(() => ({condition}), {}) \
                 : new Promise((r) => setTimeout(r, 20)).then(() => null)",
                left.as_millis()
            );
            let answer = self.eval_within::<Value>(&script, left + SLACK).await;
            match answer {
                Ok(value) if is_truthy(&value) => {
                    return serde_json::from_value(value.clone())
                        .with_context(|| format!("{condition} became {value}"));
                }
                Err(error) if format!("{error:#}").contains("script failed") => return Err(error),
                // No value yet, or the document was replaced under the script.
                Ok(_) | Err(_) if Instant::now() < end => tokio::time::sleep(PAUSE).await,
                Ok(_) | Err(_) => bail!(
                    "still false after {within:?}: {condition}\n  now: {}\n  page: {}",
                    self.eval::<Value>(&format!("(() => {{ return {condition} }})()"))
                        .await
                        .map_or_else(|error| format!("{error:#}"), |value| value.to_string()),
                    self.describe().await,
                ),
            }
        }
    }

    /// Describes the state of the page in one line, for error messages.
    pub async fn describe(&self) -> String {
        let script = "`${location.href.split('#')[0]} status=${JSON.stringify(__e2e.status())} \
            elements=${__e2e.data('elements')} seq=${__e2e.data('seq')} \
            pending=${__e2e.data('pending')}`";
        self.eval::<String>(script)
            .await
            .unwrap_or_else(|error| format!("unreadable: {error:#}"))
    }
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

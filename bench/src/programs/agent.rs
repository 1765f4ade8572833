//! An agent that works on a board by MCP: it reads the board, adds elements and draws, in turn.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use reqwest::Client;
use serde_json::{Value, json};
use testkit::board::Link;
use tokio::time::{Instant, sleep, sleep_until};

use crate::figures::Times;

/// Seconds from one call to the next: a language model that has not much to think about. A call that
/// takes longer delays the next one.
const PACE: std::ops::Range<f64> = 1.0..2.0;
/// Points of a stroke.
const POINTS: u32 = 60;
/// The area of the strokes in board units.
const AREA: std::ops::Range<f64> = -2_000.0..2_000.0;

/// An agent with a link.
pub(super) struct Agent {
    client: Client,
    url: String,
    bearer: String,
    name: String,
    dice: ChaCha8Rng,
}

impl Agent {
    /// An agent with a name and an address of its own.
    ///
    /// # Errors
    /// There is no such address.
    pub(super) fn new(server: &str, link: Link, number: usize, address: IpAddr) -> Result<Self> {
        Ok(Self {
            client: Client::builder().local_address(address).build()?,
            url: format!("{server}/mcp"),
            bearer: link.at(server),
            name: format!("Agent {number}"),
            dice: ChaCha8Rng::seed_from_u64(number as u64),
        })
    }

    /// Works for ever, and records how long the calls take.
    ///
    /// # Errors
    /// A call fails.
    pub(super) async fn work(mut self, calls: Arc<Mutex<Times>>) -> Result<Infallible> {
        sleep(self.pause()).await;
        loop {
            for (tool, arguments) in [
                ("read_board", json!({})),
                ("create_elements", elements()),
                ("draw_stroke", self.stroke()),
            ] {
                let (began, next) = (Instant::now(), Instant::now() + self.pause());
                let called = self.call(tool, &arguments).await;
                called.with_context(|| format!("{} calls {tool}", self.name))?;
                record(&calls, began.elapsed());
                sleep_until(next).await;
            }
        }
    }

    fn pause(&mut self) -> Duration {
        Duration::from_secs_f64(self.dice.random_range(PACE))
    }

    /// Calls a tool, and reads its whole answer.
    async fn call(&self, tool: &str, arguments: &Value) -> Result<()> {
        let request = self.client.post(&self.url).bearer_auth(&self.bearer);
        let request = request.header("Commonslate-Program", &self.name);
        let request = request.header("accept", "application/json, text/event-stream");
        let call = json!({
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": { "name": tool, "arguments": arguments },
        });
        let answer = request.json(&call).send().await?.error_for_status()?;
        let answer = answer.text().await?;
        let is_done = answer.lines().any(is_result);
        ensure!(is_done, "answered by {answer}");
        Ok(())
    }

    /// A wave somewhere on the board.
    fn stroke(&mut self) -> Value {
        let (left, top) = (self.dice.random_range(AREA), self.dice.random_range(AREA));
        let points = (0..POINTS).map(f64::from);
        let points = points.map(|at| [left + 4.0 * at, top + 20.0 * (at / 5.0).sin()]);
        json!({ "points": points.collect::<Vec<_>>(), "color": "blue" })
    }
}

fn record(calls: &Mutex<Times>, took: Duration) {
    // No code panics while it holds the lock, so the times are always sound.
    let mut calls = calls.lock().unwrap_or_else(PoisonError::into_inner);
    calls.add(took);
}

/// A small diagram in free space. Its elements appear one after the other, as people like to see it.
fn elements() -> Value {
    json!({ "elements": [
        { "kind": "sticky", "id": "idea", "text": "Ask three customers first" },
        { "kind": "rectangle", "id": "plan", "text": "Plan" },
        { "kind": "rectangle", "id": "build", "text": "Build" },
        { "kind": "arrow", "from": "idea", "to": "plan" },
        { "kind": "arrow", "from": "plan", "to": "build" },
    ] })
}

/// Whether a line of an answer says that the tool has done its work.
fn is_result(line: &str) -> bool {
    let message = line.strip_prefix("data:").unwrap_or(line);
    let message: Option<Value> = serde_json::from_str(message).ok();
    let result = message.as_ref().and_then(|it| it.get("result"));
    result.is_some_and(|it| it.get("isError") != Some(&Value::Bool(true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_result_without_an_error_counts() {
        for (line, is) in [
            (r#"data: {"id": 1, "result": {"content": []}}"#, true),
            (r#"{"result": {"isError": false}}"#, true),
            (r#"data: {"result": {"isError": true}}"#, false),
            (r#"data: {"error": {"code": -1}}"#, false),
            (r#"data: {"method": "notifications/progress"}"#, false),
            (": keep-alive", false),
        ] {
            assert_eq!(is_result(line), is, "{line}");
        }
    }
}

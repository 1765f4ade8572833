//! A program that follows a board as Server-Sent Events.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, bail};
use reqwest::{Client, Response};
use testkit::board::Link;

/// What separates events.
const END: &str = "\n\n";
/// With what an event begins that tells of a commit.
const COMMIT: &str = "event: commit";

/// An open stream of events.
pub(super) struct Listener {
    response: Response,
    /// What came after the last whole event.
    rest: Vec<u8>,
}

impl Listener {
    /// Begins to listen, from an address of its own.
    ///
    /// # Errors
    /// The server does not answer with a stream.
    pub(super) async fn open(server: String, link: Link, address: IpAddr) -> Result<Self> {
        let client = Client::builder().local_address(address).build()?;
        let url = format!("{server}/api/v1/boards/{}/events", link.board);
        let request = client.get(url).bearer_auth(link.secret.reveal());
        let response = request.send().await?.error_for_status()?;
        let rest = Vec::new();
        Ok(Self { response, rest })
    }

    /// Listens for ever, and counts the commits.
    ///
    /// # Errors
    /// The stream has ended.
    pub(super) async fn listen(mut self, commits: Arc<AtomicU64>) -> Result<Infallible> {
        while let Some(piece) = self.response.chunk().await? {
            self.rest.extend_from_slice(&piece);
            let text = String::from_utf8_lossy(&self.rest);
            let Some(end) = text.rfind(END) else {
                continue;
            };
            let events = text.get(..end).unwrap_or_default().split(END);
            let told = events.filter(|event| event.starts_with(COMMIT)).count();
            commits.fetch_add(told as u64, Ordering::Relaxed);
            self.rest = text.get(end + END.len()..).unwrap_or_default().into();
        }
        bail!("a stream of events has ended")
    }
}

//! Boards and their links, made over the public HTTP API.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A capability link as the server gave it: `http://<server>/b/<board>#<secret>`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Link(String);

impl Link {
    /// The same board and secret at another server or proxy.
    #[must_use]
    pub fn at(&self, base: &str) -> String {
        let path = self
            .0
            .find("/b/")
            .map_or("", |start| self.0.get(start..).unwrap_or_default());
        format!("{base}{path}")
    }

    /// The link as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The secret after the `#`.
    #[must_use]
    pub fn secret(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, secret)| secret)
    }
}

impl From<String> for Link {
    fn from(link: String) -> Self {
        Self(link)
    }
}

/// The three links of a board.
#[derive(Debug, Clone, Deserialize)]
pub struct Links {
    /// May do everything.
    pub owner: Link,
    /// May draw.
    pub edit: Link,
    /// May look.
    pub view: Link,
}

/// A new board.
#[derive(Debug, Clone, Deserialize)]
pub struct Board {
    /// Its public id.
    pub board: String,
    /// Its links.
    pub links: Links,
}

impl Board {
    /// Makes a board by `POST /api/v1/boards`.
    ///
    /// # Errors
    /// If the server does not answer `201` with a board.
    pub async fn create(server: &str) -> Result<Self> {
        let request = reqwest::Client::new().post(format!("{server}/api/v1/boards"));
        let answer = request.json(&serde_json::json!({})).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(
            status.as_u16() == 201,
            "POST /api/v1/boards answered {status}: {text}"
        );
        serde_json::from_str(&text).with_context(|| format!("not a board: {text}"))
    }

    /// Every secret of the board: what may never be seen in a log.
    #[must_use]
    pub fn secrets(&self) -> [&str; 3] {
        let Links { owner, edit, view } = &self.links;
        [owner.secret(), edit.secret(), view.secret()]
    }
}

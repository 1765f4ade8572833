//! Boards and their links, made over the REST API.

use std::collections::HashMap;
use std::str::FromStr;

use anyhow::{Context as _, Result, ensure};
use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;
use shared::id::{BoardId, Secret};

/// What a link opens: a board, with what its secret allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Which board.
    pub board: BoardId,
    /// What proves that its bearer may.
    pub secret: Secret,
}

impl Link {
    /// The link as people open it at a server or proxy, `<base>/b/<board>#<secret>`.
    #[must_use]
    pub fn at(&self, base: &str) -> String {
        format!("{base}/b/{}#{}", self.board, self.secret.reveal())
    }
}

impl FromStr for Link {
    type Err = anyhow::Error;

    fn from_str(link: &str) -> Result<Self> {
        let parts = link
            .split_once("/b/")
            .and_then(|(_, rest)| rest.split_once('#'));
        let (board, secret) = parts.context("not <server>/b/<board>#<secret>")?;
        Ok(Self {
            board: board.parse().context("not the id of a board")?,
            secret: secret.parse().context("not a secret")?,
        })
    }
}

/// A new board with its three links.
#[derive(Debug, Clone, Copy)]
pub struct Board {
    /// Its public id.
    pub id: BoardId,
    /// May do everything.
    pub owner: Link,
    /// May draw.
    pub edit: Link,
    /// May look.
    pub view: Link,
}

/// The answer of the API.
#[derive(Deserialize)]
struct Created {
    board: String,
    links: Links,
}

#[derive(Deserialize)]
struct Links {
    owner: String,
    edit: String,
    view: String,
}

impl Board {
    /// Makes a board with the usual title by `POST /api/v1/boards`. `server` is its address,
    /// without a slash at the end.
    ///
    /// # Errors
    /// If the server does not answer `201` with a board and its links.
    pub async fn create(server: &str) -> Result<Self> {
        Self::ask(post(server)).await
    }

    /// Makes a board with a title.
    ///
    /// # Errors
    /// As [`Board::create`].
    pub async fn create_called(server: &str, title: &str) -> Result<Self> {
        let title = HashMap::from([("title", title)]);
        Self::ask(post(server).json(&title)).await
    }

    async fn ask(request: RequestBuilder) -> Result<Self> {
        let answer = request.send().await.context("the server does not answer")?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(
            status == StatusCode::CREATED,
            "POST /api/v1/boards was answered by {status}: {text}"
        );
        Self::read(&text)
    }

    /// Reads the API's answer.
    ///
    /// # Errors
    /// If it is not a board with its links.
    pub fn read(answer: &str) -> Result<Self> {
        let created: Created =
            serde_json::from_str(answer).with_context(|| format!("not a board: {answer}"))?;
        let Links { owner, edit, view } = created.links;
        Ok(Self {
            id: created.board.parse().context("not the id of a board")?,
            owner: owner.parse()?,
            edit: edit.parse()?,
            view: view.parse()?,
        })
    }

    /// Its links, the most capable first. Their secrets may never be seen in a log.
    #[must_use]
    pub const fn links(&self) -> [Link; 3] {
        [self.owner, self.edit, self.view]
    }
}

fn post(server: &str) -> RequestBuilder {
    reqwest::Client::new().post(format!("{server}/api/v1/boards"))
}

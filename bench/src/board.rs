//! Boards to draw on, made over the REST API.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use shared::id::Secret;

/// A fresh board.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    /// Its id as text, as addresses have it.
    pub(crate) id: String,
    /// Lets bots draw.
    pub(crate) secret: Secret,
}

#[derive(Deserialize)]
struct Created {
    board: String,
    links: Links,
}

#[derive(Deserialize)]
struct Links {
    edit: String,
}

/// Makes a board at a server.
///
/// # Errors
/// The server does not answer as documented, or makes no more boards for us.
pub(crate) async fn make(server: &str) -> Result<Board> {
    let url = format!("{server}/api/v1/boards");
    let answer = reqwest::Client::new()
        .post(&url)
        .send()
        .await
        .context("no answer")?;
    let status = answer.status();
    ensure!(
        status.as_u16() == 201,
        "{url} answered {status}; see --boards-per-hour of the server"
    );
    let created: Created = answer.json().await?;
    let (_, secret) = created
        .links
        .edit
        .split_once('#')
        .context("a link without a secret")?;
    Ok(Board {
        id: created.board,
        secret: secret.parse()?,
    })
}

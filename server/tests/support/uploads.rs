//! Uploads and downloads by an HTTP client.

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use shared::id::Secret;
use shared::model::BlobHash;
use testkit::board::{Board, Link};

/// A visitor with a link to a board.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    client: Client,
    /// The address of the server, without a slash at the end.
    pub(crate) server: String,
    pub(crate) link: Link,
}

/// An answer without a body that matters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) offset: Option<u64>,
    /// The text of a problem, or the body.
    pub(crate) text: String,
}

impl Visitor {
    pub(crate) fn new(server: &str, link: Link) -> Self {
        Self {
            client: Client::new(),
            server: server.to_owned(),
            link,
        }
    }

    /// A person who may draw on a new board.
    pub(crate) async fn on_new_board(server: &str) -> Self {
        let board = Board::create(server).await.unwrap();
        Self::new(server, board.edit)
    }

    /// The same person at another server.
    pub(crate) fn at(&self, server: &str) -> Self {
        Self::new(server, self.link)
    }

    pub(crate) fn with_secret(&self, secret: Secret) -> Self {
        let link = Link {
            secret,
            ..self.link
        };
        Self::new(&self.server, link)
    }

    pub(crate) fn request(&self, method: Method, name: &str) -> RequestBuilder {
        let url = format!("{}/files/{}{name}", self.server, self.link.board);
        let request = self.client.request(method, url);
        request.bearer_auth(self.link.secret.reveal())
    }

    pub(crate) async fn head(&self, hash: BlobHash) -> (Answer, HeaderMap) {
        let answer = self.request(Method::HEAD, &format!("/{hash}")).send();
        let answer = answer.await.unwrap();
        let headers = answer.headers().clone();
        (read(answer).await, headers)
    }

    pub(crate) fn patch_request(
        &self,
        hash: BlobHash,
        offset: u64,
        length: u64,
        kind: &str,
    ) -> RequestBuilder {
        self.request(Method::PATCH, &format!("/{hash}"))
            .header("upload-offset", offset)
            .header("upload-length", length)
            .header("content-type", kind.to_owned())
    }

    /// Sends the bytes of a PNG from an offset on.
    pub(crate) async fn patch(&self, file: &[u8], offset: usize, end: usize) -> Answer {
        let (hash, length) = (BlobHash::of(file), file.len() as u64);
        let request = self.patch_request(hash, offset as u64, length, "image/png");
        let body = file[offset..end].to_vec();
        read(request.body(body).send().await.unwrap()).await
    }

    /// Uploads a PNG at once.
    pub(crate) async fn upload(&self, file: &[u8]) -> Answer {
        self.patch(file, 0, file.len()).await
    }

    pub(crate) async fn post(&self, file: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, "").body(file);
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, hash: BlobHash) -> Response {
        let request = self.request(Method::GET, &format!("/{hash}"));
        request.send().await.unwrap()
    }

    /// The bytes of a blob that is complete.
    pub(crate) async fn load(&self, hash: BlobHash) -> Vec<u8> {
        let answer = self.get(hash).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.bytes().await.unwrap().to_vec()
    }
}

pub(crate) async fn read(answer: Response) -> Answer {
    let name = HeaderName::from_static("upload-offset");
    let offset = answer.headers().get(name);
    let offset = offset.map(|offset| offset.to_str().unwrap().parse().unwrap());
    let status = answer.status().as_u16();
    let is_problem = answer
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind == "application/problem+json");
    let text = answer.text().await.unwrap();
    // An answer to HEAD has no body.
    let text = if is_problem && !text.is_empty() {
        let problem: Value = serde_json::from_str(&text).unwrap();
        problem["detail"].as_str().unwrap().to_owned()
    } else {
        text
    };
    Answer {
        status,
        offset,
        text,
    }
}

//! The client of the endpoint, and how its errors are told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::middleware::ReqwestService;
use futures::{Stream, StreamExt as _};
use serde_json::{Value, json};

use super::chunk::Chunk;
use crate::assistant::failure::{Failure, sentence};
use crate::config::AssistantEndpoint;
use crate::cryptography;

/// Connecting may take this long.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Characters of an error of the endpoint that people are shown.
const ERROR_CHARS: usize = 300;

/// The language model.
#[derive(Debug)]
pub(in crate::assistant) struct Model {
    pub(super) client: Client<OpenAIConfig>,
    pub(super) endpoint: AssistantEndpoint,
    /// Set once the model has refused a picture.
    is_blind: AtomicBool,
}

impl Model {
    /// The model behind an endpoint; `None` if the system has no means for its connections.
    pub(in crate::assistant) fn new(endpoint: &AssistantEndpoint) -> Option<Self> {
        cryptography::choose();
        let http = http_client::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            // What the board contains goes to this endpoint alone.
            .redirect(http_client::redirect::Policy::none())
            .build()
            .inspect_err(|error| tracing::error!(%error, "the assistant cannot ask its endpoint"))
            .ok()?;
        let key = endpoint.key.as_ref().map_or("none", |key| key.reveal());
        let config = OpenAIConfig::new()
            .with_api_base(endpoint.url.as_str())
            .with_api_key(key);
        // Without the library's repeats: people see at once that the endpoint fails, and ask again.
        let client =
            Client::build(http.clone(), config).with_http_service(ReqwestService::new(http));
        Some(Self {
            client,
            endpoint: endpoint.clone(),
            is_blind: AtomicBool::new(false),
        })
    }

    /// Whether it takes pictures, as far as is known.
    pub(super) fn sees(&self) -> bool {
        !self.is_blind.load(Ordering::Relaxed)
    }

    /// It refused a picture, so it is shown no others.
    pub(super) fn cannot_see(&self) {
        self.is_blind.store(true, Ordering::Relaxed);
    }

    /// Whether it makes pictures.
    pub(in crate::assistant) const fn makes_pictures(&self) -> bool {
        self.endpoint.image_model.is_some()
    }

    /// Asks for the next part of a conversation, as chunks.
    ///
    /// # Errors
    /// The endpoint does not answer.
    pub(super) async fn stream(
        &self,
        messages: &[Value],
        tools: &[Value],
    ) -> Result<impl Stream<Item = Result<Chunk, Failure>> + Send + Unpin + use<>, Failure> {
        let mut request = json!({
            "model": self.endpoint.model,
            "messages": messages,
            "stream": true,
        });
        if !tools.is_empty()
            && let Some(request) = request.as_object_mut()
        {
            request.insert("tools".to_owned(), Value::Array(tools.to_vec()));
        }
        let chat = self.client.chat();
        let chunks = chat.create_stream_byot::<Value, Chunk>(request).await;
        let chunks = chunks.map_err(|error| failure(&error))?;
        Ok(chunks.map(|chunk| chunk.map_err(|error| failure(&error))))
    }
}

/// What an error of the library means for people.
pub(super) fn failure(error: &OpenAIError) -> Failure {
    let failure = kind(error);
    // What an endpoint answers may repeat the board, so only the kind is logged.
    tracing::warn!(
        kind = failure.name(),
        "the endpoint of the assistant failed"
    );
    failure
}

fn kind(error: &OpenAIError) -> Failure {
    match error {
        OpenAIError::Reqwest(error) if error.is_timeout() => Failure::NoAnswer,
        OpenAIError::Reqwest(_) | OpenAIError::StreamError(_) => Failure::Unreachable,
        OpenAIError::ApiError(error) => match error.status_code.as_u16() {
            401 | 403 => Failure::WrongKey,
            429 => Failure::Busy,
            502..=504 => Failure::Unreachable,
            _ => Failure::Endpoint(told(&error.api_error.message)),
        },
        OpenAIError::JSONDeserialize(..) => {
            Failure::Endpoint("It is not in the form of OpenAI.".to_owned())
        }
        error => Failure::Endpoint(told(&error.to_string())),
    }
}

/// The text of an error, of bounded length. The library does not read it out of the body of some errors.
pub(super) fn told(text: &str) -> String {
    let body = serde_json::from_str::<Value>(text).ok();
    let message = body
        .as_ref()
        .and_then(|body| body.pointer("/error/message")?.as_str());
    let text: String = message.unwrap_or(text).chars().take(ERROR_CHARS).collect();
    sentence(&text)
}

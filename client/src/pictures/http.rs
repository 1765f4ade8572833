//! Requests for the files of pictures.

use js_sys::Reflect;
use leptos::prelude::window;
use shared::id::{Millis, Secret};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Headers, RequestInit, Response};

/// What the server answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status; 0 if there is no answer.
    pub(super) status: u16,
    /// How many bytes of the file the server has.
    pub(super) offset: Option<u64>,
    /// How long the server asks to wait.
    pub(super) wait_ms: Option<Millis>,
    /// A sentence that says why it failed.
    pub(super) detail: Option<String>,
}

impl Answer {
    /// Why the server does not do what it was asked to.
    pub(super) fn reason(&self) -> String {
        let status = || format!("The server answered with {}.", self.status);
        self.detail.clone().unwrap_or_else(status)
    }
}

/// Sends a piece of a file.
pub(super) async fn send(
    address: &str,
    secret: &Secret,
    piece: &Blob,
    (offset, length): (u64, u64),
    media_type: &str,
) -> Answer {
    let sent = async {
        let headers = authorized(secret)?;
        headers.set("Upload-Offset", &offset.to_string())?;
        headers.set("Upload-Length", &length.to_string())?;
        headers.set("Content-Type", media_type)?;
        let options = RequestInit::new();
        options.set_method("PATCH");
        options.set_headers(&headers);
        options.set_body(piece);
        answer(&fetch(address, &options).await?).await
    };
    sent.await.unwrap_or_default()
}

/// Loads a file.
///
/// # Errors
/// What the server answers instead.
pub(super) async fn load(address: &str, secret: &Secret) -> Result<Blob, Answer> {
    let loaded = async {
        let headers = authorized(secret)?;
        let options = RequestInit::new();
        options.set_headers(&headers);
        let response = fetch(address, &options).await?;
        if !response.ok() {
            return Ok(Err(answer(&response).await?));
        }
        let blob = JsFuture::from(response.blob()?).await?;
        Ok::<_, JsValue>(Ok(blob.dyn_into::<Blob>()?))
    };
    loaded.await.unwrap_or_else(|_| Err(Answer::default()))
}

fn authorized(secret: &Secret) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    headers.set("Authorization", &format!("Bearer {}", secret.reveal()))?;
    Ok(headers)
}

async fn fetch(address: &str, options: &RequestInit) -> Result<Response, JsValue> {
    let request = window().fetch_with_str_and_init(address, options);
    JsFuture::from(request).await?.dyn_into()
}

async fn answer(response: &Response) -> Result<Answer, JsValue> {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let number = |name: &str| header(name)?.trim().parse::<u64>().ok();
    let mut answer = Answer {
        status: response.status(),
        offset: number("Upload-Offset"),
        wait_ms: number("Retry-After").map(|seconds| seconds * 1_000),
        detail: None,
    };
    if !response.ok()
        && let Ok(problem) = JsFuture::from(response.json()?).await
    {
        let detail = Reflect::get(&problem, &"detail".into()).ok();
        answer.detail = detail.and_then(|detail| detail.as_string());
    }
    Ok(answer)
}

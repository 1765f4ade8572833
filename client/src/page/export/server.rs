//! Files that the server makes: large pictures, and pages.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::{GetUntracked as _, WithUntracked as _, window};
use serde::Deserialize;
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::Background;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ReadableStreamDefaultReader, RequestInit, Response};

use super::make::Made;
use super::work::{ExportError, Work};
use crate::base::base;
use crate::session::Session;
use crate::view_model::{ExportFormat, ExportOptions, ExportSize, Status};

/// The most elements that an address names, 23 KB: the server takes no more.
const MAX_NAMED_ELEMENTS: usize = 1_000;
/// The headers by which the server names what a file lacks, each with the words before the names.
const LACKS: [(&str, &str); 2] = [
    ("Commonslate-Not-Kept", "Not in the file: "),
    (
        "Commonslate-Missing-Letters",
        "No font of the server has these letters: ",
    ),
];
/// How often to look whether everything is saved, in milliseconds.
const SAVED_CHECK_MS: u32 = 100;

/// Lets the server make a file and downloads it. The server knows only saved changes, so this waits
/// until everything is.
///
/// # Errors
/// If the server cannot be reached or refuses, or the user stops it.
pub(super) async fn fetch(
    options: &ExportOptions,
    session: Session,
    work: &Work,
) -> Result<Made, ExportError> {
    let query = query(options)?;
    wait_until_saved(session, work).await?;
    work.says("The server makes the file …", None);
    let ending = options.format.ending();
    let board = session.board();
    let address = format!("{}api/v1/boards/{board}/export.{ending}?{query}", base());
    let response = ask(&address, session, work).await;
    work.check()?;
    let response = response.map_err(|_| ExportError::Offline)?;
    if !response.ok() {
        return Err(ExportError::Refused(reason(&response).await));
    }
    let read = read(&response, options.format, work).await;
    work.check()?;
    let file = read.map_err(|_| ExportError::Offline)?;
    let notice = lacks(&response);
    Ok(Made { file, notice })
}

/// What the file lacks, in sentences.
fn lacks(response: &Response) -> Option<String> {
    let sentences = LACKS.iter().filter_map(|(header, words)| {
        let names = response.headers().get(header).ok().flatten()?;
        Some([words, names.as_str(), "."].concat())
    });
    let sentences: Vec<String> = sentences.collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

async fn wait_until_saved(session: Session, work: &Work) -> Result<(), ExportError> {
    let signals = session.board_signals();
    let is_saved = || {
        let pending = signals.revision.with_untracked(|it| it.pending);
        pending == 0 && session.pictures().upload_percent().is_none()
    };
    while !is_saved() {
        let is_offline = matches!(
            signals.status.get_untracked(),
            Status::Reconnecting { .. } | Status::NotSaved { .. }
        );
        if is_offline {
            return Err(ExportError::Offline);
        }
        work.says("Waiting until your changes are saved …", None);
        TimeoutFuture::new(SAVED_CHECK_MS).await;
        work.check()?;
    }
    Ok(())
}

async fn ask(address: &str, session: Session, work: &Work) -> Result<Response, JsValue> {
    let headers = Object::new();
    let secret = format!("Bearer {}", session.secret().reveal());
    Reflect::set(&headers, &"Authorization".into(), &secret.into())?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    if let Some(signal) = work.signal() {
        init.set_signal(Some(&signal));
    }
    let response = window().fetch_with_str_and_init(address, &init);
    JsFuture::from(response).await?.dyn_into()
}

/// Reads the file piece by piece, and shows how much has arrived.
async fn read(response: &Response, format: ExportFormat, work: &Work) -> Result<Blob, JsValue> {
    let body = response.body().ok_or(JsValue::NULL)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    let parts = Array::new();
    let mut bytes = 0.0;
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            break;
        }
        let piece: Uint8Array = Reflect::get(&piece, &"value".into())?.dyn_into()?;
        bytes += f64::from(piece.length());
        parts.push(&piece);
        work.says(format!("{:.1} MB have arrived …", bytes / 1e6), None);
    }
    let options = BlobPropertyBag::new();
    options.set_type(format.media_type());
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

/// A problem that the server names.
#[derive(Deserialize)]
struct Problem {
    detail: Option<String>,
    title: Option<String>,
}

async fn reason(response: &Response) -> String {
    let status = response.status();
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok(),
        Err(_) => None,
    };
    let text = text.and_then(|text| text.as_string()).unwrap_or_default();
    let problem = serde_json::from_str::<Problem>(&text).ok();
    let named = problem.and_then(|problem| problem.detail.or(problem.title));
    named.unwrap_or_else(|| format!("it answered with the status {status}."))
}

/// The query of the request.
fn query(options: &ExportOptions) -> Result<String, ExportError> {
    let theme = match options.theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let background = match options.background {
        Background::Board => "board",
        Background::Transparent => "transparent",
    };
    let mut query = format!("theme={theme}&background={background}");
    if options.format == ExportFormat::Png {
        query += &match options.size {
            ExportSize::Scale(scale) => format!("&scale={scale}"),
            ExportSize::Width(width) => format!("&width={width}"),
        };
        query += &format!("&embed={}", options.embeds_scene());
    }
    match &options.scope {
        Scope::Board => {}
        Scope::Frame(frame) => query += &format!("&frame={frame}"),
        Scope::Elements(ids) if ids.len() > MAX_NAMED_ELEMENTS => {
            return Err(ExportError::Refused(format!(
                "only up to {MAX_NAMED_ELEMENTS} selected elements can be sent. Export the whole board, or a smaller picture."
            )));
        }
        Scope::Elements(ids) => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            query += &format!("&elements={}", ids.join(","));
        }
    }
    Ok(query)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use shared::id::ElementId;

    use super::*;

    #[test]
    fn the_query_names_all_choices() {
        let frame = ElementId::from_bytes([7; 16]);
        let png = ExportOptions {
            size: ExportSize::Width(9_000),
            background: Background::Transparent,
            ..ExportOptions::new(Scope::Frame(frame), Theme::Dark)
        };
        let expected =
            format!("theme=dark&background=transparent&width=9000&embed=true&frame={frame}");
        assert_eq!(query(&png), Ok(expected));
        let pdf = ExportOptions {
            format: ExportFormat::Pdf,
            ..ExportOptions::new(Scope::Board, Theme::Light)
        };
        assert_eq!(query(&pdf), Ok("theme=light&background=board".to_owned()));
    }

    #[test]
    fn a_selection_is_named_by_its_ids_unless_there_are_too_many() {
        let ids = |count: u16| -> BTreeSet<ElementId> {
            let id = |number: u16| {
                let [a, b] = number.to_be_bytes();
                let mut bytes = [1; 16];
                bytes[0] = a;
                bytes[1] = b;
                ElementId::from_bytes(bytes)
            };
            (0..count).map(id).collect()
        };
        let asked = |count| {
            query(&ExportOptions {
                format: ExportFormat::Pdf,
                ..ExportOptions::new(Scope::Elements(ids(count)), Theme::Light)
            })
        };
        let two = asked(2).unwrap();
        assert!(two.contains("&elements=") && two.contains(','), "{two}");
        assert!(matches!(asked(1_001), Err(ExportError::Refused(_))));
    }
}

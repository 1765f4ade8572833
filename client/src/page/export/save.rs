//! Saves the board to a file of our own: where the browser lets pages write files, to the file that
//! the user chooses, else as a download.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::{GetUntracked as _, window};
use leptos::task::spawn_local;
use shared::model::Scope;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException};

use super::make::Made;
use super::work::{ExportError, Work};
use super::{deliver, make, quick};
use crate::page::state::PageState;
use crate::session::Session;
use crate::view_model::{ExportFormat, ExportOptions, ExportState, file_name};

/// Saves the board.
pub(in crate::page) fn save_file(session: Session, page: PageState) {
    let title = session.board_signals().title.get_untracked();
    let name = format!("{}.json", file_name(&title));
    // The browser asks the user only right after a key or a press.
    let picked = pick(&name).ok();
    spawn_local(async move {
        let file = match picked {
            None => None,
            Some(picked) => match JsFuture::from(picked).await {
                Ok(file) => Some(file),
                Err(error) if is_cancellation(&error) => return,
                // A page in a frame may not ask.
                Err(_) => None,
            },
        };
        let work = quick::work(page.toasts);
        let state = match save(file, &name, session, page, &work).await {
            Ok((words, notice)) => ExportState::done(words, notice),
            Err(error) => ExportState::Failed(error.to_string()),
        };
        work.end(state);
    });
}

async fn save(
    file: Option<JsValue>,
    name: &str,
    session: Session,
    page: PageState,
    work: &Work,
) -> Result<(&'static str, Option<String>), ExportError> {
    let options = ExportOptions {
        format: ExportFormat::Json,
        ..ExportOptions::new(Scope::Board, page.theme.theme.get_untracked())
    };
    let made = make::make(options, session, work.clone()).await?;
    let Made {
        file: content,
        notice,
    } = made;
    match file {
        Some(file) => {
            let written = write(&file, &content).await;
            written.map_err(|_| ExportError::NotSaved)?;
            Ok(("Saved.", notice))
        }
        None => {
            deliver::download_file(&content, name).map_err(|_| ExportError::NotSaved)?;
            Ok(("Downloaded.", notice))
        }
    }
}

/// Whether the user closed the dialog of the browser.
fn is_cancellation(error: &JsValue) -> bool {
    let error = error.dyn_ref::<DomException>();
    error.is_some_and(|error| error.name() == "AbortError")
}

/// Asks the user for a file.
///
/// # Errors
/// If the browser lets pages write no files.
fn pick(name: &str) -> Result<Promise, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"suggestedName".into(), &name.into())?;
    let endings = Object::new();
    Reflect::set(
        &endings,
        &"application/json".into(),
        &Array::of1(&".json".into()),
    )?;
    let kind = Object::new();
    Reflect::set(&kind, &"description".into(), &"Commonslate board".into())?;
    Reflect::set(&kind, &"accept".into(), &endings)?;
    Reflect::set(&options, &"types".into(), &Array::of1(&kind))?;
    call(&window(), "showSaveFilePicker", &options)
}

/// Writes a file that the user chose.
async fn write(file: &JsValue, content: &Blob) -> Result<(), JsValue> {
    let writer = JsFuture::from(call(file, "createWritable", &JsValue::UNDEFINED)?).await?;
    JsFuture::from(call(&writer, "write", content)?).await?;
    JsFuture::from(call(&writer, "close", &JsValue::UNDEFINED)?).await?;
    Ok(())
}

/// Calls a method that not every browser has, which returns a promise.
fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<Promise, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.call1(object, argument)?.dyn_into()
}

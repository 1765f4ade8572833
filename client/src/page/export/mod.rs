//! Exports: the dialog, and pictures for the clipboard.
//!
//! - `content`: elements and pictures for another board
//! - `make`: makes the file; `server`: lets the server make it; `work`: shows the state and can be
//!   stopped
//! - `pictures`: the files and the pixels of its pictures
//! - `deliver`: downloads
//! - `preview`: the preview in the dialog; `quick`: exports without it; `save`: files of our own

mod content;
mod deliver;
mod make;
mod pictures;
mod preview;
mod quick;
mod save;
mod server;
mod work;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::model::Scope;
use shared::model::palette::Theme;

use super::state::PageState;
use crate::clipboard;
use crate::session::Session;
use crate::ui::{ExportDialog, ExportRequest, ExportView};
use crate::view_model::{ExportFormat, ExportOptions, ExportState, file_name};
pub(super) use content::{content, drawing};
pub(super) use deliver::download_file;
pub(super) use quick::copy_picture;
pub(super) use save::save_file;
pub(super) use work::{ExportError, Work};

/// The export dialog of the board page.
#[component]
pub(super) fn Export() -> impl IntoView {
    let session = Session::from_context();
    let open = PageState::from_context().panels.export;
    let options = RwSignal::new(ExportOptions::new(Scope::Board, Theme::Light));
    let name = RwSignal::new(String::new());
    let state = RwSignal::new(ExportState::Idle);
    let preview = NodeRef::<html::Canvas>::new();
    let work = StoredValue::new_local(None::<Work>);
    let stop = move || {
        if let Some(work) = work.try_update_value(Option::take).flatten() {
            work.stop();
        }
    };
    Effect::new(move || {
        if open.get() {
            begin(session, options, name);
            state.set(ExportState::Idle);
            preview::keep_up_to_date(preview, options, session);
        } else {
            stop();
        }
    });
    // Another choice makes the last result old.
    Effect::new(move || {
        options.track();
        if !matches!(state.get_untracked(), ExportState::Underway { .. }) {
            state.set(ExportState::Idle);
        }
    });
    let on_request = move |request| match request {
        ExportRequest::Stop => stop(),
        ExportRequest::Download | ExportRequest::Copy => {
            stop();
            let begun = Work::new(move |now| state.set(now));
            work.set_value(Some(begun.clone()));
            let options = options.get_untracked();
            match request {
                ExportRequest::Copy => copy(options, session, begun),
                ExportRequest::Download | ExportRequest::Stop => {
                    let name = file_name(&name.get_untracked());
                    download(options, name, session, begun);
                }
            }
        }
    };
    let view = ExportView {
        scopes: Callback::new(move |()| scopes(session)),
        result: Signal::derive(move || {
            session.board_signals().revision.track();
            options.with(|options| result_words(options, session))
        }),
        state: state.into(),
        preview,
    };
    view! { <ExportDialog open on_close=move |()| open.set(false) options name view on_request /> }
}

/// Sets the choices for a dialog that opens: the last ones, for the present selection.
fn begin(session: Session, options: RwSignal<ExportOptions>, name: RwSignal<String>) {
    let page = PageState::from_context();
    options.update(|options| {
        options.scope = session.selected_scope();
        options.theme = page.theme.theme.get_untracked();
    });
    let title = session.board_signals().title.get_untracked();
    name.set(file_name(&title));
}

/// The parts of the board that can be chosen.
fn scopes(session: Session) -> Vec<(Scope, String)> {
    let mut scopes = vec![(Scope::Board, "Whole board".to_owned())];
    match session.selected_scope() {
        Scope::Elements(ids) => {
            let words = match ids.len() {
                1 => "Selection (1 element)".to_owned(),
                count => format!("Selection ({count} elements)"),
            };
            scopes.push((Scope::Elements(ids), words));
        }
        Scope::Board | Scope::Frame(_) => {}
    }
    for (frame, name) in session.frames() {
        scopes.push((Scope::Frame(frame), format!("Frame: {name}")));
    }
    scopes
}

/// The size of the result and who makes it, in words.
fn result_words(options: &ExportOptions, session: Session) -> String {
    let scene = session.export_scene(options.scope.clone());
    let region = scene.map(|scene| scene.picture(options.look()).region());
    let Some(region) = region else {
        return String::new();
    };
    let who = if options.needs_server(region) {
        "The server makes this file."
    } else {
        ""
    };
    let [width, height] = options.pixels(region);
    match options.format {
        ExportFormat::Png => format!("{width} × {height} pixels. {who}"),
        ExportFormat::Svg => "A drawing that stays sharp at any size.".to_owned(),
        ExportFormat::Pdf => ["A page for each frame. ", who].concat(),
        ExportFormat::Json => "The elements, to be opened in Commonslate.".to_owned(),
        ExportFormat::Excalidraw => "The elements, to be opened in Excalidraw.".to_owned(),
    }
}

/// Makes a file and downloads it.
fn download(options: ExportOptions, name: String, session: Session, work: Work) {
    spawn_local(async move {
        let made = make::make(options.clone(), session, work.clone()).await;
        let done = made.and_then(|made| {
            let name = format!("{name}.{}", options.format.ending());
            let begun = deliver::download_file(&made.file, &name);
            begun.map_err(|_| ExportError::Unwritable)?;
            Ok(made.notice)
        });
        work.end(match done {
            Ok(notice) => ExportState::done("Downloaded.", notice),
            Err(error) => ExportState::Failed(error.to_string()),
        });
    });
}

/// Makes a file and copies it. The browser wants to know at once what will be copied.
fn copy(options: ExportOptions, session: Session, work: Work) {
    let kind = match options.format {
        ExportFormat::Png => "image/png",
        ExportFormat::Svg | ExportFormat::Pdf | ExportFormat::Json | ExportFormat::Excalidraw => {
            "text/plain"
        }
    };
    let failure = StoredValue::new_local(None::<ExportError>);
    let notice = StoredValue::new_local(None::<String>);
    let making = work.clone();
    let file = async move {
        let made = make::make(options, session, making).await;
        let file = made.and_then(|made| {
            notice.set_value(made.notice);
            make::retyped(&made.file, kind)
        });
        file.map_err(|error| failure.set_value(Some(error)))
    };
    let copied = clipboard::write_later(kind, file);
    spawn_local(async move {
        work.end(match copied.await {
            Ok(()) => ExportState::done("Copied.", notice.try_get_value().flatten()),
            Err(_) => {
                let why = failure.try_get_value().flatten();
                ExportState::Failed(why.unwrap_or(ExportError::NoClipboard).to_string())
            }
        });
    });
}

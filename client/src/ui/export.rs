//! The export dialog: the part of the board, its look (`options`), a preview, and the buttons.

mod options;

use leptos::prelude::*;
use leptos::{ev, html};
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::Background;

use super::dialog::Modal;
use super::icon::{Icon, IconName};
use crate::view_model::{ExportFormat, ExportOptions, ExportState};
use options::{FormatRow, LookRows, NameRow, SceneSwitch, ScopeRow, SizeRows};

/// What the dialog shows beside the options.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExportView {
    /// The parts of the board that can be exported, with their names.
    pub(crate) scopes: Callback<(), Vec<(Scope, String)>>,
    /// The size of the result and who makes it, in words.
    pub(crate) result: Signal<String>,
    /// The state of the export.
    pub(crate) state: Signal<ExportState>,
    /// The canvas of the preview.
    pub(crate) preview: NodeRef<html::Canvas>,
}

/// What a user wants to do with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportRequest {
    /// Download it.
    Download,
    /// Copy it to the clipboard.
    Copy,
    /// Stop making it.
    Stop,
}

/// The dialog.
#[component]
pub(crate) fn ExportDialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The choices.
    options: RwSignal<ExportOptions>,
    /// The name of the file without its ending.
    name: RwSignal<String>,
    /// The preview, the size and the state beside them.
    view: ExportView,
    /// A button was pressed.
    #[prop(into)]
    on_request: Callback<ExportRequest>,
) -> impl IntoView {
    let format = move || options.with(|options| options.format);
    let is_png = Memo::new(move |_| format() == ExportFormat::Png);
    let is_picture = Memo::new(move |_| format().is_picture());
    let may_have_scene = Memo::new(move |_| format().may_have_scene());
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !is_underway(&view.state.get_untracked()) {
            on_request.run(ExportRequest::Download);
        }
    };
    view! {
        <Modal title="Export" kind="export" open on_close>
            <form class="export" on:submit=on_submit>
                <Preview options preview=view.preview />
                <div class="export-options">
                    <ScopeRow options scopes=view.scopes />
                    <FormatRow options />
                    <Show when=move || is_png.get()>
                        <SizeRows options />
                    </Show>
                    <Show when=move || is_picture.get()>
                        <LookRows options />
                    </Show>
                    <Show when=move || may_have_scene.get()>
                        <SceneSwitch options />
                    </Show>
                    <NameRow name options />
                </div>
                <Note view />
                <Actions options state=view.state on_request />
            </form>
        </Modal>
    }
}

/// The result, as large as there is room for.
#[component]
fn Preview(options: RwSignal<ExportOptions>, preview: NodeRef<html::Canvas>) -> impl IntoView {
    let background =
        move || match options.with(|options| (options.background, options.format.is_picture())) {
            (Background::Transparent, true) => "transparent",
            (Background::Transparent | Background::Board, _) => "board",
        };
    let inks = move || match options.with(|options| options.theme) {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    view! {
        <div class="export-preview" data-background=background data-inks=inks>
            <canvas class="export-picture" role="img" aria-label="Preview" node_ref=preview></canvas>
        </div>
    }
}

/// The size of the result, or the state of the export.
#[component]
fn Note(view: ExportView) -> impl IntoView {
    let words = move || match view.state.get() {
        ExportState::Idle => view.result.get(),
        ExportState::Underway { words, .. } => words,
        ExportState::Done(words) | ExportState::Failed(words) => words,
    };
    let tone = move || match view.state.get() {
        ExportState::Failed(_) => "failed",
        ExportState::Idle | ExportState::Underway { .. } | ExportState::Done(_) => "info",
    };
    let share = move || match view.state.get() {
        ExportState::Underway { share, .. } => Some(share),
        ExportState::Idle | ExportState::Done(_) | ExportState::Failed(_) => None,
    };
    view! {
        <div class="export-note" data-tone=tone>
            <p role="status">{words}</p>
            {move || share().map(|share| view! {
                <progress class="export-progress" aria-label="Export" value=share.map(|it| it.to_string()) />
            })}
        </div>
    }
}

/// The buttons.
#[component]
fn Actions(
    options: RwSignal<ExportOptions>,
    state: Signal<ExportState>,
    on_request: Callback<ExportRequest>,
) -> impl IntoView {
    let is_underway = Memo::new(move |_| state.with(is_underway));
    let press = move |request| move |_| on_request.run(request);
    view! {
        <div class="export-actions">
            <Show
                when=move || is_underway.get()
                fallback=move || view! {
                    <button
                        class="button-outlined"
                        type="button"
                        disabled=move || options.with(|options| !options.format.may_be_copied())
                        on:click=press(ExportRequest::Copy)
                    >
                        <Icon name=IconName::Copy />
                        "Copy"
                    </button>
                }
            >
                <button class="button-outlined" type="button" on:click=press(ExportRequest::Stop)>
                    <Icon name=IconName::Close />
                    "Stop"
                </button>
            </Show>
            // It stays while the file is made, so that it keeps the focus.
            <button
                class="button-filled"
                type="submit"
                aria-disabled=move || is_underway.get().then_some("true")
            >
                <Icon name=IconName::Download />
                "Download"
            </button>
        </div>
    }
}

const fn is_underway(state: &ExportState) -> bool {
    matches!(state, ExportState::Underway { .. })
}

//! Short notices, mostly about refused changes.

use leptos::prelude::*;

use super::{
    button::IconButton,
    icon::{Icon, IconName},
};
use crate::view_model::{Toast, ToastTone};

impl ToastTone {
    const fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Progress => "progress",
            Self::Warning => "warning",
        }
    }

    /// Warnings interrupt screen readers. The live region announces information.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Info | Self::Progress => None,
            Self::Warning => Some("alert"),
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Info | Self::Progress => IconName::Info,
            Self::Warning => IconName::Warning,
        }
    }
}

/// The notices. The caller removes them in time.
#[component]
pub(crate) fn Toasts(
    /// The notices on screen, oldest first.
    #[prop(into)]
    items: Signal<Vec<Toast>>,
    /// The person closed a notice.
    #[prop(into)]
    on_dismiss: Callback<u64>,
) -> impl IntoView {
    view! {
        <section class="toasts" aria-label="Notices">
            <For each=move || items.get() key=Toast::clone let:toast>
                <div class="toast" role=toast.tone.role() data-tone=toast.tone.key()>
                    <Icon name=toast.tone.icon() />
                    <p class="toast-text">{toast.text.clone()}</p>
                    {button(toast.tone, Callback::new(move |()| on_dismiss.run(toast.id)))}
                </div>
            </For>
        </section>
    }
}

/// The button of a notice: it closes the notice, or stops the work that the notice is about.
fn button(tone: ToastTone, on_press: Callback<()>) -> AnyView {
    match tone {
        ToastTone::Info | ToastTone::Warning => view! {
            <IconButton icon=IconName::Close label="Dismiss" on_press />
        }
        .into_any(),
        ToastTone::Progress => view! {
            <button class="toast-stop" type="button" on:click=move |_| on_press.run(())>
                "Stop"
            </button>
        }
        .into_any(),
    }
}

//! Short notices, mostly of what was refused and why.

use leptos::prelude::*;

use super::{
    button::IconButton,
    icon::{Icon, IconName},
};

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ToastTone {
    /// Good to know.
    Info,
    /// Something was refused or undone.
    Warning,
}

impl ToastTone {
    const fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }

    /// What is good to know is said politely, by the region for that.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Info => None,
            Self::Warning => Some("alert"),
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Warning => IconName::Warning,
        }
    }
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Toast {
    /// Tells notices apart; also names the one to dismiss.
    pub(crate) id: u64,
    /// How grave it is.
    pub(crate) tone: ToastTone,
    /// One sentence, such as "Your link is for viewing".
    pub(crate) text: String,
}

/// The place where notices appear; who shows them also takes them away in time.
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
                    <IconButton
                        icon=IconName::Close
                        label="Dismiss"
                        on_press=move |()| on_dismiss.run(toast.id)
                    />
                </div>
            </For>
        </section>
    }
}

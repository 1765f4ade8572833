//! The share button and the dialog with the links.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{
    copy_text::{CopyOutcome, copy_field},
    dialog::Modal,
    icon::{Icon, IconName},
    platform::Platform,
};

/// How long "Copied" stays on the button.
const FEEDBACK: Duration = Duration::from_secs(2);

/// The links that this person can give to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ShareLinks {
    /// The link for editing; `None` if the own link does not allow that.
    pub(crate) edit: Option<String>,
    /// The link for viewing; `None` until it is known.
    pub(crate) view: Option<String>,
}

/// The access that a link gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grant {
    Edit,
    View,
}

impl Grant {
    const fn label(self) -> &'static str {
        match self {
            Self::Edit => "Can edit",
            Self::View => "Can view",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Edit => "Whoever has the link can draw here",
            Self::View => "Whoever has the link can watch, not draw",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Edit => IconName::Pencil,
            Self::View => IconName::Eye,
        }
    }

    fn link(self, links: &ShareLinks) -> Option<String> {
        match self {
            Self::Edit => links.edit.clone(),
            Self::View => links.view.clone(),
        }
    }
}

/// The filled button at the top right.
#[component]
pub(crate) fn ShareButton(
    /// Runs on press.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="share-button"
            type="button"
            aria-label="Share"
            aria-haspopup="dialog"
            title="Share this board"
            on:click=move |_| on_press.run(())
        >
            <Icon name=IconName::Share />
            <span class="share-label" aria-hidden="true">"Share"</span>
        </button>
    }
}

/// The dialog: one clear choice, one link, one button.
#[component]
pub(crate) fn ShareDialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The links that this person can give to others.
    #[prop(into)]
    links: Signal<ShareLinks>,
    /// What stands below the link.
    children: ChildrenFn,
) -> impl IntoView {
    let picked = RwSignal::new(None::<Grant>);
    let may_edit = Memo::new(move |_| links.with(|links| links.edit.is_some()));
    let grant = Memo::new(move |_| match picked.get() {
        Some(Grant::Edit) | None if may_edit.get() => Grant::Edit,
        Some(Grant::Edit | Grant::View) | None => Grant::View,
    });
    let link = Memo::new(move |_| links.with(|links| grant.get().link(links)));
    let children = StoredValue::new(children);
    view! {
        <Modal title="Share this board" kind="share" open on_close>
            <div class="share-grants" role="radiogroup" aria-label="What the link allows">
                <GrantChoice each=Grant::Edit grant picked enabled=may_edit />
                <GrantChoice each=Grant::View grant picked enabled=Signal::stored(true) />
            </div>
            <Show when=move || !may_edit.get()>
                <p class="note">
                    "Your own link is for viewing, so it cannot hand out editing. Ask whoever shared the board."
                </p>
            </Show>
            <LinkRow link />
            <p class="share-hint">
                "The key is in the part after #, which browsers never send to a server or show to other sites."
            </p>
            {children.with_value(|children| children())}
        </Modal>
    }
}

/// One of the two roles a link can carry.
#[component]
fn GrantChoice(
    each: Grant,
    #[prop(into)] grant: Signal<Grant>,
    picked: RwSignal<Option<Grant>>,
    #[prop(into)] enabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="grant">
            <input
                class="grant-radio"
                type="radio"
                name="grant"
                aria-label=each.label()
                prop:checked=move || grant.get() == each
                disabled=move || !enabled.get()
                on:change=move |_| picked.set(Some(each))
            />
            <Icon name=each.icon() />
            <span class="grant-words">
                <span class="grant-label">{each.label()}</span>
                <span class="grant-meaning">{each.meaning()}</span>
            </span>
        </label>
    }
}

/// The link and the button that copies it.
#[component]
fn LinkRow(#[prop(into)] link: Signal<Option<String>>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(None::<CopyOutcome>);
    let copy = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        spawn_local(async move {
            copied.set(Some(copy_field(field).await));
            set_timeout(move || copied.set(None), FEEDBACK);
        });
    };
    let words = move || match copied.get() {
        None => "Copy link".to_owned(),
        Some(CopyOutcome::Done) => "Copied".to_owned(),
        Some(CopyOutcome::Refused) => ["Press ", &Platform::detect().words("Ctrl+C")].concat(),
    };
    let icon = move || {
        if copied.get() == Some(CopyOutcome::Done) {
            IconName::Check
        } else {
            IconName::Copy
        }
    };
    view! {
        <div class="link-row">
            <input
                class="field link-field"
                type="text"
                readonly
                aria-label="Link"
                placeholder="The link is on its way"
                prop:value=move || link.get().unwrap_or_default()
                node_ref=field
                on:focus=move |_| { if let Some(field) = field.get_untracked() { field.select(); } }
            />
            <button class="button-filled" type="button" disabled=move || link.get().is_none() on:click=copy>
                <Icon name=Signal::derive(icon) />
                <span aria-live="polite">{words}</span>
            </button>
        </div>
    }
}

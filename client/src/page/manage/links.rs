//! The list of links, with what an owner can do to each.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{LinkEndReason, LinkInfo, ManageRequest};
use shared::chat::Notice;

use super::ends::in_words;
use super::link_form::{LinkForm, LinkValues};
use super::qr::QrImage;
use super::{Managing, Trouble};
use crate::session::role_words;
use crate::ui::{AskingButton, CopyOutcome, copy_text};

/// The links, and the form of a new one.
#[component]
pub(in crate::page) fn Links(managing: Managing) -> impl IntoView {
    let is_making = RwSignal::new(false);
    let make = move |values: LinkValues| {
        let LinkValues {
            role,
            label,
            expires_ms,
            max_people,
            programs,
        } = values;
        let request = ManageRequest::MakeLink {
            role,
            label,
            expires_ms,
            max_people,
            programs,
        };
        managing.run_form(request, is_making);
    };
    let said = RwSignal::new(String::new());
    let links = move || {
        let state = managing.state.get();
        state.map(|state| state.links).unwrap_or_default()
    };
    view! {
        <section class="manage" aria-label="Links">
            <h3 class="card-title">"Links"</h3>
            <Trouble managing />
            <ul class="link-list" aria-busy=move || managing.is_busy.get().to_string()>
                <For each=links key=|link| link.id let:link>
                    <li><LinkEntry first=link managing said /></li>
                </For>
            </ul>
            <p role="status" class="note">{said}</p>
            <Unfolding label="New link" is_open=is_making />
            <Show when=move || is_making.get()>
                <LinkForm before=None button="Make the link" on_done=make />
            </Show>
        </section>
    }
}

/// A link. One that has ended has no buttons. What is open in the entry stays open when the link
/// changes.
#[component]
fn LinkEntry(
    /// The link as it is when the entry is made.
    first: LinkInfo,
    managing: Managing,
    said: RwSignal<String>,
) -> impl IntoView {
    let link = Memo::new(move |_| {
        let now = managing.state.with(|state| {
            let mut links = state.iter().flat_map(|state| &state.links);
            links.find(|link| link.id == first.id).cloned()
        });
        now.unwrap_or_else(|| first.clone())
    });
    let name = move || link.with(name_of);
    view! {
        <div
            class="link-entry"
            role="group"
            aria-label=name
            data-ended=move || link.with(|link| link.ended.is_some()).to_string()
        >
            <span class="link-name">{name}</span>
            <span class="link-facts">{move || link.with(facts_of)}</span>
            <Show when=move || link.with(|link| link.url.is_some())>
                <LinkButtons link managing said />
            </Show>
        </div>
    }
}

/// What an owner can do to a link.
#[component]
fn LinkButtons(link: Memo<LinkInfo>, managing: Managing, said: RwSignal<String>) -> impl IntoView {
    let (is_coded, is_changing) = (RwSignal::new(false), RwSignal::new(false));
    let id = link.with_untracked(|link| link.id);
    let url = Memo::new(move |_| link.with(|link| link.url.clone().unwrap_or_default()));
    let copy = move |_| {
        let (text, granted) = (url.get_untracked(), link.with_untracked(granted));
        spawn_local(async move {
            let words = match copy_text(&text).await {
                CopyOutcome::Done => ["Copied: ", &granted].concat(),
                CopyOutcome::Refused => "This browser keeps the clipboard from buttons.".to_owned(),
            };
            said.try_set(words);
        });
    };
    let revoke = move |()| {
        let notice = Notice::LinkRevoked(link.with_untracked(|link| link.label.clone()));
        managing.run(ManageRequest::RevokeLink { id }, Some(notice));
    };
    let rotate = move |()| managing.run(ManageRequest::RotateLink { id }, None);
    let change = move |values: LinkValues| {
        let LinkValues {
            label,
            expires_ms,
            max_people,
            programs,
            ..
        } = values;
        let request = ManageRequest::ChangeLink {
            id,
            label,
            expires_ms,
            max_people,
            programs,
        };
        managing.run_form(request, is_changing);
    };
    view! {
        <div class="link-buttons">
            <button class="button-small" type="button" on:click=copy>"Copy"</button>
            <Unfolding label="QR code" is_open=is_coded />
            <Unfolding label="Change" is_open=is_changing />
            <AskingButton label="Rotate" question="Replace it now" on_sure=rotate />
            <AskingButton label="Revoke" question="Revoke it now" on_sure=revoke />
        </div>
        <Show when=move || is_coded.get()><QrImage link=url /></Show>
        <Show when=move || is_changing.get()>
            <LinkForm before=Some(link.get_untracked()) button="Save" on_done=change />
        </Show>
    }
}

/// A button that shows something below it, and hides it again.
#[component]
fn Unfolding(label: &'static str, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="button-small"
            type="button"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is| *is = !*is)
        >
            {label}
        </button>
    }
}

fn name_of(link: &LinkInfo) -> String {
    let role = role_words(Some(link.role));
    let own = if link.is_own { " (your link)" } else { "" };
    if link.label.is_empty() {
        format!("{role}{own}")
    } else {
        format!("{}: {role}{own}", link.label)
    }
}

/// What a link allows, such as "can edit, until 1 May".
fn granted(link: &LinkInfo) -> String {
    let role = role_words(Some(link.role)).to_lowercase();
    let until = link
        .expires_ms
        .map(|at| format!(", until {}", in_words(at)));
    let most = link
        .max_people
        .map(|most| format!(", at most {most} people at once"));
    [role, until.unwrap_or_default(), most.unwrap_or_default()].concat()
}

fn facts_of(link: &LinkInfo) -> String {
    let made = format!("Made {}", in_words(link.created_ms));
    if let Some(end) = link.ended {
        let how = match end.reason {
            LinkEndReason::Expired => "expired",
            LinkEndReason::Revoked => "revoked",
        };
        return format!("{made}; {how} {}", in_words(end.at_ms));
    }
    let here = match link.max_people {
        Some(most) => format!("; {} of {most} people here", link.people),
        None => format!("; {} here now", link.people),
    };
    let until = link
        .expires_ms
        .map(|at| format!("; until {}", in_words(at)));
    let programs = if link.programs { "" } else { "; no programs" };
    [&made, &here, until.as_deref().unwrap_or_default(), programs].concat()
}

//! The list of links, with what an owner can do to each.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{LinkEndReason, LinkInfo, ManageRequest};
use shared::chat::Notice;

use super::ends::in_words;
use super::link_form::{LinkForm, LinkValues};
use super::qr::QrImage;
use super::{AskingButton, Managing, Trouble};
use crate::session::role_words;
use crate::ui::{CopyOutcome, copy_text};

/// The links, and the form of a new one.
#[component]
pub(in crate::page) fn Links(managing: Managing) -> impl IntoView {
    let is_making = RwSignal::new(false);
    let make = move |values: LinkValues| {
        is_making.set(false);
        let LinkValues {
            role,
            label,
            expires_ms,
            max_people,
        } = values;
        managing.run(
            ManageRequest::MakeLink {
                role,
                label,
                expires_ms,
                max_people,
            },
            None,
        );
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
                <For each=links key=|link| format!("{link:?}") let:link>
                    <li><LinkEntry link managing said /></li>
                </For>
            </ul>
            <p role="status" class="note">{said}</p>
            <button
                class="button-small"
                type="button"
                aria-expanded=move || is_making.get().to_string()
                on:click=move |_| is_making.update(|is| *is = !*is)
            >
                "New link"
            </button>
            <Show when=move || is_making.get()>
                <LinkForm before=None button="Make the link" on_done=make />
            </Show>
        </section>
    }
}

/// A link. One that has ended has no buttons.
#[component]
fn LinkEntry(link: LinkInfo, managing: Managing, said: RwSignal<String>) -> impl IntoView {
    let name = name_of(&link);
    let facts = facts_of(&link);
    let url = link.url.clone();
    let (label, ended) = (name.clone(), link.ended.is_some().to_string());
    view! {
        <div class="link-entry" role="group" aria-label=label data-ended=ended>
            <span class="link-name">{name}</span>
            <span class="link-facts">{facts}</span>
            {url.map(|url| view! { <LinkButtons link url managing said /> })}
        </div>
    }
}

#[component]
fn LinkButtons(
    link: LinkInfo,
    url: String,
    managing: Managing,
    said: RwSignal<String>,
) -> impl IntoView {
    let (is_coded, is_changing) = (RwSignal::new(false), RwSignal::new(false));
    let id = link.id;
    let granted = granted(&link);
    let copied = url.clone();
    let copy = move |_| {
        let (text, granted) = (copied.clone(), granted.clone());
        spawn_local(async move {
            let words = match copy_text(&text).await {
                CopyOutcome::Done => ["Copied: ", &granted].concat(),
                CopyOutcome::Refused => "This browser keeps the clipboard from buttons.".to_owned(),
            };
            said.try_set(words);
        });
    };
    let revoked = Notice::LinkRevoked(link.label.clone());
    let revoke = move |()| managing.run(ManageRequest::RevokeLink { id }, Some(revoked.clone()));
    let rotate = move |()| managing.run(ManageRequest::RotateLink { id }, None);
    let change = move |values: LinkValues| {
        let LinkValues {
            label,
            expires_ms,
            max_people,
            ..
        } = values;
        managing.run(
            ManageRequest::ChangeLink {
                id,
                label,
                expires_ms,
                max_people,
            },
            None,
        );
    };
    let (coded, before) = (StoredValue::new(url), StoredValue::new(link));
    view! {
        <div class="link-buttons">
            <button class="button-small" type="button" on:click=copy>"Copy"</button>
            <button
                class="button-small"
                type="button"
                aria-expanded=move || is_coded.get().to_string()
                on:click=move |_| is_coded.update(|is| *is = !*is)
            >
                "QR code"
            </button>
            <button
                class="button-small"
                type="button"
                aria-expanded=move || is_changing.get().to_string()
                on:click=move |_| is_changing.update(|is| *is = !*is)
            >
                "Change"
            </button>
            <AskingButton label="Rotate" question="Replace it now" on_sure=rotate />
            <AskingButton label="Revoke" question="Revoke it now" on_sure=revoke />
        </div>
        <Show when=move || is_coded.get()><QrImage link=coded /></Show>
        <Show when=move || is_changing.get()>
            <LinkForm before=Some(before.get_value()) button="Save" on_done=change />
        </Show>
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
    [made, here, until.unwrap_or_default()].concat()
}

//! The form of a new link, and of a change of a link.

use leptos::html;
use leptos::prelude::*;
use shared::api::LinkInfo;
use shared::limits::{MAX_LABEL_CHARS, MAX_PEOPLE};
use shared::protocol::Role;

use super::ends::{Ends, end_of_date, now_ms};
use crate::ui::switch::Switch;

/// What the form says.
#[derive(Clone, Debug)]
pub(super) struct LinkValues {
    pub(super) role: Role,
    pub(super) label: String,
    pub(super) expires_ms: Option<u64>,
    pub(super) max_people: Option<u32>,
    pub(super) programs: bool,
}

/// The fields with a button. A link that exists keeps its role.
#[component]
pub(super) fn LinkForm(
    /// The link that is changed; `None` for a new one.
    before: Option<LinkInfo>,
    /// The label of the button.
    button: &'static str,
    /// The person pressed the button.
    #[prop(into)]
    on_done: Callback<LinkValues>,
) -> impl IntoView {
    let role = RwSignal::new(before.as_ref().map_or(Role::View, |link| link.role));
    let first = if before.is_some() {
        Ends::Unchanged
    } else {
        Ends::Never
    };
    let ends = RwSignal::new(first);
    let programs = RwSignal::new(before.as_ref().is_none_or(|link| link.programs));
    let label = NodeRef::<html::Input>::new();
    let people = NodeRef::<html::Input>::new();
    let date = NodeRef::<html::Input>::new();
    let wrong_end = RwSignal::new(None::<&'static str>);
    let wrong_limit = RwSignal::new(None::<String>);
    let expiry_before = before.as_ref().and_then(|link| link.expires_ms);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let end = ends
            .get_untracked()
            .at(now_ms(), end_of_date(&text_of(date)), expiry_before);
        let limit = limit_of(&text_of(people));
        wrong_end.set(end.err());
        wrong_limit.set(limit.clone().err());
        if limit.is_err() {
            focus(people);
        } else if end.is_err() {
            focus(date);
        }
        if let (Ok(expires_ms), Ok(max_people)) = (end, limit) {
            on_done.run(LinkValues {
                role: role.get_untracked(),
                label: text_of(label),
                expires_ms,
                max_people,
                programs: programs.get_untracked(),
            });
        }
    };
    let is_new = before.is_none();
    // Several forms can be open.
    let error_id = match &before {
        Some(link) => format!("link-limit-error-{}", link.id.0),
        None => "link-limit-error".to_owned(),
    };
    let label_before = before
        .as_ref()
        .map(|link| link.label.clone())
        .unwrap_or_default();
    let people_before = before
        .and_then(|link| link.max_people)
        .map(|most| most.to_string());
    view! {
        <form class="link-form" on:submit=submit>
            <Show when=move || is_new>
                <RoleField role />
            </Show>
            <label class="form-row">
                <span>"Label"</span>
                <input class="field" type="text" maxlength=MAX_LABEL_CHARS.to_string() value=label_before node_ref=label />
            </label>
            <EndFields ends first date />
            <div role="alert">{move || wrong_end.get().map(|why| view! { <p class="note">{why}</p> })}</div>
            <LimitField first=people_before error_id field=people wrong=wrong_limit />
            <ProgramsField programs />
            <button class="button-filled" type="submit">{button}</button>
        </form>
    }
}

/// How many people the link takes.
#[component]
fn LimitField(
    /// The limit at first.
    first: Option<String>,
    /// The id of the sentence about a limit that cannot be read.
    error_id: String,
    field: NodeRef<html::Input>,
    /// That sentence.
    wrong: RwSignal<Option<String>>,
) -> impl IntoView {
    view! {
        <label class="form-row">
            <span>"People at once"</span>
            <input
                class="field"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder="No limit"
                value=first
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                aria-describedby=error_id.clone()
                node_ref=field
            />
        </label>
        <div role="alert" id=error_id>
            {move || wrong.get().map(|why| view! { <p class="note">{why}</p> })}
        </div>
    }
}

/// The limit that was typed; `None` if there is none.
///
/// # Errors
/// It is not a whole number that a limit may have.
fn limit_of(text: &str) -> Result<Option<u32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let most = u32::try_from(MAX_PEOPLE).unwrap_or(u32::MAX);
    let limit = text.parse().ok().filter(|limit| (1..=most).contains(limit));
    match limit {
        Some(limit) => Ok(Some(limit)),
        None => Err(format!(
            "Enter a whole number from 1 to {most}, or leave the field empty for no limit."
        )),
    }
}

/// What is typed in a field.
fn text_of(field: NodeRef<html::Input>) -> String {
    let field = field.get_untracked();
    field
        .map(|field| field.value().trim().to_owned())
        .unwrap_or_default()
}

fn focus(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        // A field that left the page takes no focus.
        let _ = field.focus();
    }
}

/// The role of a new link.
#[component]
fn RoleField(role: RwSignal<Role>) -> impl IntoView {
    let pick = move |event| {
        role.set(match event_target_value(&event).as_str() {
            "owner" => Role::Owner,
            "edit" => Role::Edit,
            _ => Role::View,
        });
    };
    view! {
        <label class="form-row">
            <span>"Role"</span>
            <select class="field" on:change=pick>
                <option value="view">"Can view"</option>
                <option value="edit">"Can edit"</option>
                <option value="owner">"Owner"</option>
            </select>
        </label>
    }
}

/// Whether programs may use the link.
#[component]
fn ProgramsField(programs: RwSignal<bool>) -> impl IntoView {
    let toggle = move |()| programs.update(|are| *are = !*are);
    view! { <Switch label="Programs may use this link" on=programs on_toggle=toggle /> }
}

/// When the link ends.
#[component]
fn EndFields(
    ends: RwSignal<Ends>,
    /// The choice at first.
    first: Ends,
    /// The field of a date.
    date: NodeRef<html::Input>,
) -> impl IntoView {
    let pick = move |event| {
        ends.set(Ends::named(&event_target_value(&event)).unwrap_or(first));
    };
    let choices = Ends::ALL.into_iter();
    let choices =
        choices.filter(|(choice, ..)| first == Ends::Unchanged || *choice != Ends::Unchanged);
    view! {
        <label class="form-row">
            <span>"Ends"</span>
            <select class="field" on:change=pick>
                {choices
                    .map(|(_, name, words)| view! { <option value=name>{words}</option> })
                    .collect_view()}
            </select>
        </label>
        <Show when=move || ends.get() == Ends::Date>
            <label class="form-row">
                <span>"Date"</span>
                <input class="field" type="date" node_ref=date />
            </label>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_whole_number_or_empty() {
        assert_eq!(limit_of(""), Ok(None));
        assert_eq!(limit_of("12"), Ok(Some(12)));
        assert_eq!(
            limit_of(&MAX_PEOPLE.to_string()).map(|it| it.is_some()),
            Ok(true)
        );
        for bad in ["0", "-1", "1.5", "ten", "1e2", "4294967296", "301"] {
            assert!(limit_of(bad).is_err(), "{bad}");
        }
    }
}

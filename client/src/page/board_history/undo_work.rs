//! The dialog by which an owner undoes what a person did.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{HistoryAnswer, HistoryQuestion, WorkPart};

use super::super::state::{PageState, WorkOf};
use crate::session::Session;
use crate::ui::{UndoWorkDialog, WorkChoice};
use crate::view_model::ToastTone;

/// The dialog; it is open while a person is chosen.
#[component]
pub(in crate::page) fn UndoWork() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let target = page.panels.undo_work;
    let name = Signal::derive(move || target.get().map(|target| target.name));
    let is_here = Signal::derive(move || {
        let target = target.get();
        target.is_some_and(|target| !session.clients_of(target.person).is_empty())
    });
    let undo = move |choice: WorkChoice| {
        if let Some(chosen) = target.get_untracked() {
            target.set(None);
            undo(session, page, chosen, choice);
        }
    };
    view! { <UndoWorkDialog name is_here on_undo=undo on_close=move |()| target.set(None) /> }
}

/// Asks the server what undoes the work, and does it.
fn undo(session: Session, page: PageState, target: WorkOf, choice: WorkChoice) {
    let WorkOf { person, name } = target;
    let part = match choice {
        WorkChoice::SinceTheyCame => WorkPart::Clients(session.clients_of(person)),
        WorkChoice::All => WorkPart::All,
    };
    spawn_local(async move {
        let question = HistoryQuestion::WorkOf { person, part };
        match session.ask_history(question).await {
            Ok(HistoryAnswer::Change { guard, ops }) if !ops.is_empty() => {
                session.apply(ops, &guard);
                let words = format!("The work of {name} is undone. Undo brings it back.");
                page.toasts.show(ToastTone::Info, &words);
            }
            Ok(_) => {
                let words = format!("Nothing is left that {name} did and no other person changed.");
                page.toasts.show(ToastTone::Info, &words);
            }
            Err(error) => {
                let words = format!("That was not done: {error}.");
                page.toasts.show(ToastTone::Warning, &words);
            }
        }
    });
}

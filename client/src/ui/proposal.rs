//! A proposal of a program, with buttons to decide about it.

use leptos::prelude::*;

/// What a person does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProposalChoice {
    /// It becomes part of the board.
    Accept,
    /// Its elements are selected, so that the person can change them first.
    Adjust,
    /// Its elements are deleted.
    Discard,
}

/// A proposal: one sentence, and buttons for people who may draw.
#[component]
pub(crate) fn ProposalOffer(
    /// The sentence.
    #[prop(into)]
    words: String,
    /// Whether this person may decide about it.
    #[prop(into)]
    may_decide: Signal<bool>,
    /// The person chose.
    #[prop(into)]
    on_choice: Callback<ProposalChoice>,
) -> impl IntoView {
    let button = move |choice, label: &'static str, class| {
        view! {
            <button class=class type="button" on:click=move |_| on_choice.run(choice)>
                {label}
            </button>
        }
    };
    view! {
        <section class="gather" aria-label="Proposal">
            <p class="gather-text">{words}</p>
            <Show when=move || may_decide.get()>
                <div class="gather-choices">
                    {button(ProposalChoice::Accept, "Accept", "gather-go")}
                    {button(ProposalChoice::Adjust, "Adjust", "gather-other")}
                    {button(ProposalChoice::Discard, "Discard", "gather-other")}
                </div>
            </Show>
        </section>
    }
}

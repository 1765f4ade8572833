//! The bar of commands for the selection, for phones: they have no keys and no right button.

use editor::Command;
use leptos::prelude::*;
use leptos::{ev, wasm_bindgen::JsCast, web_sys};
use shared::geometry::ScreenPoint;

use super::{
    button::IconButton,
    icon::{Icon, IconName},
};

/// The commands with their icons.
const BUTTONS: [(&Command, IconName); 4] = [
    (Command::DELETE, IconName::Bin),
    (Command::DUPLICATE, IconName::Copy),
    (Command::TO_FRONT, IconName::ToFront),
    (Command::TO_BACK, IconName::ToBack),
];

/// The bar. Wide screens do not show it.
#[component]
pub(crate) fn SelectionBar(
    /// Whether a command can be run now. It is asked in a reactive context.
    #[prop(into)]
    is_ready: Callback<&'static Command, bool>,
    /// A command was chosen.
    #[prop(into)]
    on_run: Callback<&'static Command>,
    /// The other commands are wanted, in a menu at this place of the window.
    #[prop(into)]
    on_more: Callback<ScreenPoint>,
) -> impl IntoView {
    let button = move |(command, icon): (&'static Command, IconName)| {
        view! {
            <IconButton
                icon
                label=command.label
                shortcut=command.shortcut()
                enabled=Signal::derive(move || is_ready.run(command))
                on_press=move |()| on_run.run(command)
            />
        }
    };
    let more = move |event: ev::MouseEvent| {
        let button = event.current_target();
        let button = button.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(button) = button {
            let place = button.get_bounding_client_rect();
            on_more.run(ScreenPoint::new(place.left(), place.top()));
        }
    };
    view! {
        <div class="island selection-bar" role="group" aria-label="Selection">
            {BUTTONS.map(button).collect_view()}
            <button
                class="icon-button"
                type="button"
                aria-label="More commands"
                title="More commands"
                aria-haspopup="menu"
                on:click=more
            >
                <Icon name=IconName::More />
            </button>
        </div>
    }
}

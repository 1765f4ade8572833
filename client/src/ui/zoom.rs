//! The zoom controls.

use leptos::prelude::*;

use super::{
    button::{IconButton, tooltip},
    icon::IconName,
};

/// A command of the zoom controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ZoomCommand {
    /// Zoom in by one step.
    In,
    /// Zoom out by one step.
    Out,
    /// Zoom to 100 %.
    Reset,
    /// Show all elements.
    Fit,
}

/// Buttons to zoom, and the zoom level.
#[component]
pub(crate) fn ZoomControls(
    /// The zoom level; 1.0 is 100 %.
    #[prop(into)]
    zoom: Signal<f64>,
    /// A control was pressed.
    #[prop(into)]
    on_zoom: Callback<ZoomCommand>,
) -> impl IntoView {
    let ask = move |command| Callback::new(move |()| on_zoom.run(command));
    let percent = move || format!("{:.0}%", zoom.get() * 100.0);
    view! {
        <div class="island" role="group" aria-label="Zoom">
            <IconButton icon=IconName::Minus label="Zoom out" shortcut="Ctrl+-" on_press=ask(ZoomCommand::Out) />
            <button
                class="zoom-level"
                type="button"
                aria-label="Zoom to 100%"
                title=tooltip("Zoom to 100%", "Ctrl+0")
                on:click=move |_| on_zoom.run(ZoomCommand::Reset)
            >
                {percent}
            </button>
            <IconButton icon=IconName::Plus label="Zoom in" shortcut="Ctrl++" on_press=ask(ZoomCommand::In) />
            <IconButton icon=IconName::Fit label="Zoom to fit" shortcut="Shift+1" on_press=ask(ZoomCommand::Fit) />
        </div>
    }
}

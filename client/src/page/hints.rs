//! Hints on an empty board. They disappear with the first stroke.

use leptos::prelude::*;

/// Lines in the middle of the board. The style sheet shows those for a mouse or those for
/// fingers.
#[component]
pub(crate) fn Hints(
    /// Whether the board is untouched.
    #[prop(into)]
    shown: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <div class="hints" aria-hidden="true">
                <p>"Draw anywhere with mouse, finger or pen."</p>
                <p class="hint-mouse">"Scroll or use two fingers to move, pinch or Ctrl+scroll to zoom."</p>
                <p class="hint-mouse">"Press Share to invite others; press ? for all shortcuts."</p>
                <p class="hint-touch">"Two fingers move the board, and zoom it."</p>
                <p class="hint-touch">"Tap with two fingers to undo, with three to redo."</p>
            </div>
        </Show>
    }
}

//! What to do on an empty board; gone with the first stroke.

use leptos::prelude::*;

/// Three faint lines in the middle of an untouched board.
#[component]
pub fn Hints(
    /// Whether the board is untouched.
    #[prop(into)]
    shown: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <div class="hints" aria-hidden="true">
                <p>"Draw anywhere with mouse, finger or pen."</p>
                <p>"Scroll or use two fingers to move, pinch or Ctrl+scroll to zoom."</p>
                <p>"Press Share to invite others; press ? for all shortcuts."</p>
            </div>
        </Show>
    }
}

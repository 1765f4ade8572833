//! Other people's cursors, as elements above the canvas.
//!
//! A cursor stands at a place on the board and glides between places; the layer
//! carries the camera, so panning and zooming move all of them at once, without gliding.

use leptos::prelude::*;

use crate::view_model::PersonColor;

/// Where the camera is: `screen = (board - origin) * zoom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CameraView {
    /// The board's x at the left edge of the screen, in board units.
    pub(crate) x: f64,
    /// The board's y at the top edge of the screen, in board units.
    pub(crate) y: f64,
    /// CSS pixels per board unit.
    pub(crate) zoom: f64,
}

/// One other person's cursor.
#[derive(Debug, Clone)]
pub(crate) struct RemoteCursor {
    /// Tells cursors apart; never shown.
    pub(crate) id: String,
    /// The name beside the arrow.
    pub(crate) name: ArcSignal<String>,
    /// The colour of arrow and name.
    pub(crate) color: PersonColor,
    /// Where it points, in board units.
    pub(crate) at: ArcSignal<(f64, f64)>,
}

/// The layer of cursors; lies over the canvas and lets every pointer through.
#[component]
pub(crate) fn Cursors(
    /// Everyone else's cursor that is on the board now.
    #[prop(into)]
    cursors: Signal<Vec<RemoteCursor>>,
    /// The camera of this screen.
    #[prop(into)]
    camera: Signal<CameraView>,
) -> impl IntoView {
    let shift = move || {
        let CameraView { x, y, zoom } = camera.get();
        shift_by(-x * zoom, -y * zoom)
    };
    let zoom = move || camera.get().zoom.to_string();
    let counter_zoom = move || (1.0 / camera.get().zoom).to_string();
    view! {
        <div class="cursors" aria-hidden="true">
            <div
                class="cursor-camera"
                style:translate=shift
                style:scale=zoom
                style:--counter-zoom=counter_zoom
            >
                <For each=move || cursors.get() key=|cursor| cursor.id.clone() let:cursor>
                    <Cursor cursor />
                </For>
            </div>
        </div>
    }
}

fn shift_by(x: f64, y: f64) -> String {
    format!("{x}px {y}px")
}

/// One arrow with a name.
#[component]
fn Cursor(cursor: RemoteCursor) -> impl IntoView {
    let RemoteCursor {
        name, color, at, ..
    } = cursor;
    let place = move || {
        let (x, y) = at.get();
        shift_by(x, y)
    };
    view! {
        <div class="cursor" data-person=color.key() style:translate=place>
            <svg class="cursor-arrow" viewBox="0 0 24 24" focusable="false">
                <path d="M4.5 3.2 19.8 9.6a.75.75 0 0 1-.1 1.4l-6.3 1.7-2.9 6a.75.75 0 0 1-1.4-.1L3.5 4.2a.75.75 0 0 1 1-1z" />
            </svg>
            <span class="cursor-name">{name}</span>
        </div>
    }
}

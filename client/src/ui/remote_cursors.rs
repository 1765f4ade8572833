//! The cursors of other people, as elements above the canvas.
//!
//! A cursor has a position on the board. CSS smooths its movement. The layer is transformed by
//! the camera, so panning and zooming move all cursors at once, without smoothing.

use leptos::prelude::*;

use crate::view_model::PersonColor;

/// The camera: `screen = (board - origin) * zoom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CameraView {
    /// The board's x at the left edge of the screen, in board units.
    pub(crate) x: f64,
    /// The board's y at the top edge of the screen, in board units.
    pub(crate) y: f64,
    /// CSS pixels per board unit.
    pub(crate) zoom: f64,
}

/// The cursor of another person.
#[derive(Debug, Clone)]
pub(crate) struct RemoteCursor {
    /// An id, which is never shown.
    pub(crate) id: String,
    /// The name beside the arrow.
    pub(crate) name: ArcSignal<String>,
    /// The colour of arrow and name.
    pub(crate) color: PersonColor,
    /// The position in board units.
    pub(crate) at: ArcSignal<(f64, f64)>,
    /// What the person says beside the arrow; empty if nothing.
    pub(crate) words: ArcSignal<String>,
    /// Whether it has not moved for a while.
    pub(crate) is_resting: ArcSignal<bool>,
}

/// The layer of cursors. It lets every pointer through.
#[component]
pub(crate) fn Cursors(
    /// The cursors that are on the board now.
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
                    <Cursor cursor camera />
                </For>
            </div>
        </div>
    }
}

/// Whether a place of the window, in CSS pixels from the left, is in its right half.
pub(super) fn is_at_the_right(x: f64) -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| x > width / 2.0)
}

fn shift_by(x: f64, y: f64) -> String {
    format!("{x}px {y}px")
}

/// One arrow with a name.
#[component]
fn Cursor(cursor: RemoteCursor, camera: Signal<CameraView>) -> impl IntoView {
    let RemoteCursor {
        name,
        color,
        at,
        words,
        is_resting,
        ..
    } = cursor;
    let position_at = at.clone();
    let position = move || {
        let (x, y) = position_at.get();
        shift_by(x, y)
    };
    // Words at the right half of the view are at the left of the arrow, so that they end in the view.
    let (told, place) = (words.clone(), at.clone());
    let is_turned = move || {
        !told.with(String::is_empty) && {
            let CameraView { x, zoom, .. } = camera.get();
            is_at_the_right((place.get().0 - x) * zoom)
        }
    };
    view! {
        <div
            class="cursor"
            data-person=color.key()
            data-turned=move || is_turned().to_string()
            data-rests=move || is_resting.get().to_string()
            style:translate=position
        >
            <svg class="cursor-arrow" viewBox="0 0 24 24" focusable="false">
                <path d="M4.5 3.2 19.8 9.6a.75.75 0 0 1-.1 1.4l-6.3 1.7-2.9 6a.75.75 0 0 1-1.4-.1L3.5 4.2a.75.75 0 0 1 1-1z" />
            </svg>
            <span class="cursor-name">{name}</span>
            <span class="cursor-words" dir="auto">{words}</span>
        </div>
    }
}

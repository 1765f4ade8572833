//! Moves the camera to an area, evenly, until it has arrived or this person moves it.

use editor::Camera;
use leptos::prelude::*;

use super::motion::{is_same_place, showing, step};
use crate::clock;
use crate::session::Session;

/// Left, top, right and bottom of an area, in board units.
pub(super) type Area = [f32; 4];

/// The camera of a session while it moves by itself.
#[derive(Clone, Copy)]
pub(super) struct Glide {
    session: Session,
    state: StoredValue<State>,
    /// Where the camera goes; `None` if it stays.
    target: Callback<(), Option<Area>>,
    /// This person moved the camera.
    on_taken: Callback<()>,
}

#[derive(Clone, Copy, Default)]
struct State {
    /// The camera as it was set last. If it is elsewhere, this person moved it.
    camera: Option<Camera>,
    /// The time of the last step, in milliseconds of the page's clock; `None` while it rests.
    stepped_at: Option<f64>,
}

impl Glide {
    pub(super) fn new(
        session: Session,
        target: Callback<(), Option<Area>>,
        on_taken: Callback<()>,
    ) -> Self {
        Self {
            session,
            state: StoredValue::default(),
            target,
            on_taken,
        }
    }

    /// From now on it counts when this person moves the camera.
    pub(super) fn arm(self) {
        let camera = Some(self.session.camera());
        self.state.update_value(|state| state.camera = camera);
    }

    /// The camera is left to this person.
    pub(super) fn disarm(self) {
        self.state.set_value(State::default());
    }

    /// Looks at the camera and the target, and begins to move if that is needed.
    pub(super) fn look(self) {
        if self.was_moved() {
            self.disarm();
            return self.on_taken.run(());
        }
        let rests = self.state.with_value(|state| state.stepped_at.is_none());
        if rests && self.next(0.0).is_some() {
            let now = Some(clock::page_ms());
            self.state.update_value(|state| state.stepped_at = now);
            request_animation_frame(move || self.frame());
        }
    }

    /// One step of the camera on its way.
    fn frame(self) {
        // The page can be gone by now.
        let before = self.state.try_with_value(|state| state.stepped_at);
        let Some(before) = before.flatten() else {
            return;
        };
        if self.was_moved() {
            self.disarm();
            return self.on_taken.run(());
        }
        let now = clock::page_ms();
        let next = self.next(now - before);
        if let Some(next) = next {
            self.session.set_camera(next);
            request_animation_frame(move || self.frame());
        }
        self.state.set_value(State {
            camera: Some(self.session.camera()),
            stepped_at: next.map(|_| now),
        });
    }

    /// The camera after some milliseconds; `None` if it has arrived.
    fn next(self, elapsed_ms: f64) -> Option<Camera> {
        let area = self.target.run(())?;
        let here = self.session.camera();
        let there = showing(&here, area);
        if is_same_place(&here, &there) {
            return None;
        }
        Some(match is_motion_reduced() {
            true => there,
            false => step(&here, &there, elapsed_ms),
        })
    }

    /// Whether this person moved the camera since it was set last.
    fn was_moved(self) -> bool {
        let camera = self.session.camera();
        self.state.with_value(|state| {
            let set = state.camera.as_ref();
            set.is_some_and(|set| !is_same_place(set, &camera))
        })
    }
}

/// Whether this person asks for less motion.
fn is_motion_reduced() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

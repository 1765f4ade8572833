//! The cursors of other people, brought up to date once a frame. The style sheet
//! `remote_cursors.css` smooths their movement.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::id::ClientId;
use shared::protocol::Person;
use shared::sync::Presence;

use crate::scene::Scene;
use crate::ui::{CameraView, RemoteCursor};
use crate::view_model::PersonColor;

/// The signals of the layer of cursors.
#[derive(Clone, Copy, Debug)]
pub(super) struct RemoteCursors {
    /// The cursors of the people who are on the board.
    pub(super) cursors: RwSignal<Vec<RemoteCursor>>,
    /// The camera of this screen.
    pub(super) camera: RwSignal<CameraView>,
    known: StoredValue<BTreeMap<ClientId, CursorSignals>>,
}

/// The signals of one cursor. They are reference-counted, because no owner ends when the person
/// leaves.
#[derive(Debug)]
struct CursorSignals {
    name: ArcRwSignal<String>,
    at: ArcRwSignal<(f64, f64)>,
    words: ArcRwSignal<String>,
    is_resting: ArcRwSignal<bool>,
}

impl RemoteCursors {
    pub(super) fn new() -> Self {
        Self {
            cursors: RwSignal::new(Vec::new()),
            camera: RwSignal::new(CameraView {
                x: 0.0,
                y: 0.0,
                zoom: 1.0,
            }),
            known: StoredValue::new(BTreeMap::new()),
        }
    }

    /// Follows people and camera. Sets only the signals that change.
    pub(super) fn follow(&self, scene: &Scene<'_>) {
        let origin = scene.camera.origin();
        let camera = CameraView {
            x: origin.x,
            y: origin.y,
            zoom: scene.camera.zoom(),
        };
        let here: Vec<(Person, [f32; 2])> = scene
            .presence
            .cursors(scene.me)
            .map(|(person, at)| (person.clone(), at))
            .collect();
        // Without cursors nothing on the page follows the camera.
        if !here.is_empty() && self.camera.get_untracked() != camera {
            self.camera.set(camera);
        }
        self.known.update_value(|known| {
            let before = known.keys().copied().collect::<Vec<_>>();
            known.retain(|client, _| here.iter().any(|(person, _)| person.client == *client));
            for (person, at) in &here {
                move_cursor(known, person, *at, scene.presence);
            }
            if before != known.keys().copied().collect::<Vec<_>>() {
                self.cursors
                    .set(here.iter().filter_map(|(p, _)| cursor(known, p)).collect());
            }
        });
    }
}

fn move_cursor(
    known: &mut BTreeMap<ClientId, CursorSignals>,
    person: &Person,
    at: [f32; 2],
    presence: &Presence,
) {
    let words = presence.words_of(person.peer);
    let is_resting = presence.is_resting(person.peer);
    let at = (f64::from(at[0]), f64::from(at[1]));
    let entry = known.entry(person.client).or_insert_with(|| CursorSignals {
        name: ArcRwSignal::new(person.profile.name.clone()),
        at: ArcRwSignal::new(at),
        words: ArcRwSignal::default(),
        is_resting: ArcRwSignal::default(),
    });
    if entry.at.get_untracked() != at {
        entry.at.set(at);
    }
    if entry.is_resting.get_untracked() != is_resting {
        entry.is_resting.set(is_resting);
    }
    set_text(&entry.name, &person.profile.name);
    set_text(&entry.words, words);
}

/// Sets a text if it differs.
fn set_text(signal: &ArcRwSignal<String>, text: &str) {
    if signal.with_untracked(|shown| shown != text) {
        signal.set(text.to_owned());
    }
}

fn cursor(known: &BTreeMap<ClientId, CursorSignals>, person: &Person) -> Option<RemoteCursor> {
    let known = known.get(&person.client)?;
    Some(RemoteCursor {
        id: person.client.to_string(),
        name: known.name.clone().into(),
        color: PersonColor::of(person.profile.color),
        at: known.at.clone().into(),
        words: known.words.clone().into(),
        is_resting: known.is_resting.clone().into(),
    })
}

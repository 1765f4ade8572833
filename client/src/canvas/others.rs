//! Other people's cursors, brought up to date once a frame.

use leptos::prelude::*;
use shared::id::ClientId;
use shared::protocol::Person;
use std::collections::BTreeMap;

use crate::session::View;
use crate::ui::{CameraView, PersonColor, RemoteCursor};

/// What the layer of cursors shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Others {
    pub(super) cursors: RwSignal<Vec<RemoteCursor>>,
    pub(super) camera: RwSignal<CameraView>,
    known: StoredValue<BTreeMap<ClientId, Known>>,
}

/// The signals of one cursor. They are counted, as no owner knows when people leave.
#[derive(Debug)]
struct Known {
    name: ArcRwSignal<String>,
    at: ArcRwSignal<(f64, f64)>,
}

impl Others {
    pub(crate) fn new() -> Self {
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

    /// Follows people and camera; touches only what changed.
    pub(crate) fn follow(&self, view: &View<'_>) {
        let origin = view.camera.origin();
        let camera = CameraView {
            x: origin.x,
            y: origin.y,
            zoom: view.camera.zoom(),
        };
        if self.camera.get_untracked() != camera {
            self.camera.set(camera);
        }
        let here: Vec<(Person, [f32; 2])> = view
            .peers
            .cursors(view.me)
            .map(|(person, at)| (person.clone(), at))
            .collect();
        self.known.update_value(|known| {
            let before = known.keys().copied().collect::<Vec<_>>();
            known.retain(|client, _| here.iter().any(|(person, _)| person.client == *client));
            for (person, at) in &here {
                show(known, person, *at);
            }
            if before != known.keys().copied().collect::<Vec<_>>() {
                self.cursors
                    .set(here.iter().filter_map(|(p, _)| cursor(known, p)).collect());
            }
        });
    }
}

fn show(known: &mut BTreeMap<ClientId, Known>, person: &Person, at: [f32; 2]) {
    let at = (f64::from(at[0]), f64::from(at[1]));
    let entry = known.entry(person.client).or_insert_with(|| Known {
        name: ArcRwSignal::new(person.profile.name.clone()),
        at: ArcRwSignal::new(at),
    });
    if entry.at.get_untracked() != at {
        entry.at.set(at);
    }
    if entry.name.get_untracked() != person.profile.name {
        entry.name.set(person.profile.name.clone());
    }
}

fn cursor(known: &BTreeMap<ClientId, Known>, person: &Person) -> Option<RemoteCursor> {
    let known = known.get(&person.client)?;
    Some(RemoteCursor {
        id: person.client.to_string(),
        name: known.name.clone().into(),
        color: PersonColor::of(person.profile.color),
        at: known.at.clone().into(),
    })
}

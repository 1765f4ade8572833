//! Messages between servers. Old and new servers run side by side during a rollout.

use shared::id::{LinkId, PersonId};
use shared::model::BlobHash;
use shared::protocol::{LiveUpdate, ProgramKind, Relay, RelayMessage, RelayedPerson, Role};

use crate::sample::{Sample, device, ink, me, node, profile, sample};

/// Every variant of `RelayMessage`.
pub(crate) const VARIANTS: &[&str] = &[
    "relay.live",
    "relay.people",
    "relay.people.device",
    "relay.people.program",
    "relay.who_is_there",
    "relay.record_changed",
    "relay.blob_ready",
    "relay.later_live",
    "relay.people_by_link",
];

/// A new variant fails to compile here, because it needs a sample.
fn name(message: &RelayMessage) -> &'static str {
    match message {
        RelayMessage::Live(_) => "relay.live",
        RelayMessage::People(people) if people.iter().any(|person| person.program.is_some()) => {
            "relay.people.program"
        }
        RelayMessage::People(people) if people.iter().any(|person| person.device.is_some()) => {
            "relay.people.device"
        }
        RelayMessage::People(_) => "relay.people",
        RelayMessage::PeopleRequest => "relay.who_is_there",
        RelayMessage::RecordChanged => "relay.record_changed",
        RelayMessage::BlobReady(_) => "relay.blob_ready",
        RelayMessage::LaterLive(_) => "relay.later_live",
        RelayMessage::PeopleByLink(_) => "relay.people_by_link",
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let person = RelayedPerson {
        client: me(),
        session: 5,
        role: Role::Edit,
        profile: profile(),
        device: None,
        program: None,
    };
    let messages = [
        RelayMessage::Live(vec![(
            me(),
            LiveUpdate::Ink {
                from: 0,
                ink: ink(),
            },
        )]),
        RelayMessage::People(vec![person.clone()]),
        RelayMessage::People(vec![RelayedPerson {
            device: Some(device()),
            ..person.clone()
        }]),
        RelayMessage::People(vec![RelayedPerson {
            device: Some(device()),
            program: Some(ProgramKind::Script),
            ..person
        }]),
        RelayMessage::PeopleRequest,
        RelayMessage::RecordChanged,
        RelayMessage::BlobReady(BlobHash::from_bytes([0xb1; 32])),
        RelayMessage::LaterLive(vec![(me(), LiveUpdate::Writing(true))]),
        RelayMessage::PeopleByLink(vec![(PersonId::from_bytes([0x5e; 16]), LinkId(300))]),
    ];
    let node = node();
    messages
        .map(|message| sample(name(&message), Relay { node, message }))
        .into()
}

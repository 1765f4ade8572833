//! Messages between servers. Old and new servers run side by side during a rollout.

use shared::protocol::{Guest, LiveItem, Relay, Role, Word};

use crate::sample::{Sample, ink, me, node, profile, sample};

/// Every variant of `Word`.
pub(crate) const VARIANTS: &[&str] = &[
    "relay.live",
    "relay.people",
    "relay.who_is_there",
    "relay.record_changed",
];

/// A new variant fails to compile here, because it needs a sample.
const fn name(word: &Word) -> &'static str {
    match word {
        Word::Live(_) => "relay.live",
        Word::People(_) => "relay.people",
        Word::WhoIsThere => "relay.who_is_there",
        Word::RecordChanged => "relay.record_changed",
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let guest = Guest {
        client: me(),
        session: 5,
        role: Role::Edit,
        profile: profile(),
    };
    let words = [
        Word::Live(vec![(
            me(),
            LiveItem::Ink {
                from: 0,
                ink: ink(),
            },
        )]),
        Word::People(vec![guest]),
        Word::WhoIsThere,
        Word::RecordChanged,
    ];
    words
        .map(|word| sample(name(&word), Relay { node: node(), word }))
        .into()
}

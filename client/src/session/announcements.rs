//! What other people do, as sentences for screen readers.

use shared::id::{ClientId, Millis};

use super::core::Core;

/// The next announcement of what other people did, if one is due. The editor's announcer decides on
/// the words and the pace.
pub(super) fn due(core: &mut Core, now: Millis) -> Option<String> {
    let people = core.driver.replica().presence().people();
    let name_of = |client: ClientId| {
        let person = people.iter().find(|person| person.client == client);
        let name = person.map(|person| person.profile.name.as_str());
        name.filter(|name| !name.is_empty())
            .unwrap_or("Somebody")
            .to_owned()
    };
    core.announcer.due(now, name_of)
}

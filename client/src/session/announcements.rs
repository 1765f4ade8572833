//! The changes of other people, as sentences for screen readers.

use shared::id::Millis;

use super::core::Core;
use super::people::name_of;

/// The next announcement, if one is due. The editor's announcer decides on the words and the pace.
pub(super) fn due(core: &mut Core, now: Millis) -> Option<String> {
    let people = core.driver.replica().presence().people();
    core.announcer.due(now, |client| {
        name_of(client, people).unwrap_or("Somebody").to_owned()
    })
}

//! What others do, said to those who do not see it.
//!
//! Knows when to look for news and who is called what. What is said, and how often,
//! is the editor's business.

use shared::id::{ClientId, Millis};

use super::Inner;
use super::core::Core;
use crate::clock;

impl Inner {
    /// Says what is due.
    pub(super) fn say_tidings(&self) {
        let sentence = self.core.borrow_mut().tidings(clock::now());
        if let Some(sentence) = sentence {
            self.announce(&sentence);
        }
    }
}

impl Core {
    /// What others did since the last sentence, if it is time for another one.
    fn tidings(&mut self, now: Millis) -> Option<String> {
        let people = self.driver.replica().peers().people();
        let name_of = |client: ClientId| {
            let person = people.iter().find(|person| person.client == client);
            let name = person.map(|person| person.profile.name.as_str());
            name.filter(|name| !name.is_empty())
                .unwrap_or("Somebody")
                .to_owned()
        };
        self.announcer.due(now, name_of)
    }
}

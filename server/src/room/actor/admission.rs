//! Clients join, and those leave who may not be on the board any more: the actor compares its
//! sessions with the record of the board whenever it has another one, and as time passes.

use std::collections::BTreeMap;

use shared::api::LinkEndReason;
use shared::id::{LinkId, Millis, PersonId};
use shared::protocol::{CloseCode, Hello, Relay, RelayMessage, Role, encode};
use shared::sync::{Asked, SessionNo};

use super::super::message::{Admission, SessionHandle};
use super::super::people_by_link::PeopleByLink;
use super::super::question::Question;
use super::{Actor, end};
use crate::clock::unix_ms;
use crate::protection::{self, Protection};
use crate::store::{BoardRecord, LinkRecord};

/// How often links are checked that end by themselves, and whether people must be announced.
const CHECK_EVERY_MS: Millis = 400;

impl Actor {
    /// Lets a client join, unless it may not be on the board any more.
    pub(super) fn join(
        &mut self,
        session: SessionNo,
        hello: &Hello,
        role: Role,
        handle: SessionHandle,
        sent: u64,
    ) {
        if let Some(code) = self.refusal(&handle.admission) {
            end(handle, code);
            return;
        }
        let role = match protection::is_on(Protection::Roles) {
            true => role,
            false => Role::Owner,
        };
        let now = self.clock.now();
        let cpu = handle.cpu.clone();
        let is_needed = |client| self.room.has_client(client) || self.room.awaits(client);
        self.accounts
            .opened(hello.key.client_id(), cpu.clone(), is_needed);
        self.sessions.insert(session, handle);
        self.outputs.touch(session);
        self.check_people_soon();
        cpu.measure(|| self.room.join(session, hello, role, now));
        self.room.sent_before(session, sent, now);
    }

    /// Passes on a question, unless its asker has left.
    pub(super) fn pass_on(&self, asked: Asked) {
        let Asked {
            client,
            stamp,
            message,
        } = asked;
        let mut admissions = self.sessions.values().map(|handle| handle.admission);
        if let Some(asker) = admissions.find(|it| it.client == client) {
            self.questions.pass_on(Question {
                board: self.board,
                link: asker.link,
                caller: asker.caller,
                stamp,
                message,
            });
        }
    }

    /// The record was read with its version.
    pub(super) fn on_record(&mut self, record: BoardRecord, version: u64) {
        if record.revision < self.record.revision {
            tracing::warn!("the store lost a change of a record, which is stored again");
            self.effects.put_record(self.record.clone(), version);
            return;
        }
        let (title, access) = (record.title.clone(), record.access());
        self.room.set_record(title, access, version);
        self.record = record;
        self.check_people_soon();
        self.close_ended();
    }

    /// Why a client that joins must leave at once. Its link was valid when it was admitted, but the
    /// record may have changed since.
    fn refusal(&self, admission: &Admission) -> Option<CloseCode> {
        let over = Ends::at(&self.record, unix_ms()).of(admission);
        let is_crowded = || admission.on_behalf_of.is_none() && self.is_link_full(admission);
        over.or_else(|| is_crowded().then_some(CloseCode::Crowded))
    }

    fn is_link_full(&self, admission: &Admission) -> bool {
        let link = self.record.link(admission.link);
        let max = link.and_then(|link| link.max_people);
        let others = || {
            let people = self.people_by_link();
            people.count_others(admission.link, admission.person)
        };
        max.is_some_and(|max| others() >= max)
    }

    /// The people on the board by link, over all servers.
    pub(super) fn people_by_link(&self) -> PeopleByLink {
        let elsewhere = self.elsewhere.at(self.clock.now());
        self.people_here().chain(elsewhere).collect()
    }

    fn people_here(&self) -> impl Iterator<Item = (PersonId, LinkId)> {
        let admissions = self.sessions.values().map(|handle| &handle.admission);
        let people = admissions.filter(|one| one.on_behalf_of.is_none());
        people.map(|one| (one.person, one.link))
    }

    /// Tells other servers which people came by which link, if that is due.
    fn announce_people(&mut self, now: Millis) {
        let here: Vec<_> = self.people_here().collect();
        let Some(people) = self.elsewhere.announcement(here, now) else {
            return;
        };
        let relay = Relay {
            node: self.node,
            message: RelayMessage::PeopleByLink(people),
        };
        if let Ok(bytes) = encode(&relay) {
            self.effects.publish(bytes);
        }
    }

    /// Closes the sessions that may not be on the board any more.
    fn close_ended(&mut self) {
        let ends = Ends::at(&self.record, unix_ms());
        let ended = |(no, handle): (&SessionNo, &SessionHandle)| {
            ends.of(&handle.admission).map(|code| (*no, code))
        };
        for (session, code) in self.sessions.iter().filter_map(ended).collect::<Vec<_>>() {
            self.close(session, code);
        }
    }

    /// Closes the sessions whose links ended by themselves, and announces people to other servers, if
    /// it is time to look.
    pub(super) fn look_after_people(&mut self, now: Millis) {
        if now < self.next_people_check {
            return;
        }
        let mut links = self.record.links.iter();
        let expires = links.any(|link| link.expires_ms.is_some());
        if expires {
            self.close_ended();
        }
        self.announce_people(now);
        let soon = now + CHECK_EVERY_MS;
        self.next_people_check = if expires {
            soon
        } else {
            self.elsewhere.due().max(soon)
        };
    }

    /// The people of this server or the links have changed.
    pub(super) fn check_people_soon(&mut self) {
        let soon = self.clock.now() + CHECK_EVERY_MS;
        self.next_people_check = self.next_people_check.min(soon);
    }
}

/// What ends sessions by a record.
struct Ends<'a> {
    record: &'a BoardRecord,
    links: BTreeMap<LinkId, LinkState>,
}

/// What of a link ends sessions.
struct LinkState {
    /// Why it ended; `None` for a link that is valid.
    end: Option<LinkEndReason>,
    /// Whether programs may use it.
    programs: bool,
}

impl<'a> Ends<'a> {
    fn at(record: &'a BoardRecord, now_ms: u64) -> Self {
        let state = |link: &LinkRecord| LinkState {
            end: link.end(now_ms).map(|end| end.reason),
            programs: link.programs,
        };
        let links = record.links.iter();
        let links = links.map(|link| (link.id, state(link))).collect();
        Self { record, links }
    }

    /// Why a session may not go on.
    fn of(&self, admission: &Admission) -> Option<CloseCode> {
        // A newer record admitted it. This room reads that one soon, and looks again.
        if self.record.revision < admission.revision {
            return None;
        }
        let is_it = |person| person == admission.person || Some(person) == admission.on_behalf_of;
        let mut removed = self.record.removed.iter();
        if removed.any(|one| is_it(one.person) || one.client == admission.client) {
            return Some(CloseCode::Removed);
        }
        let Some(link) = self.links.get(&admission.link) else {
            // The link was made after this record, or had ended and was forgotten.
            let is_new = admission.link >= self.record.next_link;
            return (!is_new).then_some(CloseCode::LinkRevoked);
        };
        match link.end {
            Some(LinkEndReason::Expired) => Some(CloseCode::LinkExpired),
            Some(LinkEndReason::Revoked) => Some(CloseCode::LinkRevoked),
            None => (admission.is_program && !link.programs).then_some(CloseCode::PeopleOnly),
        }
    }
}

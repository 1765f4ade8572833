//! What an owner's request changes in the record of a board. Nothing here reads a clock, random bytes
//! or a store.

use shared::api::{ApiError, ClearedBoard, ManageRequest, MutedPerson, RemovedPerson};
use shared::id::{ClientId, LinkId, PersonId, Seq};
use shared::limits::{MAX_LABEL_CHARS, MAX_LINKS, MAX_NAME_CHARS, MAX_PEOPLE};
use shared::name::cleaned_name;
use shared::protocol::Role;

use super::super::secrets::RootSecret;
use crate::store::{
    BoardRecord, Bytes16, LinkRecord, LinkSource, MAX_CLEARED, MAX_ENDED_LINKS, MAX_NAMED_PEOPLE,
};

/// What a change needs beside the request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    /// The root secret, from which the secret of a new link is made.
    pub(super) root: RootSecret,
    /// Random bytes for a new link.
    pub(super) nonce: Bytes16,
    /// Milliseconds since 1970.
    pub(super) now_ms: u64,
    /// The link by which a person to be removed is on the board, if that is known.
    pub(super) link_of_removed: Option<LinkId>,
    /// The last commit in the log, for a request to clear the board.
    pub(super) last_commit: Seq,
}

/// Changes the record of a board as an owner asked. `Ok(Some(…))` names the link that was made.
///
/// # Errors
/// The fault of the request; the record may then be changed in part and must not be stored.
pub(super) fn change(
    record: &mut BoardRecord,
    request: &ManageRequest,
    means: Means,
) -> Result<Option<LinkId>, ApiError> {
    let now = means.now_ms;
    match request {
        ManageRequest::List => {}
        ManageRequest::MakeLink {
            role,
            label,
            expires_ms,
            max_people,
            programs,
        } => {
            let terms = Terms::checked(label, (*expires_ms, *max_people), *programs, now)?;
            return make(record, *role, terms, means).map(Some);
        }
        ManageRequest::ChangeLink {
            id,
            label,
            expires_ms,
            max_people,
            programs,
        } => {
            let limits = (*expires_ms, *max_people);
            change_terms(record, *id, label, limits, *programs, now)?;
        }
        ManageRequest::RevokeLink { id } => revoke(record, *id, now)?,
        ManageRequest::RotateLink { id } => return rotate(record, *id, means).map(Some),
        ManageRequest::Settings(settings) => record.settings = *settings,
        ManageRequest::Freeze(frozen) => record.settings.frozen = *frozen,
        ManageRequest::Mute { person, name, on } => mute(record, *person, name, *on, now)?,
        ManageRequest::Remove {
            person,
            client,
            name,
        } => remove(record, (*person, *client), name, means)?,
        ManageRequest::Clear { elements, name } => {
            record.cleared.push(ClearedBoard {
                at: means.last_commit,
                at_ms: now,
                elements: *elements,
                by: kept_name(name),
            });
            let excess = record.cleared.len().saturating_sub(MAX_CLEARED);
            record.cleared.drain(..excess);
        }
        ManageRequest::Allow { person } => record.removed.retain(|one| one.person != *person),
    }
    Ok(None)
}

/// What an owner says about a link.
struct Terms {
    label: String,
    expires_ms: Option<u64>,
    max_people: Option<u32>,
    programs: bool,
}

impl Terms {
    fn checked(
        label: &str,
        (expires_ms, max_people): (Option<u64>, Option<u32>),
        programs: bool,
        now_ms: u64,
    ) -> Result<Self, ApiError> {
        let label = cleaned_name(label).trim().to_owned();
        if label.chars().count() > MAX_LABEL_CHARS {
            return Err(ApiError::BadLabel);
        }
        if expires_ms.is_some_and(|at| at <= now_ms) {
            return Err(ApiError::BadExpiry);
        }
        if max_people.is_some_and(|people| !(1..=MAX_PEOPLE).contains(&(people as usize))) {
            return Err(ApiError::BadPeople);
        }
        Ok(Self {
            label,
            expires_ms,
            max_people,
            programs,
        })
    }
}

fn make(
    record: &mut BoardRecord,
    role: Role,
    terms: Terms,
    means: Means,
) -> Result<LinkId, ApiError> {
    let valid = record.links.iter();
    let valid = valid.filter(|link| link.end(means.now_ms).is_none());
    if valid.count() >= MAX_LINKS {
        return Err(ApiError::TooManyLinks);
    }
    let id = record.next_link;
    record.next_link = LinkId(id.0.checked_add(1).ok_or(ApiError::TooManyLinks)?);
    let secret = means.root.derive(means.nonce);
    record.links.push(LinkRecord {
        label: terms.label,
        expires_ms: terms.expires_ms,
        max_people: terms.max_people,
        programs: terms.programs,
        source: LinkSource::Nonce(means.nonce),
        wrapped_root: (role == Role::Owner).then(|| means.root.wrap(&secret)),
        ..LinkRecord::first(id, role, secret.hash(), means.now_ms)
    });
    forget_oldest_ended(record, means.now_ms);
    Ok(id)
}

/// Forgets links that ended first, if too many are remembered.
fn forget_oldest_ended(record: &mut BoardRecord, now_ms: u64) {
    let ended = |link: &LinkRecord| link.end(now_ms).map(|end| (end.at_ms, link.id));
    let mut all: Vec<(u64, LinkId)> = record.links.iter().filter_map(ended).collect();
    all.sort_unstable();
    let excess = all.len().saturating_sub(MAX_ENDED_LINKS);
    all.truncate(excess);
    record
        .links
        .retain(|link| all.iter().all(|(_, id)| *id != link.id));
}

/// A link that was not revoked.
fn usable(record: &mut BoardRecord, id: LinkId) -> Result<&mut LinkRecord, ApiError> {
    let mut links = record.links.iter_mut();
    links
        .find(|link| link.id == id && link.revoked_ms.is_none())
        .ok_or(ApiError::NoLink)
}

fn change_terms(
    record: &mut BoardRecord,
    id: LinkId,
    label: &str,
    (expires_ms, max_people): (Option<u64>, Option<u32>),
    programs: bool,
    now_ms: u64,
) -> Result<(), ApiError> {
    let link = usable(record, id)?;
    // A link that has expired can be given another label without being given more time.
    let is_kept = expires_ms == link.expires_ms;
    let checked = expires_ms.filter(|_| !is_kept);
    let terms = Terms::checked(label, (checked, max_people), programs, now_ms)?;
    link.label = terms.label;
    link.expires_ms = expires_ms;
    link.max_people = terms.max_people;
    link.programs = terms.programs;
    keeps_an_owner(record)?;
    let valid = record.links.iter();
    if valid.filter(|link| link.end(now_ms).is_none()).count() > MAX_LINKS {
        return Err(ApiError::TooManyLinks);
    }
    Ok(())
}

fn revoke(record: &mut BoardRecord, id: LinkId, now_ms: u64) -> Result<(), ApiError> {
    usable(record, id)?.revoked_ms = Some(now_ms);
    forget_oldest_ended(record, now_ms);
    keeps_an_owner(record)
}

fn rotate(record: &mut BoardRecord, id: LinkId, means: Means) -> Result<LinkId, ApiError> {
    let link = usable(record, id)?;
    if link.end(means.now_ms).is_some() {
        return Err(ApiError::LinkExpired);
    }
    link.revoked_ms = Some(means.now_ms);
    let role = link.role;
    let terms = Terms {
        label: link.label.clone(),
        expires_ms: link.expires_ms,
        max_people: link.max_people,
        programs: link.programs,
    };
    make(record, role, terms, means)
}

/// Whether an owner link is left that does not end by itself.
fn keeps_an_owner(record: &BoardRecord) -> Result<(), ApiError> {
    let stays = |link: &LinkRecord| {
        link.role == Role::Owner && link.revoked_ms.is_none() && link.expires_ms.is_none()
    };
    if record.links.iter().any(stays) {
        Ok(())
    } else {
        Err(ApiError::LastOwner)
    }
}

/// A person's name as a record keeps it.
fn kept_name(name: &str) -> String {
    let name = cleaned_name(name);
    name.trim().chars().take(MAX_NAME_CHARS).collect()
}

fn mute(
    record: &mut BoardRecord,
    person: PersonId,
    name: &str,
    on: bool,
    at_ms: u64,
) -> Result<(), ApiError> {
    let is_muted = record.muted.iter().any(|one| one.person == person);
    if !on {
        record.muted.retain(|one| one.person != person);
    } else if !is_muted {
        if record.muted.len() >= MAX_NAMED_PEOPLE {
            return Err(ApiError::TooManyNamed);
        }
        let name = kept_name(name);
        record.muted.push(MutedPerson {
            person,
            name,
            at_ms,
        });
    }
    Ok(())
}

fn remove(
    record: &mut BoardRecord,
    (person, client): (PersonId, ClientId),
    name: &str,
    means: Means,
) -> Result<(), ApiError> {
    record.removed.retain(|one| one.person != person);
    if record.removed.len() >= MAX_NAMED_PEOPLE {
        return Err(ApiError::TooManyNamed);
    }
    record.removed.push(RemovedPerson {
        person,
        client,
        link: means.link_of_removed,
        name: kept_name(name),
        at_ms: means.now_ms,
    });
    Ok(())
}

#[cfg(test)]
mod tests;

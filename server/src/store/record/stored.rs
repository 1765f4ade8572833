//! The encoded form of a record.
//!
//! A board of which no owner changed anything has the form of before there was anything to change:
//! title, time, and role and hash of each link. Everything else follows in one more field. A server
//! of before cannot read a record with that field, so it opens no board whose rules it does not know.

use serde::{Deserialize, Serialize};
use shared::api::{BoardSettings, ClearedBoard, MutedPerson, RemovedPerson};
use shared::id::{LinkId, SecretHash};
use shared::protocol::Role;

use super::{BoardRecord, Bytes16, LinkRecord, LinkSource};

/// A record in the form in which it is encoded.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    title: String,
    created_ms: u64,
    links: Vec<(Role, SecretHash)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    more: Option<More>,
}

/// What owners changed. Fields that a later version adds go to the end, with a default.
#[derive(Clone, Serialize, Deserialize)]
struct More {
    revision: u64,
    next_link: LinkId,
    /// One for each link, in the same order.
    details: Vec<Details>,
    settings: BoardSettings,
    muted: Vec<MutedPerson>,
    removed: Vec<RemovedPerson>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cleared: Vec<ClearedBoard>,
}

/// What a link has beside its role and hash.
#[derive(Clone, Serialize, Deserialize)]
struct Details {
    id: LinkId,
    label: String,
    created_ms: u64,
    expires_ms: Option<u64>,
    max_people: Option<u32>,
    source: LinkSource,
    wrapped_root: Option<Bytes16>,
    revoked_ms: Option<u64>,
    /// Links of before this field are open to programs. It is left out for those that are, so that
    /// servers of before can read the record.
    #[serde(default = "Details::are_open", skip_serializing_if = "Clone::clone")]
    programs: bool,
}

impl Details {
    const fn are_open() -> bool {
        true
    }

    fn of(link: &LinkRecord) -> Self {
        Self {
            id: link.id,
            label: link.label.clone(),
            created_ms: link.created_ms,
            expires_ms: link.expires_ms,
            max_people: link.max_people,
            source: link.source,
            wrapped_root: link.wrapped_root,
            revoked_ms: link.revoked_ms,
            programs: link.programs,
        }
    }

    fn link(self, role: Role, hash: SecretHash) -> LinkRecord {
        LinkRecord {
            id: self.id,
            role,
            hash,
            label: self.label,
            created_ms: self.created_ms,
            expires_ms: self.expires_ms,
            max_people: self.max_people,
            source: self.source,
            wrapped_root: self.wrapped_root,
            revoked_ms: self.revoked_ms,
            programs: self.programs,
        }
    }
}

impl From<BoardRecord> for Stored {
    fn from(record: BoardRecord) -> Self {
        let links: Vec<_> = record
            .links
            .iter()
            .map(|link| (link.role, link.hash))
            .collect();
        let (title, created_ms) = (record.title.clone(), record.created_ms);
        let is_unchanged = record == BoardRecord::new(title.clone(), created_ms, links.clone());
        let more = More {
            revision: record.revision,
            next_link: record.next_link,
            details: record.links.iter().map(Details::of).collect(),
            settings: record.settings,
            muted: record.muted,
            removed: record.removed,
            cleared: record.cleared,
        };
        Self {
            title,
            created_ms,
            links,
            more: (!is_unchanged).then_some(more),
        }
    }
}

impl From<Stored> for BoardRecord {
    fn from(stored: Stored) -> Self {
        let Stored {
            title,
            created_ms,
            links,
            more,
        } = stored;
        let mut record = Self::new(title, created_ms, links);
        let Some(more) = more else {
            return record;
        };
        for (link, details) in record.links.iter_mut().zip(more.details) {
            *link = details.link(link.role, link.hash);
        }
        Self {
            next_link: more.next_link,
            revision: more.revision,
            settings: more.settings,
            muted: more.muted,
            removed: more.removed,
            cleared: more.cleared,
            ..record
        }
    }
}

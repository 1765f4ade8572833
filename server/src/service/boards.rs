//! Creates, opens and renames boards, and changes their records, within the rate limits of each caller.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;
use shared::api::{ApiError, BoardInfo, CreatedBoard, LinkEndReason};
use shared::id::{BoardId, Epoch, LinkId, PersonId, Secret, SecretHash};
use shared::protocol::{Relay, RelayMessage, Role, encode};

use super::guesses::Guesses;
use super::passes::{Pass, Passes};
use super::secrets::{Secrets, random};
use super::title::{Title, is_title};
use crate::caller_rate_limit::{Caller, Limiter};
use crate::clock::{Clock, unix_ms};
use crate::room::{Context, Hub, PeopleByLink};
use crate::store::calls::within;
use crate::store::{BoardRecord, LinkRecord, StoreError};
use crate::telemetry::Tag;

/// Times that the record of a board may be changed at once, and again in a minute. Each time is written
/// to the disk and told to all people on the board.
const RECORD_CHANGES: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);
/// Questions about the history of a board at once, and again in a minute. Each reads the whole log.
const HISTORY_QUESTIONS: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
/// How long a caller waits for the store.
const STORE_LIMIT: Duration = Duration::from_secs(5);
/// How often a change of the record is tried when others change it at the same time.
const CHANGE_ATTEMPTS: usize = 5;
/// What the link of a secret grants on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The link.
    pub link: LinkId,
    /// Whether programs may use it.
    pub programs: bool,
    /// The person for whom this server itself works on the board, if the secret is a pass.
    pub on_behalf_of: Option<PersonId>,
    /// The revision of the record that says so.
    pub revision: u64,
}

/// A board as it is found with a secret.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) record: BoardRecord,
    /// The version of the record.
    pub(super) version: u64,
    /// The link of the secret.
    pub(super) link: LinkRecord,
    /// The person for whom the secret is a pass, if it is one.
    pub(super) on_behalf_of: Option<PersonId>,
}

/// The service.
#[derive(Debug)]
pub struct Boards {
    pub(super) context: Context,
    hub: Hub,
    creations: Limiter<Caller, Clock>,
    guesses: Guesses,
    passes: Passes,
    changes: Limiter<BoardId, Clock>,
    pub(super) history_questions: Limiter<BoardId, Clock>,
}

impl Boards {
    /// Makes the service; one address may create so many boards in an hour.
    #[must_use]
    pub fn new(context: Context, hub: Hub, boards_per_hour: NonZeroU32) -> Self {
        let clock = context.clock;
        Self {
            context,
            hub,
            creations: Limiter::new(Quota::per_hour(boards_per_hour), clock),
            guesses: Guesses::new(clock),
            passes: Passes::default(),
            changes: Limiter::new(Quota::per_minute(RECORD_CHANGES), clock),
            history_questions: Limiter::new(Quota::per_minute(HISTORY_QUESTIONS), clock),
        }
    }

    /// Creates a board; links begin with `base`.
    pub(super) async fn create(
        &self,
        title: Option<String>,
        base: &str,
        caller: Caller,
    ) -> Result<CreatedBoard, ApiError> {
        let title = String::from(Title::parse_or_default(title.as_deref())?);
        self.creations.take(caller).map_err(too_many)?;
        let board = BoardId::from_bytes(random()?);
        let secrets = Secrets::new()?;
        let record = BoardRecord::new(title.clone(), unix_ms(), secrets.hashes());
        let epoch = Epoch::from_bytes(random()?);
        self.ask_store(board, self.context.store.create(board, &record, epoch))
            .await?;
        tracing::info!(board = %Tag::from(board), "board created");
        Ok(CreatedBoard {
            board,
            title,
            links: secrets.links(base, board),
        })
    }

    /// What a secret grants on a board. Takes the same time and gives the same
    /// answer for an unknown board and a wrong secret.
    ///
    /// # Errors
    /// [`ApiError::NoAccess`], [`ApiError::LinkRevoked`], [`ApiError::LinkExpired`],
    /// [`ApiError::TooMany`] after many wrong secrets, [`ApiError::Unavailable`].
    pub async fn grant_of(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<Grant, ApiError> {
        let Opened {
            record,
            link,
            on_behalf_of,
            ..
        } = self.open(board, secret, caller).await?;
        Ok(Grant {
            role: link.role,
            link: link.id,
            programs: link.programs,
            on_behalf_of,
            revision: record.revision,
        })
    }

    /// A pass for a link of a board, for the assistant of a person.
    ///
    /// # Errors
    /// [`ApiError::NoAccess`]: there is no such link any more, or the person was muted or removed.
    /// [`ApiError::Unavailable`].
    pub(crate) async fn pass(
        &self,
        board: BoardId,
        link: LinkId,
        person: PersonId,
    ) -> Result<Pass, ApiError> {
        let found = self.ask_store(board, self.context.store.record(board));
        let (record, _) = found.await?.ok_or(ApiError::NoAccess)?;
        let link = record.link(link).ok_or(ApiError::NoAccess)?;
        let is_muted = record.muted.iter().any(|one| one.person == person);
        if is_muted || record.removed.iter().any(|one| one.person == person) {
            return Err(ApiError::NoAccess);
        }
        self.passes.issue(board, &record, link, person)
    }

    pub(super) async fn open(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<Opened, ApiError> {
        let found = self
            .ask_store(board, self.context.store.record(board))
            .await?;
        // An unknown board takes as long as a board with other links.
        let (record, version) = found.unwrap_or_else(|| (dummy_record(), 0));
        let pass = self.passes.find(board, secret);
        let link = match pass {
            Some((link, _)) => record.link(link),
            None => record.link_of(secret),
        };
        let Some(link) = link.cloned() else {
            self.guesses.take(board, caller).map_err(too_many)?;
            return Err(ApiError::NoAccess);
        };
        match link.end(unix_ms()).map(|end| end.reason) {
            Some(LinkEndReason::Revoked) => Err(ApiError::LinkRevoked),
            Some(LinkEndReason::Expired) => Err(ApiError::LinkExpired),
            None => Ok(Opened {
                record,
                version,
                link,
                on_behalf_of: pass.map(|(_, person)| person),
            }),
        }
    }

    /// A board's title, and the role that a secret grants.
    pub(crate) async fn info(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<BoardInfo, ApiError> {
        let Opened { record, link, .. } = self.open(board, secret, caller).await?;
        Ok(BoardInfo {
            board,
            title: record.title,
            role: link.role,
        })
    }

    pub(super) async fn rename(
        &self,
        board: BoardId,
        secret: &Secret,
        title: &str,
        caller: Caller,
    ) -> Result<BoardInfo, ApiError> {
        let title = String::from(Title::parse(title)?);
        let rename = |record: &mut BoardRecord, link: &LinkRecord| {
            let is_frozen = record.settings.frozen && !link.role.may_manage();
            if is_frozen || !link.role.may_draw() {
                return Err(ApiError::Forbidden);
            }
            record.title.clone_from(&title);
            Ok(link.role)
        };
        let (record, role) = self.change_record(board, secret, caller, rename).await?;
        let title = record.title;
        Ok(BoardInfo { board, title, role })
    }

    /// Changes the record of a board as `change` says, which is given the link of the secret. It is
    /// called again when others changed the record meanwhile. Returns the new record.
    pub(super) async fn change_record<T>(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
        change: impl Fn(&mut BoardRecord, &LinkRecord) -> Result<T, ApiError>,
    ) -> Result<(BoardRecord, T), ApiError> {
        let mut is_counted = false;
        for _ in 0..CHANGE_ATTEMPTS {
            let opened = self.open(board, secret, caller).await?;
            let (mut record, version) = (opened.record, opened.version);
            let answer = change(&mut record, &opened.link)?;
            if !std::mem::replace(&mut is_counted, true) {
                self.changes.take(board).map_err(too_many)?;
            }
            let put = self.context.store.put_record(board, &record, version);
            if self.ask_store(board, put).await? {
                self.notify_rooms(board).await;
                return Ok((record, answer));
            }
        }
        Err(ApiError::Unavailable)
    }

    /// Waits until what was changed is on the disk, if the store is set up for it.
    pub(super) async fn wait_durable(&self, board: BoardId) -> Result<(), ApiError> {
        let durable = async {
            match self.context.store.wait_durable(board).await {
                Ok(()) | Err(StoreError::NeverDurable) => Ok(()),
                Err(error) => Err(error),
            }
        };
        self.ask_store(board, durable).await
    }

    /// Deletes a board, for its owners. A title that the owner typed must be that of the board.
    pub(super) async fn delete(
        &self,
        board: BoardId,
        secret: &Secret,
        title: Option<&str>,
        caller: Caller,
    ) -> Result<(), ApiError> {
        let mut is_counted = false;
        for _ in 0..CHANGE_ATTEMPTS {
            let opened = self.open(board, secret, caller).await?;
            if !opened.link.role.may_manage() {
                return Err(ApiError::Forbidden);
            }
            if title.is_some_and(|title| !is_title(title, &opened.record.title)) {
                return Err(ApiError::OtherTitle);
            }
            if !std::mem::replace(&mut is_counted, true) {
                self.changes.take(board).map_err(too_many)?;
            }
            let delete = self.context.store.delete(board, opened.version);
            if self.ask_store(board, delete).await? {
                self.notify_rooms(board).await;
                tracing::info!(board = %Tag::from(board), "board deleted");
                // A store that crashes would forget a deletion that is not on its disk.
                return self.wait_durable(board).await;
            }
        }
        Err(ApiError::Unavailable)
    }

    /// Whether a board was deleted.
    pub(super) async fn was_deleted(&self, board: BoardId) -> Result<bool, ApiError> {
        self.ask_store(board, self.context.store.was_deleted(board))
            .await
    }

    /// The people who are on a board now, by link.
    pub(super) async fn people_by_link(&self, board: BoardId) -> PeopleByLink {
        self.hub.people_by_link(board).await
    }

    /// Lets the rooms of the board, here and on other servers, read its record again.
    async fn notify_rooms(&self, board: BoardId) {
        self.hub.record_changed(board);
        let relay = Relay {
            node: self.context.node,
            message: RelayMessage::RecordChanged,
        };
        let Ok(message) = encode(&relay) else { return };
        // Best effort: rooms compare the version of the record every second.
        if let Err(error) = self.context.broker.publish_live(board, message) {
            tracing::debug!(board = %Tag::from(board), %error, "change of record not published");
        }
    }

    pub(super) async fn ask_store<T>(
        &self,
        board: BoardId,
        call: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, ApiError> {
        within(STORE_LIMIT, call).await.map_err(|error| {
            self.context.store_warnings.failed(board, &error);
            ApiError::Unavailable
        })
    }
}

/// A record with as many links as a new board has; no secret has such a hash.
fn dummy_record() -> BoardRecord {
    let links = [Role::Owner, Role::Edit, Role::View].map(|role| (role, SecretHash([0; 32])));
    BoardRecord::new(String::new(), 0, links)
}

pub(super) fn too_many(wait: Duration) -> ApiError {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    ApiError::TooMany {
        retry_after_s: u32::try_from(seconds).unwrap_or(u32::MAX).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dummy_record_opens_with_no_secret() {
        assert_eq!(dummy_record().link_of(&Secret::from_bytes([0; 16])), None);
    }
}

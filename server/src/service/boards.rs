//! Boards as callers over HTTP see them: make one, open one with a secret,
//! rename it. REST, server functions and WebSockets all come through here.
//!
//! Must not know HTTP.

mod secrets;
mod title;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use governor::Quota;
use shared::api::{Answer, ApiError, BoardInfo, BoardService, CreatedBoard};
use shared::id::{BoardId, Epoch, Secret};
use shared::protocol::{Relay, Role, Word, encode};
use tokio::time::timeout;

use secrets::Secrets;
use title::Title;

use crate::clock::{Clock, random16};
use crate::rate::{Caller, Limiter};
use crate::room::{Context, Hub};
use crate::store::{BoardRecord, LinkRecord, StoreError};
use crate::telemetry::Tag;

/// Wrong secrets that one address may try at once, and again in a minute.
const GUESSES: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
/// How long a caller waits for the store.
const STORE_PATIENCE: Duration = Duration::from_secs(5);
/// How often a rename is tried when others change the record at the same time.
const RENAME_ATTEMPTS: usize = 5;

/// See the module.
#[derive(Debug)]
pub struct Boards {
    context: Context,
    hub: Hub,
    made: Limiter<Caller, Clock>,
    guessed: Limiter<Caller, Clock>,
}

impl Boards {
    /// Makes the service; one address may make so many boards in an hour.
    #[must_use]
    pub fn new(context: Context, hub: Hub, boards_per_hour: NonZeroU32) -> Self {
        let clock = context.clock;
        Self {
            context,
            hub,
            made: Limiter::new(Quota::per_hour(boards_per_hour), clock),
            guessed: Limiter::new(Quota::per_minute(GUESSES), clock),
        }
    }

    /// Makes a board; links begin with `base`.
    async fn create(
        &self,
        title: Option<String>,
        base: &str,
        caller: Caller,
    ) -> Result<CreatedBoard, ApiError> {
        let title = String::from(Title::parse_or_usual(title.as_deref())?);
        self.made.take(caller).map_err(too_many)?;
        let board = BoardId::from_bytes(random()?);
        let secrets = Secrets::new()?;
        let record = BoardRecord {
            title: title.clone(),
            created_ms: unix_ms(),
            links: secrets.records(),
        };
        let epoch = Epoch::from_bytes(random()?);
        self.patiently(self.context.store.create(board, &record, epoch))
            .await?;
        tracing::info!(board = %Tag::from(board), "board made");
        Ok(CreatedBoard {
            board,
            title,
            links: secrets.links(base, board),
        })
    }

    /// What a secret allows on a board. Takes the same time and gives the same
    /// answer for an unknown board and a wrong secret.
    ///
    /// # Errors
    /// [`ApiError::NoAccess`], [`ApiError::TooMany`] after many wrong secrets,
    /// [`ApiError::Unavailable`].
    pub async fn enter(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<Role, ApiError> {
        self.open(board, secret, caller)
            .await
            .map(|(_, _, role)| role)
    }

    /// Whether a caller may try a secret at all.
    ///
    /// # Errors
    /// [`ApiError::TooMany`].
    pub fn may_try(&self, caller: Caller) -> Result<(), ApiError> {
        self.guessed.check(caller).map_err(too_many)
    }

    async fn open(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<(BoardRecord, u64, Role), ApiError> {
        self.may_try(caller)?;
        let found = self.patiently(self.context.store.record(board)).await?;
        // A board that nobody has compares like one that has other links.
        let (record, version) = found.unwrap_or_else(|| (nobodys_record(), 0));
        let Some(role) = record.role_of(secret) else {
            // Only a wrong secret counts.
            self.guessed.take(caller).map_err(too_many)?;
            return Err(ApiError::NoAccess);
        };
        Ok((record, version, role))
    }

    async fn info(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<BoardInfo, ApiError> {
        let (record, _, role) = self.open(board, secret, caller).await?;
        Ok(BoardInfo {
            board,
            title: record.title,
            role,
        })
    }

    async fn rename(
        &self,
        board: BoardId,
        secret: &Secret,
        title: &str,
        caller: Caller,
    ) -> Result<BoardInfo, ApiError> {
        for _ in 0..RENAME_ATTEMPTS {
            let (mut record, version, role) = self.open(board, secret, caller).await?;
            if !role.may_draw() {
                return Err(ApiError::Forbidden);
            }
            let title = String::from(Title::parse(title)?);
            record.title.clone_from(&title);
            if self
                .patiently(self.context.store.put_record(board, &record, version))
                .await?
            {
                self.tell_rooms(board).await;
                return Ok(BoardInfo { board, title, role });
            }
        }
        Err(ApiError::Unavailable)
    }

    /// Lets the rooms of the board, here and on other servers, read its record.
    async fn tell_rooms(&self, board: BoardId) {
        self.hub.record_changed(board);
        let relay = Relay {
            node: self.context.node,
            word: Word::RecordChanged,
        };
        let Ok(message) = encode(&relay) else { return };
        // Best effort: rooms compare the version of the record every second.
        if let Err(error) = self.context.broker.publish_live(board, message).await {
            tracing::debug!(board = %Tag::from(board), %error, "change of record not published");
        }
    }

    async fn patiently<T>(
        &self,
        asked: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, ApiError> {
        match timeout(STORE_PATIENCE, asked).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                tracing::warn!(%error, "store failed");
                Err(ApiError::Unavailable)
            }
            Err(_) => {
                tracing::warn!("store does not answer");
                Err(ApiError::Unavailable)
            }
        }
    }
}

/// A record with as many links as a new board has, which no secret fits: they
/// are hashes of nothing.
fn nobodys_record() -> BoardRecord {
    let links = [Role::Owner, Role::Edit, Role::View].map(|role| LinkRecord {
        role,
        hash: shared::id::SecretHash([0; 32]),
    });
    BoardRecord {
        title: String::new(),
        created_ms: 0,
        links: links.into(),
    }
}

fn random() -> Result<[u8; 16], ApiError> {
    random16().map_err(|error| {
        tracing::error!(%error, "no board can be made");
        ApiError::Unavailable
    })
}

fn too_many(wait: Duration) -> ApiError {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    ApiError::TooMany {
        retry_after_s: u32::try_from(seconds).unwrap_or(u32::MAX).max(1),
    }
}

fn unix_ms() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The service on behalf of one caller.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The service.
    pub boards: Arc<Boards>,
    /// What links begin with, without a slash at the end.
    pub base: String,
    /// Who calls.
    pub caller: Caller,
}

impl Desk {
    /// Reads what a link tells about its board.
    ///
    /// # Errors
    /// Those of [`Boards::enter`].
    pub async fn info(&self, board: BoardId, secret: Secret) -> Result<BoardInfo, ApiError> {
        self.boards.info(board, &secret, self.caller).await
    }
}

impl BoardService for Desk {
    fn create(&self, title: Option<String>) -> Answer<'_, CreatedBoard> {
        Box::pin(self.boards.create(title, &self.base, self.caller))
    }

    fn rename(&self, board: BoardId, secret: Secret, title: String) -> Answer<'_, BoardInfo> {
        Box::pin(async move {
            self.boards
                .rename(board, &secret, &title, self.caller)
                .await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_record_opens_with_nothing() {
        assert_eq!(nobodys_record().role_of(&Secret::from_bytes([0; 16])), None);
    }
}

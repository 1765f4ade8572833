//! Creates, opens and renames boards, within the rate limits of each caller.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;
use shared::api::{ApiError, BoardInfo, CreatedBoard};
use shared::id::{BoardId, Epoch, Secret};
use shared::protocol::{Relay, RelayMessage, Role, encode};

use super::guesses::Guesses;
use super::secrets::{Secrets, random};
use super::title::Title;
use crate::caller_rate_limit::{Caller, Limiter};
use crate::clock::{Clock, unix_ms};
use crate::room::{Context, Hub};
use crate::store::calls::within;
use crate::store::{BoardRecord, LinkRecord, StoreError};
use crate::telemetry::Tag;

/// Times that a board may be renamed at once, and again in a minute. Each time is written to the disk
/// and told to all people on the board.
const RENAMES: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);
/// How long a caller waits for the store.
const STORE_LIMIT: Duration = Duration::from_secs(5);
/// How often a rename is tried when others change the record at the same time.
const RENAME_ATTEMPTS: usize = 5;

/// The service.
#[derive(Debug)]
pub struct Boards {
    context: Context,
    hub: Hub,
    creations: Limiter<Caller, Clock>,
    guesses: Guesses,
    renames: Limiter<BoardId, Clock>,
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
            renames: Limiter::new(Quota::per_minute(RENAMES), clock),
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
        let record = BoardRecord {
            title: title.clone(),
            created_ms: unix_ms(),
            links: secrets.records(),
        };
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

    /// The role that a secret grants on a board. Takes the same time and gives the same
    /// answer for an unknown board and a wrong secret.
    ///
    /// # Errors
    /// [`ApiError::NoAccess`], [`ApiError::TooMany`] after many wrong secrets,
    /// [`ApiError::Unavailable`].
    pub async fn role_of(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<Role, ApiError> {
        self.open(board, secret, caller)
            .await
            .map(|(_, _, role)| role)
    }

    async fn open(
        &self,
        board: BoardId,
        secret: &Secret,
        caller: Caller,
    ) -> Result<(BoardRecord, u64, Role), ApiError> {
        let found = self
            .ask_store(board, self.context.store.record(board))
            .await?;
        // An unknown board takes as long as a board with other links.
        let (record, version) = found.unwrap_or_else(|| (dummy_record(), 0));
        let Some(role) = record.role_of(secret) else {
            self.guesses.take(board, caller).map_err(too_many)?;
            return Err(ApiError::NoAccess);
        };
        Ok((record, version, role))
    }

    pub(super) async fn info(
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

    pub(super) async fn rename(
        &self,
        board: BoardId,
        secret: &Secret,
        title: &str,
        caller: Caller,
    ) -> Result<BoardInfo, ApiError> {
        let title = String::from(Title::parse(title)?);
        let mut is_counted = false;
        for _ in 0..RENAME_ATTEMPTS {
            let (mut record, version, role) = self.open(board, secret, caller).await?;
            if !role.may_draw() {
                return Err(ApiError::Forbidden);
            }
            if !std::mem::replace(&mut is_counted, true) {
                self.renames.take(board).map_err(too_many)?;
            }
            record.title.clone_from(&title);
            if self
                .ask_store(
                    board,
                    self.context.store.put_record(board, &record, version),
                )
                .await?
            {
                self.notify_rooms(board).await;
                return Ok(BoardInfo { board, title, role });
            }
        }
        Err(ApiError::Unavailable)
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
        if let Err(error) = self.context.broker.publish_live(board, message).await {
            tracing::debug!(board = %Tag::from(board), %error, "change of record not published");
        }
    }

    async fn ask_store<T>(
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

fn too_many(wait: Duration) -> ApiError {
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
        assert_eq!(dummy_record().role_of(&Secret::from_bytes([0; 16])), None);
    }
}

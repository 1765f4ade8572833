//! Names the key of a board that another program has overwritten.
//!
//! Redis says that some key holds the wrong kind of value, and not which one. Such a board cannot be
//! used until the key is removed; other boards are not affected, and Redis itself is well.

use redis::{RedisResult, cmd};
use shared::id::BoardId;

use super::{COMMAND_LIMIT, RedisStore};
use crate::redis::connection::{CallError, Connected};
use crate::redis::keys::Names;
use crate::store::StoreError;

/// The types of the keys of a board, in the order of `Keys::all`.
const TYPES: [&str; 5] = ["hash", "stream", "string", "hash", "list"];
/// The type of a key that does not exist.
const NONE: &str = "none";

impl RedisStore {
    /// The answer to a call. If a key has the wrong type, the error names it.
    pub(super) async fn explained<T>(
        &self,
        board: BoardId,
        answer: Result<T, CallError>,
    ) -> Result<T, StoreError> {
        match answer {
            Err(CallError::Redis(error)) if error.code() == Some("WRONGTYPE") => {
                let unnamed = || StoreError::Corrupt(error.to_string());
                let found = self.wrong_type(board).await;
                Err(found.map_or_else(unnamed, StoreError::Corrupt))
            }
            answer => Ok(answer?),
        }
    }

    /// The first key of a board that has the wrong type, and what that means.
    async fn wrong_type(&self, board: BoardId) -> Option<String> {
        let keys = self.names.keys_of(board).all();
        let ask = |mut connected: Connected| {
            let types = keys.clone().map(|key| {
                let mut ask = cmd("TYPE");
                ask.arg(key);
                ask
            });
            async move {
                let mut found = Vec::with_capacity(types.len());
                for ask in types {
                    let kind: RedisResult<String> =
                        ask.query_async(&mut connected.connection).await;
                    found.push(kind?);
                }
                Ok(found)
            }
        };
        let slot = Names::slot_of(board);
        let found = self.commands.call(slot, COMMAND_LIMIT, ask).await.ok()?;
        let mut all = keys.iter().zip(TYPES).zip(found);
        let wrong = all.find(|((_, expected), is)| is != expected && is != NONE);
        wrong.map(|((key, expected), is)| {
            format!("key {key} is a {is} and not a {expected}: another program has overwritten it")
        })
    }
}

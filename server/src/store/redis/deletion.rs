//! Deleting a board. The meta key stays, with nothing but a marker.

use redis::Value;
use shared::id::BoardId;

use super::super::StoreError;
use super::{RedisStore, reply, scripts, yes};
use crate::redis::server_info::ServerInfo;

impl RedisStore {
    /// See [`super::Store::delete`].
    pub(super) async fn delete_board(
        &self,
        board: BoardId,
        version: u64,
    ) -> Result<bool, StoreError> {
        let script = |_: &ServerInfo| {
            let mut script = scripts::DELETE.prepare_invoke();
            script.key(&self.names.keys_of(board).all()[..]);
            script.key(self.names.chat_pages(board));
            script.key(self.names.times(board));
            script.key(self.names.clients(board));
            script.arg(version);
            script
        };
        Ok(yes(&self.run(board, script).await?))
    }

    /// See [`super::Store::was_deleted`].
    pub(super) async fn has_marker(&self, board: BoardId) -> Result<bool, StoreError> {
        let fields = reply::array(self.meta(board, &["gone"]).await?).unwrap_or_default();
        Ok(fields.first().is_some_and(|marker| *marker != Value::Nil))
    }
}

//! Rare work on whole boards: compaction, restoring a lost board.

use bytes::Bytes;
use redis::{Cmd, FromRedisValue, Value, cmd};
use shared::id::{BoardId, Position, Seq};
use shared::limits::MAX_CHAT_BYTES;
use shared::protocol::StoredCommit;

use super::super::authors::authors_of;
use super::super::sealed::{seal, unseal};
use super::super::segment::{Segment, pack};
use super::super::{BoardRecord, ChatPageBytes, Compaction, StoreError};
use super::{BULK_LIMIT, RedisStore, reply, scripts, yes};
use crate::redis::connection::Connected;
use crate::redis::keys::Names;
use crate::redis::server_info::ServerInfo;

/// Commits that a compaction would move to the archive.
struct Leaving {
    /// The floor that the board has.
    floor_before: Seq,
    /// The commits after it, up to the wanted floor.
    commits: Vec<(Seq, StoredCommit)>,
}

/// A snapshot and segments, sealed.
struct Packed {
    sealed: Vec<u8>,
    segments: Vec<Segment>,
}

impl RedisStore {
    /// Runs a command that reads much.
    pub(super) async fn read_bulk<T: FromRedisValue>(
        &self,
        board: BoardId,
        command: &Cmd,
    ) -> Result<T, StoreError> {
        let run = |mut connected: Connected| async move {
            command.query_async(&mut connected.connection).await
        };
        Ok(self
            .bulk
            .call(Names::slot_of(board), BULK_LIMIT, run)
            .await?)
    }

    /// See [`super::Store::compact`].
    pub(super) async fn compact_board(
        &self,
        board: BoardId,
        compaction: &Compaction,
    ) -> Result<bool, StoreError> {
        let Compaction {
            at,
            snapshot,
            floor,
        } = compaction;
        if floor > &at.seq {
            return Ok(false);
        }
        let Some(leaving) = self.leaving(board, *floor).await? else {
            return Ok(false);
        };
        let Leaving {
            floor_before,
            commits,
        } = leaving;
        let archived: usize = commits.iter().map(|(_, commit)| commit.payload.len()).sum();
        let Packed { sealed, segments } = packed(compaction.clone(), commits).await?;
        let script = |_: &ServerInfo| {
            let keys = self.names.keys_of(board);
            let mut script = scripts::COMPACT.prepare_invoke();
            script.key(keys.meta).key(keys.log);
            script.key(keys.snapshot).key(keys.archive);
            script.arg(at.epoch.as_bytes()).arg(at.seq);
            script.arg(floor_before).arg((*floor).max(floor_before));
            script.arg(&sealed[..]).arg(snapshot.len()).arg(archived);
            for segment in &segments {
                script.arg(&segment.sealed[..]);
            }
            script
        };
        Ok(yes(&self.run_bulk(board, script).await?))
    }

    /// `None` if the board is unknown or another server was faster.
    async fn leaving(&self, board: BoardId, floor: Seq) -> Result<Option<Leaving>, StoreError> {
        let found = reply::array(self.meta(board, &["fl"]).await?)
            .and_then(|fields| fields.into_iter().next())
            .and_then(reply::number);
        let Some(floor_before) = found else {
            return Ok(None);
        };
        if floor_before >= floor {
            return Ok(Some(Leaving {
                floor_before,
                commits: Vec::new(),
            }));
        }
        let (from, to) = (format!("{}-0", floor_before + 1), format!("{floor}-0"));
        let mut ask = cmd("XRANGE");
        ask.arg(self.names.keys_of(board).log).arg(from).arg(to);
        let commits = reply::commits(self.read_bulk(board, &ask).await?)?;
        // Another server may have trimmed meanwhile; the script would refuse
        // anyway, so half a segment is not even packed.
        let whole = commits.len() as u64 == floor - floor_before;
        Ok(whole.then_some(Leaving {
            floor_before,
            commits,
        }))
    }

    /// See [`super::Store::put_chat_page`].
    pub(super) async fn put_page(
        &self,
        board: BoardId,
        page: &ChatPageBytes,
    ) -> Result<(), StoreError> {
        let sealed = seal(&page.packed);
        let script = |_: &ServerInfo| {
            let mut script = scripts::PUT_CHAT_PAGE.prepare_invoke();
            script.key(self.names.keys_of(board).meta);
            script.key(self.names.chat_pages(board));
            script.arg(page.epoch.as_bytes()).arg(page.number);
            script.arg(&sealed[..]);
            script
        };
        self.run_bulk(board, script).await?;
        Ok(())
    }

    /// See [`super::Store::chat_page`].
    pub(super) async fn page(
        &self,
        board: BoardId,
        number: u64,
    ) -> Result<Option<Bytes>, StoreError> {
        let mut ask = cmd("HGET");
        ask.arg(self.names.chat_pages(board)).arg(number);
        let sealed: Option<Vec<u8>> = self.read_bulk(board, &ask).await?;
        let page = sealed.map(|sealed| unseal(&sealed, MAX_CHAT_BYTES));
        Ok(page.transpose()?.map(Bytes::from))
    }

    /// See [`super::Store::restore`].
    pub(super) async fn restore_board(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError> {
        let (at, bytes) = (compaction.at, compaction.snapshot.len());
        let authors = authors_of(&compaction.snapshot)?;
        let Packed { sealed, .. } = packed(compaction.clone(), Vec::new()).await?;
        let record = record.to_bytes()?;
        let script = |server: &ServerInfo| {
            let mut script = scripts::RESTORE.prepare_invoke();
            script.key(&self.names.keys_of(board).all()[..]);
            script.arg(at.epoch.as_bytes()).arg(at.seq).arg(&record[..]);
            script.arg(&sealed[..]).arg(bytes);
            script
                .arg(server.publish())
                .arg(self.names.durable_channel(board));
            script.arg(server.run_if_lossy());
            for (author, cno) in &authors {
                script.arg(author.as_bytes()).arg(cno);
            }
            script
        };
        match self.run_bulk(board, script).await? {
            Value::Nil => Ok(None),
            at => reply::position(at).map(Some),
        }
    }
}

/// Seals on a thread where it may keep a core busy.
async fn packed(
    compaction: Compaction,
    commits: Vec<(Seq, StoredCommit)>,
) -> Result<Packed, StoreError> {
    let packing = tokio::task::spawn_blocking(move || Packed {
        sealed: seal(&compaction.snapshot),
        segments: pack(compaction.at.epoch, &commits),
    });
    packing
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

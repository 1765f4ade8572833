//! Blobs in Redis, which several servers share: in chunks, so that no command is large.
//!
//! A hash of each board says how much there is of each blob, and a key holds each chunk. All of them
//! belong to the slot of the board. Every change is one script, so one atomic step. The chunks of an
//! unfinished blob expire by themselves.

mod entry;

use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use bytes::Bytes;
use redis::{Cmd, FromRedisValue, RedisError, Script, ScriptInvocation, Value, cmd};
use shared::id::BoardId;
use shared::limits::MAX_PICTURE_BYTES;

use super::{
    Appended, BOARD_BLOBS, BOARD_BYTES, BlobEntry, BlobError, BlobKey, BlobStage, BlobState,
    BlobStore, BoardLimit, Generation, PIECE_BYTES, Piece, Seen, UNFINISHED_OF_BOARD, UnixMillis,
};
use crate::redis::RedisTarget;
use crate::redis::connection::{CallError, Connected};
use crate::redis::keys::Names;
use crate::redis::refusal::outage_of_call;
use crate::redis::router::Router;
use crate::redis::slots::Slot;
use entry::Entry;

/// Bytes of one chunk. A piece never goes beyond the end of one.
const CHUNK_BYTES: usize = PIECE_BYTES;
/// Longest wait for a command: a piece takes a while on a slow link to Redis.
const COMMAND_LIMIT: Duration = Duration::from_secs(5);
/// After this time Redis forgets a chunk of a blob that was not finished. It is longer than the time
/// after which an upload expires, which begins anew with each piece.
const CHUNK_SECONDS: u64 = 3 * 24 * 3600;
/// Boards of one answer of the list of boards.
const SCAN_COUNT: usize = 500;

static APPEND: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/append.lua")));
static FINISH: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/finish.lua")));
static REMOVE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/remove.lua")));
static MARK: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/mark.lua")));

/// Blobs in a Redis that several servers may share.
#[derive(Debug)]
pub struct RedisBlobs {
    /// Connections of their own, so that no commit waits behind a piece.
    router: Router,
    names: Names,
}

impl RedisBlobs {
    /// Starts using a Redis. Needs a tokio runtime.
    #[must_use]
    pub fn new(target: &RedisTarget) -> Self {
        Self {
            router: Router::start(target),
            names: target.names().clone(),
        }
    }

    async fn ask<T: FromRedisValue>(&self, slot: Slot, command: &Cmd) -> Result<T, BlobError> {
        let run = |mut connected: Connected| async move {
            command.query_async(&mut connected.connection).await
        };
        let answer = self.router.call(slot, COMMAND_LIMIT, run).await;
        answer.map_err(|error| self.failed(&error))
    }

    async fn run(
        &self,
        board: BoardId,
        script: impl Fn() -> ScriptInvocation<'static>,
    ) -> Result<Value, BlobError> {
        let run = |mut connected: Connected| {
            let script = script();
            async move { script.invoke_async(&mut connected.connection).await }
        };
        let slot = Names::slot_of(board);
        let answer = self.router.call(slot, COMMAND_LIMIT, run).await;
        answer.map_err(|error| self.failed(&error))
    }

    /// What a failed call means, in words for hosts.
    fn failed(&self, error: &CallError) -> BlobError {
        let reason = outage_of_call(error, &self.names).reason;
        let CallError::Redis(refusal) = error else {
            return BlobError::Unavailable(reason);
        };
        match refusal.code() {
            Some("OOM") => BlobError::Full(reason),
            Some("MISCONF" | "READONLY" | "NOREPLICAS") => BlobError::ReadOnly(reason),
            _ => BlobError::Unavailable(reason),
        }
    }

    /// What Redis knows about a blob.
    async fn entry(&self, key: BlobKey) -> Result<Option<Entry>, BlobError> {
        let mut ask = cmd("HGET");
        ask.arg(self.names.blobs(key.board))
            .arg(key.hash.as_bytes());
        let entry: Option<String> = self.ask(Names::slot_of(key.board), &ask).await?;
        Ok(entry.and_then(|entry| entry::read(key.hash, &entry)))
    }

    /// Adds a board to those with blobs, or takes it away. They belong to another slot than the board,
    /// so no script can do both.
    async fn note(&self, command: &str, board: BoardId) -> Result<(), BlobError> {
        let mut note = cmd(command);
        let boards = self.names.boards_with_blobs();
        note.arg(&boards).arg(board.as_bytes());
        self.ask::<Value>(Slot::for_key(boards), &note)
            .await
            .map(drop)
    }

    async fn has_blobs(&self, board: BoardId) -> Result<bool, BlobError> {
        let mut ask = cmd("EXISTS");
        ask.arg(self.names.blobs(board));
        self.ask(Names::slot_of(board), &ask).await
    }

    fn chunk(&self, key: BlobKey, number: u64) -> String {
        self.names.blob_chunk(key.board, key.hash, number)
    }

    /// The names of the chunks of a blob with so many bytes.
    fn chunks(&self, key: BlobKey, length: u64) -> Vec<String> {
        let chunks = length.div_ceil(CHUNK_BYTES as u64);
        (0..chunks).map(|number| self.chunk(key, number)).collect()
    }
}

/// The number of the chunk in which a byte lies.
const fn chunk_of(offset: u64) -> u64 {
    offset / CHUNK_BYTES as u64
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    u64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(UnixMillis::MAX)
}

fn malformed(error: &RedisError) -> BlobError {
    BlobError::Unavailable(format!("Redis answered something malformed: {error}"))
}

#[async_trait]
impl BlobStore for RedisBlobs {
    async fn state(&self, key: BlobKey) -> Result<BlobState, BlobError> {
        let entry = self.entry(key).await?;
        Ok(entry.map_or(BlobState::MISSING, |entry| entry.state))
    }

    async fn append(&self, key: BlobKey, piece: &Piece) -> Result<Appended, BlobError> {
        let begins = piece.offset == 0;
        if begins {
            self.note("SADD", key.board).await?;
        }
        let generation = fastrand::u64(1..);
        let script = || {
            let mut script = APPEND.prepare_invoke();
            script.key(self.names.blobs(key.board));
            script.key(self.chunk(key, chunk_of(piece.offset)));
            script.arg(key.hash.as_bytes()).arg(piece.offset);
            script.arg(piece.length).arg(&piece.bytes[..]).arg(now());
            script.arg(CHUNK_SECONDS).arg(CHUNK_BYTES).arg(generation);
            script.arg(BOARD_BLOBS).arg(BOARD_BYTES);
            script.arg(UNFINISHED_OF_BOARD);
            script
        };
        let answer = self.run(key.board, script).await?;
        if begins {
            // The board may have been forgotten just before.
            self.note("SADD", key.board).await?;
        }
        let (what, at) =
            <(String, u64)>::from_redis_value(answer).map_err(|error| malformed(&error.into()))?;
        match what.as_str() {
            "S" => Ok(Appended::Stored(at)),
            "E" => Ok(Appended::Elsewhere(at)),
            "blobs" => Err(BoardLimit::Blobs.into()),
            "bytes" => Err(BoardLimit::Bytes.into()),
            "unfinished" => Err(BoardLimit::Unfinished.into()),
            _ => Ok(Appended::Complete),
        }
    }

    async fn generation(&self, key: BlobKey) -> Result<Option<Generation>, BlobError> {
        Ok(self.entry(key).await?.and_then(|entry| entry.generation))
    }

    async fn finish(
        &self,
        key: BlobKey,
        length: u64,
        checked: Generation,
    ) -> Result<(), BlobError> {
        let script = || {
            let mut script = FINISH.prepare_invoke();
            script.key(self.names.blobs(key.board));
            script.key(&self.chunks(key, length)[..]);
            script.arg(key.hash.as_bytes()).arg(length).arg(CHUNK_BYTES);
            script.arg(checked);
            script
        };
        match self.run(key.board, script).await? {
            Value::Int(1) => Ok(()),
            _ => Err(BlobError::Missing("some bytes are not there".to_owned())),
        }
    }

    async fn read(&self, key: BlobKey, offset: u64, bytes: usize) -> Result<Bytes, BlobError> {
        let within = offset % CHUNK_BYTES as u64;
        let last = within.saturating_add(bytes as u64).saturating_sub(1);
        let mut ask = cmd("GETRANGE");
        ask.arg(self.chunk(key, chunk_of(offset)))
            .arg(within)
            .arg(last);
        let found: Vec<u8> = self.ask(Names::slot_of(key.board), &ask).await?;
        if found.len() == bytes {
            Ok(found.into())
        } else {
            Err(BlobError::Missing("some bytes are not there".to_owned()))
        }
    }

    async fn remove_if(&self, key: BlobKey, seen: Seen) -> Result<bool, BlobError> {
        let (how, value) = match seen {
            Seen::Listed(BlobStage::Unfinished(since)) => ("u", since),
            Seen::Listed(BlobStage::Needed) => ("c", 0),
            Seen::Listed(BlobStage::Unneeded(since)) => ("c", since),
            Seen::Unfinished(generation) => ("g", generation),
        };
        let script = || {
            let mut script = REMOVE.prepare_invoke();
            script.key(self.names.blobs(key.board));
            script.key(&self.chunks(key, MAX_PICTURE_BYTES)[..]);
            script.arg(key.hash.as_bytes()).arg(how).arg(value);
            script
        };
        Ok(self.run(key.board, script).await? == Value::Int(1))
    }

    async fn tidy(&self, board: BoardId) -> Result<(), BlobError> {
        if self.has_blobs(board).await? {
            return Ok(());
        }
        self.note("SREM", board).await?;
        // An upload may have begun meanwhile. One that begins later adds the board itself.
        if self.has_blobs(board).await? {
            self.note("SADD", board).await?;
        }
        Ok(())
    }

    async fn mark(&self, key: BlobKey, unneeded: Option<UnixMillis>) -> Result<(), BlobError> {
        let script = || {
            let mut script = MARK.prepare_invoke();
            script.key(self.names.blobs(key.board));
            script.arg(key.hash.as_bytes()).arg(unneeded.unwrap_or(0));
            script
        };
        self.run(key.board, script).await.map(drop)
    }

    async fn list(&self, board: BoardId) -> Result<Vec<BlobEntry>, BlobError> {
        let mut ask = cmd("HGETALL");
        ask.arg(self.names.blobs(board));
        let found: Vec<(Vec<u8>, String)> = self.ask(Names::slot_of(board), &ask).await?;
        Ok(entry::list(found))
    }

    async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
        let key = self.names.boards_with_blobs();
        let slot = || Slot::for_key(self.names.boards_with_blobs());
        let (mut boards, mut cursor) = (Vec::new(), 0_u64);
        loop {
            let mut ask = cmd("SSCAN");
            ask.arg(&key).arg(cursor).arg("COUNT").arg(SCAN_COUNT);
            let (next, found): (u64, Vec<Vec<u8>>) = self.ask(slot(), &ask).await?;
            let found = found.into_iter().filter_map(|id| id.try_into().ok());
            boards.extend(found.map(BoardId::from_bytes));
            cursor = next;
            if cursor == 0 {
                return Ok(boards);
            }
        }
    }
}

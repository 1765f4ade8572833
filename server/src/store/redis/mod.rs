//! The store that several servers share: Redis, with a stream for each board.
//!
//! Every change is one script, so one atomic step; the script that orders
//! commits also publishes them. Scripts check every decision that is made here,
//! because other servers change the same boards at the same time. All keys of a board are on one
//! server, also in a cluster.

mod deletion;
mod durability;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod history;
mod maintenance;
mod probe;
mod reply;
mod scripts;
mod wrong_type;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use redis::{ErrorKind, RedisResult, ScriptInvocation, Value, cmd};
use shared::id::{BoardId, ClientId, Epoch, NodeId, Position};
use shared::sync::log::{ALWAYS_FITS_BYTES, Batch, BatchReply, Head, Loaded};
use tokio::sync::watch;

use super::{
    Author, Authors, BoardRecord, ChatPageBytes, Compaction, Log, READ_BYTES, READ_COMMITS, Store,
    StoreError, Tail, TimeMark,
};
use crate::health::Health;
use crate::redis::RedisTarget;
use crate::redis::connection::{CallError, Connected};
use crate::redis::keys::Names;
use crate::redis::router::Router;
use crate::redis::server_info::ServerInfo;
use durability::DurabilityTask;
use probe::ProbeTask;

/// Longest wait for a small command. A commit that got no answer is sent again.
const COMMAND_LIMIT: Duration = Duration::from_secs(1);
/// Longest wait for a script that reads or writes a whole board.
const BULK_LIMIT: Duration = Duration::from_secs(15);

/// Boards in a Redis that several servers may share.
#[derive(Debug)]
pub struct RedisStore {
    commands: Arc<Router>,
    /// For whole boards, so that no commit waits behind one.
    bulk: Router,
    durability: DurabilityTask,
    probe: ProbeTask,
    names: Names,
}

impl RedisStore {
    /// Starts using a Redis. It may be unreachable: then every call fails with
    /// [`StoreError::Unavailable`] until it is back. Needs a tokio runtime.
    #[must_use]
    pub fn new(target: &RedisTarget, node: NodeId) -> Self {
        let commands = Arc::new(Router::start(target));
        Self {
            probe: ProbeTask::start(Arc::clone(&commands), target.names(), node),
            names: target.names().clone(),
            commands,
            bulk: Router::start(target),
            durability: DurabilityTask::start(target, node),
        }
    }

    /// Runs a script on the server that has a board.
    async fn run(
        &self,
        board: BoardId,
        script: impl Fn(&ServerInfo) -> ScriptInvocation<'static>,
    ) -> Result<Value, StoreError> {
        let answer = run_on(&self.commands, COMMAND_LIMIT, board, script).await;
        self.explained(board, answer).await
    }

    /// As [`Self::run`], for a script that reads or writes a whole board.
    async fn run_bulk(
        &self,
        board: BoardId,
        script: impl Fn(&ServerInfo) -> ScriptInvocation<'static>,
    ) -> Result<Value, StoreError> {
        let answer = run_on(&self.bulk, BULK_LIMIT, board, script).await;
        self.explained(board, answer).await
    }

    async fn meta(&self, board: BoardId, fields: &'static [&str]) -> Result<Value, StoreError> {
        let mut ask = cmd("HMGET");
        ask.arg(self.names.keys_of(board).meta).arg(fields);
        let ask = &ask;
        let run = |mut connected: Connected| async move {
            ask.query_async(&mut connected.connection).await
        };
        let slot = Names::slot_of(board);
        let answer = self.commands.call(slot, COMMAND_LIMIT, run).await;
        self.explained(board, answer).await
    }
}

impl From<CallError> for StoreError {
    fn from(error: CallError) -> Self {
        match &error {
            CallError::Redis(inner)
                if matches!(
                    inner.kind(),
                    ErrorKind::Parse | ErrorKind::UnexpectedReturnType
                ) =>
            {
                Self::Corrupt(error.to_string())
            }
            CallError::Redis(_) | CallError::Disconnected(_) | CallError::TimedOut(_) => {
                Self::Unavailable(error.to_string())
            }
        }
    }
}

async fn invoke(script: ScriptInvocation<'_>, mut connected: Connected) -> RedisResult<Value> {
    script.invoke_async(&mut connected.connection).await
}

fn yes(value: &Value) -> bool {
    *value == Value::Int(1)
}

/// Runs a script on the server that has a board, by the connections of a router.
async fn run_on(
    router: &Router,
    limit: Duration,
    board: BoardId,
    script: impl Fn(&ServerInfo) -> ScriptInvocation<'static>,
) -> Result<Value, CallError> {
    let run = |connected: Connected| invoke(script(&connected.server), connected);
    router.call(Names::slot_of(board), limit, run).await
}

#[async_trait]
impl Store for RedisStore {
    async fn create(
        &self,
        board: BoardId,
        record: &BoardRecord,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        let record = record.to_bytes()?;
        let script = |server: &ServerInfo| {
            let mut script = scripts::CREATE.prepare_invoke();
            script.key(&self.names.keys_of(board).all()[..]);
            script.arg(epoch.as_bytes()).arg(&record[..]);
            script.arg(server.run_if_lossy());
            script
        };
        self.run(board, script).await?;
        Ok(())
    }

    async fn record(&self, board: BoardId) -> Result<Option<(BoardRecord, u64)>, StoreError> {
        let fields = reply::array(self.meta(board, &["r", "rv"]).await?).unwrap_or_default();
        let mut fields = fields.into_iter();
        let record = fields.next().and_then(reply::bytes);
        let version = fields.next().and_then(reply::number);
        let Some((record, version)) = record.zip(version) else {
            return Ok(None);
        };
        Ok(Some((BoardRecord::from_bytes(&record)?, version)))
    }

    async fn put_record(
        &self,
        board: BoardId,
        record: &BoardRecord,
        version: u64,
    ) -> Result<bool, StoreError> {
        let record = record.to_bytes()?;
        let script = |_: &ServerInfo| {
            let mut script = scripts::PUT_RECORD.prepare_invoke();
            script.key(self.names.keys_of(board).meta);
            script.arg(version).arg(&record[..]);
            script
        };
        Ok(yes(&self.run(board, script).await?))
    }

    async fn load(&self, board: BoardId) -> Result<Option<Loaded>, StoreError> {
        let script = |_: &ServerInfo| {
            let keys = self.names.keys_of(board);
            let mut script = scripts::LOAD.prepare_invoke();
            script.key(keys.meta).key(keys.log).key(keys.snapshot);
            script
        };
        reply::loaded(self.run_bulk(board, script).await?)
    }

    async fn commit(&self, board: BoardId, batch: &Batch) -> Result<BatchReply, StoreError> {
        let script = |server: &ServerInfo| {
            let keys = self.names.keys_of(board);
            let mut script = scripts::COMMIT.prepare_invoke();
            script.key(keys.meta).key(keys.log).key(keys.authors);
            script.key(self.names.times(board));
            script.arg(batch.epoch.as_bytes()).arg(batch.known_seq);
            script.arg(batch.fresh_epoch.as_bytes());
            script
                .arg(server.publish())
                .arg(self.names.durable_channel(board));
            script.arg(batch.max_bytes).arg(ALWAYS_FITS_BYTES);
            script.arg(server.run_if_lossy());
            for commit in &batch.commits {
                script
                    .arg(commit.author.as_bytes())
                    .arg(commit.cno)
                    .arg(&commit.payload[..]);
            }
            script
        };
        reply::batch(self.run(board, script).await?, batch.commits.len())
    }

    async fn read_after(&self, board: BoardId, after: Position) -> Result<Tail, StoreError> {
        let script = |_: &ServerInfo| {
            let keys = self.names.keys_of(board);
            let mut script = scripts::READ_AFTER.prepare_invoke();
            script.key(keys.meta).key(keys.log);
            script.arg(after.epoch.as_bytes()).arg(after.seq);
            script.arg(READ_COMMITS).arg(READ_BYTES);
            script
        };
        match self.run_bulk(board, script).await? {
            Value::Nil => Ok(Tail::Gone),
            entries => {
                let commits = reply::commits(entries)?;
                let follows = commits.first().is_none_or(|(seq, _)| *seq == after.seq + 1);
                follows
                    .then_some(Tail::Commits(commits))
                    .ok_or_else(|| StoreError::Corrupt(format!("log of {board} has a hole")))
            }
        }
    }

    async fn head(&self, board: BoardId) -> Result<Option<Head>, StoreError> {
        reply::head(self.meta(board, &["e", "s", "rv", "b"]).await?)
    }

    async fn compact(&self, board: BoardId, compaction: &Compaction) -> Result<bool, StoreError> {
        self.compact_board(board, compaction).await
    }

    async fn put_chat_page(&self, board: BoardId, page: &ChatPageBytes) -> Result<(), StoreError> {
        self.put_page(board, page).await
    }

    async fn chat_page(&self, board: BoardId, number: u64) -> Result<Option<Bytes>, StoreError> {
        self.page(board, number).await
    }

    async fn archived(&self, board: BoardId, number: u64) -> Result<Option<Log>, StoreError> {
        self.segment(board, number).await
    }

    async fn time_marks(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError> {
        self.times(board).await
    }

    async fn put_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError> {
        self.note_author(board, client, author).await
    }

    async fn authors(&self, board: BoardId) -> Result<Authors, StoreError> {
        self.all_authors(board).await
    }

    async fn restore(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError> {
        self.restore_board(board, record, compaction).await
    }

    async fn delete(&self, board: BoardId, version: u64) -> Result<bool, StoreError> {
        self.delete_board(board, version).await
    }

    async fn was_deleted(&self, board: BoardId) -> Result<bool, StoreError> {
        self.has_marker(board).await
    }

    async fn wait_durable(&self, board: BoardId) -> Result<(), StoreError> {
        self.durability.wait(board).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.probe.health()
    }
}

//! Waits until Redis has written all stored commits to the disk, and the replicas without which it
//! takes no commits have written them too.
//!
//! Each master is asked by a task of its own. All callers that come while it waits are answered
//! together by its next round, which begins after they came.

use std::time::Duration;

use redis::{Pipeline, RedisResult, Value, cmd, pipe};
use shared::id::{BoardId, NodeId};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::AbortOnDropHandle;

use super::super::StoreError;
use crate::redis::RedisTarget;
use crate::redis::connection::{Connected, Connection};
use crate::redis::keys::Names;
use crate::redis::node::Node;
use crate::redis::per_master::PerMaster;
use crate::redis::server_info::{Fsync, ServerInfo, Settings};
use crate::redis::topology_watch::TopologyWatch;

/// Callers that may be queued at once; more wait until a slot is free.
const QUEUE: usize = 1024;
/// Callers answered by one round.
const ROUND: usize = 1024;
/// Longest wait for a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// Longest single wait for the disk. While it lasts the connection answers
/// nothing else, so it is shorter than the limit of the connection's ping.
const WAIT_MS: u64 = 1500;
/// Waits after which the caller is told to ask again.
const WAITS: usize = 4;
/// Longest wait for a reply on top of that.
const REPLY_LIMIT: Duration = Duration::from_millis(WAIT_MS + 1000);
/// How late Redis may be with its fsync each second, where it cannot tell when it is done.
const UNCONFIRMED_WAIT: Duration = Duration::from_secs(2);
/// After this time a server without a durable file is asked again whether it has one now.
const ASK_AGAIN: Duration = Duration::from_secs(10);
/// Seconds for which Redis keeps the key that a round writes.
const KEY_SECONDS: u64 = 3600;

#[derive(Clone)]
enum RoundResult {
    Durable,
    NeverDurable,
    Unknown(String),
}

/// Who waits for which board.
type Caller = (BoardId, oneshot::Sender<RoundResult>);

/// Asks the masters.
#[derive(Debug)]
pub(super) struct DurabilityTask {
    topology: TopologyWatch,
    masters: PerMaster<MasterTask>,
}

/// The task that asks one master. Dropping it ends the task.
#[derive(Debug)]
struct MasterTask {
    callers: mpsc::Sender<Caller>,
    _task: AbortOnDropHandle<()>,
}

impl DurabilityTask {
    pub(super) fn start(target: &RedisTarget, node: NodeId) -> Self {
        let (topology, target) = (target.topology().clone(), target.clone());
        let start = move |master: &Node| {
            let (callers, waiting) = mpsc::channel(QUEUE);
            let rounds = Rounds {
                connection: Connection::start(master.clone(), target.clone()),
                target: target.clone(),
                master: master.clone(),
                node,
                waiting,
            };
            MasterTask {
                callers,
                _task: AbortOnDropHandle::new(tokio::spawn(rounds.run())),
            }
        };
        let masters = PerMaster::new(topology.clone(), start);
        // The connections come up before they are needed.
        masters.all();
        Self { topology, masters }
    }

    /// Returns when everything that was stored of a board before the call is safe from power loss.
    pub(super) async fn wait(&self, board: BoardId) -> Result<(), StoreError> {
        let unavailable = |reason: &str| StoreError::Unavailable(reason.to_owned());
        let found = self.topology.found(CONNECT_LIMIT).await;
        let topology = found.map_err(StoreError::Unavailable)?;
        let owner = topology
            .owner(Names::slot_of(board))
            .ok_or_else(|| unavailable("no master of the Redis cluster has this board"))?;
        let stopped = || unavailable("store has stopped");
        let (reply, answer) = oneshot::channel();
        let master = self.masters.of(owner);
        let asked = master.callers.send((board, reply)).await;
        asked.map_err(|_| stopped())?;
        match answer.await.map_err(|_| stopped())? {
            RoundResult::Durable => Ok(()),
            RoundResult::NeverDurable => Err(StoreError::NeverDurable),
            RoundResult::Unknown(reason) => Err(StoreError::Unavailable(reason)),
        }
    }
}

struct Rounds {
    connection: Connection,
    target: RedisTarget,
    master: Node,
    /// This server.
    node: NodeId,
    waiting: mpsc::Receiver<Caller>,
}

impl Rounds {
    async fn run(mut self) {
        let mut callers = Vec::new();
        for number in 0.. {
            if self.waiting.recv_many(&mut callers, ROUND).await == 0 {
                return;
            }
            let boards: Vec<BoardId> = callers.iter().map(|(board, _)| *board).collect();
            let results = self.round(&boards, number).await;
            for ((_, caller), result) in callers.drain(..).zip(results) {
                // A caller that went away needs no answer.
                drop(caller.send(result));
            }
        }
    }

    /// Waits for the disk; returns the result for each board.
    async fn round(&self, boards: &[BoardId], number: usize) -> Vec<RoundResult> {
        let all = |result: RoundResult| vec![result; boards.len()];
        let connected = match self.connection.connected(CONNECT_LIMIT).await {
            Ok(connected) => connected,
            Err(error) => return all(RoundResult::Unknown(error.to_string())),
        };
        match connected.server.fsync {
            Fsync::Always if connected.server.replicas == 0 => return all(RoundResult::Durable),
            Fsync::Never => {
                self.connection.refresh(&connected, ASK_AGAIN);
                return all(RoundResult::NeverDurable);
            }
            Fsync::Always | Fsync::EverySecondConfirmed | Fsync::EverySecondUnconfirmed => {}
        }
        let here = match self.boards_here(&connected, boards).await {
            Ok(here) => here,
            Err(reason) => return all(RoundResult::Unknown(reason)),
        };
        let result = self.wait_for_disk(connected, number).await;
        let moving = || RoundResult::Unknown("slots of the Redis cluster are moving".to_owned());
        let of_board = |is_here| if is_here { result.clone() } else { moving() };
        here.into_iter().map(of_board).collect()
    }

    /// Whether all of each board is on this master. A master of a cluster answers only then.
    async fn boards_here(
        &self,
        connected: &Connected,
        boards: &[BoardId],
    ) -> Result<Vec<bool>, String> {
        if !connected.server.is_in_cluster {
            return Ok(vec![true; boards.len()]);
        }
        let mut ask = pipe();
        for board in boards {
            let keys = self.target.names().keys_of(*board);
            ask.cmd("EXISTS")
                .arg(keys.meta)
                .arg(keys.log)
                .arg(keys.authors);
        }
        ask.ignore_errors();
        let answers: Vec<RedisResult<Value>> = self.answer(&ask, connected).await?;
        Ok(answers.iter().map(Result::is_ok).collect())
    }

    async fn wait_for_disk(&self, connected: Connected, number: usize) -> RoundResult {
        if connected.server.has_waitaof {
            self.wait_for_confirmation(&connected, number).await
        } else {
            self.wait_unconfirmed(connected, number).await
        }
    }

    /// Begins with a write: Redis waits for the writes of the connection that asks, and all earlier
    /// writes of others come before it. The key lies in another slot of the master in each round,
    /// because a slot that is moving takes no new keys.
    fn after_a_write(&self, number: usize) -> Pipeline {
        let topology = self.target.topology().now().ok();
        let word = topology.and_then(|topology| topology.word(&self.master, number));
        let key = self.target.names().durability_key(self.node, word);
        let mut ask = pipe();
        ask.cmd("SET").arg(key).arg(1).arg("EX").arg(KEY_SECONDS);
        ask
    }

    async fn wait_for_confirmation(&self, connected: &Connected, number: usize) -> RoundResult {
        let replicas = connected.server.replicas;
        for attempt in 0..WAITS {
            let mut ask = self.after_a_write(number + attempt);
            ask.cmd("WAITAOF").arg(1).arg(replicas).arg(WAIT_MS);
            match self.answer::<(Value, (u64, u64))>(&ask, connected).await {
                Ok((_, (1.., synced))) if synced >= replicas => return RoundResult::Durable,
                Ok(_) => {}
                // The append-only file may have been turned off since the connection was made.
                Err(reason) => {
                    self.connection.refresh(connected, Duration::ZERO);
                    return RoundResult::Unknown(reason);
                }
            }
        }
        RoundResult::Unknown(if replicas == 0 {
            "disk of the Redis server is slow".to_owned()
        } else {
            "disks of the Redis server and its replicas are slow".to_owned()
        })
    }

    /// Waits as long as the server may take to sync, and then checks whether it is still the same
    /// process and its last write succeeded.
    async fn wait_unconfirmed(&self, connected: Connected, number: usize) -> RoundResult {
        let replicas = connected.server.replicas;
        if replicas > 0 {
            let mut ask = self.after_a_write(number);
            ask.cmd("WAIT").arg(replicas).arg(WAIT_MS);
            match self.answer::<(Value, u64)>(&ask, &connected).await {
                Ok((_, received)) if received >= replicas => {}
                Ok(_) => return RoundResult::Unknown("replicas of Redis are slow".to_owned()),
                Err(reason) => return RoundResult::Unknown(reason),
            }
        }
        tokio::time::sleep(UNCONFIRMED_WAIT).await;
        let mut ask = pipe();
        ask.add_command(cmd("INFO"));
        let (info,) = match self.answer::<(String,)>(&ask, &connected).await {
            Ok(info) => info,
            Err(reason) => return RoundResult::Unknown(reason),
        };
        let now = ServerInfo::read(&info, &Settings::new());
        if now.run != connected.server.run || now.fsync == Fsync::Never {
            RoundResult::Unknown("Redis server was restarted or configured anew".to_owned())
        } else if now.last_write_ok {
            RoundResult::Durable
        } else {
            RoundResult::Unknown("Redis server cannot write to its disk".to_owned())
        }
    }

    /// The answer to some commands, in time. A server that is a replica now is left.
    async fn answer<T: redis::FromRedisValue>(
        &self,
        ask: &Pipeline,
        connected: &Connected,
    ) -> Result<T, String> {
        let run = |mut connected: Connected| async move {
            ask.query_async(&mut connected.connection).await
        };
        let answer = self
            .connection
            .exchange(connected.clone(), REPLY_LIMIT, run);
        answer.await.map_err(|error| error.to_string())
    }
}

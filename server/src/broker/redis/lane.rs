//! One subscription connection, for the durable or the live channels of all
//! boards: kept up without end.
//!
//! redis' `ConnectionManager` (1.8) would ignore a SUBSCRIBE that failed after a reconnect, and
//! gives up after some attempts. So this loop issues each SUBSCRIBE itself and waits for its
//! confirmation; the waits between attempts come from backon. Must not look into messages
//! beyond decoding them.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use backon::BackoffBuilder as _;
use futures::StreamExt as _;
use redis::aio::{PubSubSink, PubSubStream};
use shared::id::BoardId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::message;
use super::pulse::Pulse;
use crate::broker::BrokerMsg;
use crate::broker::registry::{Left, Registry};
use crate::retry::{LONGEST, backoff};
use crate::store::redis::RedisTarget;
use crate::store::redis::keys::{board_of, durable_channel, live_channel};

/// Longest wait for a confirmation or a pong.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// How often the connection is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Channels in one SUBSCRIBE when all boards are taken up again.
const CHUNK: usize = 256;
/// Requests taken up together.
const REQUESTS: usize = 256;
/// A connection that lived this long was a good one.
const STABLE: Duration = Duration::from_secs(2);

/// Which channels a lane carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Durable,
    Live,
}

impl Kind {
    fn channel(self, board: BoardId) -> String {
        match self {
            Self::Durable => durable_channel(board),
            Self::Live => live_channel(board),
        }
    }

    fn decode(self, payload: &[u8]) -> Option<BrokerMsg> {
        match self {
            Self::Durable => message::durable(payload),
            Self::Live => message::live(payload),
        }
    }
}

/// What a lane is asked.
#[derive(Debug)]
pub(super) enum Request {
    /// Subscribe to a board and tell when that is confirmed.
    Subscribe(BoardId, oneshot::Sender<()>),
    /// Leave a board, if nobody listens to it any more.
    Release(BoardId),
}

/// See the module.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) kind: Kind,
    pub(super) target: RedisTarget,
    pub(super) canary: String,
    pub(super) registry: Arc<Registry>,
    pub(super) pulse: Arc<Pulse>,
    /// Whether the durable line was cut and is not up again; both lanes see it.
    pub(super) durable_down: Arc<AtomicBool>,
    pub(super) requests: mpsc::Receiver<Request>,
}

/// A connection with its confirmed subscriptions.
struct Session {
    sink: PubSubSink,
    boards: HashSet<BoardId>,
}

/// Before the first connection nobody could have missed anything.
#[derive(PartialEq)]
enum Connection {
    First,
    Later,
}

/// Aborts a task when dropped.
struct Owned(JoinHandle<()>);

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Lane {
    /// Runs until the broker is dropped.
    pub(super) async fn run(mut self) {
        let mut waits = backoff().build();
        let mut line = Connection::First;
        loop {
            match self.connect().await {
                Ok((session, stream)) => {
                    let since = Instant::now();
                    if std::mem::replace(&mut line, Connection::Later) == Connection::Later {
                        self.tell_up();
                    }
                    let Err(reason) = self.serve(session, stream).await else {
                        return;
                    };
                    tracing::debug!(kind = ?self.kind, reason, "redis subscription ended");
                    self.tell_down();
                    if since.elapsed() > STABLE {
                        waits = backoff().build();
                    }
                }
                Err(reason) => {
                    tracing::debug!(kind = ?self.kind, reason, "redis cannot be subscribed to");
                }
            }
            sleep(waits.next().unwrap_or(LONGEST)).await;
        }
    }

    /// Tells all listeners, before anything that the new connection brings, so
    /// that they know from where on nothing is missing. While the durable line
    /// is down the live one keeps quiet: the durable one will speak.
    fn tell_up(&self) {
        let speaks = match self.kind {
            Kind::Durable => self.durable_down.swap(false, Ordering::SeqCst),
            Kind::Live => !self.durable_down.load(Ordering::SeqCst),
        };
        if speaks {
            self.registry.deliver_to_all(&BrokerMsg::Resubscribed);
        }
    }

    fn tell_down(&self) {
        match self.kind {
            Kind::Durable => {
                self.durable_down.store(true, Ordering::SeqCst);
                self.registry.deliver_to_all(&BrokerMsg::Lost);
            }
            Kind::Live => {}
        }
    }

    /// Connects and takes up all boards that somebody listens to.
    async fn connect(&self) -> Result<(Session, PubSubStream), String> {
        let (sink, stream) = self.target.connect_pubsub().await?.split();
        let mut session = Session {
            sink,
            boards: HashSet::new(),
        };
        answered(session.sink.subscribe(&self.canary)).await?;
        session
            .subscribe(self.kind, self.registry.listened())
            .await?;
        Ok((session, stream))
    }

    /// Serves a connection to its end. `Ok` means that the broker is gone.
    async fn serve(&mut self, mut session: Session, stream: PubSubStream) -> Result<(), String> {
        self.pulse.begin();
        let mut drain = Owned(tokio::spawn(self.drain(stream)));
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut requests = Vec::new();
        loop {
            tokio::select! {
                count = self.requests.recv_many(&mut requests, REQUESTS) => {
                    if count == 0 {
                        return Ok(());
                    }
                    self.answer(&mut session, requests.drain(..)).await?;
                }
                _ = &mut drain.0 => return Err("connection closed".to_owned()),
                _ = look.tick() => {
                    answered(session.sink.ping::<redis::Value>()).await?;
                    if self.pulse.is_overdue() {
                        return Err("canary did not come back".to_owned());
                    }
                }
            }
        }
    }

    async fn answer(
        &self,
        session: &mut Session,
        requests: impl Iterator<Item = Request>,
    ) -> Result<(), String> {
        let (mut wanted, mut waiting, mut released) = (Vec::new(), Vec::new(), Vec::new());
        for request in requests {
            match request {
                Request::Subscribe(board, confirmed) => {
                    wanted.push(board);
                    waiting.push(confirmed);
                }
                Request::Release(board) => released.push(board),
            }
        }
        session.subscribe(self.kind, wanted).await?;
        for confirmed in waiting {
            if confirmed.send(()).is_err() {
                tracing::trace!("a subscriber gave up before its confirmation came");
            }
        }
        released.retain(|board| self.registry.prune(*board) == Left::Nobody);
        session.unsubscribe(self.kind, released).await
    }

    /// Decodes and forwards; nothing here waits, so that Redis never finds this
    /// process too slow and cuts it off.
    fn drain(&self, mut stream: PubSubStream) -> impl Future<Output = ()> + use<> {
        let (kind, canary) = (self.kind, self.canary.clone());
        let (registry, pulse) = (Arc::clone(&self.registry), Arc::clone(&self.pulse));
        async move {
            while let Some(message) = stream.next().await {
                let channel = message.get_channel_name();
                if channel == canary {
                    pulse.heard();
                    continue;
                }
                let Some(board) = board_of(channel) else {
                    continue;
                };
                match kind.decode(message.get_payload_bytes()) {
                    Some(decoded) => registry.deliver(board, decoded),
                    None => tracing::warn!(%board, ?kind, "message on the broker is malformed"),
                }
            }
        }
    }
}

impl Session {
    async fn subscribe(&mut self, kind: Kind, boards: Vec<BoardId>) -> Result<(), String> {
        let fresh: Vec<BoardId> = boards
            .into_iter()
            .filter(|board| self.boards.insert(*board))
            .collect();
        for chunk in fresh.chunks(CHUNK) {
            let channels: Vec<String> = chunk.iter().map(|board| kind.channel(*board)).collect();
            answered(self.sink.subscribe(channels)).await?;
        }
        Ok(())
    }

    async fn unsubscribe(&mut self, kind: Kind, boards: Vec<BoardId>) -> Result<(), String> {
        let mut channels = Vec::new();
        for board in boards {
            if self.boards.remove(&board) {
                channels.push(kind.channel(board));
            }
        }
        if channels.is_empty() {
            // Without a channel the command would mean all of them.
            return Ok(());
        }
        answered(self.sink.unsubscribe(channels)).await
    }
}

async fn answered<T>(question: impl Future<Output = redis::RedisResult<T>>) -> Result<(), String> {
    match timeout(ANSWER_LIMIT, question).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer in {ANSWER_LIMIT:?}")),
    }
}

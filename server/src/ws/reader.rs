//! The reading half of a session: passes messages from the client to the room, within its rate limits.

use bytes::Bytes;
use futures::Stream;
use shared::protocol::{ClientMsg, CloseCode};
use shared::sync::SessionNo;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use super::message::{self, Readable};
use super::progress::Progress;
use super::rate_limit::{Decision, FrameKind, SessionRateLimit};
use super::socket::{Incoming, SessionEnd, SocketError, receive};
use super::watch::FrameWatch;
use crate::clock::Clock;
use crate::cpu_budget::CpuAccount;
use crate::metrics::{LiveDrop, Metrics};
use crate::room::RoomMsg;

/// Malformed frames after which a session is closed.
const MAX_MALFORMED: u32 = 3;

/// Passes messages from the client to the room.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    session: SessionNo,
    mailbox: &'a mpsc::Sender<RoomMsg>,
    rate_limit: SessionRateLimit,
    cpu: CpuAccount,
    watch: FrameWatch,
    /// Continuations that the rate limit has counted.
    counted: u64,
    malformed: u32,
    metrics: &'a Metrics,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        session: SessionNo,
        mailbox: &'a mpsc::Sender<RoomMsg>,
        clock: Clock,
        cpu: CpuAccount,
        watch: FrameWatch,
        metrics: &'a Metrics,
    ) -> Self {
        Self {
            session,
            mailbox,
            rate_limit: SessionRateLimit::new(clock),
            cpu,
            counted: watch.continuations(),
            watch,
            malformed: 0,
            metrics,
        }
    }

    pub(super) async fn run<S, E>(mut self, socket: &mut S) -> SessionEnd
    where
        S: Stream<Item = Result<Message, E>> + Unpin,
        E: SocketError,
    {
        let mut progress = Progress::new(self.watch.clone());
        loop {
            self.cpu.settle().await;
            let taken = match receive(socket, &mut progress).await {
                Ok(Incoming::Control(bytes)) => self
                    .is_accepted(FrameKind::Control, bytes)
                    .await
                    .map(|_| ()),
                Ok(Incoming::Message(frame)) => self.take(&frame).await,
                Ok(Incoming::Malformed) => self.count_malformed(),
                Err(end) => Err(end),
            };
            if let Err(end) = taken {
                return end;
            }
        }
    }

    async fn take(&mut self, frame: &Bytes) -> Result<(), SessionEnd> {
        let Ok(readable) = self.cpu.measure_bytes(frame.len(), || message::read(frame)) else {
            return self.count_malformed();
        };
        let kind = match &readable {
            Readable::Whole(message) => kind_of(message),
            Readable::CommitNumber(_) => FrameKind::Commit,
            Readable::Live => FrameKind::Live,
        };
        if !self.is_accepted(kind, frame.len()).await? {
            return Ok(());
        }
        let session = self.session;
        let message = match readable {
            Readable::Whole(message) => RoomMsg::Receive { session, message },
            Readable::CommitNumber(cno) => RoomMsg::ReceiveUnreadableCommit { session, cno },
            Readable::Live => {
                self.metrics.fan_out.live_dropped(LiveDrop::Unreadable);
                return Ok(());
            }
        };
        if self.mailbox.send(message).await.is_err() {
            // The room has ended; the writing half of the session knows why.
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    /// Counts a frame, and the fragments that came since the last one. False means: drop it.
    async fn is_accepted(&mut self, kind: FrameKind, bytes: usize) -> Result<bool, SessionEnd> {
        let continuations = self.watch.continuations();
        let frames = 1 + continuations - self.counted;
        self.counted = continuations;
        match self.rate_limit.check(kind, frames, bytes).await {
            Decision::Accept => Ok(true),
            Decision::Drop => {
                if kind == FrameKind::Live {
                    self.metrics.fan_out.live_dropped(LiveDrop::RateLimit);
                }
                Ok(false)
            }
            Decision::Close => Err(SessionEnd::Close(CloseCode::TooFast)),
        }
    }

    fn count_malformed(&mut self) -> Result<(), SessionEnd> {
        self.malformed += 1;
        self.metrics.connections.message_malformed();
        if self.malformed >= MAX_MALFORMED {
            Err(SessionEnd::Close(CloseCode::Protocol))
        } else {
            Ok(())
        }
    }
}

fn kind_of(message: &ClientMsg) -> FrameKind {
    match message {
        ClientMsg::Live(_) => FrameKind::Live,
        ClientMsg::Commit(_) => FrameKind::Commit,
        ClientMsg::Profile(_) => FrameKind::Profile,
        ClientMsg::Hello(_) | ClientMsg::Received(_) | ClientMsg::ChatPage(_) => FrameKind::Other,
    }
}

//! A WebSocket that a session and its room share: the session reads from it, and the room writes to it.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use futures::{Sink, Stream};
use shared::limits::QUIET_HEARTBEAT_MS;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::room::{ConnectionWriter, WriterState};

/// The time after a ping from which the next frame takes another one along, which costs no write of its
/// own. It is shorter than the time between two heartbeats of a silent board.
const PING_ALONG: Duration = Duration::from_millis(3_500);
/// The time after a ping at which another one is sent alone. A client that is gone must be noticed within
/// nine seconds.
pub(super) const PING_ALONE: Duration = Duration::from_millis(4_500);
const _: () = assert!(PING_ALONG.as_millis() < QUIET_HEARTBEAT_MS as u128);
const _: () = assert!(PING_ALONE.as_millis() > QUIET_HEARTBEAT_MS as u128);

/// The session's end of a socket that its room may use too. References to it are the socket, as a stream
/// and a sink. Dropping it tells the room that the session has ended.
pub(super) struct SharedSocket<S>(Arc<Shared<S>>);

impl<S> fmt::Debug for SharedSocket<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedSocket").finish_non_exhaustive()
    }
}

impl<S> Drop for SharedSocket<S> {
    fn drop(&mut self) {
        // The connection is closed even if the room still has its end.
        self.0.lock().socket = None;
    }
}

impl<S> SharedSocket<S> {
    pub(super) fn new(socket: S) -> Self {
        let state = State {
            socket: Some(socket),
            waiting: VecDeque::new(),
            pinged: Instant::now(),
            is_busy: false,
            is_ready_due: false,
            session: None,
        };
        Self(Arc::new(Shared(Mutex::new(state))))
    }

    /// The room's end.
    pub(super) fn writer(&self) -> Arc<dyn ConnectionWriter>
    where
        S: Sink<Message> + Unpin + Send + 'static,
    {
        Arc::clone(&self.0) as _
    }

    /// Pings the client if no frame took a ping along for a while. The ping is written when the socket is
    /// flushed. Returns when to call this again.
    pub(super) fn ping_if_due(&self) -> Instant
    where
        S: Unpin,
    {
        let mut state = self.0.lock();
        state.ping_after(PING_ALONE);
        state.pinged + PING_ALONE
    }

    /// Whether frames of the room that had to wait are written now, so that the room may send more. Tells
    /// so once.
    pub(super) fn take_ready(&self) -> bool {
        let mut state = self.0.lock();
        !state.is_busy && std::mem::take(&mut state.is_ready_due)
    }

    /// Waits until frames of the room could not be written at once. They are written when the socket is
    /// flushed.
    pub(super) async fn busy(&self) {
        poll_fn(|cx| {
            let mut state = self.0.lock();
            if state.is_busy {
                return Poll::Ready(());
            }
            state.note_session(cx);
            Poll::Pending
        })
        .await;
    }
}

impl<S: Stream + Unpin> Stream for &SharedSocket<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut state = self.0.lock();
        state
            .socket()
            .map_or(Poll::Ready(None), |it| it.poll_next(cx))
    }
}

impl<S: Sink<Message> + Unpin> Sink<Message> for &SharedSocket<S> {
    type Error = S::Error;

    fn poll_ready(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        let mut state = self.0.lock();
        ready!(state.poll_waiting(cx))?;
        let socket = state.socket();
        socket.map_or(Poll::Ready(Ok(())), |it| it.poll_ready(cx))
    }

    fn start_send(self: Pin<&mut Self>, message: Message) -> Result<(), S::Error> {
        let mut state = self.0.lock();
        state.socket().map_or(Ok(()), |it| it.start_send(message))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.lock().poll_written(cx)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        let mut state = self.0.lock();
        let socket = state.socket();
        socket.map_or(Poll::Ready(Ok(())), |it| it.poll_close(cx))
    }
}

/// The socket, used by one task at a time and only for moments.
struct Shared<S>(Mutex<State<S>>);

struct State<S> {
    /// `None` once the session has ended.
    socket: Option<S>,
    /// Frames that the socket has not taken.
    waiting: VecDeque<Message>,
    /// When the client was pinged last.
    pinged: Instant,
    /// Whether the session has to write what the room could not.
    is_busy: bool,
    /// Whether the room waits to be told that this is done.
    is_ready_due: bool,
    /// Wakes the session.
    session: Option<Waker>,
}

impl<S> Shared<S> {
    fn lock(&self) -> MutexGuard<'_, State<S>> {
        // A panic within the socket ends the task that polled it, and with it the session.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> State<S> {
    fn note_session(&mut self, cx: &Context<'_>) {
        match &mut self.session {
            Some(waker) => waker.clone_from(cx.waker()),
            None => self.session = Some(cx.waker().clone()),
        }
    }
}

impl<S: Unpin> State<S> {
    /// Pings the client if it was pinged so long ago.
    fn ping_after(&mut self, time: Duration) {
        let now = Instant::now();
        if now >= self.pinged + time {
            self.pinged = now;
            self.waiting.push_back(Message::Ping(Bytes::new()));
        }
    }

    fn socket(&mut self) -> Option<Pin<&mut S>> {
        self.socket.as_mut().map(Pin::new)
    }
}

impl<S: Sink<Message> + Unpin> State<S> {
    /// Gives the socket the frames that wait.
    fn poll_waiting(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        let Some(mut socket) = self.socket.as_mut().map(Pin::new) else {
            return Poll::Ready(Ok(()));
        };
        while let Some(frame) = self.waiting.front() {
            ready!(socket.as_mut().poll_ready(cx))?;
            // After an error the frame stays, so that the session meets the error too.
            socket.as_mut().start_send(frame.clone())?;
            self.waiting.pop_front();
        }
        Poll::Ready(Ok(()))
    }

    /// Writes everything.
    fn poll_written(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        ready!(self.poll_waiting(cx))?;
        if let Some(socket) = self.socket() {
            ready!(socket.poll_flush(cx))?;
        }
        self.is_busy = false;
        Poll::Ready(Ok(()))
    }
}

impl<S> fmt::Debug for Shared<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl<S: Sink<Message> + Unpin + Send> ConnectionWriter for Shared<S> {
    fn state(&self) -> WriterState {
        let state = self.lock();
        match (state.socket.is_none(), state.is_busy) {
            (true, _) => WriterState::Ended,
            (false, true) => WriterState::Busy,
            (false, false) => WriterState::Ready,
        }
    }

    fn send(&self, frames: Vec<Bytes>) {
        let mut state = self.lock();
        state
            .waiting
            .extend(frames.into_iter().map(Message::Binary));
        // A ping beside other frames costs no write of its own.
        state.ping_after(PING_ALONG);
        // When the socket takes more, the session is woken, because it writes the rest.
        let session = state.session.clone();
        let mut context = Context::from_waker(session.as_ref().unwrap_or(Waker::noop()));
        // The session meets an error of the socket too when it writes.
        if !matches!(state.poll_written(&mut context), Poll::Ready(Ok(()))) {
            (state.is_busy, state.is_ready_due) = (true, true);
            drop(state);
            session.iter().for_each(Waker::wake_by_ref);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Context;

    use futures::channel::mpsc::{Receiver, channel};
    use futures::{FutureExt as _, SinkExt as _, StreamExt as _};

    use super::*;

    fn frames(numbers: std::ops::Range<u8>) -> Vec<Bytes> {
        numbers.map(|number| Bytes::from(vec![number])).collect()
    }

    fn received(client: &mut Receiver<Message>) -> Vec<Message> {
        std::iter::from_fn(|| client.next().now_or_never().flatten()).collect()
    }

    #[test]
    fn the_room_writes_without_the_session() {
        let (server, mut client) = channel(8);
        let socket = SharedSocket::new(server);
        socket.writer().send(frames(0..3));
        assert_eq!(socket.writer().state(), WriterState::Ready);
        let sent = frames(0..3).into_iter().map(Message::Binary);
        assert_eq!(received(&mut client), sent.collect::<Vec<_>>());
        assert!(socket.busy().now_or_never().is_none());
    }

    #[test]
    fn what_the_client_does_not_take_is_written_by_the_session_in_order() {
        let (server, mut client) = channel(1);
        let socket = SharedSocket::new(server);
        let (waker, woken) = counting_waker();
        let mut context = Context::from_waker(&waker);
        let mut busy = Box::pin(socket.busy());
        assert!(busy.as_mut().poll(&mut context).is_pending());
        socket.writer().send(frames(0..9));
        assert!(woken.load(std::sync::atomic::Ordering::Relaxed) > 0);
        assert_eq!(socket.writer().state(), WriterState::Busy);
        assert!(busy.as_mut().poll(&mut context).is_ready());
        let mut all = received(&mut client);
        let mut writing = &socket;
        // A ping of the session comes after what the room sent before.
        let mut pinging = writing.send(Message::Ping(Bytes::new()));
        while (&mut pinging).now_or_never().is_none() {
            all.extend(received(&mut client));
        }
        all.extend(received(&mut client));
        let sent = frames(0..9).into_iter().map(Message::Binary);
        let sent: Vec<_> = sent.chain([Message::Ping(Bytes::new())]).collect();
        assert_eq!(all, sent);
        assert_eq!(socket.writer().state(), WriterState::Ready);
        // The ping wrote what the room could not, and the room is told.
        assert!(socket.take_ready() && !socket.take_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn heartbeats_of_a_silent_board_take_all_pings_along() {
        let (server, mut client) = channel(8);
        let socket = SharedSocket::new(server);
        let beat = Duration::from_millis(QUIET_HEARTBEAT_MS);
        let mut alone = socket.ping_if_due();
        for _ in 0..20 {
            let next = Instant::now() + beat;
            if alone < next {
                tokio::time::sleep_until(alone).await;
                alone = socket.ping_if_due();
                (&socket).flush().await.unwrap();
                assert_eq!(received(&mut client), [], "a ping alone");
            }
            tokio::time::sleep_until(next).await;
            socket.writer().send(frames(0..1));
            let sent = [
                Message::Binary(Bytes::from_static(&[0])),
                Message::Ping(Bytes::new()),
            ];
            assert_eq!(received(&mut client), sent);
        }
    }

    #[test]
    fn the_room_learns_that_the_session_or_the_client_has_gone() {
        let (server, client) = channel(8);
        let socket = SharedSocket::new(server);
        let writer = socket.writer();
        drop(client);
        writer.send(frames(0..1));
        assert_eq!(writer.state(), WriterState::Busy);
        assert!(socket.busy().now_or_never().is_some());
        assert!(
            (&socket)
                .flush()
                .now_or_never()
                .is_some_and(|it| it.is_err())
        );
        drop(socket);
        assert_eq!(writer.state(), WriterState::Ended);
    }

    /// A waker that counts.
    fn counting_waker() -> (Waker, Arc<std::sync::atomic::AtomicUsize>) {
        struct Counter(Arc<std::sync::atomic::AtomicUsize>);
        impl std::task::Wake for Counter {
            fn wake(self: Arc<Self>) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let count = Arc::default();
        (Waker::from(Arc::new(Counter(Arc::clone(&count)))), count)
    }
}

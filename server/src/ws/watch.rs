//! The byte stream under a WebSocket, watched: the session learns of frames that tungstenite does not
//! report, and how much of a long frame is written.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::frames::{FrameError, FrameReader, Incomplete};

/// What has arrived and was written on one connection. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct FrameWatch {
    arrived: Arc<Mutex<FrameReader>>,
    written: Arc<AtomicU64>,
}

impl FrameWatch {
    /// Frames that continued a message.
    pub(super) fn continuations(&self) -> u64 {
        self.lock().continuations()
    }

    /// All bytes that have arrived.
    pub(super) fn bytes(&self) -> u64 {
        self.lock().bytes()
    }

    /// The message of which only a part has arrived.
    pub(super) fn incomplete(&self) -> Option<Incomplete> {
        self.lock().incomplete()
    }

    /// All bytes that the system took to send.
    pub(super) fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    pub(super) fn take(&self, bytes: &[u8]) -> Result<(), FrameError> {
        self.lock().take(bytes)
    }

    fn lock(&self) -> MutexGuard<'_, FrameReader> {
        // No code panics while it holds the lock, so the state is always sound.
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream whose bytes are watched. Reading fails with a frame that breaks a limit.
#[derive(Debug)]
pub(super) struct WatchedStream<S> {
    inner: S,
    watch: FrameWatch,
}

impl<S> WatchedStream<S> {
    pub(super) const fn new(inner: S, watch: FrameWatch) -> Self {
        Self { inner, watch }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WatchedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buffer))?;
        let arrived = buffer.filled().get(before..).unwrap_or_default();
        Poll::Ready(self.watch.take(arrived).map_err(io::Error::other))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WatchedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write(cx, bytes))?;
        self.watch
            .written
            .fetch_add(written as u64, Ordering::Relaxed);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

//! The way of a file from the thread that makes it to the connection.
//!
//! A writer waits while the connection takes nothing, and fails once the client has gone or the
//! export has taken too long. A file that was not finished ends the connection, so a client does not
//! take it for a whole one.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Bytes of a piece of a file.
const PIECE: usize = 64 * 1024;
/// Pieces on their way.
const PIECES: usize = 8;
/// How long an export may take in all, with the time for which its client does not read.
const LONGEST: Duration = Duration::from_mins(5);

/// The writing end.
#[derive(Debug)]
pub(super) struct Sink {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    runtime: Handle,
    ends: Instant,
    buffer: Vec<u8>,
    is_finished: bool,
}

/// The reading end: the body of an answer.
#[derive(Debug)]
pub(crate) struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// Both ends.
pub(super) fn pipe() -> (Sink, Pieces) {
    let (sender, receiver) = mpsc::channel(PIECES);
    let sink = Sink {
        pieces: sender,
        runtime: Handle::current(),
        ends: Instant::now() + LONGEST,
        buffer: Vec::with_capacity(PIECE),
        is_finished: false,
    };
    (sink, Pieces(receiver))
}

impl Sink {
    /// Whether the client that waits for the file has gone.
    pub(super) fn is_abandoned(&self) -> bool {
        self.pieces.is_closed() || Instant::now() > self.ends
    }

    /// Gives away the rest; the file is whole.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.buffer);
        self.send(Ok(rest.into()))?;
        self.is_finished = true;
        Ok(())
    }

    fn send(&self, piece: io::Result<Bytes>) -> io::Result<()> {
        let left = self.ends.saturating_duration_since(Instant::now());
        // A timer needs the runtime, which this thread is not part of.
        let sent = self
            .runtime
            .block_on(async { timeout(left, self.pieces.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::new(
                io::ErrorKind::BrokenPipe,
                "the client has gone",
            )),
            Err(_) => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the export took too long",
            )),
        }
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
            self.send(Ok(piece.into()))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl std::fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        io::Write::write(self, text.as_bytes()).map_err(|_| std::fmt::Error)?;
        Ok(())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if !self.is_finished {
            // If the client has gone, there is no one to tell.
            drop(self.send(Err(io::Error::other("the export was not finished"))));
        }
    }
}

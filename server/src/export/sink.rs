//! The way of a file from the thread that makes it to the connection.
//!
//! A writer waits while the connection takes nothing. It fails once the client has gone or reads too
//! slowly, or once the export has taken too long or has to make room for another one. A file that was
//! not finished ends the connection, so a client does not take it for a whole one.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Bytes of a piece of a file.
const PIECE: usize = 64 * 1024;
/// Pieces on their way.
const PIECES: usize = 8;
/// How long a client may take to read one piece. That is 13 kB a second, a tenth of a slow mobile
/// connection. A client that reads more slowly would keep a slot from others.
const SLOWEST_PIECE: Duration = Duration::from_secs(5);
/// How long an export may take in all, with the time for which its client does not read.
const LONGEST: Duration = Duration::from_mins(5);

/// The writing end.
#[derive(Debug)]
pub(super) struct Sink {
    watch: Watch,
    buffer: Vec<u8>,
    is_finished: Arc<AtomicBool>,
}

/// Tells whether the file is still wanted.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    pieces: mpsc::Sender<Bytes>,
    ends: Instant,
    evicted: CancellationToken,
    runtime: Handle,
}

impl Watch {
    /// The runtime of the connection. The thread of the export is not part of it.
    pub(super) const fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Whether the file is not wanted any more: the client has gone, or the export took too long or
    /// has to make room for another one.
    pub(super) fn is_abandoned(&self) -> bool {
        self.pieces.is_closed() || self.evicted.is_cancelled() || Instant::now() > self.ends
    }
}

/// The reading end: the body of an answer.
#[derive(Debug)]
pub(crate) struct Pieces {
    pieces: mpsc::Receiver<Bytes>,
    is_finished: Arc<AtomicBool>,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.pieces.poll_recv(context));
        // The error is the last item.
        let is_whole = piece.is_some() || self.is_finished.swap(true, Ordering::AcqRel);
        Poll::Ready(match piece {
            Some(piece) => Some(Ok(piece)),
            None if is_whole => None,
            None => Some(Err(io::Error::other("the export was not finished"))),
        })
    }
}

/// Both ends. The writing end fails once `evicted` is cancelled.
pub(super) fn pipe(evicted: CancellationToken) -> (Sink, Pieces) {
    let (sender, receiver) = mpsc::channel(PIECES);
    let is_finished = Arc::new(AtomicBool::new(false));
    let sink = Sink {
        watch: Watch {
            pieces: sender,
            ends: Instant::now() + LONGEST,
            evicted,
            runtime: Handle::current(),
        },
        buffer: Vec::with_capacity(PIECE),
        is_finished: Arc::clone(&is_finished),
    };
    let pieces = Pieces {
        pieces: receiver,
        is_finished,
    };
    (sink, pieces)
}

impl Sink {
    /// A watch, for a painter that writes to the sink.
    pub(super) fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// Sends the rest; the file is whole.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.buffer);
        self.send(rest.into())?;
        self.is_finished.store(true, Ordering::Release);
        Ok(())
    }

    fn send(&self, piece: Bytes) -> io::Result<()> {
        let watch = &self.watch;
        let left = watch.ends.saturating_duration_since(Instant::now());
        let failed = |kind, why: &str| Err(io::Error::new(kind, why));
        // A timer needs the runtime, which this thread is not part of.
        watch.runtime.block_on(async {
            tokio::select! {
                biased;
                () = watch.evicted.cancelled() => {
                    failed(io::ErrorKind::ConnectionAborted, "the export makes room for another one")
                }
                sent = timeout(left.min(SLOWEST_PIECE), watch.pieces.send(piece)) => match sent {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(_)) => failed(io::ErrorKind::BrokenPipe, "the client has gone"),
                    Err(_) => failed(io::ErrorKind::TimedOut, "the client reads too slowly"),
                }
            }
        })
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
            self.send(piece.into())?;
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::thread;

    use futures::StreamExt as _;
    use tokio::sync::oneshot;
    use tokio::time;

    use super::*;

    /// Writes without end on a thread of its own, and tells why that ended.
    fn write_on(mut sink: Sink) -> oneshot::Receiver<io::ErrorKind> {
        let (ended, why) = oneshot::channel();
        thread::spawn(move || {
            let error = (0..100).find_map(|_| sink.write_all(&[7; PIECE]).err());
            ended.send(error.unwrap().kind()).unwrap();
        });
        why
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_stops_reading_ends_the_export_long_before_its_time_is_over() {
        let began = time::Instant::now();
        let (sink, mut pieces) = pipe(CancellationToken::new());
        let why = write_on(sink);
        pieces.next().await.unwrap().unwrap();
        assert_eq!(why.await.unwrap(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() < LONGEST / 10, "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn an_evicted_export_ends_while_it_waits_for_its_client() {
        let evicted = CancellationToken::new();
        let (sink, _pieces) = pipe(evicted.clone());
        assert!(!sink.watch().is_abandoned());
        let why = write_on(sink);
        evicted.cancel();
        assert_eq!(why.await.unwrap(), io::ErrorKind::ConnectionAborted);
    }

    #[tokio::test]
    async fn an_evicted_export_is_abandoned() {
        let evicted = CancellationToken::new();
        let (sink, _pieces) = pipe(evicted.clone());
        evicted.cancel();
        assert!(sink.watch().is_abandoned());
    }

    #[tokio::test]
    async fn only_a_finished_file_ends_without_an_error() {
        for is_finished in [true, false] {
            let (mut sink, pieces) = pipe(CancellationToken::new());
            thread::spawn(move || {
                sink.write_all(b"a file").unwrap();
                if is_finished {
                    sink.finish().unwrap();
                }
            });
            let read: Vec<_> = pieces.collect().await;
            assert_eq!(read.iter().all(Result::is_ok), is_finished, "{read:?}");
            assert_eq!(read.len(), 1);
        }
    }
}

//! Carries the bytes of one direction of a connection.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};

use super::message::message_len;
use super::{Direction, Flow, Link, Shared, shut_down};

/// Bytes that are read at once.
const CHUNK: usize = 16 * 1024;
/// A slow link passes the bytes of this long at once.
const SLOT: Duration = Duration::from_millis(20);

/// One direction. Dropped, it stops.
pub(super) struct Pipe {
    task: JoinHandle<()>,
    to: Arc<TcpStream>,
    is_over: bool,
    is_mute: bool,
}

impl Drop for Pipe {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Pipe {
    pub(super) fn start(
        direction: Direction,
        from: &Arc<TcpStream>,
        to: &Arc<TcpStream>,
        shared: &Arc<Shared>,
    ) -> Self {
        let (sender, chunks) = mpsc::channel(shared.buffers.chunks());
        let reading = read(direction, Arc::clone(from), Arc::clone(shared), sender);
        let writing = write(direction, Arc::clone(to), Arc::clone(shared), chunks);
        let task = tokio::spawn(async move {
            futures::future::join(reading, writing).await;
        });
        Self {
            task,
            to: Arc::clone(to),
            is_over: false,
            is_mute: false,
        }
    }

    /// Waits until the side that sends has ended, and ends the other side's stream.
    pub(super) async fn ended(&mut self) {
        // It panics never, and is aborted only by `stop`.
        drop((&mut self.task).await);
        self.is_over = true;
        shut_down(&self.to);
    }

    pub(super) const fn has_ended(&self) -> bool {
        self.is_over
    }

    /// Drops all bytes from now on and keeps both connections open.
    pub(super) fn mute(&mut self) {
        self.task.abort();
        self.is_over = true;
        self.is_mute = true;
    }

    pub(super) const fn is_mute(&self) -> bool {
        self.is_mute
    }

    /// Ends this direction; the receiver sees the end of the stream.
    pub(super) fn stop(&mut self) {
        self.task.abort();
        self.is_over = true;
        shut_down(&self.to);
    }
}

type Chunk = (Instant, Vec<u8>);

async fn read(
    direction: Direction,
    from: Arc<TcpStream>,
    shared: Arc<Shared>,
    chunks: mpsc::Sender<Chunk>,
) {
    let mut waiting = Vec::new();
    let mut is_first = true;
    let mut buffer = vec![0; CHUNK];
    while from.readable().await.is_ok() {
        let count = match from.try_read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => return,
        };
        waiting.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let mut passed = Vec::new();
        while let Some(len) = message_len(shared.framing, &waiting, is_first) {
            is_first = false;
            let rest = waiting.split_off(len);
            let message = std::mem::replace(&mut waiting, rest);
            if !shared.takes(direction, &message) {
                passed.extend_from_slice(&message);
            }
        }
        let flow = shared.link.borrow().in_direction(direction);
        let due = Instant::now() + flow.delay + flow.jitter.mul_f64(rand::random());
        if !passed.is_empty() && chunks.send((due, passed)).await.is_err() {
            return;
        }
    }
}

async fn write(
    direction: Direction,
    to: Arc<TcpStream>,
    shared: Arc<Shared>,
    mut chunks: mpsc::Receiver<Chunk>,
) {
    let mut link = shared.link.subscribe();
    // When the link is free again.
    let mut free = Instant::now();
    while let Some((due, chunk)) = chunks.recv().await {
        if due > Instant::now() {
            sleep_until(due).await;
        }
        let mut rest = chunk.as_slice();
        while !rest.is_empty() {
            let passes = |link: &Link| !link.in_direction(direction).held;
            let Ok(flow) = link
                .wait_for(passes)
                .await
                .map(|it| it.in_direction(direction))
            else {
                return;
            };
            let (piece, wait) = piece(flow, rest.len());
            let (now, later) = rest.split_at(piece);
            if write_all(&to, now).await.is_err() {
                return;
            }
            rest = later;
            if direction == Direction::Down {
                let passed = now.len() as u64;
                shared.passed.fetch_add(passed, Ordering::Relaxed);
            }
            if !wait.is_zero() {
                // A timer that is late makes the link no slower, but an idle link saves up nothing.
                let idle_since = Instant::now().checked_sub(SLOT);
                free = idle_since.map_or(free, |it| it.max(free)) + wait;
                sleep_until(free).await;
            } else if !rest.is_empty() {
                sleep(wait).await;
            }
        }
    }
}

/// How many bytes to write now, and how long to wait after them.
fn piece(flow: Flow, available: usize) -> (usize, Duration) {
    let slice = flow.slice.unwrap_or(available).clamp(1, available);
    let Some(rate) = flow.bytes_per_second.filter(|rate| *rate > 0) else {
        return (slice, Duration::ZERO);
    };
    let slot = (f64::from(rate) * SLOT.as_secs_f64()).max(1.0) as usize;
    let piece = slice.min(slot);
    (
        piece,
        Duration::from_secs_f64(piece as f64 / f64::from(rate)),
    )
}

async fn write_all(to: &TcpStream, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        to.writable().await?;
        match to.try_write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

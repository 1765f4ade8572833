//! A TCP proxy that injects faults: it delays, slows, slices, holds, cuts and swallows.
//!
//! [`FaultProxy`] passes each connection to the first target that accepts it. A [`Link`] says what
//! happens to bytes in each direction and can be changed at any time. A crate for this does not
//! exist: `noxious` and the clients of Toxiproxy drive a program that knows neither half-closed
//! connections nor messages.
//!
//! Layout: `link` and `buffers` have the settings, `message` finds the ends of messages, `pipe` carries the bytes
//! of one direction.

mod buffers;
mod link;
mod message;
mod pipe;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio::task::{AbortHandle, JoinSet};

pub use buffers::Buffers;
pub use link::{Direction, Flow, Link};
pub use message::Framing;
use pipe::Pipe;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1_024;
/// Cuts that a connection may be behind; one is enough to end it.
const CUTS: usize = 4;

/// How connections are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Both ends see an orderly end of the stream.
    Close,
    /// Both ends see a reset.
    Reset,
    /// One direction ends; the other one goes on.
    HalfClose(Direction),
    /// Nothing passes any more, and neither end is told: the way between them is gone.
    Silence,
}

/// Whether new connections are passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Open,
    Refused,
}

/// What the connections of a proxy share.
#[derive(Debug)]
struct Shared {
    targets: Mutex<Vec<SocketAddr>>,
    link: watch::Sender<Link>,
    access: watch::Sender<Access>,
    cuts: broadcast::Sender<Cut>,
    /// The words of a message that shall be swallowed once.
    swallowed: Mutex<Option<(Direction, Vec<u8>)>>,
    /// The bytes that were written to the sides that connected.
    passed: AtomicU64,
    framing: Framing,
    buffers: Buffers,
}

/// A proxy on a loopback port. When it is dropped, its connections break.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FaultProxy {
    /// Starts a proxy before these targets; the first that accepts gets each connection. Needs a
    /// tokio runtime.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(framing: Framing, targets: Vec<SocketAddr>) -> Result<Self> {
        Self::start_with(framing, targets, Buffers::Usual).await
    }

    /// Starts a slow link to a server behind a deep buffer: so many bytes pass to each client in a
    /// second.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn slow_link(server: SocketAddr, bytes_per_second: u32) -> Result<Self> {
        let link = Self::start_with(Framing::Bytes, vec![server], Buffers::Deep).await?;
        let down = Flow {
            bytes_per_second: Some(bytes_per_second),
            ..Flow::default()
        };
        link.set(Link {
            down,
            ..Link::default()
        });
        Ok(link)
    }

    /// Starts a proxy as [`FaultProxy::start`] does, with other buffers.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start_with(
        framing: Framing,
        targets: Vec<SocketAddr>,
        buffers: Buffers,
    ) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        buffers.prepare_listener(&socket)?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            targets: Mutex::new(targets),
            link: watch::Sender::new(Link::default()),
            access: watch::Sender::new(Access::Open),
            cuts: broadcast::Sender::new(CUTS),
            swallowed: Mutex::new(None),
            passed: AtomicU64::new(0),
            framing,
            buffers,
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared))).abort_handle();
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as `http://…`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bytes that have passed to the sides that connected.
    #[must_use]
    pub fn passed(&self) -> u64 {
        self.shared.passed.load(Ordering::Relaxed)
    }

    /// Changes what happens to the bytes of all connections, old and new.
    pub fn set(&self, link: Link) {
        self.shared.link.send_replace(link);
    }

    /// Cuts all connections. New ones are accepted.
    pub fn cut(&self, how: Cut) {
        // There may be no connection.
        drop(self.shared.cuts.send(how));
    }

    /// Resets all connections and each new one, until [`FaultProxy::restore`].
    pub fn refuse(&self) {
        self.shared.access.send_replace(Access::Refused);
        self.cut(Cut::Reset);
    }

    /// Ends [`FaultProxy::refuse`] and all faults of the link.
    pub fn restore(&self) {
        self.set(Link::default());
        self.shared.access.send_replace(Access::Open);
    }

    /// Passes new connections to other targets.
    pub fn retarget(&self, targets: Vec<SocketAddr>) {
        *locked(&self.shared.targets) = targets;
    }

    /// Swallows the next message in a direction that contains these bytes.
    pub fn swallow(&self, direction: Direction, containing: &[u8]) {
        *locked(&self.shared.swallowed) = Some((direction, containing.to_vec()));
    }

    /// Whether [`FaultProxy::swallow`] has found its message.
    #[must_use]
    pub fn has_swallowed(&self) -> bool {
        locked(&self.shared.swallowed).is_none()
    }
}

impl Shared {
    /// Whether to swallow a message; true once for each wish.
    fn takes(&self, direction: Direction, message: &[u8]) -> bool {
        let mut wish = locked(&self.swallowed);
        let is_wanted = wish.as_ref().is_some_and(|(wanted, words)| {
            let has_words = || message.windows(words.len().max(1)).any(|it| it == words);
            *wanted == direction && has_words()
        });
        if is_wanted {
            *wish = None;
        }
        is_wanted
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped together with this task, the set aborts what still runs.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        if *shared.access.borrow() == Access::Refused {
            reset(&client);
            continue;
        }
        connections.spawn(forward(client, Arc::clone(&shared)));
    }
}

/// Forwards one connection until an end closes it or the proxy cuts it.
async fn forward(client: TcpStream, shared: Arc<Shared>) {
    let mut cuts = shared.cuts.subscribe();
    let Some(server) = connect(&shared).await else {
        reset(&client);
        return;
    };
    // Nagle's algorithm would delay small frames, as a local network does not.
    if client.set_nodelay(true).is_err() || server.set_nodelay(true).is_err() {
        return;
    }
    let (client, server) = (Arc::new(client), Arc::new(server));
    let mut up = Pipe::start(Direction::Up, &client, &server, &shared);
    let mut down = Pipe::start(Direction::Down, &server, &client, &shared);
    loop {
        tokio::select! {
            // A side that has sent all may still receive.
            () = up.ended(), if !up.has_ended() => {}
            () = down.ended(), if !down.has_ended() => {}
            cut = cuts.recv() => match cut {
                Ok(Cut::HalfClose(Direction::Up)) => up.stop(),
                Ok(Cut::HalfClose(Direction::Down)) => down.stop(),
                Ok(Cut::Silence) => {
                    up.mute();
                    down.mute();
                }
                Ok(Cut::Close) => return,
                Ok(Cut::Reset) | Err(_) => {
                    reset(&client);
                    reset(&server);
                    return;
                }
            },
        }
        if up.has_ended() && down.has_ended() && !up.is_mute() {
            return;
        }
    }
}

async fn connect(shared: &Shared) -> Option<TcpStream> {
    let targets = locked(&shared.targets).clone();
    for target in targets {
        let socket = TcpSocket::new_v4().ok()?;
        shared.buffers.prepare_connection(&socket).ok()?;
        if let Ok(stream) = socket.connect(target).await {
            return Some(stream);
        }
    }
    None
}

/// Lets the connection end by a reset when it is dropped.
fn reset(stream: &TcpStream) {
    // It fails only if the connection is gone.
    stream.set_zero_linger().ok();
}

/// Ends the writing half of a shared stream.
fn shut_down(stream: &TcpStream) {
    // It fails only if the connection is gone.
    rustix::net::shutdown(stream, rustix::net::Shutdown::Write).ok();
}

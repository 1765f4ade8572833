//! A TCP proxy that passes each connection to the first server that accepts it.
//!
//! It can cut its connections and refuse new ones, freeze them (nothing arrives, nothing breaks)
//! and delay them. Pages that use its address do not know which server they are connected to.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

/// What the proxy does with its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// Bytes pass at once.
    Normal,
    /// Bytes pass after this long, in order, in each direction.
    Slow(Duration),
    /// Bytes are held back and sent when this state ends; no connection breaks.
    Frozen,
    /// Every connection is broken, and new ones are broken at once.
    Cut,
}

/// A proxy on a loopback port. When it is dropped, its connections break.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    state: watch::Sender<LinkState>,
    task: AbortHandle,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Starts a proxy before these servers; the first that accepts gets each connection.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(servers: Vec<SocketAddr>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (state, receiver) = watch::channel(LinkState::Normal);
        let task = tokio::spawn(accept(listener, servers, receiver)).abort_handle();
        Ok(Self {
            address,
            state,
            task,
        })
    }

    /// `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes the state of all connections, old and new.
    pub fn set(&self, state: LinkState) {
        self.state.send_replace(state);
    }
}

async fn accept(
    listener: TcpListener,
    servers: Vec<SocketAddr>,
    state: watch::Receiver<LinkState>,
) {
    // Dropped together with this task, the set aborts what still runs.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        if *state.borrow() != LinkState::Cut {
            connections.spawn(forward(client, servers.clone(), state.clone()));
        }
    }
}

/// Forwards one connection until an end closes it or the proxy is cut.
async fn forward(
    client: TcpStream,
    servers: Vec<SocketAddr>,
    mut state: watch::Receiver<LinkState>,
) {
    let Some(server) = connect(&servers).await else {
        return;
    };
    // Nagle's algorithm would delay small frames, as a local network does not.
    if client.set_nodelay(true).is_err() || server.set_nodelay(true).is_err() {
        return;
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let up = copy(from_client, to_server, state.clone());
    let down = copy(from_server, to_client, state.clone());
    tokio::select! {
        _ = futures::future::join(up, down) => {}
        _ = state.wait_for(|state| *state == LinkState::Cut) => {}
    }
}

async fn connect(servers: &[SocketAddr]) -> Option<TcpStream> {
    for server in servers {
        if let Ok(stream) = TcpStream::connect(server).await {
            return Some(stream);
        }
    }
    None
}

/// Copies bytes in one direction. Each chunk is sent when it is due and the proxy is not frozen.
async fn copy(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut state: watch::Receiver<LinkState>,
) {
    let (sender, mut chunks) = mpsc::channel::<(Instant, Vec<u8>)>(1024);
    let current = state.clone();
    let read = async move {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let wait = match *current.borrow() {
                LinkState::Slow(wait) => wait,
                LinkState::Normal | LinkState::Frozen | LinkState::Cut => Duration::ZERO,
            };
            let chunk = buffer.get(..count).unwrap_or_default().to_vec();
            if sender.send((Instant::now() + wait, chunk)).await.is_err() {
                return;
            }
        }
    };
    let write = async move {
        while let Some((due, chunk)) = chunks.recv().await {
            tokio::time::sleep_until(due).await;
            if state
                .wait_for(|state| *state != LinkState::Frozen)
                .await
                .is_err()
                || to.write_all(&chunk).await.is_err()
            {
                return;
            }
        }
        // The other direction may still send; an error means that it is closed.
        drop(to.shutdown().await);
    };
    futures::future::join(read, write).await;
}

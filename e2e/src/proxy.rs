//! A load balancer of a few lines: passes each connection to the first server that answers.
//!
//! It can be cut (connections break, new ones are refused), frozen (nothing arrives, nothing
//! breaks) and slowed. Pages that use its address never learn which server they are on.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

/// What the line does at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Bytes pass at once.
    Fair,
    /// Bytes pass after this long, in order, in each direction.
    Slow(Duration),
    /// Bytes are held back; no connection breaks. What was held passes when this ends.
    Frozen,
    /// Every connection is broken, and new ones are broken at once.
    Cut,
}

/// A proxy on a loopback port; dropped, it breaks its connections.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
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
        let (weather, forecast) = watch::channel(Weather::Fair);
        let task = tokio::spawn(accept(listener, servers, forecast)).abort_handle();
        Ok(Self {
            address,
            weather,
            task,
        })
    }

    /// `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes the weather for all connections, old and new.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

async fn accept(
    listener: TcpListener,
    servers: Vec<SocketAddr>,
    weather: watch::Receiver<Weather>,
) {
    // Dropped together with this task, the set aborts what still runs.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        if *weather.borrow() != Weather::Cut {
            connections.spawn(carry(client, servers.clone(), weather.clone()));
        }
    }
}

/// Carries one connection until an end closes it or the line is cut.
async fn carry(client: TcpStream, servers: Vec<SocketAddr>, mut weather: watch::Receiver<Weather>) {
    let Some(server) = reach(&servers).await else {
        return;
    };
    // Small frames must not wait for each other: this stands in for a local network.
    if client.set_nodelay(true).is_err() || server.set_nodelay(true).is_err() {
        return;
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let up = pass(from_client, to_server, weather.clone());
    let down = pass(from_server, to_client, weather.clone());
    tokio::select! {
        _ = futures::future::join(up, down) => {}
        _ = weather.wait_for(|weather| *weather == Weather::Cut) => {}
    }
}

async fn reach(servers: &[SocketAddr]) -> Option<TcpStream> {
    for server in servers {
        if let Ok(stream) = TcpStream::connect(server).await {
            return Some(stream);
        }
    }
    None
}

/// Passes bytes one way: each chunk leaves when it is due and the line is not frozen.
async fn pass(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut weather: watch::Receiver<Weather>,
) {
    let (sender, mut chunks) = mpsc::channel::<(Instant, Vec<u8>)>(1024);
    let forecast = weather.clone();
    let read = async move {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let wait = match *forecast.borrow() {
                Weather::Slow(wait) => wait,
                Weather::Fair | Weather::Frozen | Weather::Cut => Duration::ZERO,
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
            if weather
                .wait_for(|weather| *weather != Weather::Frozen)
                .await
                .is_err()
                || to.write_all(&chunk).await.is_err()
            {
                return;
            }
        }
        // The other direction may still have something to say; an error means it has not.
        drop(to.shutdown().await);
    };
    futures::future::join(read, write).await;
}

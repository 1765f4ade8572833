//! The relay on tokio and tokio-tungstenite.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use futures::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

type Clients = HashMap<u64, UnboundedSender<Message>>;

/// All rooms by their paths.
#[derive(Debug, Clone, Default)]
struct Rooms(Arc<Mutex<HashMap<String, Clients>>>);

impl Rooms {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Clients>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs the relay.
///
/// # Errors
/// It cannot listen.
pub(super) fn run(announce: impl FnOnce(io::Result<SocketAddr>) -> Result<()>) -> Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        announce(listener.local_addr())?;
        let rooms = Rooms::default();
        let mut next = 0;
        loop {
            // The connection that failed has gone already.
            if let Ok((stream, _)) = listener.accept().await {
                next += 1;
                tokio::spawn(serve(stream, next, rooms.clone()));
            }
        }
    })
}

async fn serve(stream: TcpStream, number: u64, rooms: Rooms) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut path = String::new();
    #[expect(clippy::result_large_err, reason = "the library wants it")]
    let note = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        request.uri().path().clone_into(&mut path);
        Ok(response)
    };
    let socket = accept_hdr_async(stream, note).await.ok()?;
    let (sink, mut messages) = socket.split();
    let (to_client, waiting) = unbounded_channel();
    tokio::spawn(write(sink, waiting));
    rooms
        .lock()
        .entry(path.clone())
        .or_default()
        .insert(number, to_client);
    while let Some(Ok(message)) = messages.next().await {
        if !message.is_binary() {
            continue;
        }
        if let Some(clients) = rooms.lock().get(&path) {
            let others = clients.iter().filter(|(other, _)| **other != number);
            // A client that is gone leaves the room itself.
            others.for_each(|(_, to)| drop(to.send(message.clone())));
        }
    }
    if let Some(clients) = rooms.lock().get_mut(&path) {
        clients.remove(&number);
    }
    Some(())
}

/// Writes what waits, all at once.
async fn write(
    mut sink: impl futures::Sink<Message> + Unpin,
    mut waiting: UnboundedReceiver<Message>,
) -> Option<()> {
    while let Some(message) = waiting.recv().await {
        sink.feed(message).await.ok()?;
        while let Ok(message) = waiting.try_recv() {
            sink.feed(message).await.ok()?;
        }
        sink.flush().await.ok()?;
    }
    Some(())
}

//! A slow link to a server, behind a proxy that buffers all that the server sends.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{broadcast, mpsc};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

/// Bytes that pass at once.
const SLICE: usize = 1_024;
/// The size of the buffers towards the client, in bytes; the system doubles it. Larger ones would
/// hold seconds of a slow link.
const NARROW: u32 = 4 * 1024;

/// A proxy whose way to the client carries so many bytes in a second, for each connection.
#[derive(Debug)]
pub struct SlowLink {
    address: SocketAddr,
    passed: Arc<AtomicU64>,
    cuts: broadcast::Sender<()>,
    accepting: AbortHandle,
}

impl Drop for SlowLink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl SlowLink {
    /// Begins to accept connections to a server.
    ///
    /// # Errors
    /// If no port is free.
    pub fn start(server: SocketAddr, bytes_per_second: u32) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_send_buffer_size(NARROW)?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let listener = socket.listen(64)?;
        let address = listener.local_addr()?;
        let passed = Arc::new(AtomicU64::new(0));
        let (cuts, _) = broadcast::channel(1);
        let link = Link {
            server,
            bytes_per_second,
            passed: Arc::clone(&passed),
            cuts: cuts.clone(),
        };
        let accepting = tokio::spawn(accept(listener, link)).abort_handle();
        Ok(Self {
            address,
            passed,
            cuts,
            accepting,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The bytes that have passed to clients.
    #[must_use]
    pub fn passed(&self) -> u64 {
        self.passed.load(Ordering::Relaxed)
    }

    /// Cuts all connections; what is buffered is lost.
    pub fn cut(&self) {
        // There may be no connection.
        drop(self.cuts.send(()));
    }
}

#[derive(Debug, Clone)]
struct Link {
    server: SocketAddr,
    bytes_per_second: u32,
    passed: Arc<AtomicU64>,
    cuts: broadcast::Sender<()>,
}

async fn accept(listener: TcpListener, link: Link) {
    while let Ok((client, _)) = listener.accept().await {
        let link = link.clone();
        let mut cut = link.cuts.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                _ = cut.recv() => {}
                _ = link.carry(client) => {}
            }
        });
    }
}

impl Link {
    async fn carry(&self, client: TcpStream) -> Result<()> {
        client.set_nodelay(true)?;
        let (from_server, mut to_server) = TcpStream::connect(self.server).await?.into_split();
        let (mut from_client, to_client) = client.into_split();
        let (buffer, buffered) = mpsc::unbounded_channel();
        // Either end of the connection ends it.
        tokio::select! {
            _ = copy(&mut from_client, &mut to_server) => {}
            end = self.pass(buffered, to_client) => end?,
            () = fill(from_server, buffer) => {}
        }
        Ok(())
    }

    /// Passes what is buffered to the client, at the rate of the link.
    async fn pass(
        &self,
        mut buffered: mpsc::UnboundedReceiver<Vec<u8>>,
        mut client: OwnedWriteHalf,
    ) -> Result<()> {
        let mut due = Instant::now();
        while let Some(bytes) = buffered.recv().await {
            for slice in bytes.chunks(SLICE) {
                let takes = Duration::from_secs(slice.len() as u64) / self.bytes_per_second;
                due = due.max(Instant::now()) + takes;
                sleep_until(due).await;
                client.write_all(slice).await?;
                self.passed.fetch_add(slice.len() as u64, Ordering::Relaxed);
            }
        }
        Ok(())
    }
}

/// Buffers all that the server sends, until the buffer is gone.
async fn fill(mut server: OwnedReadHalf, buffer: mpsc::UnboundedSender<Vec<u8>>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = server.read(&mut bytes).await {
        let read = bytes.get(..count).unwrap_or_default().to_vec();
        if buffer.send(read).is_err() {
            return;
        }
    }
    // What is buffered still passes.
    drop(buffer);
    std::future::pending().await
}

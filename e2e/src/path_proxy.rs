//! A reverse proxy that serves one server below a path, as nginx does for several sites of one host.
//!
//! Anything outside of the path is not found, so a page that asks for an address without it fails.
//! Each connection carries one request, so that only its first line needs to be read.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

/// The path of the server, without a slash at the end.
pub const PATH: &str = "/tools/whiteboard";

const NOT_FOUND: &[u8] =
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// What the proxy does with the path of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathTreatment {
    /// The server gets it.
    Keep,
    /// The server gets the rest.
    Remove,
}

/// A proxy that listens on a loopback port. When it is dropped, it stops.
#[derive(Debug)]
pub struct PathProxy {
    listener: Option<TcpListener>,
    address: SocketAddr,
    task: Option<AbortHandle>,
}

impl Drop for PathProxy {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl PathProxy {
    /// Listens. Connections wait until [`PathProxy::forward_to`].
    ///
    /// # Errors
    /// If no port is free.
    pub async fn listen() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self {
            address: listener.local_addr()?,
            listener: Some(listener),
            task: None,
        })
    }

    /// The address of the server for browsers, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Passes requests on to a server.
    pub fn forward_to(&mut self, server: SocketAddr, treatment: PathTreatment) {
        let Some(listener) = self.listener.take() else {
            return;
        };
        let accepting = async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                connections.spawn(forward(client, server, treatment));
            }
        };
        self.task = Some(tokio::spawn(accepting).abort_handle());
    }
}

async fn forward(
    mut client: TcpStream,
    server: SocketAddr,
    treatment: PathTreatment,
) -> Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    let head = String::from_utf8(head)?;
    let Some(head) = rewritten(&head, treatment) else {
        return Ok(client.write_all(NOT_FOUND).await?);
    };
    let mut server = TcpStream::connect(server).await.context("no server")?;
    server.write_all(head.as_bytes()).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

/// The head of a request for the server; nothing if its path is not below ours.
fn rewritten(head: &str, treatment: PathTreatment) -> Option<String> {
    let (method, rest) = head.split_once(' ')?;
    let below = rest
        .strip_prefix(PATH)
        .filter(|below| below.starts_with('/'))?;
    let rest = match treatment {
        PathTreatment::Keep => rest,
        PathTreatment::Remove => below,
    };
    let head = format!("{method} {rest}");
    let upgrades = head.to_ascii_lowercase().contains("\r\nupgrade:");
    let closing = head.trim_end().to_owned() + "\r\nConnection: close\r\n\r\n";
    Some(if upgrades {
        head
    } else {
        without_keep_alive(&closing)
    })
}

fn without_keep_alive(head: &str) -> String {
    let is_kept = |line: &&str| !line.eq_ignore_ascii_case("connection: keep-alive");
    head.split("\r\n")
        .filter(is_kept)
        .collect::<Vec<_>>()
        .join("\r\n")
}

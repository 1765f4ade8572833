//! A web site with one page, and a WebSocket that sends back each message.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use futures::{SinkExt, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const PAGE: &str = include_str!("page.html");

/// The site. When it is dropped, it stops.
pub(crate) struct WebSite {
    address: SocketAddr,
    _task: JoinSet<()>,
}

impl WebSite {
    /// Starts it on a free port.
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut visitors = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                visitors.spawn(serve(stream));
            }
        });
        Ok(Self {
            address,
            _task: task,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

async fn serve(mut stream: TcpStream) {
    let mut head = [0; 4096];
    let Ok(count) = stream.peek(&mut head).await else {
        return;
    };
    if head.starts_with(b"GET /ws ") {
        if let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await {
            while let Some(Ok(message)) = socket.next().await {
                if !message.is_binary() || socket.send(message).await.is_err() {
                    return;
                }
            }
        }
        return;
    }
    let length = PAGE.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{PAGE}"
    );
    // Read the request first: closing with unread bytes would reset the connection.
    let mut request = vec![0; count];
    if tokio::io::AsyncReadExt::read_exact(&mut stream, &mut request)
        .await
        .is_ok()
    {
        drop(stream.write_all(answer.as_bytes()).await);
    }
}

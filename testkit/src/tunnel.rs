//! A way to a server that speaks TLS, for clients that do not.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsConnector;

use crate::authority::Authority;

/// Whether the server speaks TLS.
#[derive(Debug, Clone, Copy)]
pub enum Security<'a> {
    /// It does not.
    Plain,
    /// It does, and its certificate is signed by this authority.
    Tls(&'a Authority),
}

/// Listens on a loopback port without TLS and passes each connection on. When it is dropped, its
/// connections break.
#[derive(Debug)]
pub struct Tunnel {
    address: SocketAddr,
    accepting: AbortHandle,
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Tunnel {
    /// Starts a tunnel to a server. `from` is the address, one of 127.0.0.0/8, that the server sees
    /// as that of the client.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(to: SocketAddr, from: Ipv4Addr, security: Security<'_>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let tls = match security {
            Security::Plain => None,
            Security::Tls(authority) => {
                let trusting = ClientConfig::builder().with_root_certificates(authority.roots());
                Some(TlsConnector::from(Arc::new(trusting.with_no_client_auth())))
            }
        };
        let accepting = async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                connections.spawn(pass_on(client, to, from, tls.clone()));
            }
        };
        Ok(Self {
            address,
            accepting: tokio::spawn(accepting).abort_handle(),
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
}

async fn pass_on(
    mut client: TcpStream,
    to: SocketAddr,
    from: Ipv4Addr,
    tls: Option<TlsConnector>,
) -> Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    let mut server = socket.connect(to).await?;
    // Nagle's algorithm would delay small frames, as a local network does not.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    match tls {
        None => copy_bidirectional(&mut client, &mut server).await?,
        Some(tls) => {
            let mut server = tls.connect(ServerName::from(to.ip()), server).await?;
            copy_bidirectional(&mut client, &mut server).await?
        }
    };
    Ok(())
}

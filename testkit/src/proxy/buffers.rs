//! How much a fault proxy holds.

use anyhow::Result;
use tokio::net::TcpSocket;

/// The size of small socket buffers, in bytes; the system doubles it. With the usual buffers
/// megabytes would be under way before a slow link is felt.
const SMALL: u32 = 16 * 1024;
/// Chunks under way on a link with delay or deep buffers; with small buffers few.
const CHUNKS: usize = 1_024;
const FEW_CHUNKS: usize = 2;

/// What the proxy holds of bytes that the receiver has not taken yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buffers {
    /// As much as the system does.
    Usual,
    /// Little in both directions, for links with little bandwidth.
    Small,
    /// All that servers send, before a link to the client that holds little.
    Deep,
}

impl Buffers {
    /// Prepares the socket that listens for clients.
    pub(super) fn prepare_listener(self, socket: &TcpSocket) -> Result<()> {
        match self {
            Self::Usual => Ok(()),
            Self::Small | Self::Deep => shrink(socket),
        }
    }

    /// Prepares a socket to a server.
    pub(super) fn prepare_connection(self, socket: &TcpSocket) -> Result<()> {
        match self {
            Self::Usual | Self::Deep => Ok(()),
            Self::Small => shrink(socket),
        }
    }

    /// Chunks under way in each direction.
    pub(super) const fn chunks(self) -> usize {
        match self {
            Self::Usual | Self::Deep => CHUNKS,
            Self::Small => FEW_CHUNKS,
        }
    }
}

fn shrink(socket: &TcpSocket) -> Result<()> {
    socket.set_recv_buffer_size(SMALL)?;
    Ok(socket.set_send_buffer_size(SMALL)?)
}

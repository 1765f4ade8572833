//! The connection to the server.
//!
//! Layout: `socket` is one WebSocket, `connection` gives a driver its sockets and its timer,
//! `address` makes the addresses of the server, `probe` asks it whether it is alive. The driver in `shared` decides when to connect and
//! what to send.

mod address;
mod connection;
mod probe;
mod socket;

use shared::id::Millis;
use shared::sync::Driver;

pub(crate) use address::{file_address, server_address};
pub(crate) use connection::Connection;
pub(crate) use probe::{HttpAnswer, Network, ask_server, network};

/// The owner of a driver.
pub(crate) trait DriverHost {
    /// Calls `tell` with the driver and the time. `tell` reports an event to the driver; then the
    /// host carries out the requests of the driver.
    fn drive(&self, tell: &mut dyn FnMut(&mut Driver, Millis));
}

//! The connection to the server, as far as it needs a browser.
//!
//! Layout: `socket` is one WebSocket, `connection` gives a driver its sockets and its timer,
//! `address` is where the server is. The driver in `shared` decides when to connect, and what to
//! send.

mod address;
mod connection;
mod socket;

use shared::id::Millis;
use shared::sync::Driver;

pub(crate) use address::server_address;
pub(crate) use connection::Connection;

/// The owner of a driver.
pub(crate) trait DriverHost {
    /// Lets `tell` say to the driver what happened and when. Then carries out what the driver
    /// asks for.
    fn drive(&self, tell: &mut dyn FnMut(&mut Driver, Millis));
}

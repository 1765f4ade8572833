//! Clients of the protocol without a browser.
//!
//! [`Connection`] carries messages over a WebSocket. On it stand [`Driver`], which keeps a board
//! by the core's own [`Replica`](shared::sync::Replica), as the client in the browser does, and
//! [`Client`], which sends whatever a test tells it to.

mod connection;
mod driver;
mod script;

pub use connection::{Connection, Ended, Received};
pub use driver::Driver;
pub use script::Client;

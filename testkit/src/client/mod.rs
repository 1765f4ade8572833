//! Clients of the protocol without a browser.
//!
//! [`Connection`] carries messages over a WebSocket. Two clients use it: [`BoardClient`] keeps a
//! board with the [`Driver`](shared::sync::Driver), as the client in the browser does, and
//! [`Client`] sends any message of a test.

mod board_client;
mod connection;
mod script;

pub use board_client::BoardClient;
pub use connection::{Connection, Ended, Received};
pub use script::Client;

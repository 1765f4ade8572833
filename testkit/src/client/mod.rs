//! Clients of the protocol without a browser.
//!
//! [`Connection`] carries messages over a WebSocket. Three clients use it: [`BoardClient`] keeps a
//! board with the [`Driver`](shared::sync::Driver), as the client in the browser does;
//! [`RoamingClient`] also keeps an outbox and reconnects, and notes all that happens to it;
//! [`Client`] sends any message of a test.

mod board_client;
mod connection;
mod note;
mod roaming;
mod script;
mod uplink;

pub use board_client::BoardClient;
pub use connection::{Connection, Ended, Received};
pub use note::{Note, Noted};
pub use roaming::{Habits, RoamingClient};
pub use script::Client;

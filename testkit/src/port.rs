//! Free ports of the loopback.

use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;

use anyhow::Result;

/// Ports below those that the system hands out by itself (Linux begins at 32,768), so that no
/// outgoing connection gets one by chance while the program on it is down for a moment.
const PORTS: Range<u16> = 20_000..32_000;
/// Ports that are tried. Another test may take a port between the look and the start; that this
/// happens so often in a row means that something else is wrong.
const ATTEMPTS: u32 = 20;
/// What programs say when their port is taken.
const TAKEN: &str = "already in use";

/// Starts a program on a free port, and on another one if that port was taken meanwhile.
///
/// # Errors
/// The error of `start`, if it does not say that the port is in use, or the last one.
pub(crate) async fn on_free_port<T>(start: impl AsyncFn(u16) -> Result<T>) -> Result<T> {
    let mut attempt = 1;
    loop {
        match start(free_port()).await {
            Err(error) if attempt < ATTEMPTS && error.to_string().contains(TAKEN) => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// A port on which no program listens at present.
pub(crate) fn free_port() -> u16 {
    loop {
        let port = rand::random_range(PORTS);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

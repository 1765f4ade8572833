//! Free ports of the loopback.

use std::fs::{File, create_dir_all};
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};

/// Ports below those that the system hands out by itself (Linux begins at 32,768), so that no
/// outgoing connection gets one by chance while the program on it is down for a moment.
const PORTS: Range<u16> = 20_000..32_000;
/// Ports that are tried. A program that is no test may take a port between the look and the start;
/// that this happens so often in a row means that something else is wrong.
const ATTEMPTS: u32 = 20;
/// What programs say when their port is taken.
const TAKEN: &str = "already in use";

/// The lock files of the ports that this process reserved. The system lets go of them when the
/// process ends, however it ends.
static RESERVED: Mutex<Vec<File>> = Mutex::new(Vec::new());

/// Starts a program on a free port, and on another one if that port was taken meanwhile.
///
/// # Errors
/// The error of `start`, if it does not say that the port is in use, or the last one.
pub(crate) async fn on_free_port<T>(start: impl AsyncFn(u16) -> Result<T>) -> Result<T> {
    let mut attempt = 1;
    loop {
        match start(free_port()?).await {
            Err(error) if attempt < ATTEMPTS && error.to_string().contains(TAKEN) => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// A port on which no program listens at present. It stays reserved until this process ends: tests
/// in other processes draw other ports, also while the program on this one is down for a moment.
///
/// # Errors
/// If a lock file cannot be written.
pub(crate) fn free_port() -> Result<u16> {
    loop {
        let port = rand::random_range(PORTS);
        if let Some(file) = reserve(port)? {
            let mut reserved = RESERVED.lock().unwrap_or_else(PoisonError::into_inner);
            reserved.push(file);
            return Ok(port);
        }
    }
}

/// Locks the file of a port; `None` if a process has reserved the port or listens on it.
fn reserve(port: u16) -> Result<Option<File>> {
    // Each user has a folder, because a file in it belongs to the user that made it.
    let user = rustix::process::getuid().as_raw();
    let dir = std::env::temp_dir().join(format!("commonslate-ports-{user}"));
    create_dir_all(&dir)
        .and_then(|()| File::create(dir.join(port.to_string())))
        .map(|file| {
            let is_ours = file.try_lock().is_ok();
            let is_free = || TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
            (is_ours && is_free()).then_some(file)
        })
        .with_context(|| format!("cannot reserve a port in {}", dir.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserved_port_is_drawn_once_though_no_program_listens_on_it() {
        let port = free_port().unwrap();
        assert!(reserve(port).unwrap().is_none());
        drop(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap());
    }
}

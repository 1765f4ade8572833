//! The memory of TCP in the kernel.

use anyhow::{Context as _, Result};

/// Bytes of the buffers of all TCP sockets of the machine.
///
/// # Errors
/// The system does not tell.
pub(crate) fn tcp_buffers() -> Result<u64> {
    let sockets = std::fs::read_to_string("/proc/net/sockstat")?;
    let tcp = sockets.lines().find(|line| line.starts_with("TCP:"));
    let pages = tcp
        .and_then(|line| line.rsplit_once(" mem "))
        .context("no TCP")?
        .1;
    Ok(pages.trim().parse::<u64>()? * rustix::param::page_size() as u64)
}

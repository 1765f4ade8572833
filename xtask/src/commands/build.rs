//! `cargo xtask build`: what is shipped.

use crate::client::{self, Quality};
use crate::native::{self, Profile};
use crate::report::{self, Steps};
use anyhow::Result;

/// Builds the client and the server for shipping.
///
/// # Errors
/// Something cannot be built.
pub(super) fn run() -> Result<()> {
    let mut steps = Steps::start();
    let dist = steps.step("client", || client::build(Quality::Shipped))?;
    let server = steps.step("server", || native::build_server(Profile::Release))?;
    steps.print_times();
    report::line(&format!(
        "\nclient: {}\nserver: {}",
        dist.display(),
        server.display()
    ));
    Ok(())
}

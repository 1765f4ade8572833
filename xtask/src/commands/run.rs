//! `cargo xtask run`: a working board on this machine.

use crate::cli::RunArgs;
use crate::client::{self, Quality};
use crate::native::{self, Profile};
use crate::{process, report};
use anyhow::Result;

/// Builds what changed and becomes the server.
///
/// # Errors
/// Something cannot be built, or the server cannot be started.
pub(super) fn run(args: &RunArgs) -> Result<()> {
    client::build(Quality::Quick)?;
    let profile = if args.release {
        Profile::Release
    } else {
        Profile::Dev
    };
    let server = native::build_server(profile)?;
    let mut command = process::command(server);
    if let Some(listen) = &args.listen {
        command.args(["--listen", listen]);
    }
    command.args(&args.server);
    report::note(&process::shown(&command));
    // The server takes our place: Ctrl-C and SIGTERM reach it, and it says where it listens.
    process::become_program(&mut command)
}

//! `cargo xtask bench`: how fast it is.

use super::page_load;
use crate::cli::BenchArgs;
use crate::native::{self, Profile};
use crate::{process, workspace};
use anyhow::Result;

/// Runs the load generator against an optimised server, then the benchmarks; or measures how
/// pages load.
///
/// # Errors
/// Something cannot be built, or a benchmark failed.
pub(super) fn run(args: &BenchArgs) -> Result<()> {
    if args.page_load {
        return page_load::run(&args.generator);
    }
    let server = native::build_server(Profile::Release)?;
    let mut generator = process::cargo();
    generator.args(["run", "--release", "-p", "bench", "--"]);
    generator.args(&args.filter).args(&args.generator);
    generator.env("COMMONSLATE_BIN", server);
    generator.env("COMMONSLATE_DIST", workspace::dist_dir());
    process::run(&mut generator)?;
    if args.generator.is_empty() {
        let mut benches = process::cargo();
        benches
            .args(["bench", "-p", "bench", "--benches", "--"])
            .args(&args.filter);
        process::run(&mut benches)?;
    }
    Ok(())
}

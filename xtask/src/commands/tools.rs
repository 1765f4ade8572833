//! `cargo xtask tools`: what is there, and what is not.

use crate::cli::ToolsArgs;
use crate::{report, tools};
use anyhow::{Result, bail};

/// Lists the tools; installs the missing ones unless only asked.
///
/// # Errors
/// A tool is missing and cannot be installed, or must not be.
pub(super) fn run(args: &ToolsArgs) -> Result<()> {
    let mut missing = Vec::new();
    for tool in tools::ALL {
        let found = if args.check {
            tool.find()
        } else {
            tool.ensure().map(Some)
        };
        match found {
            Ok(Some(found)) => report::line(&format!(
                "{:<40} {} ({})",
                tool.name,
                found.path.display(),
                found.version
            )),
            Ok(None) => missing.push(tool.name.to_owned()),
            Err(error) => missing.push(format!("{}: {error:#}", tool.name)),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    for one in &missing {
        report::line(&format!("missing: {one}"));
    }
    bail!(
        "{} of {} tools are missing",
        missing.len(),
        tools::ALL.len()
    )
}

//! A Commonslate server whose protections can be switched off by `COMMONSLATE_WITHOUT`.
//!
//! It is the server's own program with the feature `faults`. Each fault is tried on it as it is, and
//! once without the protection against that fault, where the test must fail.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::program::run(std::env::args_os())
}

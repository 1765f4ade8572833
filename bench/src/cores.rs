//! Which cores processes run on: servers on the first, the load generator on another one. Where the
//! question is what a whole machine can hold, both use all cores.

use std::thread::available_parallelism;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use crate::output::say;

/// The core of servers, relays and Redis.
const SERVERS: usize = 0;
/// The core of the load generator.
const GENERATOR: usize = 1;

/// Moves this thread to the core of the generator. Threads and processes that it starts later stay
/// there too.
pub(crate) fn generate_here() {
    if let Err(error) = pin(GENERATOR) {
        say(&format!(
            "servers and the generator share their cores, so figures are worse: {error}"
        ));
    }
}

/// Lets this thread use all cores. Threads and processes that it starts later may do so too.
pub(crate) fn use_all() {
    let mut cores = CpuSet::new();
    let count = available_parallelism().map_or(1, usize::from);
    (0..count.max(GENERATOR + 1)).for_each(|core| cores.set(core));
    // If it fails, the cores stay those of before, which the figures show.
    sched_setaffinity(None, &cores).ok();
}

/// Moves this thread to the core of the servers until the guard is dropped. A process that it starts
/// meanwhile stays there.
pub(crate) fn start_servers() -> Guard {
    let before = sched_getaffinity(None).ok();
    // If it fails, the generator has said so.
    pin(SERVERS).ok();
    Guard(before)
}

/// Moves a thread back to where it was.
pub(crate) struct Guard(Option<CpuSet>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            sched_setaffinity(None, before).ok();
        }
    }
}

fn pin(core: usize) -> rustix::io::Result<()> {
    let mut cores = CpuSet::new();
    cores.set(core);
    sched_setaffinity(None, &cores)
}

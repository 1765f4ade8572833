//! What the system tells about a process.

/// Resident bytes of a process.
pub(crate) fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// User and system time of a process. The name in the line may contain spaces and brackets.
pub(crate) fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().ok()?.iter().sum();
    Some(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// Files and sockets that a process has open.
pub(crate) fn open_files(process: u32) -> Option<usize> {
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    Some(files.count())
}

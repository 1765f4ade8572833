//! The memory, processor time and files that a process uses.

/// Resident bytes of a process; `None` where they cannot be read.
#[must_use]
pub fn resident(process: u32) -> Option<u64> {
    status(process, "VmRSS:")
}

/// The most resident bytes that a process has had; `None` where they cannot be read.
#[must_use]
pub fn peak_resident(process: u32) -> Option<u64> {
    status(process, "VmHWM:")
}

/// A number of bytes in the status of a process.
fn status(process: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// Seconds of processor time that a process has used; `None` where they cannot be read.
#[must_use]
pub fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    ticks(&stat).map(|ticks| ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// User and system time in `/proc/<pid>/stat`. The name in it may contain spaces and brackets, so
/// the fields are counted from the last bracket.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

/// Files and sockets that a process has open; `None` where they cannot be counted.
#[must_use]
pub fn open_files(process: u32) -> Option<usize> {
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    Some(files.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_a_strange_name() {
        let stat = "12 (a) 7 b)) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("nonsense"), None);
    }
}

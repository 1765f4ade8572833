//! What a Redis server says about itself, and whether it may be used at all.
//!
//! Looked at anew on every connection: a server may come back with another
//! configuration, or be another one.

use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, RedisError, ServerErrorKind, cmd};

/// The oldest version whose scripts can be refused whole when memory is full.
const OLDEST: (u32, u32) = (7, 0);
/// The first version that can be asked to wait for its disk.
const WAITAOF: (u32, u32) = (7, 2);

/// Why a Redis server cannot be used, however often one tries.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedisOpenError {
    /// The URL is none. It is not repeated here, because it may hold a password.
    #[error("Redis URL is malformed: {0}")]
    BadUrl(String),
    /// The server does not let us in.
    #[error("Redis at {address} refuses access: {reason}")]
    Refused {
        /// Where it is.
        address: String,
        /// What it says.
        reason: String,
    },
    /// The server throws keys away when memory is full.
    #[error(
        "Redis at {address} has maxmemory-policy {policy}, which throws boards away \
         when memory is full: set it to noeviction"
    )]
    Evicts {
        /// Where it is.
        address: String,
        /// Its policy.
        policy: String,
    },
    /// The server is too old.
    #[error("Redis at {address} has version {version}, 7.0 or later is needed")]
    TooOld {
        /// Where it is.
        address: String,
        /// Its version.
        version: String,
    },
}

/// How the server brings what it stored to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fsync {
    /// Before it answers.
    Always,
    /// Each second, and it can be asked to tell when.
    EverySecondTold,
    /// Each second, without telling.
    EverySecondUntold,
    /// Never, as far as one can rely on.
    Never,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// Names the process; a restarted server has another.
    pub(super) run: String,
    pub(super) fsync: Fsync,
    /// Whether the last write to the append-only file went well.
    pub(super) writing: bool,
}

impl Facts {
    /// Reads the answer to `INFO`.
    pub(super) fn read(info: &str, appendfsync: &str) -> Self {
        let told = field(info, "redis_version").is_some_and(|it| parse_version(it) >= WAITAOF);
        let fsync = match (field(info, "aof_enabled"), appendfsync) {
            (Some("1"), "always") => Fsync::Always,
            (Some("1"), "everysec") if told => Fsync::EverySecondTold,
            (Some("1"), "everysec") => Fsync::EverySecondUntold,
            _ => Fsync::Never,
        };
        Self {
            run: field(info, "run_id").unwrap_or_default().to_owned(),
            fsync,
            writing: field(info, "aof_last_write_status") != Some("err"),
        }
    }

    /// The run that a commit must name; empty for a server that loses nothing.
    pub(super) fn run_that_may_lose(&self) -> &str {
        match self.fsync {
            Fsync::Always => "",
            Fsync::EverySecondTold | Fsync::EverySecondUntold | Fsync::Never => &self.run,
        }
    }
}

/// Why a server was not accepted.
#[derive(Debug)]
pub(super) enum NotAdmitted {
    Never(RedisOpenError),
    NotNow(String),
}

/// Sorts an error of connecting or of the first commands.
pub(super) fn sort_error(address: &str, error: &RedisError) -> NotAdmitted {
    let refused = error.kind() == ErrorKind::AuthenticationFailed
        || error.kind() == ErrorKind::Server(ServerErrorKind::NoPerm)
        || matches!(error.code(), Some("NOAUTH" | "WRONGPASS"));
    if refused {
        let reason = error
            .detail()
            .map_or_else(|| error.to_string(), ToOwned::to_owned);
        return NotAdmitted::Never(RedisOpenError::Refused {
            address: address.to_owned(),
            reason,
        });
    }
    if error.kind() == ErrorKind::InvalidClientConfig {
        return NotAdmitted::Never(RedisOpenError::BadUrl(error.to_string()));
    }
    NotAdmitted::NotNow(error.to_string())
}

/// Asks a server about itself.
pub(super) async fn admit(
    connection: &mut MultiplexedConnection,
    address: &str,
) -> Result<Facts, NotAdmitted> {
    let info: String = cmd("INFO")
        .query_async(connection)
        .await
        .map_err(|error| sort_error(address, &error))?;
    let never = |refusal| Err(NotAdmitted::Never(refusal));
    let address = address.to_owned();
    let version = field(&info, "redis_version").unwrap_or_default().to_owned();
    if parse_version(&version) < OLDEST {
        return never(RedisOpenError::TooOld { address, version });
    }
    match field(&info, "maxmemory_policy") {
        Some(policy) if policy.starts_with("allkeys") => {
            return never(RedisOpenError::Evicts {
                address,
                policy: policy.to_owned(),
            });
        }
        Some(_) | None => {}
    }
    // Hosted servers often do not let one read this; then the default holds.
    let asked = cmd("CONFIG")
        .arg("GET")
        .arg("appendfsync")
        .query_async(connection)
        .await;
    let appendfsync =
        asked
            .ok()
            .and_then(|mut found: std::collections::HashMap<String, String>| {
                found.remove("appendfsync")
            });
    Ok(Facts::read(
        &info,
        appendfsync.as_deref().unwrap_or("everysec"),
    ))
}

fn field<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
}

fn parse_version(text: &str) -> (u32, u32) {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fsync_follows_from_version_and_configuration() {
        let check = |version, enabled, appendfsync, expected| {
            let info = format!("redis_version:{version}\r\nrun_id:ab\r\naof_enabled:{enabled}\r\n");
            assert_eq!(
                Facts::read(&info, appendfsync).fsync,
                expected,
                "{info} {appendfsync}"
            );
        };
        check("7.0.15", 1, "everysec", Fsync::EverySecondUntold);
        check("7.2.0", 1, "everysec", Fsync::EverySecondTold);
        check("10.1.0", 1, "everysec", Fsync::EverySecondTold);
        check("8.2.3", 1, "always", Fsync::Always);
        check("8.2.3", 1, "no", Fsync::Never);
        check("8.2.3", 0, "always", Fsync::Never);
    }
}

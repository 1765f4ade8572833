//! Asks a Redis server about itself, and refuses one that must not be used.
//!
//! This is done on every connection: a server may come back with another configuration, or
//! another server may answer at the same address.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, RedisError, ServerErrorKind, cmd};

use super::tls;

/// The oldest version whose scripts can be refused whole when memory is full.
const OLDEST: (u32, u32) = (7, 0);
/// The first version that can be asked to wait for its disk.
const WAITAOF: (u32, u32) = (7, 2);

/// Why a Redis server cannot be used, however often it is tried.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RedisOpenError {
    /// The URL is malformed. It is not repeated here, because it may hold a password.
    #[error("Redis URL is malformed: {0}")]
    BadUrl(String),
    /// A file that TLS needs cannot be read.
    #[error("{} cannot be read: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: Arc<io::Error>,
    },
    /// The files for TLS are of no use.
    #[error("the files for TLS cannot be used: {0}")]
    TlsFiles(String),
    /// No connection with TLS comes about.
    #[error("TLS to Redis at {address} failed: {reason}")]
    Tls {
        /// Where it is.
        address: String,
        /// What is wrong.
        reason: String,
    },
    /// Another protocol is spoken there.
    #[error("no Redis answers at {address}; if it speaks TLS, the address begins with rediss://")]
    NotRedis {
        /// Where that is.
        address: String,
    },
    /// The server refuses the user or the password.
    #[error("Redis at {address} refuses access: {reason}")]
    Refused {
        /// Where it is.
        address: String,
        /// The error that it sends.
        reason: String,
    },
    /// The server evicts keys when memory is full.
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
    /// A cluster has one database only.
    #[error(
        "Redis at {address} belongs to a cluster, which has database 0 only: remove the number \
         at the end of the address"
    )]
    ClusterDatabase {
        /// Where it is.
        address: String,
    },
    /// Several addresses are given, and there is no cluster.
    #[error(
        "Redis at {address} belongs to no cluster: give one address only, or --redis-sentinels"
    )]
    NotACluster {
        /// Where it is.
        address: String,
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

/// When the server writes its append-only file to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fsync {
    /// Before it answers.
    Always,
    /// Each second, and `WAITAOF` waits for it.
    EverySecondConfirmed,
    /// Each second, and nothing tells when.
    EverySecondUnconfirmed,
    /// Never, as far as one may rely on it.
    Never,
}

/// The facts about a server's version and configuration that the store and the broker need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerInfo {
    /// Id of the process; a restarted server has another. That of a replica that became master is
    /// followed by its replication id, which is new after each promotion: a master that was demoted
    /// took the data of another one, so acknowledged commits may be gone.
    pub(crate) run: String,
    /// Whether it is a replica at present.
    is_replica: bool,
    /// Whether it belongs to a cluster.
    pub(crate) is_in_cluster: bool,
    /// Whether it was a replica that became master: it may lack what the master before it had
    /// acknowledged.
    was_promoted: bool,
    /// Replicas without which it takes no commits. What they lack is not durable.
    pub(crate) replicas: u64,
    /// When it writes to the disk.
    pub(crate) fsync: Fsync,
    /// Whether it can be asked to wait for its disk.
    pub(crate) has_waitaof: bool,
    /// Whether the last write to the append-only file succeeded.
    pub(crate) last_write_ok: bool,
}

impl ServerInfo {
    /// Why another look shows that the connection should be made anew; `None` if it need not.
    pub(super) fn what_changed(&self, now: &Self) -> Option<&'static str> {
        if (self.fsync, self.replicas) != (now.fsync, now.replicas) {
            Some("its settings were changed")
        } else if (&self.run, self.is_replica) != (&now.run, now.is_replica) {
            Some("it was demoted or promoted")
        } else {
            None
        }
    }

    /// Reads the answer to `INFO`, and two settings if the server shows them.
    pub(crate) fn read(info: &str, settings: &Settings) -> Self {
        let appendfsync = settings
            .get("appendfsync")
            .map_or("everysec", String::as_str);
        // This line is there only if the setting is more than 0.
        let needs_replicas = field(info, "min_slaves_good_slaves").is_some();
        let replicas = settings
            .get("min-replicas-to-write")
            .and_then(|it| it.parse().ok());
        let confirms = field(info, "redis_version").is_some_and(|it| parse_version(it) >= WAITAOF);
        let fsync = match (field(info, "aof_enabled"), appendfsync) {
            (Some("1"), "always") => Fsync::Always,
            (Some("1"), "everysec") if confirms => Fsync::EverySecondConfirmed,
            (Some("1"), "everysec") => Fsync::EverySecondUnconfirmed,
            _ => Fsync::Never,
        };
        let was_promoted = field(info, "second_repl_offset").is_some_and(|it| it != "-1");
        let mut run = field(info, "run_id").unwrap_or_default().to_owned();
        if was_promoted && let Some(replication) = field(info, "master_replid") {
            run = format!("{run}:{replication}");
        }
        Self {
            run,
            is_replica: field(info, "role") == Some("slave"),
            is_in_cluster: field(info, "cluster_enabled") == Some("1"),
            was_promoted,
            replicas: replicas.unwrap_or(u64::from(needs_replicas)),
            fsync,
            has_waitaof: confirms,
            last_write_ok: field(info, "aof_last_write_status") != Some("err"),
        }
    }

    /// The run that a commit must name; empty for a server that loses nothing when it restarts
    /// and is not the heir of one that did.
    pub(crate) fn run_if_lossy(&self) -> &str {
        let loses_nothing =
            self.fsync == Fsync::Always && !self.was_promoted && !self.is_in_cluster;
        if loses_nothing { "" } else { &self.run }
    }

    /// The command that publishes a message.
    pub(crate) const fn publish(&self) -> &'static str {
        if self.is_in_cluster {
            "SPUBLISH"
        } else {
            "PUBLISH"
        }
    }
}

/// Settings of a server by name.
pub(crate) type Settings = HashMap<String, String>;

/// Why connecting failed.
#[derive(Debug)]
pub(crate) enum ConnectError {
    /// The server must not be used; trying again does not help.
    Permanent(RedisOpenError),
    /// It may work later.
    Temporary(String),
}

/// Tells whether an error of connecting or of the first commands is permanent.
pub(super) fn classify(address: &str, error: &RedisError) -> ConnectError {
    if error
        .to_string()
        .contains("SELECT is not allowed in cluster mode")
    {
        let address = address.to_owned();
        return ConnectError::Permanent(RedisOpenError::ClusterDatabase { address });
    }
    let refused = error.kind() == ErrorKind::AuthenticationFailed
        || error.kind() == ErrorKind::Server(ServerErrorKind::NoPerm)
        || matches!(error.code(), Some("NOAUTH" | "WRONGPASS"));
    if refused {
        let reason = error
            .detail()
            .map_or_else(|| error.to_string(), ToOwned::to_owned);
        return ConnectError::Permanent(RedisOpenError::Refused {
            address: address.to_owned(),
            reason,
        });
    }
    if let Some(reason) = tls::failure(error) {
        let address = address.to_owned();
        return ConnectError::Permanent(RedisOpenError::Tls { address, reason });
    }
    if error.kind() == ErrorKind::Parse {
        let address = address.to_owned();
        return ConnectError::Permanent(RedisOpenError::NotRedis { address });
    }
    if error.kind() == ErrorKind::InvalidClientConfig {
        return ConnectError::Permanent(RedisOpenError::BadUrl(error.to_string()));
    }
    ConnectError::Temporary(error.to_string())
}

/// Asks a server about itself.
///
/// # Errors
/// [`ConnectError::Permanent`] if it must not be used.
pub(super) async fn inspect(
    connection: &mut MultiplexedConnection,
    address: &str,
) -> Result<ServerInfo, ConnectError> {
    let info: String = cmd("INFO")
        .query_async(connection)
        .await
        .map_err(|error| classify(address, &error))?;
    let permanent = |refusal| Err(ConnectError::Permanent(refusal));
    let address = address.to_owned();
    let version = field(&info, "redis_version").unwrap_or_default().to_owned();
    if parse_version(&version) < OLDEST {
        return permanent(RedisOpenError::TooOld { address, version });
    }
    match field(&info, "maxmemory_policy") {
        Some(policy) if policy.starts_with("allkeys") => {
            return permanent(RedisOpenError::Evicts {
                address,
                policy: policy.to_owned(),
            });
        }
        Some(_) | None => {}
    }
    // Hosted servers often refuse to show this; then the default holds.
    let mut ask = cmd("CONFIG");
    ask.arg("GET")
        .arg("appendfsync")
        .arg("min-replicas-to-write");
    let settings: Settings = ask.query_async(connection).await.unwrap_or_default();
    Ok(ServerInfo::read(&info, &settings))
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

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn fsync_follows_from_version_and_configuration() {
        let check = |version, enabled, appendfsync, expected| {
            let info = format!("redis_version:{version}\r\nrun_id:ab\r\naof_enabled:{enabled}\r\n");
            let settings = settings(&[("appendfsync", appendfsync)]);
            assert_eq!(
                ServerInfo::read(&info, &settings).fsync,
                expected,
                "{info} {appendfsync}"
            );
        };
        check("7.0.15", 1, "everysec", Fsync::EverySecondUnconfirmed);
        check("7.2.0", 1, "everysec", Fsync::EverySecondConfirmed);
        check("10.1.0", 1, "everysec", Fsync::EverySecondConfirmed);
        check("8.2.3", 1, "always", Fsync::Always);
        check("8.2.3", 1, "no", Fsync::Never);
        check("8.2.3", 0, "always", Fsync::Never);
    }

    #[test]
    fn a_server_that_may_lack_acknowledged_commits_names_its_run() {
        let run_id = |more: &str| {
            let info = format!("redis_version:7.0.15\r\nrun_id:ab\r\naof_enabled:1\r\n{more}");
            let always = settings(&[("appendfsync", "always")]);
            ServerInfo::read(&info, &always).run_if_lossy().to_owned()
        };
        assert_eq!(run_id("second_repl_offset:-1\r\ncluster_enabled:0\r\n"), "");
        assert_eq!(
            run_id("second_repl_offset:1200\r\nmaster_replid:cd\r\ncluster_enabled:0\r\n"),
            "ab:cd"
        );
        assert_eq!(
            run_id("second_repl_offset:-1\r\ncluster_enabled:1\r\n"),
            "ab"
        );
    }

    #[test]
    fn a_change_of_the_role_or_of_the_settings_is_noticed() {
        let info = |more: &str| ServerInfo::read(&format!("run_id:ab\r\n{more}"), &settings(&[]));
        let master = info("role:master\r\nsecond_repl_offset:-1\r\nmaster_replid:a\r\n");
        let again = info("role:master\r\nsecond_repl_offset:-1\r\nmaster_replid:b\r\n");
        assert_eq!(master.what_changed(&again), None, "a first replica came");
        let replica = info("role:slave\r\nsecond_repl_offset:-1\r\nmaster_replid:b\r\n");
        let promoted = info("role:master\r\nsecond_repl_offset:7\r\nmaster_replid:c\r\n");
        let promoted_again = info("role:master\r\nsecond_repl_offset:9\r\nmaster_replid:d\r\n");
        for (before, now) in [
            (&master, &replica),
            (&replica, &promoted),
            (&master, &promoted),
            (&promoted, &promoted_again),
        ] {
            let changed = before.what_changed(now);
            assert_eq!(changed, Some("it was demoted or promoted"), "{now:?}");
        }
        let other = info("role:master\r\nmin_slaves_good_slaves:0\r\n");
        assert_eq!(
            master.what_changed(&other),
            Some("its settings were changed")
        );
    }

    #[test]
    fn replicas_follow_from_the_setting_or_else_from_the_report() {
        let replicas = |info: &str, pairs| ServerInfo::read(info, &settings(pairs)).replicas;
        assert_eq!(replicas("", &[]), 0);
        assert_eq!(replicas("min_slaves_good_slaves:0\r\n", &[]), 1);
        let two = [("min-replicas-to-write", "2")];
        assert_eq!(replicas("min_slaves_good_slaves:0\r\n", &two), 2);
    }
}

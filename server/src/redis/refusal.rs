//! Says in words for hosts why Redis refuses a command, and what to change.

use redis::{ErrorKind, RedisError, ServerErrorKind};

use super::connection::CallError;
use super::keys::Names;
use crate::health::Outage;

/// What an access rule of Redis does not grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Channels,
    Keys,
    Commands,
}

/// Whether a master of a cluster refuses a command because it does not have the slot, or not all of
/// it, or does not know.
pub(crate) fn is_elsewhere(error: &RedisError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Server(
            ServerErrorKind::Moved
                | ServerErrorKind::Ask
                | ServerErrorKind::TryAgain
                | ServerErrorKind::ClusterDown
                | ServerErrorKind::MasterDown
        )
    )
}

/// What the access rules of the user lack; `None` if Redis refused nothing for that reason.
pub(crate) fn missing_permission(error: &RedisError) -> Option<Missing> {
    let text = error.to_string();
    // In a script the words depend on the version of Redis.
    let in_script = ["The user executing the script", "ACL failure in script"];
    let is_in_script = in_script.iter().any(|words| text.contains(words));
    if error.code() != Some("NOPERM") && !is_in_script {
        None
    } else if text.contains("channel") {
        Some(Missing::Channels)
    } else if text.contains("key") {
        Some(Missing::Keys)
    } else {
        Some(Missing::Commands)
    }
}

/// Why a command got no good answer.
pub(crate) fn outage(error: &RedisError, names: &Names) -> Outage {
    match (missing_permission(error), error.code()) {
        (Some(Missing::Channels), _) => Outage::own(format!(
            "Redis does not let this user use our channels: grant {}",
            names.channel_pattern()
        )),
        (Some(Missing::Keys), _) => Outage::own(format!(
            "Redis does not let this user use our keys: grant {}",
            names.key_pattern()
        )),
        (Some(Missing::Commands), _) => Outage::own(
            "Redis does not let this user run all commands: grant \
             +@read +@write +@scripting +@pubsub +@connection +info +config|get +waitaof, \
             and on a cluster +cluster|info +cluster|slots",
        ),
        (None, Some("OOM")) => Outage::shared("Redis has no memory left: raise its maxmemory"),
        (None, Some("MISCONF")) => {
            Outage::shared("Redis takes no commits because it cannot write to its disk")
        }
        (None, Some("READONLY")) => {
            Outage::shared("Redis takes no commits because it is a replica now")
        }
        (None, Some("CLUSTERDOWN" | "MASTERDOWN")) => Outage::shared(
            "the Redis cluster is down: a master lacks, and no replica has taken its place yet",
        ),
        (None, Some("MOVED" | "ASK" | "TRYAGAIN")) => {
            Outage::shared("slots of the Redis cluster are moving")
        }
        (None, Some("NOREPLICAS")) => Outage::shared(
            "Redis takes no commits because it lacks replicas (min-replicas-to-write)",
        ),
        (None, _) => Outage::shared(format!("Redis cannot be used: {error}")),
    }
}

/// Why a call got no good answer.
pub(crate) fn outage_of_call(error: &CallError, names: &Names) -> Outage {
    match error {
        CallError::Redis(error) => outage(error, names),
        CallError::Disconnected(_) | CallError::TimedOut(_) => {
            Outage::shared(format!("Redis cannot be reached: {error}"))
        }
    }
}

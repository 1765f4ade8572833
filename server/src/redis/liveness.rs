//! Whether a connection to Redis is still of use.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::cmd;
use tokio::time::{sleep, timeout};

use super::connection::is_fatal;
use super::node::Node;
use super::server_info::{ConnectError, ServerInfo};

/// How often an idle connection is pinged.
const PING_EVERY: Duration = Duration::from_secs(1);
/// Silence after which a connection is given up. Longer than the longest wait
/// for the disk, during which the connection cannot answer.
const PING_LIMIT: Duration = Duration::from_secs(3);
/// Pings after which the settings of the server are read again: they can be changed while it runs.
const PINGS_PER_LOOK: u32 = 5;

/// Returns the reason when a connection does not answer any more, or when the settings of its server
/// are not those with which it was opened, or when its server was demoted or promoted since. An error that the server itself sends is an answer.
pub(super) async fn until_useless(
    node: &Node,
    mut connection: MultiplexedConnection,
    server: ServerInfo,
) -> String {
    loop {
        for _ in 0..PINGS_PER_LOOK {
            sleep(PING_EVERY).await;
            if let Some(reason) = is_silent(&mut connection).await {
                return reason;
            }
        }
        let look = node.look(&mut connection);
        match timeout(PING_LIMIT, look).await {
            Ok(Ok(now)) => {
                if let Some(change) = server.what_changed(&now) {
                    return change.to_owned();
                }
            }
            Ok(Err(ConnectError::Permanent(refusal))) => return refusal.to_string(),
            // The next ping finds out whether the connection is dead.
            Ok(Err(ConnectError::Temporary(_))) | Err(_) => {}
        }
    }
}

async fn is_silent(connection: &mut MultiplexedConnection) -> Option<String> {
    let ping = cmd("PING");
    match timeout(PING_LIMIT, ping.query_async::<redis::Value>(connection)).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) if !is_fatal(&error) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some(format!("no answer in {PING_LIMIT:?}")),
    }
}

//! Finds the masters: the server of the address, the current master by Sentinel, or the masters of
//! a cluster by any of its servers.
//!
//! redis' `cluster-async` (1.8) does not fit, because it follows redirections and replaces
//! connections without a hook. A script names the run of the very server it is sent to, and a
//! server that may evict boards must not be used; a script that the library sends on to another
//! server would begin an epoch for nothing. After a move it subscribes again by one SSUBSCRIBE for
//! all channels, which a cluster refuses if they are of several slots. So the slots of names, the
//! meaning of redirections and the conversation with Sentinels come from the library, and the
//! connections are ours.

use std::collections::HashMap;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use redis::aio::MultiplexedConnection;
use redis::sentinel::SentinelClient;
use redis::{ConnectionAddr, ErrorKind, Value};
use tokio::time::timeout;

use super::node::{CONNECT_LIMIT, Node};
use super::server_info::{ConnectError, RedisOpenError, classify};
use super::topology::Topology;

/// Where the masters are asked for.
pub(super) enum Source {
    /// The address of one server, or of some servers of a cluster.
    Addresses(Vec<Node>),
    /// Sentinels, which know the master by a name.
    Sentinels {
        client: Box<SentinelClient>,
        /// How the master is reached at any address.
        pattern: Node,
        /// The addresses of the Sentinels, for people.
        addresses: String,
    },
}

/// Looks for the masters.
pub(super) struct Discovery {
    source: Source,
    /// Connections to servers of a cluster, which are asked again and again.
    connections: HashMap<Node, MultiplexedConnection>,
}

/// What a server says.
enum Answer {
    /// It has everything.
    Alone,
    /// It belongs to a cluster with these masters.
    Cluster {
        topology: Topology,
        /// Whether it sees most of the cluster. Otherwise others may know better.
        sees_most: bool,
        connection: MultiplexedConnection,
    },
}

impl Discovery {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            connections: HashMap::new(),
        }
    }

    /// Whether the masters may be others later, without a command being refused.
    pub(super) const fn is_by_sentinel(&self) -> bool {
        matches!(self.source, Source::Sentinels { .. })
    }

    /// Finds the masters. `known` are those that were found before.
    pub(super) async fn find(
        &mut self,
        known: Option<&Topology>,
    ) -> Result<Topology, ConnectError> {
        match &mut self.source {
            Source::Sentinels {
                client,
                pattern,
                addresses,
            } => find_by_sentinel(client, pattern, addresses).await,
            Source::Addresses(_) => self.find_by_servers(known).await,
        }
    }

    /// Asks all servers at once. The first that sees most of its cluster is believed, so one that
    /// is dead or cut off does not matter.
    async fn find_by_servers(
        &mut self,
        known: Option<&Topology>,
    ) -> Result<Topology, ConnectError> {
        let Source::Addresses(seeds) = &self.source else {
            return Err(ConnectError::Temporary("no addresses".to_owned()));
        };
        let mut candidates: Vec<Node> = known
            .filter(|known| known.is_cluster())
            .map(|known| known.masters().cloned().collect())
            .unwrap_or_default();
        for seed in seeds {
            if candidates.iter().all(|it| it.address() != seed.address()) {
                candidates.push(seed.clone());
            }
        }
        let mut asked: FuturesUnordered<_> = candidates
            .into_iter()
            .map(|node| {
                // A clone: the kept one outlives an answer that comes too late to be waited for.
                let connection = self.connections.get(&node.in_cluster()).cloned();
                async move { (ask(&node, connection).await, node) }
            })
            .collect();
        let (mut narrow, mut failure) = (None, None);
        while let Some((answer, node)) = asked.next().await {
            match answer {
                Ok(Answer::Alone) if seeds.len() > 1 => {
                    let address = node.address().to_owned();
                    return Err(ConnectError::Permanent(RedisOpenError::NotACluster {
                        address,
                    }));
                }
                Ok(Answer::Alone) => return Ok(Topology::single(node)),
                Ok(Answer::Cluster {
                    topology,
                    sees_most,
                    connection,
                }) => {
                    self.connections.insert(node.in_cluster(), connection);
                    if sees_most {
                        return Ok(topology);
                    }
                    narrow = Some(topology);
                }
                // What no waiting mends is named first; a broken connection is not kept.
                Err(error) => {
                    self.connections.remove(&node.in_cluster());
                    let is_permanent = matches!(error, ConnectError::Permanent(_));
                    failure = failure.filter(|_| !is_permanent).or(Some(error));
                }
            }
        }
        let no_answer = || ConnectError::Temporary("no server answers".to_owned());
        narrow.ok_or_else(|| failure.unwrap_or_else(no_answer))
    }
}

async fn find_by_sentinel(
    client: &mut SentinelClient,
    pattern: &Node,
    addresses: &str,
) -> Result<Topology, ConnectError> {
    let master = pattern.host();
    let found = match timeout(CONNECT_LIMIT, client.async_get_client()).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) if error.kind() == ErrorKind::MasterNameNotFoundBySentinel => {
            let reason = format!("the Sentinels {addresses} know no master {master} that works");
            return Err(ConnectError::Temporary(reason));
        }
        Ok(Err(error)) => {
            return Err(match classify(addresses, &error) {
                ConnectError::Temporary(reason) => ConnectError::Temporary(format!(
                    "the Sentinels {addresses} name no master: {reason}"
                )),
                permanent @ ConnectError::Permanent(_) => permanent,
            });
        }
        Err(_) => {
            let reason = format!("no answer from the Sentinels {addresses} in {CONNECT_LIMIT:?}");
            return Err(ConnectError::Temporary(reason));
        }
    };
    match found.get_connection_info().addr() {
        ConnectionAddr::Tcp(host, port) | ConnectionAddr::TcpTls { host, port, .. } => pattern
            .at(host, *port)
            .map(Topology::single)
            .map_err(|error| classify(addresses, &error)),
        _ => Err(ConnectError::Temporary(
            "the Sentinels name no host".to_owned(),
        )),
    }
}

/// Asks a server for the masters of its cluster.
async fn ask(
    node: &Node,
    connection: Option<MultiplexedConnection>,
) -> Result<Answer, ConnectError> {
    if let Some(connection) = connection {
        // An old connection may be broken; then a new one is made.
        if let Ok(Ok(answer)) = timeout(CONNECT_LIMIT, ask_cluster(node, connection)).await {
            return Ok(answer);
        }
    }
    let usable = node.connect().await?;
    if usable.server.is_in_cluster {
        timeout(CONNECT_LIMIT, ask_cluster(node, usable.connection))
            .await
            .unwrap_or_else(|_| Err(ConnectError::Temporary("no answer".to_owned())))
    } else {
        Ok(Answer::Alone)
    }
}

async fn ask_cluster(
    node: &Node,
    mut connection: MultiplexedConnection,
) -> Result<Answer, ConnectError> {
    let failed = |error| classify(node.address(), &error);
    let mut ask = redis::pipe();
    ask.cmd("CLUSTER").arg("INFO");
    ask.cmd("CLUSTER").arg("SLOTS");
    let (info, slots): (String, Value) = ask.query_async(&mut connection).await.map_err(failed)?;
    let ranges = masters(&slots, node);
    if ranges.is_empty() {
        let reason = format!("the cluster at {} has no slots yet", node.address());
        return Err(ConnectError::Temporary(reason));
    }
    Ok(Answer::Cluster {
        topology: Topology::cluster(ranges),
        sees_most: info.contains("cluster_state:ok"),
        connection,
    })
}

/// Reads the answer to `CLUSTER SLOTS` of a server: ranges of slots with their masters.
fn masters(slots: &Value, asked: &Node) -> Vec<(std::ops::RangeInclusive<u16>, Node)> {
    let Value::Array(ranges) = slots else {
        return Vec::new();
    };
    let read = |range: &Value| {
        let Value::Array(parts) = range else {
            return None;
        };
        let (first, last) = (number(parts.first()?)?, number(parts.get(1)?)?);
        let Value::Array(master) = parts.get(2)? else {
            return None;
        };
        // A server that does not know its own name answers with none.
        let host = match master.first()? {
            Value::BulkString(host) if !host.is_empty() => std::str::from_utf8(host).ok()?,
            _ => asked.host(),
        };
        let node = asked.at(host, number(master.get(1)?)?).ok()?;
        Some((first..=last, node.in_cluster()))
    };
    ranges.iter().filter_map(read).collect()
}

fn number(value: &Value) -> Option<u16> {
    match value {
        Value::Int(number) => u16::try_from(*number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use redis::Client;

    use super::super::node::Membership;
    use super::*;

    fn range(first: i64, last: i64, host: Value, port: i64) -> Value {
        let master = Value::Array(vec![host, Value::Int(port)]);
        Value::Array(vec![Value::Int(first), Value::Int(last), master])
    }

    #[test]
    fn masters_without_a_name_have_the_host_that_was_asked() {
        let client = Client::open("redis://user:secret@10.0.0.1:7000").unwrap();
        let asked = Node::new(client, Membership::Alone);
        let named = Value::BulkString(b"10.0.0.2".to_vec());
        let slots = Value::Array(vec![
            range(0, 99, Value::Nil, 7001),
            range(100, 16_383, named, 7002),
            range(5, 70_000, Value::Nil, 7003),
            Value::Int(7),
        ]);
        let found = masters(&slots, &asked);
        let addresses: Vec<_> = found.iter().map(|(_, node)| node.address()).collect();
        assert_eq!(addresses, ["10.0.0.1:7001", "10.0.0.2:7002"]);
        let (slots, node) = &found[1];
        assert_eq!((slots.clone(), node.is_in_cluster()), (100..=16_383, true));
    }
}

//! Redis servers that are joined to a cluster.

use anyhow::{Context as _, Result, ensure};
use redis::aio::MultiplexedConnection;
use redis::{FromRedisValue, cmd};

use crate::port::free_port;
use crate::redis::{Redis, Version, until};

/// Slots of every cluster.
const SLOTS: usize = 16_384;
/// After this silence, in ms, the others hold a server for dead.
const NODE_TIMEOUT_MS: &str = "1500";

/// A cluster. Each master has an equal share of the slots and as many replicas as the others.
#[derive(Debug)]
pub struct RedisCluster {
    /// The masters of the start, in the order of their slots.
    pub masters: Vec<Redis>,
    /// The first replica of each master, then the second of each, and so on.
    pub replicas: Vec<Redis>,
}

impl RedisCluster {
    /// Starts a cluster and waits until all its servers agree that it works. `options` are those
    /// of every server.
    ///
    /// # Errors
    /// If a server does not start or the cluster does not come about.
    pub async fn start(
        version: Version,
        masters: usize,
        replicas_each: usize,
        options: &[&str],
    ) -> Result<Self> {
        let mut servers = Vec::new();
        for _ in 0..masters * (1 + replicas_each) {
            let bus = free_port()?.to_string();
            let own = ["--cluster-enabled", "yes", "--cluster-port", &bus];
            // A replica that attaches is served at once.
            let timing = [
                "--cluster-node-timeout",
                NODE_TIMEOUT_MS,
                "--repl-diskless-sync-delay",
                "0",
            ];
            let all = [&own[..], &timing, options].concat();
            servers.push((Redis::start(version, &all).await?, bus));
        }
        let mut connections = Vec::new();
        for (number, (server, _)) in servers.iter().enumerate() {
            let mut connection = server.connect().await?;
            let mut epoch = cmd("CLUSTER");
            epoch.arg("SET-CONFIG-EPOCH").arg(number + 1);
            epoch.exec_async(&mut connection).await?;
            if number < masters {
                let (first, end) = (number * SLOTS / masters, (number + 1) * SLOTS / masters);
                let mut slots = cmd("CLUSTER");
                slots.arg("ADDSLOTSRANGE").arg(first).arg(end - 1);
                slots.exec_async(&mut connection).await?;
            }
            connections.push(connection);
        }
        for (server, bus) in &servers {
            let mut meet = cmd("CLUSTER");
            meet.arg("MEET")
                .arg("127.0.0.1")
                .arg(server.port()?)
                .arg(bus);
            meet.exec_async(connections.first_mut().context("no server")?)
                .await?;
        }
        agree(&mut connections).await?;
        replicate(&mut connections, masters).await?;
        let mut masters_and_replicas: Vec<_> = servers.into_iter().map(|it| it.0).collect();
        let replicas = masters_and_replicas.split_off(masters);
        Ok(Self {
            masters: masters_and_replicas,
            replicas,
        })
    }

    /// One address for all masters: with commas between hosts.
    #[must_use]
    pub fn url(&self) -> String {
        let hosts: Vec<String> = self
            .masters
            .iter()
            .map(|master| master.url().replace("redis://", "").replace('/', ""))
            .collect();
        format!("redis://{}/", hosts.join(","))
    }

    /// The slot of a key.
    ///
    /// # Errors
    /// If no master answers.
    pub async fn slot_of(&self, key: &str) -> Result<u16> {
        let mut ask = cmd("CLUSTER");
        ask.arg("KEYSLOT").arg(key);
        let first = self.masters.first().context("no master")?;
        Ok(ask.query_async(&mut first.connect().await?).await?)
    }

    /// The index of the master that has a slot, by its own word.
    ///
    /// # Errors
    /// If none says so.
    pub async fn owner_of(&self, slot: u16) -> Result<usize> {
        for (index, master) in self.masters.iter().enumerate() {
            let mut connection = master.connect().await?;
            let nodes: String = ask(&mut connection, "NODES").await?;
            let own = nodes.lines().find(|line| line.contains("myself"));
            let ranges = own.into_iter().flat_map(|line| line.split(' ').skip(8));
            if ranges
                .filter_map(range)
                .any(|(first, last)| first <= slot && slot <= last)
            {
                return Ok(index);
            }
        }
        anyhow::bail!("no master has slot {slot}")
    }

    /// Waits until the first replica of a master that is gone has become master.
    ///
    /// # Errors
    /// If it does not.
    pub async fn until_replica_took_over(&self, master: usize) -> Result<()> {
        let replica = self.replicas.get(master).context("no replica")?;
        let mut connection = replica.connect().await?;
        until(async || {
            let nodes: String = ask(&mut connection, "NODES").await?;
            Ok(nodes.contains("myself,master"))
        })
        .await
    }

    /// Moves a slot with its keys to another master, as `redis-cli --cluster reshard` does, a few
    /// keys at a time.
    ///
    /// # Errors
    /// If a server refuses a step.
    pub async fn move_slot(&self, slot: u16, to: usize) -> Result<()> {
        let from = self.owner_of(slot).await?;
        ensure!(from != to, "slot {slot} is there already");
        let mut moving = SlotMove::begin(self, slot, from, to).await?;
        while moving.next_keys(1).await? {}
        moving.finish(self).await
    }
}

/// A slot that is on its way to another master.
#[derive(Debug)]
pub struct SlotMove {
    slot: u16,
    source: MultiplexedConnection,
    target_id: String,
    target_port: u16,
}

impl SlotMove {
    /// Tells both masters that the slot is moving.
    ///
    /// # Errors
    /// If one of them refuses.
    pub async fn begin(cluster: &RedisCluster, slot: u16, from: usize, to: usize) -> Result<Self> {
        let (source, target) = (&cluster.masters[from], &cluster.masters[to]);
        let (mut at_source, mut at_target) = (source.connect().await?, target.connect().await?);
        let source_id: String = ask(&mut at_source, "MYID").await?;
        let target_id: String = ask(&mut at_target, "MYID").await?;
        set_slot(&mut at_target, slot, "IMPORTING", &source_id).await?;
        set_slot(&mut at_source, slot, "MIGRATING", &target_id).await?;
        Ok(Self {
            slot,
            source: at_source,
            target_id,
            target_port: target.port()?,
        })
    }

    /// Moves at most so many keys; tells whether there were any.
    ///
    /// # Errors
    /// If a server refuses.
    pub async fn next_keys(&mut self, count: usize) -> Result<bool> {
        let mut list = cmd("CLUSTER");
        list.arg("GETKEYSINSLOT").arg(self.slot).arg(count);
        let keys: Vec<Vec<u8>> = list.query_async(&mut self.source).await?;
        if keys.is_empty() {
            return Ok(false);
        }
        let mut migrate = cmd("MIGRATE");
        migrate
            .arg("127.0.0.1")
            .arg(self.target_port)
            .arg("")
            .arg(0);
        migrate.arg(5000).arg("KEYS").arg(&keys[..]);
        migrate.exec_async(&mut self.source).await?;
        Ok(true)
    }

    /// Gives the slot to its new master; all masters are told, the new one first.
    ///
    /// # Errors
    /// If one of them refuses.
    pub async fn finish(self, cluster: &RedisCluster) -> Result<()> {
        let is_target = |master: &&Redis| master.port().is_ok_and(|it| it == self.target_port);
        let (targets, others): (Vec<_>, Vec<_>) = cluster.masters.iter().partition(is_target);
        for master in targets.into_iter().chain(others) {
            let mut connection = master.connect().await?;
            set_slot(&mut connection, self.slot, "NODE", &self.target_id).await?;
        }
        Ok(())
    }
}

async fn set_slot(
    connection: &mut MultiplexedConnection,
    slot: u16,
    state: &str,
    node: &str,
) -> Result<()> {
    let mut set = cmd("CLUSTER");
    set.arg("SETSLOT").arg(slot).arg(state).arg(node);
    Ok(set.exec_async(connection).await?)
}

async fn ask<T: FromRedisValue>(connection: &mut MultiplexedConnection, what: &str) -> Result<T> {
    Ok(cmd("CLUSTER").arg(what).query_async(connection).await?)
}

/// Reads `5` or `5-9`.
fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// Waits until all servers know each other and agree that all slots are served.
async fn agree(connections: &mut [MultiplexedConnection]) -> Result<()> {
    let known = format!("cluster_known_nodes:{}", connections.len());
    for connection in connections {
        until(async || {
            let info: String = ask(connection, "INFO").await?;
            Ok(info.contains("cluster_state:ok") && info.contains(&known))
        })
        .await?;
    }
    Ok(())
}

/// Makes the servers after the masters replicas, and waits until they have caught up.
async fn replicate(connections: &mut [MultiplexedConnection], masters: usize) -> Result<()> {
    let (masters, replicas) = connections.split_at_mut(masters);
    for (number, replica) in replicas.iter_mut().enumerate() {
        let count = masters.len();
        let id: String = ask(&mut masters[number % count], "MYID").await?;
        let mut follow = cmd("CLUSTER");
        follow.arg("REPLICATE").arg(id);
        follow.exec_async(replica).await?;
        until(async || {
            let info: String = cmd("INFO").arg("replication").query_async(replica).await?;
            Ok(info.contains("master_link_status:up"))
        })
        .await?;
    }
    Ok(())
}

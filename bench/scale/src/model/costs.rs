//! What things cost, as measured. This file alone must change when a figure does.
//!
//! The costs of the server come from `cargo xtask bench` (docs/performance.md), those of Redis from
//! the processor time of a Redis 7 that got many such calls over one connection, some at once. The sizes
//! are those of the simulation.

/// Processor seconds of a server for one live update to one client, reading, room and relay to the
/// socket included: rooms of 10 with two pens at a fixed rate on one node.
pub(crate) const CPU_S_PER_DELIVERY: f64 = 10.9e-6;
/// Processor seconds for one message that a node publishes or receives: what the same rooms cost more
/// on two nodes, by messages.
pub(crate) const CPU_S_PER_RELAY: f64 = 26.0e-6;
/// Processor seconds in a second for a board that is open on a node, while all are silent.
pub(crate) const CPU_S_PER_BOARD: f64 = 105.0e-6;
/// Processor seconds in a second for a person who is silent: pings, heartbeats, timers.
pub(crate) const CPU_S_PER_PERSON: f64 = 3.0e-6;
/// Processor seconds of a server for one commit, without its way to the clients.
pub(crate) const CPU_S_PER_COMMIT: f64 = 300.0e-6;
/// Processor seconds of a server for one connection with its hello, until the board has been sent, on a
/// small board; TLS is the proxy's.
pub(crate) const CPU_S_PER_JOIN: f64 = 500.0e-6;

/// Memory of a connection in bytes, with its part of a room of ten.
pub(crate) const MEMORY_PER_PERSON: f64 = 12.5 * 1024.0;
/// Memory of an open board of a few hundred strokes in bytes.
pub(crate) const MEMORY_PER_BOARD: f64 = 256.0 * 1024.0;

/// Bytes of one live update in a frame: half of them are pieces of ink, half places of pointers.
pub(crate) const BYTES_PER_LIVE_UPDATE: f64 = 17.5;
/// Bytes of an empty live frame.
pub(crate) const BYTES_PER_LIVE_FRAME: f64 = 4.0;
/// Bytes of a commit of one short stroke on its way to a client.
pub(crate) const BYTES_PER_COMMIT: f64 = 200.0;
/// Bytes of an ack.
pub(crate) const BYTES_PER_ACK: f64 = 6.0;
/// Bytes of a heartbeat.
pub(crate) const BYTES_PER_HEARTBEAT: f64 = 26.0;
/// Bytes that the headers of WebSocket, TLS, TCP, IP and Ethernet add to a frame that is sent alone.
pub(crate) const WIRE_BYTES_PER_FRAME: f64 = 100.0;
/// Bytes that a person who joins is sent on a board of a few hundred strokes.
pub(crate) const BYTES_PER_JOIN: f64 = 40.0 * 1024.0;

/// Processor seconds of Redis for a small command, some of which come together.
pub(crate) const REDIS_S_PER_COMMAND: f64 = 3.0e-6;
/// Processor seconds of Redis for the script that stores a commit.
pub(crate) const REDIS_S_PER_COMMIT: f64 = 25.0e-6;
/// Processor seconds of Redis for a message that is published.
pub(crate) const REDIS_S_PER_PUBLISHED: f64 = 4.0e-6;
/// Processor seconds of Redis for each node that gets it.
pub(crate) const REDIS_S_PER_RECEIVED: f64 = 1.2e-6;
/// Processor seconds of Redis for opening a board: the record, the log and two subscriptions.
pub(crate) const REDIS_S_PER_OPENING: f64 = 60.0e-6;
/// Commands in a second that each node sends to each shard whatever happens: a probe, two heartbeats of
/// subscriptions, pings of connections.
pub(crate) const COMMANDS_PER_NODE_AND_SHARD: f64 = 6.0;
/// Connections of each node to each shard.
pub(crate) const CONNECTIONS_PER_NODE_AND_SHARD: f64 = 6.0;

/// The machine of a node.
pub(crate) mod node {
    /// Cores.
    pub(crate) const CORES: f64 = 4.0;
    /// Memory for connections and boards in bytes.
    pub(crate) const MEMORY: f64 = 6.0 * 1024.0 * 1024.0 * 1024.0;
    /// Bytes in a second that the network takes.
    pub(crate) const BANDWIDTH: f64 = 125.0e6;
    /// Connections that a server takes.
    pub(crate) const CONNECTIONS: f64 = 8_000.0;
    /// People on one board that a server takes.
    pub(crate) const PEOPLE_PER_BOARD: f64 = 300.0;
}

/// The part of a node or shard that may be in use, so that there is room for peaks and for the people of
/// a node that died.
pub(crate) const IN_USE: f64 = 0.6;

//! What it costs when a node dies, and when all people connect again at once.

use crate::people::{Placement, Rooms};

use super::capacity::Capacity;
use super::costs::{self, node};
use super::spread::Spread;

/// The time over which the people of a node that died come back, in seconds: the first wait of a client
/// is at most one second.
const COME_BACK_S: f64 = 1.0;

/// What follows when a node dies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Death {
    /// People who must connect again, all within about a second.
    pub(crate) people: f64,
    /// Boards that are opened on nodes that did not have them.
    pub(crate) openings: f64,
    /// Those of the people who come to one other node.
    pub(crate) people_per_node: f64,
    /// The cores that their coming takes on each other node, during that second.
    pub(crate) cores: f64,
    /// Bytes in a second that each other node sends them.
    pub(crate) bandwidth: f64,
    /// Processor seconds of all shards.
    pub(crate) redis: f64,
}

impl Death {
    /// The death of one of the nodes.
    pub(crate) fn of(rooms: &Rooms, capacity: &Capacity, placement: Placement) -> Self {
        let nodes = f64::from(capacity.nodes);
        let others = (nodes - 1.0).max(1.0);
        let people = f64::from(rooms.people()) / nodes;
        let openings = openings(rooms, capacity.nodes, placement);
        let each = people / others;
        Self {
            people,
            openings,
            people_per_node: each,
            cores: each * costs::CPU_S_PER_JOIN / COME_BACK_S,
            bandwidth: each * costs::BYTES_PER_JOIN / COME_BACK_S,
            redis: openings * costs::REDIS_S_PER_OPENING,
        }
    }
}

/// The boards that other nodes open when one of some nodes dies: the boards that are open afterwards,
/// without those that were open on the other nodes before.
pub(crate) fn openings(rooms: &Rooms, nodes: u32, placement: Placement) -> f64 {
    let of = |nodes| Spread::of(rooms, nodes, placement).nodes;
    let boards = f64::from(rooms.boards);
    match placement {
        Placement::Random => {
            let left = f64::from(nodes - 1) / f64::from(nodes);
            boards * (of(nodes - 1) - left * of(nodes))
        }
        // By the rule of the simulation, most boards get another node when the number of nodes changes.
        Placement::ByBoard => boards * of(nodes) / f64::from(nodes),
    }
}

/// Seconds until each node has served all its people when all connect at once, as after a restart of the
/// load balancer: processor and network work at the same time.
pub(crate) fn all_at_once(rooms: &Rooms, capacity: &Capacity) -> f64 {
    let people = f64::from(rooms.people()) / f64::from(capacity.nodes);
    let processor = people * costs::CPU_S_PER_JOIN / node::CORES;
    let network = people * costs::BYTES_PER_JOIN / node::BANDWIDTH;
    processor.max(network).max(COME_BACK_S)
}

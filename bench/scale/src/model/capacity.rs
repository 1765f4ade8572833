//! How many nodes and shards some boards need.

use crate::people::{Placement, Rooms};
use crate::tally::{Kind, Rates};

use super::costs::{self, node};
use super::rates::rates;
use super::spread::Spread;

/// The most nodes that are tried.
const MOST_NODES: u32 = 20_000;

/// What a node runs out of first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Processor,
    Connections,
    Memory,
    Bandwidth,
    PeoplePerBoard,
}

impl Bound {
    /// What a table calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Processor => "processor",
            Self::Connections => "connections",
            Self::Memory => "memory",
            Self::Bandwidth => "bandwidth",
            Self::PeoplePerBoard => "people on a board",
        }
    }
}

/// What boards need.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Capacity {
    pub(crate) nodes: u32,
    pub(crate) bound: Bound,
    /// Boards that are open on each node.
    pub(crate) boards_per_node: f64,
    /// Cores that a node uses.
    pub(crate) cores: f64,
    /// Bytes of memory that a node uses.
    pub(crate) memory: f64,
    /// Bytes in a second that a node sends to clients.
    pub(crate) bandwidth: f64,
    /// Calls and published messages that Redis takes in a second.
    pub(crate) redis_calls: f64,
    /// Messages that Redis sends to nodes in a second.
    pub(crate) redis_messages: f64,
    /// Processor seconds that all shards use in a second.
    pub(crate) redis_cores: f64,
    /// The part of its shard that one board uses, if all people draw on it who do.
    pub(crate) one_board: f64,
    pub(crate) shards: u32,
}

impl Capacity {
    /// The fewest nodes that are enough, and what they use.
    pub(crate) fn of(rooms: &Rooms, placement: Placement) -> Option<Self> {
        let is_enough = |nodes| NodeUse::of(rooms, nodes, placement).fullest().1 <= costs::IN_USE;
        let (mut few, mut enough) = (0, 1);
        while !is_enough(enough) {
            (few, enough) = (enough, 2 * enough);
            if enough > MOST_NODES {
                return None;
            }
        }
        // More nodes never make a node fuller.
        while enough - few > 1 {
            let between = few.midpoint(enough);
            if is_enough(between) {
                enough = between;
            } else {
                few = between;
            }
        }
        let use_of = NodeUse::of(rooms, enough, placement);
        Some(Self::with(rooms, placement, &use_of))
    }

    fn with(rooms: &Rooms, placement: Placement, use_of: &NodeUse) -> Self {
        let nodes = use_of.nodes;
        let before = (nodes > 1).then(|| NodeUse::of(rooms, nodes - 1, placement));
        let bound = before.as_ref().unwrap_or(use_of).fullest().0;
        let redis = RedisUse::of(&use_of.rates);
        let one = Rooms {
            boards: 1,
            active: 1,
            ..*rooms
        };
        let shards = shards(redis.cores, f64::from(nodes));
        let from_nodes = f64::from(nodes) * f64::from(shards) * costs::COMMANDS_PER_NODE_AND_SHARD;
        Self {
            nodes,
            bound,
            boards_per_node: use_of.boards,
            cores: use_of.cores,
            memory: use_of.memory,
            bandwidth: use_of.bandwidth,
            redis_calls: redis.calls + from_nodes,
            redis_messages: redis.messages,
            redis_cores: redis.cores,
            one_board: RedisUse::of(&rates(&one, nodes, placement)).cores,
            shards,
        }
    }
}

/// What one of some nodes uses.
#[derive(Debug)]
struct NodeUse {
    nodes: u32,
    rates: Rates,
    people: f64,
    people_per_board: f64,
    boards: f64,
    cores: f64,
    memory: f64,
    bandwidth: f64,
}

impl NodeUse {
    fn of(rooms: &Rooms, nodes: u32, placement: Placement) -> Self {
        let rates = rates(rooms, nodes, placement);
        let each = 1.0 / f64::from(nodes);
        let spread = Spread::of(rooms, nodes, placement);
        let people = f64::from(rooms.people()) * each;
        let boards = f64::from(rooms.boards) * spread.nodes * each;
        let relays = published(&rates) + received(&rates);
        let cores = people * costs::CPU_S_PER_PERSON
            + boards * costs::CPU_S_PER_BOARD
            + each * rates[Kind::LiveItem] * costs::CPU_S_PER_DELIVERY
            + each * relays * costs::CPU_S_PER_RELAY
            + each * rates[Kind::Append] * costs::CPU_S_PER_COMMIT;
        let frames = [
            Kind::LiveFrame,
            Kind::CommitDown,
            Kind::Ack,
            Kind::Heartbeat,
        ];
        let frames: f64 = frames.into_iter().map(|kind| rates[kind]).sum();
        Self {
            nodes,
            people,
            people_per_board: f64::from(rooms.size) / spread.nodes,
            boards,
            cores,
            memory: people * costs::MEMORY_PER_PERSON + boards * costs::MEMORY_PER_BOARD,
            bandwidth: each * (rates[Kind::BytesDown] + frames * costs::WIRE_BYTES_PER_FRAME),
            rates,
        }
    }

    /// The bound that is nearest, and the part of it that is used.
    fn fullest(&self) -> (Bound, f64) {
        let parts = [
            (Bound::Processor, self.cores / node::CORES),
            (Bound::Connections, self.people / node::CONNECTIONS),
            (Bound::Memory, self.memory / node::MEMORY),
            (Bound::Bandwidth, self.bandwidth / node::BANDWIDTH),
            // This limit is a number, so it needs less room: the people of a room arrive unevenly.
            (
                Bound::PeoplePerBoard,
                costs::IN_USE * self.people_per_board / (0.85 * node::PEOPLE_PER_BOARD),
            ),
        ];
        let most = parts.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        most.unwrap_or((Bound::Processor, f64::INFINITY))
    }
}

fn published(rates: &Rates) -> f64 {
    rates[Kind::PublishedLive] + rates[Kind::PublishedLease] + rates[Kind::PublishedOther]
}

fn received(rates: &Rates) -> f64 {
    rates[Kind::ReceivedLive]
        + rates[Kind::ReceivedLease]
        + rates[Kind::ReceivedOther]
        + rates[Kind::ReceivedLog]
}

/// What boards cost Redis, without what each node costs it.
#[derive(Debug)]
struct RedisUse {
    calls: f64,
    messages: f64,
    cores: f64,
}

impl RedisUse {
    fn of(rates: &Rates) -> Self {
        // A node whose wait for durability ends asks whether the commits are still there.
        let commands = rates[Kind::HeadCheck] + rates[Kind::DurabilityWait];
        let (appends, published) = (rates[Kind::Append], published(rates));
        let messages = received(rates);
        Self {
            calls: commands + appends + published,
            messages,
            cores: commands * costs::REDIS_S_PER_COMMAND
                + appends * costs::REDIS_S_PER_COMMIT
                + published * costs::REDIS_S_PER_PUBLISHED
                + messages * costs::REDIS_S_PER_RECEIVED,
        }
    }
}

/// The shards for so many processor seconds in a second. Each of them also answers each node.
fn shards(cores: f64, nodes: f64) -> u32 {
    let own = nodes * costs::COMMANDS_PER_NODE_AND_SHARD * costs::REDIS_S_PER_COMMAND;
    let left = (costs::IN_USE - own).max(0.05);
    (cores / left).ceil().max(1.0) as u32
}

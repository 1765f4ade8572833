//! The tables of the model.

use crate::model::capacity::Capacity;
use crate::model::costs;
use crate::model::death::{Death, all_at_once};
use crate::model::spread::Spread;
use crate::output::say;
use crate::people::{Placement, Rooms};

/// The numbers of people.
const PEOPLE: [u32; 3] = [10_000, 100_000, 1_000_000];
/// The sizes of rooms.
const SIZES: [u32; 3] = [2, 10, 50];
/// The people in the room of viewers.
const VIEWERS: u32 = 10_000;
/// Numbers of nodes for which the spread is shown.
const NODES: [u32; 4] = [2, 10, 50, 500];

/// Prints all tables.
pub(crate) fn print() {
    spread();
    for placement in [Placement::Random, Placement::ByBoard] {
        needed(placement);
        used_by_redis(placement);
        deaths(placement);
    }
}

/// The classes of boards in the tables.
fn classes() -> Vec<Rooms> {
    let sizes = PEOPLE
        .iter()
        .flat_map(|people| SIZES.map(|size| Rooms::of(size, *people)));
    sizes.chain([Rooms::of(VIEWERS, VIEWERS)]).collect()
}

/// The classes with what they need.
fn capacities(placement: Placement) -> Vec<(Rooms, Capacity)> {
    let of = |rooms| Some((rooms, Capacity::of(&rooms, placement)?));
    classes().into_iter().filter_map(of).collect()
}

const fn title(placement: Placement) -> &'static str {
    match placement {
        Placement::Random => "any node",
        Placement::ByBoard => "the node of the board",
    }
}

fn spread() {
    say("\n### Nodes on which a board is open, if each connection goes to any node\n");
    say(
        "| people on the board | 2 nodes | 10 nodes | 50 nodes | 500 nodes |\n|---:|---:|---:|---:|---:|",
    );
    for size in SIZES.into_iter().chain([VIEWERS]) {
        let rooms = Rooms::of(size, size);
        let of = |nodes| format!("{:.1}", Spread::of(&rooms, nodes, Placement::Random).nodes);
        say(&format!(
            "| {} | {} |",
            grouped(size.into()),
            NODES.map(of).join(" | ")
        ));
    }
}

fn needed(placement: Placement) {
    say(&format!(
        "\n### Nodes, if each connection goes to {}\n",
        title(placement)
    ));
    say(
        "| people | in rooms of | nodes | bound by | people a node | boards a node | cores used | memory | network |\n|---:|---:|---:|---|---:|---:|---:|---:|---:|",
    );
    for (rooms, capacity) in capacities(placement) {
        say(&format!(
            "| {} | {} | {} | {} | {} | {} | {:.2} | {} MB | {} Mbit/s |",
            grouped(rooms.people().into()),
            grouped(rooms.size.into()),
            grouped(capacity.nodes.into()),
            capacity.bound.name(),
            grouped(f64::from(rooms.people()) / f64::from(capacity.nodes)),
            grouped(capacity.boards_per_node),
            capacity.cores,
            grouped(capacity.memory / 1e6),
            grouped(capacity.bandwidth * 8.0 / 1e6),
        ));
    }
}

fn used_by_redis(placement: Placement) {
    say(&format!(
        "\n### Redis, if each connection goes to {}\n",
        title(placement)
    ));
    say(
        "| people | in rooms of | calls/s | messages to nodes/s | cores used | shards | connections a shard | of its shard, an active board |\n|---:|---:|---:|---:|---:|---:|---:|---:|",
    );
    for (rooms, capacity) in capacities(placement) {
        let connections = f64::from(capacity.nodes) * costs::CONNECTIONS_PER_NODE_AND_SHARD;
        say(&format!(
            "| {} | {} | {} | {} | {:.2} | {} | {} | {:.2} % |",
            grouped(rooms.people().into()),
            grouped(rooms.size.into()),
            grouped(capacity.redis_calls),
            grouped(capacity.redis_messages),
            capacity.redis_cores,
            capacity.shards,
            grouped(connections),
            100.0 * capacity.one_board,
        ));
    }
}

fn deaths(placement: Placement) {
    say(&format!(
        "\n### The death of a node, if each connection goes to {}\n",
        title(placement)
    ));
    say(
        "| people | in rooms of | people who come back in 1 s | to each node | boards opened | cores a node for that | network a node | processor time of Redis | all at once |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    );
    for (rooms, capacity) in capacities(placement) {
        if capacity.nodes < 2 {
            continue;
        }
        let death = Death::of(&rooms, &capacity, placement);
        say(&format!(
            "| {} | {} | {} | {} | {} | {:.3} | {} Mbit/s | {:.0} ms | {:.1} s |",
            grouped(rooms.people().into()),
            grouped(rooms.size.into()),
            grouped(death.people),
            grouped(death.people_per_node),
            grouped(death.openings),
            death.cores,
            grouped(death.bandwidth * 8.0 / 1e6),
            1_000.0 * death.redis,
            all_at_once(&rooms, &capacity),
        ));
    }
}

/// A number with its thousands apart.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        assert_eq!(
            [0.0, 999.4, 1_000.0, 1_234_567.0].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn all_people_of_the_tables_can_be_served() {
        for placement in [Placement::Random, Placement::ByBoard] {
            assert_eq!(capacities(placement).len(), classes().len());
        }
    }
}

//! The tables of the model.

use anyhow::{Context as _, Result};

use crate::model::capacity::Capacity;
use crate::model::costs;
use crate::model::death::{Death, all_at_once};
use crate::model::spread::Spread;
use crate::people::{Placement, Rooms};

/// Between these lines a document has the tables.
const BEGIN: &str = "<!-- tables: begin -->";
const END: &str = "<!-- tables: end -->";

/// The numbers of people.
const PEOPLE: [u32; 3] = [10_000, 100_000, 1_000_000];
/// The sizes of rooms.
const SIZES: [u32; 3] = [2, 10, 50];
/// The people in the room of viewers.
const VIEWERS: u32 = 10_000;
/// Bits of a byte.
const BITS: f64 = 8.0;
/// Numbers of nodes for which the spread is shown.
const NODES: [u32; 4] = [2, 10, 50, 500];

/// All tables in Markdown.
pub(crate) fn text() -> String {
    let mut lines = spread();
    for placement in [Placement::Random, Placement::ByBoard] {
        let capacities = capacities(placement);
        lines.extend(needed(placement, &capacities));
        lines.extend(used_by_redis(placement, &capacities));
        lines.extend(deaths(placement, &capacities));
    }
    lines.join("\n") + "\n"
}

/// The lines of a table.
fn table(title: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let head = [
        String::new(),
        format!("### {title}"),
        String::new(),
        format!("| {} |", columns.join(" | ")),
        format!("|{}", "---:|".repeat(columns.len())),
    ];
    let rows = rows.map(|cells| format!("| {} |", cells.join(" | ")));
    head.into_iter().chain(rows).collect()
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

fn spread() -> Vec<String> {
    let title = "On how many nodes a board is open, if each connection goes to any node";
    let columns = [
        "people on the board",
        "2 nodes",
        "10 nodes",
        "50 nodes",
        "500 nodes",
    ];
    let row = |size: u32| {
        let rooms = Rooms::of(size, size);
        let of = |nodes| format!("{:.1}", Spread::of(&rooms, nodes, Placement::Random).nodes);
        let cells = [grouped(size.into())].into_iter().chain(NODES.map(of));
        cells.collect()
    };
    table(title, &columns, SIZES.into_iter().chain([VIEWERS]).map(row))
}

/// The first cells of a row.
fn who(rooms: &Rooms) -> Vec<String> {
    vec![grouped(rooms.people().into()), grouped(rooms.size.into())]
}

fn needed(placement: Placement, capacities: &[(Rooms, Capacity)]) -> Vec<String> {
    let title = format!("Nodes, if each connection goes to {}", title(placement));
    let columns = [
        "people",
        "in rooms of",
        "nodes",
        "bound by",
        "people a node",
        "boards a node",
        "cores used",
        "memory, MB",
        "network, Mbit/s",
    ];
    let row = |(rooms, capacity): &(Rooms, Capacity)| {
        let people = f64::from(rooms.people()) / f64::from(capacity.nodes);
        let mut cells = who(rooms);
        cells.extend([
            grouped(capacity.nodes.into()),
            capacity.bound.name().to_owned(),
            grouped(people),
            grouped(capacity.boards_per_node),
            format!("{:.2}", capacity.cores),
            grouped(capacity.memory / 1e6),
            grouped(capacity.bandwidth * BITS / 1e6),
        ]);
        cells
    };
    table(&title, &columns, capacities.iter().map(row))
}

fn used_by_redis(placement: Placement, capacities: &[(Rooms, Capacity)]) -> Vec<String> {
    let title = format!("Redis, if each connection goes to {}", title(placement));
    let columns = [
        "people",
        "in rooms of",
        "calls/s",
        "messages to nodes/s",
        "cores used",
        "shards",
        "connections a shard",
        "an active board, of a shard",
    ];
    let row = |(rooms, capacity): &(Rooms, Capacity)| {
        let connections = f64::from(capacity.nodes) * costs::CONNECTIONS_PER_NODE_AND_SHARD;
        let mut cells = who(rooms);
        cells.extend([
            grouped(capacity.redis_calls),
            grouped(capacity.redis_messages),
            format!("{:.2}", capacity.redis_cores),
            capacity.shards.to_string(),
            grouped(connections),
            format!("{:.2} %", 100.0 * capacity.one_board),
        ]);
        cells
    };
    table(&title, &columns, capacities.iter().map(row))
}

fn deaths(placement: Placement, capacities: &[(Rooms, Capacity)]) -> Vec<String> {
    let title = format!(
        "The death of a node, if each connection goes to {}",
        title(placement)
    );
    let columns = [
        "people",
        "in rooms of",
        "come back in 1 s",
        "to each node",
        "boards opened",
        "cores a node",
        "network a node, Mbit/s",
        "processor time of Redis, ms",
        "all at once, s",
    ];
    let row = |(rooms, capacity): &(Rooms, Capacity)| {
        let death = Death::of(rooms, capacity, placement);
        let mut cells = who(rooms);
        cells.extend([
            grouped(death.people),
            grouped(death.people_per_node),
            grouped(death.openings),
            format!("{:.3}", death.cores),
            format!("{:.1}", death.bandwidth * BITS / 1e6),
            grouped(1_000.0 * death.redis),
            format!("{:.1}", all_at_once(rooms, capacity)),
        ]);
        cells
    };
    let several = capacities.iter().filter(|(_, capacity)| capacity.nodes > 1);
    table(&title, &columns, several.map(row))
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

/// A document with these tables instead of those that it has.
///
/// # Errors
/// The document has no place for tables.
pub(crate) fn with_tables(document: &str, tables: &str) -> Result<String> {
    let missing = || format!("the document has no `{BEGIN}` before an `{END}`");
    let (before, rest) = document.split_once(BEGIN).with_context(missing)?;
    let (_, after) = rest.split_once(END).with_context(missing)?;
    Ok(format!("{before}{BEGIN}\n{tables}\n{END}{after}"))
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
    fn the_document_has_the_present_tables() {
        let document = include_str!("../../../docs/scale.md");
        assert!(
            with_tables(document, &text()).unwrap() == document,
            "run `cargo run --release -p scale -- --write docs/scale.md`"
        );
    }

    #[test]
    fn all_people_of_the_tables_can_be_served() {
        for placement in [Placement::Random, Placement::ByBoard] {
            assert_eq!(capacities(placement).len(), classes().len());
        }
    }
}

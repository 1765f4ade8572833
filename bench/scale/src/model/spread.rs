//! On how many nodes a board is open.

use crate::people::{PEOPLE_TOGETHER, Placement, Rooms};

/// How the people of one board are spread over the nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    /// Nodes on which the board is open, on average.
    pub(crate) nodes: f64,
    /// The average of the square of that number: each node may send to each.
    pub(crate) squared: f64,
    /// The nodes to any of which each person may go.
    pub(crate) choices: f64,
}

impl Spread {
    /// How the boards of a class are spread over so many nodes.
    pub(crate) fn of(rooms: &Rooms, nodes: u32, placement: Placement) -> Self {
        match placement {
            Placement::Random => Self::random(f64::from(rooms.size), f64::from(nodes)),
            Placement::ByBoard => {
                let open = rooms.size.div_ceil(PEOPLE_TOGETHER).min(nodes);
                Self {
                    nodes: f64::from(open),
                    squared: f64::from(open).powi(2),
                    // The people with pens come first on their boards, so they are together.
                    choices: 1.0,
                }
            }
        }
    }

    /// For a node with pens while so many other pens are elsewhere: the chance that the board is open on
    /// another node too, and the nodes that hear of what this one publishes then, itself included.
    pub(crate) fn hearing(&self, rooms: &Rooms, pens_elsewhere: f64) -> (f64, f64) {
        if self.choices <= 1.0 {
            let is_open_elsewhere = f64::from(u8::from(self.nodes > 1.0));
            return (is_open_elsewhere, is_open_elsewhere * self.nodes);
        }
        let others = f64::from(rooms.size - rooms.pens);
        let alone = if pens_elsewhere > 0.0 {
            0.0
        } else {
            self.choices.powf(-others)
        };
        // Another node has none of the people who may be there.
        let none = (1.0 - 1.0 / self.choices).powf(others)
            * (1.0 - 1.0 / (self.choices - 1.0)).powf(pens_elsewhere);
        let open = 1.0 + (self.choices - 1.0) * (1.0 - none);
        (1.0 - alone, open - alone)
    }

    /// Each person is on any node: a node has none of them with the chance `(1 − 1/nodes)^people`.
    fn random(people: f64, nodes: f64) -> Self {
        let none = (1.0 - 1.0 / nodes).powf(people);
        let neither = (1.0 - 2.0 / nodes).max(0.0).powf(people);
        let open = nodes * (1.0 - none);
        let variance = nodes * (nodes - 1.0) * neither + nodes * none - (nodes * none).powi(2);
        Self {
            nodes: open,
            squared: open.powi(2) + variance,
            choices: nodes,
        }
    }
}

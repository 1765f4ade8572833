//! The people: how many are on which boards, what they do, and to which node a connection goes.
//!
//! The model and the simulation both read this, so that they speak of the same people.

use shared::id::Millis;

/// Frames of a display, and so pieces of ink of a pen, in one second of a stroke.
pub(crate) const FRAMES_PER_SECOND: u64 = 60;
/// How long a stroke takes, in milliseconds.
pub(crate) const STROKE_MS: Millis = 1_000;
/// From the beginning of a stroke to that of the next one, in milliseconds.
pub(crate) const STROKE_EVERY_MS: Millis = 2_000;
/// The shortest time between two live frames of a room, in milliseconds. Servers set it by their load; this is
/// that of a node with free cores.
pub(crate) const TICK_MS: Millis = 0;
/// People on one board whom a load balancer sends to one node, if it sends by board. A node takes 300.
pub(crate) const PEOPLE_TOGETHER: u32 = 250;

/// The node to which a load balancer sends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Placement {
    /// Any, as a balancer without affinity does.
    Random,
    /// The node of the board: the people of a board are together.
    ByBoard,
}

impl Placement {
    /// The node of the person with this number on a board, among the nodes that are alive.
    pub(crate) fn node(
        self,
        board: u32,
        number: u32,
        alive: &[usize],
        random: &mut fastrand::Rng,
    ) -> Option<usize> {
        let count = u64::try_from(alive.len()).ok().filter(|count| *count > 0)?;
        let place = match self {
            Self::Random => random.u64(0..count),
            Self::ByBoard => (scattered(board) + u64::from(number / PEOPLE_TOGETHER)) % count,
        };
        alive.get(usize::try_from(place).ok()?).copied()
    }
}

/// How long after the first pen of a board another one begins its first stroke, in milliseconds. Pens
/// take turns as far as they can.
pub(crate) fn pen_begins(pen: u32, pens: u32) -> Millis {
    STROKE_EVERY_MS * Millis::from(pen) / Millis::from(pens.max(1))
}

/// A number that differs from that of the neighbours.
fn scattered(board: u32) -> u64 {
    u64::from(board).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
}

/// Boards on which the same happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rooms {
    /// People on each board.
    pub(crate) size: u32,
    /// All boards.
    pub(crate) boards: u32,
    /// Boards on which people draw at present; on the others all are silent.
    pub(crate) active: u32,
    /// People who draw on each of these.
    pub(crate) pens: u32,
}

impl Rooms {
    /// Rooms for about so many people; a tenth of the boards is active.
    pub(crate) fn of(size: u32, people: u32) -> Self {
        let boards = (people / size).max(1);
        Self {
            size,
            boards,
            active: boards.div_ceil(10),
            pens: pens(size),
        }
    }

    /// All people.
    pub(crate) const fn people(&self) -> u32 {
        self.size * self.boards
    }
}

/// People who draw at the same time on an active board of a size.
const fn pens(size: u32) -> u32 {
    match size {
        0..=4 => 1,
        5..=24 => 2,
        25..=99 => 3,
        // Most people only look.
        _ => 2,
    }
}

/// The people of the simulation: one in twenty in one room of viewers, the others in rooms of 2, 10 and 50.
pub(crate) fn mixed(people: u32) -> Vec<Rooms> {
    let viewers = (people / 20).max(2);
    let each = (people - viewers) / 3;
    let mut rooms: Vec<Rooms> = [2, 10, 50].map(|size| Rooms::of(size, each)).into();
    rooms.push(Rooms::of(viewers, viewers));
    rooms
}

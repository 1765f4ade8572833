//! How many messages there are in a second, while no people come or go.
//!
//! These formulas follow the rules of `shared/src/sync/room` and of the server around it. The simulation
//! counts what the real rooms do, and `check` compares.

use shared::limits::{HEARTBEAT_MS, QUIET_HEARTBEAT_MS};

use crate::people::{FRAMES_PER_SECOND, Placement, Rooms, STROKE_EVERY_MS, STROKE_MS};
use crate::tally::{Kind, Rates};

use super::costs;
use super::live::frames_per_second;
use super::spread::Spread;

/// Messages of a pen for each frame of a display: a piece of ink, and the place of the pointer.
const MESSAGES_PER_FRAME: f64 = 2.0;
/// Messages of a pen for each stroke: its beginning and its end.
const MESSAGES_PER_STROKE: f64 = 2.0;
/// Head checks of a room in a second.
const HEAD_CHECKS: f64 = 1.0;
/// Announcements of the people of a room in a second: one list of the people, and one of their links, each
/// every 3 s.
const LEASES: f64 = 2.0 / 3.0;
/// Heartbeats for a session in a second at most, while people draw on the board: so many that tell that
/// commits are durable.
const HEARTBEATS: f64 = 1_000.0 / HEARTBEAT_MS as f64;
/// Heartbeats for a session in a second on a silent board.
const QUIET_HEARTBEATS: f64 = 1_000.0 / QUIET_HEARTBEAT_MS as f64;

/// Strokes of a pen in a second. Each is a commit.
const STROKES: f64 = 1_000.0 / STROKE_EVERY_MS as f64;
/// The part of the time in which a pen is down.
const DOWN: f64 = STROKE_MS as f64 / STROKE_EVERY_MS as f64;

/// The messages of a class of boards in a second.
pub(crate) fn rates(rooms: &Rooms, nodes: u32, placement: Placement) -> Rates {
    let spread = Spread::of(rooms, nodes, placement);
    let mut rates = Rates::default();
    every_board(&mut rates, f64::from(rooms.boards), &spread);
    let quiet = f64::from(rooms.boards - rooms.active);
    rates[Kind::Heartbeat] += quiet * f64::from(rooms.size) * QUIET_HEARTBEATS;
    live(&mut rates, rooms, &spread);
    commits(&mut rates, rooms, &spread);
    bytes(&mut rates);
    rates
}

/// The bytes of all frames to clients.
fn bytes(rates: &mut Rates) {
    rates[Kind::BytesDown] = rates[Kind::LiveFrame] * costs::BYTES_PER_LIVE_FRAME
        + rates[Kind::LiveItem] * costs::BYTES_PER_LIVE_UPDATE
        + rates[Kind::CommitDown] * costs::BYTES_PER_COMMIT
        + rates[Kind::Ack] * costs::BYTES_PER_ACK
        + rates[Kind::Heartbeat] * costs::BYTES_PER_HEARTBEAT;
}

/// What each open board costs, whether people draw or not.
fn every_board(rates: &mut Rates, boards: f64, spread: &Spread) {
    rates[Kind::HeadCheck] += boards * spread.nodes * HEAD_CHECKS;
    rates[Kind::PublishedLease] += boards * spread.nodes * LEASES;
    rates[Kind::ReceivedLease] += boards * spread.squared * LEASES;
}

fn live(rates: &mut Rates, rooms: &Rooms, spread: &Spread) {
    let (boards, people) = (f64::from(rooms.active), f64::from(rooms.size));
    let pens = f64::from(rooms.pens);
    let frames = FRAMES_PER_SECOND as f64 * DOWN;
    let updates = frames * MESSAGES_PER_FRAME + STROKES * MESSAGES_PER_STROKE;
    rates[Kind::LiveUp] += boards * pens * updates;
    let all: Vec<u32> = (0..rooms.pens).collect();
    let made = frames_per_second(&all, rooms.pens);
    rates[Kind::LiveItem] += boards * pens * updates * (people - made.updates_of_one);
    rates[Kind::LiveFrame] += boards * (people * made.all - made.of_one);
    let (published, received) = relayed(rooms, spread);
    rates[Kind::PublishedLive] += boards * published;
    rates[Kind::ReceivedLive] += boards * received;
}

/// The live messages that the nodes of a board publish in a second while people draw, and those that nodes
/// receive. Each node publishes the frames of its own pens, if there are people elsewhere. This goes
/// through all sets of pens that may be together on a node.
fn relayed(rooms: &Rooms, spread: &Spread) -> (f64, f64) {
    let nodes = spread.choices;
    let (mut published, mut received) = (0.0, 0.0);
    for set in 1..1_u32 << rooms.pens {
        let those: Vec<u32> = (0..rooms.pens).filter(|pen| set >> pen & 1 == 1).collect();
        let here = i32::try_from(set.count_ones()).unwrap_or(0);
        let others = f64::from(rooms.pens) - f64::from(here);
        let is_this_set = nodes.powi(1 - here) * (1.0 - 1.0 / nodes).powf(others);
        let frames = is_this_set * frames_per_second(&those, rooms.pens).all;
        let (heard, hearing) = spread.hearing(rooms, others);
        published += frames * heard;
        received += frames * hearing;
    }
    (published, received)
}

fn commits(rates: &mut Rates, rooms: &Rooms, spread: &Spread) {
    let (boards, people) = (f64::from(rooms.active), f64::from(rooms.size));
    let commits = f64::from(rooms.pens) * STROKES;
    rates[Kind::CommitUp] += boards * commits;
    rates[Kind::Append] += boards * commits;
    rates[Kind::PublishedLog] += boards * commits;
    rates[Kind::ReceivedLog] += boards * commits * spread.nodes;
    rates[Kind::Ack] += boards * commits;
    rates[Kind::CommitDown] += boards * commits * (people - 1.0);
    rates[Kind::DurabilityWait] += boards * commits * spread.nodes;
    // A heartbeat tells that commits are durable, one for all that became so in that time.
    rates[Kind::Heartbeat] += boards * people * commits.min(HEARTBEATS);
}

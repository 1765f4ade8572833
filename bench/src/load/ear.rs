//! Understands what one server tells the people of one room.
//!
//! A server encodes a message once for all of a room, so most frames are equal to one that was
//! decoded a moment ago. Those are not decoded again.

use std::collections::{HashMap, VecDeque};

use anyhow::{Context as _, Result};
use shared::id::ClientId;
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{LiveUpdate, PeerNo, ServerMsg, StoreStatus, decode};

use super::pen::Pen;
use super::script::POINTS;
use crate::plan::stroke_of;

/// Frames that are remembered: those on their way to the slower ones of the room.
const REMEMBERED: usize = 8;

/// A piece of ink that was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The pen, by its place in the list of pens.
    pub(super) pen: usize,
    /// When it was sent, if that is known.
    pub(super) sent: Option<u64>,
    /// Whether the beginning of its stroke got lost, so that a client cannot show it.
    pub(super) is_orphan: bool,
}

/// What a frame says.
#[derive(Debug)]
pub(super) enum Heard {
    /// Pieces of ink, and perhaps other live updates.
    Live(Vec<Piece>),
    /// A commit, perhaps one's own, has its place.
    Placed,
    /// A commit was refused.
    Refused,
    /// The server let the client in; whether the board follows.
    Welcome { is_whole: bool },
    /// A part of the board; whether it is the last one.
    Part { is_last: bool },
    /// Nothing can be stored at present.
    Down,
    /// Anything else.
    Other,
}

/// The ear of a room at one server.
#[derive(Debug)]
pub(super) struct Ear {
    /// The pens of the room by their clients.
    pens: Vec<(ClientId, usize)>,
    /// The pen and the stroke of each peer that draws.
    peers: HashMap<PeerNo, Option<(usize, u32)>>,
    /// The place of the pens in the list of all.
    first_number: u32,
    remembered: VecDeque<(Box<[u8]>, Heard)>,
}

impl Ear {
    /// An ear for the room of some pens. `first_number` is the number of the first pen of all.
    pub(super) fn new(pens: Vec<(ClientId, usize)>, first_number: u32) -> Self {
        Self {
            pens,
            peers: HashMap::new(),
            first_number,
            remembered: VecDeque::new(),
        }
    }

    /// What a message says.
    ///
    /// # Errors
    /// It is malformed.
    pub(super) fn hear(&mut self, message: &[u8], pens: &[Pen]) -> Result<&Heard> {
        let known = self.remembered.iter().position(|(it, _)| **it == *message);
        let at = if let Some(at) = known {
            at
        } else {
            let heard = self.understand(decode(message, MAX_FRAME_BYTES)?, pens);
            self.remembered.truncate(REMEMBERED - 1);
            self.remembered.push_front((message.into(), heard));
            0
        };
        let (_, heard) = self.remembered.get(at).context("the frame was forgotten")?;
        Ok(heard)
    }

    fn understand(&mut self, message: ServerMsg, pens: &[Pen]) -> Heard {
        match message {
            ServerMsg::Live(items) => {
                let pieces = items
                    .iter()
                    .filter_map(|(peer, it)| self.live(*peer, it, pens));
                Heard::Live(pieces.collect())
            }
            ServerMsg::Commit { .. } | ServerMsg::Ack { .. } => Heard::Placed,
            ServerMsg::Refused { .. } => Heard::Refused,
            ServerMsg::Welcome(welcome) => Heard::Welcome {
                is_whole: welcome.delta,
            },
            ServerMsg::Snapshot(part) => Heard::Part {
                is_last: part.index + 1 == part.count,
            },
            ServerMsg::People(people) => {
                for person in people {
                    let pen = self.pens.iter().find(|(id, _)| *id == person.client);
                    if let Some((_, pen)) = pen {
                        // The stroke is that which the pen draws, until one is seen to begin.
                        let stroke = pens.get(*pen).map_or(0, Pen::stroke);
                        let known = self.peers.entry(person.peer).or_default();
                        known.get_or_insert((*pen, stroke));
                    }
                }
                Heard::Other
            }
            ServerMsg::StoreStatus(StoreStatus::Down) => Heard::Down,
            _ => Heard::Other,
        }
    }

    fn live(&mut self, peer: PeerNo, item: &LiveUpdate, pens: &[Pen]) -> Option<Piece> {
        match item {
            LiveUpdate::Begin { id, style: _ } => {
                let (number, stroke) = stroke_of(*id);
                let pen = number.checked_sub(self.first_number)?;
                let drawn = (usize::try_from(pen).ok()?, stroke);
                self.peers.insert(peer, Some(drawn));
                None
            }
            LiveUpdate::Ink { from, ink: _ } => {
                let (pen, stroke) = (*self.peers.get(&peer)?)?;
                let piece = usize::try_from(*from).ok()? / POINTS;
                let by = pens.get(pen)?;
                let sent = by.sent_at(stroke, piece);
                Some(Piece {
                    pen,
                    sent: sent.or_else(|| by.last_sent(piece)),
                    is_orphan: sent.is_none(),
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use shared::protocol::encode;
    use testkit::fixtures::ink;

    use super::*;
    use crate::load::script;
    use crate::plan;

    fn live(items: Vec<LiveUpdate>) -> Bytes {
        let items = items.into_iter().map(|item| (PeerNo(7), item)).collect();
        encode(&ServerMsg::Live(items)).unwrap()
    }

    fn piece(from: u32) -> LiveUpdate {
        let ink = ink(testkit::fixtures::scattered_points(1, 3, 100.0));
        LiveUpdate::Ink { from, ink }
    }

    fn heard(ear: &mut Ear, message: &[u8], pens: &[Pen]) -> Vec<Piece> {
        match ear.hear(message, pens).unwrap() {
            Heard::Live(pieces) => pieces.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_piece_is_known_by_its_stroke_and_place_also_when_it_is_heard_again_later() {
        let (mut pen, scripts) = (Pen::new(100, 0, 0, 3), script::all(1).unwrap());
        for now in [500, 501, 502] {
            pen.draw(&scripts, now, &mut Vec::new()).unwrap();
        }
        let pens = [pen];
        let mut ear = Ear::new(Vec::new(), 100);
        let (id, style) = (plan::element(100, 0), plan::style(100));
        let first = live(vec![LiveUpdate::Begin { id, style }, piece(0)]);
        let later = live(vec![piece(3), piece(6)]);
        let sent = |pieces: Vec<Piece>| pieces.iter().map(|it| it.sent).collect::<Vec<_>>();
        for _ in 0..2 {
            assert_eq!(sent(heard(&mut ear, &first, &pens)), [Some(500)]);
            assert_eq!(sent(heard(&mut ear, &later, &pens)), [Some(501), Some(502)]);
        }
        let unknown = heard(&mut ear, &live(vec![piece(60)]), &pens);
        assert_eq!(sent(unknown), [None]);
    }
}

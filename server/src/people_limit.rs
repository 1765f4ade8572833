//! Limits how many people are on one board of this server.
//!
//! Each change and each cursor goes to everybody on a board, so the work for a board grows with the
//! square of the people on it. Viewers count like others, because they are sent as much.
//!
//! The limit must not let anybody keep others out, so a full board makes room for newcomers: people
//! who may draw take the places of viewers, since a link to view is passed on the most widely; and
//! among equals the address with the most people gives up the place of its oldest one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::id::{BoardId, ClientId};
use shared::limits::MAX_PEOPLE;
use shared::protocol::Role;
use tokio_util::sync::CancellationToken;

use crate::caller_rate_limit::Caller;

/// Counts the people on each board.
#[derive(Debug, Default)]
pub struct PeopleLimit {
    boards: Arc<Mutex<Boards>>,
}

#[derive(Debug, Default)]
struct Boards {
    /// Oldest first. No board has none.
    people: HashMap<BoardId, Vec<Person>>,
    next: u64,
}

/// A newcomer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Newcomer {
    /// The client, which may have several connections for a moment while it reconnects.
    pub(crate) client: ClientId,
    /// The role that its link grants.
    pub(crate) role: Role,
    /// Its address.
    pub(crate) caller: Caller,
}

#[derive(Debug)]
struct Person {
    number: u64,
    newcomer: Newcomer,
    connections: usize,
    evicted: CancellationToken,
}

impl PeopleLimit {
    /// A permit for one connection of a person; `None` if the board is full and no person has to make room.
    #[must_use]
    pub(crate) fn try_enter(&self, board: BoardId, newcomer: Newcomer) -> Option<PersonPermit> {
        let mut boards = lock(&self.boards);
        let Boards { people, next } = &mut *boards;
        let people = people.entry(board).or_default();
        let known = people
            .iter_mut()
            .find(|person| person.newcomer.is_same_person(newcomer));
        let (number, evicted) = if let Some(known) = known {
            known.connections += 1;
            (known.number, known.evicted.clone())
        } else {
            if people.len() >= MAX_PEOPLE {
                let gone = people.remove(person_to_evict(people, newcomer)?);
                gone.evicted.cancel();
            }
            let (number, evicted) = (*next, CancellationToken::new());
            *next += 1;
            people.push(Person {
                number,
                newcomer,
                connections: 1,
                evicted: evicted.clone(),
            });
            (number, evicted)
        };
        drop(boards);
        Some(PersonPermit {
            boards: Arc::clone(&self.boards),
            board,
            number,
            evicted,
        })
    }
}

impl Newcomer {
    fn is_same_person(&self, other: Self) -> bool {
        self.client == other.client && self.role.may_draw() == other.role.may_draw()
    }
}

/// The index of the person who makes room on a full board.
fn person_to_evict(people: &[Person], newcomer: Newcomer) -> Option<usize> {
    let may_draw = newcomer.role.may_draw();
    if may_draw && let Some(viewer) = oldest_of_most(people, false, 0) {
        return Some(viewer);
    }
    let own = people.iter().filter(|person| {
        person.newcomer.caller == newcomer.caller && person.newcomer.role.may_draw() == may_draw
    });
    oldest_of_most(people, may_draw, own.count())
}

/// The oldest person of the caller that has the most people of a kind, if these are more than `least`.
fn oldest_of_most(people: &[Person], may_draw: bool, least: usize) -> Option<usize> {
    let mut of_caller: HashMap<Caller, (usize, usize)> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        if person.newcomer.role.may_draw() == may_draw {
            let (count, _oldest) = of_caller.entry(person.newcomer.caller).or_insert((0, at));
            *count += 1;
        }
    }
    let more = of_caller.into_values().filter(|(count, _)| *count > least);
    more.max_by_key(|(count, oldest)| (*count, std::cmp::Reverse(*oldest)))
        .map(|(_, oldest)| oldest)
}

/// Counts one connection of a person; dropping it ends the count.
#[derive(Debug)]
pub(crate) struct PersonPermit {
    boards: Arc<Mutex<Boards>>,
    board: BoardId,
    number: u64,
    evicted: CancellationToken,
}

impl PersonPermit {
    /// Waits until the person has to make room for another one.
    pub(crate) async fn evicted(&self) {
        self.evicted.cancelled().await;
    }
}

impl Drop for PersonPermit {
    fn drop(&mut self) {
        let mut boards = lock(&self.boards);
        let Some(people) = boards.people.get_mut(&self.board) else {
            return;
        };
        // An evicted person is not in the list any more.
        if let Some(at) = people.iter().position(|it| it.number == self.number)
            && let Some(person) = people.get_mut(at)
        {
            person.connections -= 1;
            if person.connections == 0 {
                people.remove(at);
            }
        }
        if people.is_empty() {
            boards.people.remove(&self.board);
        }
    }
}

fn lock(boards: &Mutex<Boards>) -> MutexGuard<'_, Boards> {
    // No code panics while it holds the lock, so the table is always sound.
    boards.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use futures::FutureExt as _;
    use shared::id::ClientKey;

    use super::*;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    fn newcomer(client: u128, role: Role, address: u8) -> Newcomer {
        Newcomer {
            client: ClientKey::from_bytes(client.to_be_bytes()).client_id(),
            role,
            caller: Caller::from(IpAddr::from([10, 0, 0, address])),
        }
    }

    /// So many people, each at an address of its own as far as there are addresses.
    fn full(limit: &PeopleLimit, role: Role, addresses: u128) -> Vec<PersonPermit> {
        (0..MAX_PEOPLE as u128)
            .map(|it| {
                let address = u8::try_from(it % addresses).unwrap();
                limit.try_enter(BOARD, newcomer(it, role, address)).unwrap()
            })
            .collect()
    }

    fn evicted(permits: &[PersonPermit]) -> Vec<usize> {
        let all = permits.iter().enumerate();
        all.filter(|(_, permit)| permit.evicted().now_or_never().is_some())
            .map(|(at, _)| at)
            .collect()
    }

    #[test]
    fn a_full_board_takes_nobody_until_somebody_leaves() {
        for role in [Role::View, Role::Edit] {
            let limit = PeopleLimit::default();
            let mut people = full(&limit, role, 1);
            let late = newcomer(1_000, role, 0);
            assert!(limit.try_enter(BOARD, late).is_none());
            let other = BoardId::from_bytes([2; 16]);
            assert!(limit.try_enter(other, late).is_some());
            people.pop();
            assert!(limit.try_enter(BOARD, late).is_some());
            drop(people);
            assert!(lock(&limit.boards).people.is_empty());
        }
    }

    #[test]
    fn a_person_who_reconnects_needs_no_second_place() {
        let limit = PeopleLimit::default();
        let mut people = full(&limit, Role::Edit, 1);
        let again = limit.try_enter(BOARD, newcomer(7, Role::Edit, 9)).unwrap();
        drop(people.remove(7));
        let late = newcomer(1_000, Role::Edit, 0);
        assert!(limit.try_enter(BOARD, late).is_none(), "7 is still there");
        drop(again);
        assert!(limit.try_enter(BOARD, late).is_some());
    }

    #[test]
    fn the_address_with_the_most_people_makes_room_for_other_addresses() {
        let limit = PeopleLimit::default();
        let people = full(&limit, Role::Edit, 2);
        let mut late = Vec::new();
        for client in 0..4 {
            let newcomer = newcomer(1_000 + client, Role::Edit, 9);
            late.push(limit.try_enter(BOARD, newcomer).unwrap());
        }
        assert_eq!(evicted(&people), [0, 1, 2, 3]);
        assert!(evicted(&late).is_empty());
        let of_most = newcomer(2_000, Role::Edit, 0);
        assert!(limit.try_enter(BOARD, of_most).is_none());
    }

    #[test]
    fn viewers_make_room_for_people_who_may_draw_and_never_the_other_way() {
        let limit = PeopleLimit::default();
        let viewers = full(&limit, Role::View, 250);
        let drawing: Vec<_> = (0..MAX_PEOPLE as u128)
            .map(|it| {
                let newcomer = newcomer(1_000 + it, Role::Edit, 200);
                limit.try_enter(BOARD, newcomer).unwrap()
            })
            .collect();
        assert_eq!(evicted(&viewers).len(), MAX_PEOPLE);
        assert!(evicted(&drawing).is_empty());
        let viewer = newcomer(2_000, Role::View, 201);
        assert!(limit.try_enter(BOARD, viewer).is_none());
    }
}

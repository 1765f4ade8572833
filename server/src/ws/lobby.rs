//! Sockets that have not said who they are: only so many, for nobody answers
//! for them yet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::rate::Caller;

/// Of all callers together.
const MAX_WAITING: usize = 1_000;
/// Of one caller; a school behind one address that comes back at once still fits.
const MAX_WAITING_EACH: usize = 250;

/// See the module.
#[derive(Debug, Default)]
pub struct Lobby {
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    total: usize,
    each: HashMap<Caller, usize>,
}

impl Lobby {
    /// Lets a socket in, if there is a place.
    #[must_use]
    pub fn enter(&self, caller: Caller) -> Option<Ticket> {
        let mut waiting = lock(&self.waiting);
        let of_caller = waiting.each.get(&caller).copied().unwrap_or(0);
        if waiting.total >= MAX_WAITING || of_caller >= MAX_WAITING_EACH {
            return None;
        }
        waiting.total += 1;
        waiting.each.insert(caller, of_caller + 1);
        drop(waiting);
        Some(Ticket {
            waiting: Arc::clone(&self.waiting),
            caller,
        })
    }
}

/// A place in the lobby; dropping it frees the place.
#[derive(Debug)]
pub struct Ticket {
    waiting: Arc<Mutex<Waiting>>,
    caller: Caller,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut waiting = lock(&self.waiting);
        waiting.total = waiting.total.saturating_sub(1);
        let left = waiting
            .each
            .get(&self.caller)
            .map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            waiting.each.remove(&self.caller);
        } else {
            waiting.each.insert(self.caller, left);
        }
    }
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    // No code panics while it holds the lock, so what is inside is sound.
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn caller(last: u8) -> Caller {
        Caller::from(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn one_caller_cannot_fill_the_lobby() {
        let lobby = Lobby::default();
        let taken: Vec<Ticket> = std::iter::from_fn(|| lobby.enter(caller(1))).collect();
        assert_eq!(taken.len(), MAX_WAITING_EACH);
        assert!(lobby.enter(caller(2)).is_some());
    }

    #[test]
    fn all_together_fill_it_and_leaving_makes_room() {
        let lobby = Lobby::default();
        let mut taken: Vec<Ticket> = (0..=255)
            .flat_map(|last| (0..4).map(move |_| last))
            .filter_map(|last| lobby.enter(caller(last)))
            .collect();
        assert_eq!(taken.len(), MAX_WAITING);
        assert!(lobby.enter(caller(7)).is_none());
        taken.pop();
        assert!(lobby.enter(caller(7)).is_some());
    }
}

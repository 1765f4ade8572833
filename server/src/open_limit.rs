//! Limits how many connections of one kind are open at once, in total and for each caller.
//!
//! A full limit makes room for newcomers: it evicts the oldest connection of the caller that has
//! the most. So no caller with a few addresses can keep all others out.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::caller_rate_limit::Caller;

/// Counts open connections, in total and for each caller.
#[derive(Debug)]
pub struct OpenLimit {
    table: Arc<Mutex<Table>>,
    most: usize,
    most_each: usize,
}

#[derive(Debug, Default)]
struct Table {
    total: usize,
    /// The connections of each caller, oldest first. No caller has none.
    each: HashMap<Caller, VecDeque<Open>>,
    next: u64,
}

/// One open connection.
#[derive(Debug)]
struct Open {
    number: u64,
    evicted: CancellationToken,
}

impl OpenLimit {
    /// At most `most` connections, and at most `most_each` of one caller.
    #[must_use]
    pub fn new(most: usize, most_each: usize) -> Self {
        Self {
            table: Arc::default(),
            most,
            most_each,
        }
    }

    /// A permit for one connection, if the caller may have another one. When the limit is full, the
    /// caller with the most connections loses its oldest one, unless `caller` has as many itself.
    #[must_use]
    pub fn try_acquire(&self, caller: Caller) -> Option<OpenPermit> {
        let mut table = lock(&self.table);
        let of_caller = table.count(caller);
        if of_caller >= self.most_each {
            return None;
        }
        if table.total >= self.most {
            table.evict_for(of_caller)?;
        }
        let (number, evicted) = table.add(caller);
        drop(table);
        Some(OpenPermit {
            table: Arc::clone(&self.table),
            caller,
            number,
            evicted,
        })
    }
}

impl Table {
    fn count(&self, caller: Caller) -> usize {
        self.each.get(&caller).map_or(0, VecDeque::len)
    }

    /// Evicts a connection for a caller that has `of_caller`, if some caller has more than that.
    fn evict_for(&mut self, of_caller: usize) -> Option<()> {
        // Of the callers with the most, the one whose oldest connection is the oldest.
        let age = |open: &VecDeque<Open>| std::cmp::Reverse(open.front().map(|open| open.number));
        let (&most, _) = self
            .each
            .iter()
            .filter(|(_, open)| open.len() > of_caller)
            .max_by_key(|(_, open)| (open.len(), age(open)))?;
        let oldest = self.each.get(&most)?.front()?.number;
        self.remove(most, oldest).map(|open| open.evicted.cancel())
    }

    fn add(&mut self, caller: Caller) -> (u64, CancellationToken) {
        let (number, evicted) = (self.next, CancellationToken::new());
        self.next += 1;
        self.total += 1;
        self.each.entry(caller).or_default().push_back(Open {
            number,
            evicted: evicted.clone(),
        });
        (number, evicted)
    }

    fn remove(&mut self, caller: Caller, number: u64) -> Option<Open> {
        let open = self.each.get_mut(&caller)?;
        let at = open.iter().position(|open| open.number == number)?;
        let removed = open.remove(at);
        if open.is_empty() {
            self.each.remove(&caller);
        }
        self.total -= usize::from(removed.is_some());
        removed
    }
}

/// Counts one connection; dropping it ends the count.
#[derive(Debug)]
pub struct OpenPermit {
    table: Arc<Mutex<Table>>,
    caller: Caller,
    number: u64,
    evicted: CancellationToken,
}

impl OpenPermit {
    /// Waits until the connection has to make room for another one.
    pub async fn evicted(&self) {
        self.evicted.cancelled().await;
    }

    /// Is cancelled once the connection has to make room for another one.
    pub(crate) fn eviction(&self) -> CancellationToken {
        self.evicted.clone()
    }
}

impl Drop for OpenPermit {
    fn drop(&mut self) {
        // An evicted connection is not in the table any more.
        lock(&self.table).remove(self.caller, self.number);
    }
}

fn lock(table: &Mutex<Table>) -> MutexGuard<'_, Table> {
    // No code panics while it holds the lock, so the table is always sound.
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use futures::FutureExt as _;

    use super::*;

    const MOST: usize = 1_000;
    const MOST_EACH: usize = 250;

    fn caller(last: u8) -> Caller {
        Caller::from(IpAddr::from([10, 0, 0, last]))
    }

    fn limit() -> OpenLimit {
        OpenLimit::new(MOST, MOST_EACH)
    }

    fn is_evicted(permit: &OpenPermit) -> bool {
        permit.evicted().now_or_never().is_some()
    }

    /// All permits that the limit gives to a caller.
    fn fill(limit: &OpenLimit, caller: Caller) -> Vec<OpenPermit> {
        std::iter::from_fn(|| limit.try_acquire(caller)).collect()
    }

    #[test]
    fn one_caller_cannot_use_up_the_limit() {
        let limit = limit();
        let taken = fill(&limit, caller(1));
        assert_eq!(taken.len(), MOST_EACH);
        assert!(limit.try_acquire(caller(2)).is_some());
    }

    #[test]
    fn four_callers_that_fill_the_limit_do_not_keep_others_out() {
        let limit = limit();
        let taken: Vec<OpenPermit> = (1..=4)
            .flat_map(|last| fill(&limit, caller(last)))
            .collect();
        assert_eq!(taken.len(), MOST);
        let others: Vec<OpenPermit> = (5..=104)
            .map(|last| limit.try_acquire(caller(last)).expect("a newcomer gets in"))
            .collect();
        assert!(!others.iter().any(is_evicted), "newcomers stay");
        let evicted: Vec<_> = taken.iter().map(is_evicted).collect();
        assert_eq!(evicted.iter().filter(|evicted| **evicted).count(), 100);
        for of_caller in evicted.chunks(MOST_EACH) {
            let (first, rest) = of_caller.split_at(25);
            assert!(
                first.iter().all(|evicted| *evicted),
                "the oldest are evicted"
            );
            assert!(!rest.iter().any(|evicted| *evicted));
        }
    }

    #[test]
    fn the_caller_with_the_most_evicts_nobody() {
        let limit = OpenLimit::new(4, 4);
        let many = [1, 1, 1, 2].map(|last| limit.try_acquire(caller(last)).unwrap());
        assert!(limit.try_acquire(caller(1)).is_none());
        assert!(!many.iter().any(is_evicted));
    }

    #[test]
    fn many_callers_with_one_each_make_room_by_age() {
        let limit = OpenLimit::new(3, 3);
        let each = [1, 2, 3].map(|last| limit.try_acquire(caller(last)).unwrap());
        let _newcomer = limit.try_acquire(caller(4)).unwrap();
        assert_eq!(each.each_ref().map(is_evicted), [true, false, false]);
        assert!(limit.try_acquire(caller(2)).is_none(), "it has one already");
    }

    #[test]
    fn an_ended_connection_makes_room_for_another() {
        let limit = OpenLimit::new(2, 2);
        let mut taken = fill(&limit, caller(1));
        assert_eq!(taken.len(), 2);
        taken.pop();
        assert!(limit.try_acquire(caller(1)).is_some());
        drop(taken);
        assert!(lock(&limit.table).each.is_empty() && lock(&limit.table).total == 0);
    }
}

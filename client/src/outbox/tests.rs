//! The outbox over a database in memory, and the identity of tabs without a browser.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures::executor::block_on;
use shared::id::{BoardId, ClientKey};
use shared::sync::{Identity, OutboxChange};
use testkit::fixtures::{commit, key};

use super::database::{Database, Entry, Range, Store, Unavailable, Value};
use super::lock::{Hold, Patience};
use super::records::{Author, Records};
use super::recover::{Locks, OrphanedOutbox, RecoveredIdentity, Tab, recover};

const BOARD: BoardId = BoardId::from_bytes([1; 16]);
/// The time of all tests, in seconds since 1970.
const NOW: u64 = 1_800_000_000;

/// A database in memory.
#[derive(Debug, Default)]
struct Memory(RefCell<BTreeMap<(Store, String), Value>>);

impl Database for &Memory {
    fn put(&self, entries: Vec<Entry>) {
        let mut all = self.0.borrow_mut();
        all.extend(
            entries
                .into_iter()
                .map(|entry| ((entry.store, entry.key), entry.value)),
        );
    }

    fn delete(&self, store: Store, range: Range) {
        let is_in =
            |(of, key): &(Store, String)| *of == store && (&range.from..=&range.to).contains(&key);
        self.0.borrow_mut().retain(|key, _| !is_in(key));
    }

    async fn read(&self, store: Store, range: Range) -> Result<Vec<Value>, Unavailable> {
        let all = self.0.borrow();
        let found = all.range((store, range.from)..=(store, range.to));
        Ok(found.map(|(_, value)| value.clone()).collect())
    }
}

/// The locks that other tabs hold.
#[derive(Debug, Default)]
struct Others {
    held: Vec<ClientKey>,
    has_no_locks: bool,
}

impl Locks for Others {
    async fn hold(&self, key: &ClientKey, _: Patience) -> Hold {
        if self.has_no_locks {
            Hold::Unknown
        } else if self.held.contains(key) {
            Hold::Taken
        } else {
            Hold::Ours
        }
    }
}

fn keeps(memory: &Memory, author: ClientKey, cnos: impl IntoIterator<Item = u64>, at: u64) {
    let records = Records::new(BOARD, Some(memory));
    for cno in cnos {
        let commit = commit(cno, Vec::new());
        records.apply(&OutboxChange::Keep { author, commit }, at);
    }
}

fn kept(memory: &Memory, author: ClientKey) -> Vec<u64> {
    let records = Records::new(BOARD, Some(memory));
    let commits = block_on(records.commits(author.client_id()));
    commits.iter().map(|commit| commit.cno).collect()
}

fn authors(memory: &Memory) -> Vec<Author> {
    block_on(Records::new(BOARD, Some(memory)).authors())
}

/// A tab whose fresh key would be the one of number 9.
fn opens(
    memory: &Memory,
    saved: Option<Identity>,
    locks: &Others,
) -> (RecoveredIdentity, Vec<OrphanedOutbox>) {
    let tab = Tab {
        saved,
        locks,
        fresh_key: key(9),
        unix_seconds: NOW,
    };
    block_on(recover(tab, &Records::new(BOARD, Some(memory))))
}

#[test]
fn a_board_is_forgotten_with_the_commits_of_all_tabs_and_no_other_board_is() {
    let memory = Memory::default();
    keeps(&memory, key(1), 1..=3, NOW);
    keeps(&memory, key(2), 1..=2, NOW);
    let other = Records::new(BoardId::from_bytes([2; 16]), Some(&memory));
    let commit = commit(1, Vec::new());
    let author = key(3);
    other.apply(&OutboxChange::Keep { author, commit }, NOW);
    Records::new(BOARD, Some(&memory)).forget_all();
    assert_eq!(authors(&memory), []);
    assert!(kept(&memory, key(1)).is_empty());
    assert_eq!(block_on(other.authors()).len(), 1);
    assert_eq!(memory.0.borrow().len(), 2);
}

#[test]
fn commits_are_read_in_the_order_of_their_numbers() {
    let memory = Memory::default();
    keeps(&memory, key(1), [300, 2, 17, 1], NOW);
    assert_eq!(kept(&memory, key(1)), [1, 2, 17, 300]);
    assert_eq!(
        authors(&memory),
        [Author {
            key: key(1),
            last_kept: NOW
        }]
    );
}

#[test]
fn forgetting_leaves_later_commits_and_those_of_others() {
    let memory = Memory::default();
    keeps(&memory, key(1), 1..=4, NOW);
    keeps(&memory, key(2), 1..=2, NOW);
    let records = Records::new(BOARD, Some(&memory));
    let (author, up_to) = (key(1), 3);
    records.apply(&OutboxChange::Forget { author, up_to }, NOW);
    assert_eq!(kept(&memory, key(1)), [4]);
    records.apply(&OutboxChange::ForgetAuthor(key(1)), NOW);
    assert_eq!(kept(&memory, key(1)), [] as [u64; 0]);
    assert_eq!(kept(&memory, key(2)), [1, 2]);
    assert_eq!(authors(&memory).len(), 1);
}

#[test]
fn an_outbox_serves_one_board() {
    let memory = Memory::default();
    keeps(&memory, key(1), [1], NOW);
    let other = Records::new(BoardId::from_bytes([2; 16]), Some(&memory));
    assert_eq!(block_on(other.authors()), []);
    assert_eq!(block_on(other.commits(key(1).client_id())), []);
}

#[test]
fn the_database_holds_what_earlier_versions_wrote() {
    let memory = Memory::default();
    keeps(&memory, key(1), [255], NOW);
    let id = key(1).client_id();
    let expected = [
        (
            (Store::Commits, format!("{BOARD}/{id}/00000000000000ff")),
            Value::Bytes(
                shared::protocol::encode(&commit(255, Vec::new()))
                    .unwrap()
                    .to_vec(),
            ),
        ),
        (
            (Store::Authors, format!("{BOARD}/{id}")),
            Value::Text(format!("{} {NOW}", key(1).reveal())),
        ),
    ];
    assert_eq!(memory.0.into_inner(), BTreeMap::from(expected));
}

#[test]
fn a_new_tab_has_a_fresh_identity() {
    let (recovered, orphans) = opens(&Memory::default(), None, &Others::default());
    assert_eq!(
        recovered.identity,
        Identity::fresh(key(9)).taken_over_at(NOW)
    );
    assert!(recovered.commits.is_empty() && orphans.is_empty());
}

#[test]
fn a_tab_that_is_loaded_again_goes_on_with_its_identity_and_commits() {
    let memory = Memory::default();
    keeps(&memory, key(1), [5, 6], NOW);
    let saved = Identity {
        next_cno: 3,
        ..Identity::fresh(key(1))
    };
    let (recovered, orphans) = opens(&memory, Some(saved), &Others::default());
    assert_eq!(recovered.identity.key, key(1));
    assert_eq!(recovered.identity.next_cno, 7, "6 is in the outbox");
    assert_eq!(recovered.commits.len(), 2);
    assert_eq!(orphans, []);
}

#[test]
fn a_saved_number_counts_if_the_outbox_is_empty() {
    let saved = Identity {
        next_cno: 12,
        ..Identity::fresh(key(1))
    };
    let (recovered, _) = opens(&Memory::default(), Some(saved), &Others::default());
    assert_eq!(recovered.identity.next_cno, 12);
}

#[test]
fn a_copied_tab_gets_another_identity() {
    let memory = Memory::default();
    keeps(&memory, key(1), [1], NOW);
    let original = Others {
        held: vec![key(1)],
        ..Others::default()
    };
    let saved = Some(Identity::fresh(key(1)));
    let (recovered, orphans) = opens(&memory, saved, &original);
    assert_eq!(recovered.identity.key, key(9));
    assert_eq!(orphans, [], "the original tab is alive");
}

#[test]
fn a_new_tab_takes_over_one_orphaned_outbox_and_finds_the_others() {
    let memory = Memory::default();
    (1..=3).for_each(|number| keeps(&memory, key(number), [4], NOW));
    let alive = Others {
        held: vec![key(2)],
        ..Others::default()
    };
    let (recovered, orphans) = opens(&memory, None, &alive);
    let mut found = vec![recovered.identity.key];
    found.extend(orphans.iter().map(|orphan| orphan.key));
    found.sort();
    assert_eq!(found, [key(1), key(3)]);
    assert_eq!(recovered.identity.next_cno, 5);
    assert_eq!(u64::from(recovered.identity.session), NOW);
}

#[test]
fn an_ended_tab_without_commits_is_forgotten() {
    let memory = Memory::default();
    keeps(&memory, key(1), [1], NOW);
    let (author, up_to) = (key(1), 1);
    Records::new(BOARD, Some(&memory)).apply(&OutboxChange::Forget { author, up_to }, NOW);
    let (recovered, _) = opens(&memory, None, &Others::default());
    assert_eq!(recovered.identity.key, key(9));
    assert_eq!(authors(&memory), []);
}

#[test]
fn without_locks_an_identity_that_kept_nothing_for_a_minute_has_ended() {
    let memory = Memory::default();
    keeps(&memory, key(1), [1], NOW - 61);
    keeps(&memory, key(2), [1], NOW - 60);
    let locks = Others {
        has_no_locks: true,
        ..Others::default()
    };
    let (recovered, orphans) = opens(&memory, None, &locks);
    assert_eq!(recovered.identity.key, key(1));
    assert_eq!(orphans, []);
}

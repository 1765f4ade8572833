//! The commits in the outbox, and how long they stay there.

use super::*;

#[test]
fn a_commit_is_kept_until_it_is_durable() {
    let mut rig = Rig::online();
    rig.draws(1);
    assert_eq!(rig.keeps(key(1)), [1]);
    assert_eq!(rig.sends(), [1]);
    rig.receives(ServerMsg::Ack { seq: 1, cno: 1 });
    assert_eq!(rig.keeps(key(1)), [1], "a power loss may still lose it");
    rig.receives(heartbeat(1, 1));
    assert_eq!(rig.keeps(key(1)), [] as [u64; 0]);
}

#[test]
fn commits_drawn_without_a_connection_are_sent_by_the_next_page() {
    let mut before = Rig::new(Identity::fresh(key(1)), Vec::new());
    before.draws(1);
    before.draws(2);
    let (identity, commits) = (before.saved.unwrap(), before.outbox.commits(key(1)));
    let mut rig = Rig::new(identity, commits);
    assert_eq!(rig.driver.replica().board().len(), 2);
    rig.connect();
    rig.receives(welcome(at(0), 0, Role::Edit, false));
    rig.receives(snapshot(&state(at(0), &[])));
    assert_eq!(rig.sends(), [1, 2]);
    rig.draws(3);
    assert_eq!(rig.sends(), [3]);
}

#[test]
fn a_refused_commit_stays_in_the_outbox_as_an_empty_one() {
    let mut rig = Rig::online();
    rig.draws(1);
    rig.receives(ServerMsg::Refused {
        cno: 1,
        reason: Refusal::BoardFull,
    });
    let kept = rig.outbox.commits(key(1));
    assert_eq!((kept.len(), kept[0].ops.len()), (1, 0));
}

#[test]
fn the_outbox_keeps_waiting_commits_when_the_link_may_only_view() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.draws(1);
    rig.connect();
    rig.receives(welcome(at(0), 0, Role::View, false));
    assert_eq!(rig.driver.replica().pending(), 0);
    assert_eq!(rig.keeps(key(1)), [1], "a link that may draw can send it");
}

#[test]
fn a_renewed_identity_keeps_its_commits_before_the_old_ones_are_forgotten() {
    let mut rig = Rig::online();
    rig.draws(1);
    rig.draws(2);
    rig.changes.clear();
    rig.driver.renew(key(2), rig.now);
    rig.carry_out();
    assert_eq!(rig.keeps(key(1)), [] as [u64; 0]);
    assert_eq!(rig.keeps(key(2)), [1, 2]);
    let forget = OutboxChange::ForgetAuthor(key(1));
    assert_eq!(rig.changes.last(), Some(&forget), "{:?}", rig.changes);
}

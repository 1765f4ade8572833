//! A client that sends little does not wait for those that send much.

use super::*;

/// Clients that join, send 60 commits each, and leave.
fn visit(test: &mut TestRoom, clients: std::ops::Range<u8>) {
    for who in clients {
        let session = test.join(who.into(), &hello(who, 1, None), Role::Edit);
        for cno in 1..=60 {
            test.commit(session, set(cno, 1, Prop::Opacity(who)));
        }
        test.room.leave(session, test.now);
    }
}

#[test]
fn a_commit_does_not_wait_for_the_many_of_clients_that_have_left() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(one, put(1, 1));
    test.answer_batches();
    visit(&mut test, 100..120);
    // It comes after 1,200 others.
    test.commit(one, put(2, 2));
    visit(&mut test, 120..121);
    test.sent_to(one);
    test.answer_one_batch();
    test.answer_one_batch();
    assert_eq!(
        acks(&test.sent_to(one)),
        [2],
        "in one of the next two batches"
    );
    test.answer_batches();
    assert_eq!(test.log.len(), 2 + 21 * 60, "and nothing is lost");
}

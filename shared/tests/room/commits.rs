//! Commits through a room: acks, repeats, refusals.

use super::*;

#[test]
fn an_author_gets_an_ack_and_others_the_commit() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::View);
    test.commit(one, put(1, 1));
    assert_eq!(
        acks(&test.sent_to(one)),
        Vec::<u64>::new(),
        "nothing is acked before it is stored"
    );
    test.answer_batches();
    let sent = test.sent_to(one);
    assert_eq!((acks(&sent), commits(&sent)), (vec![1], vec![]));
    let sent = test.sent_to(two);
    assert_eq!((acks(&sent), commits(&sent)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_commit_of_an_earlier_connection_is_sent_whole() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(one, put(1, 1));
    test.room.leave(one, 0);
    let again = test.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    test.answer_batches();
    let sent = test.sent_to(again);
    assert_eq!((acks(&sent), commits(&sent)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_resent_commit_is_stored_once_and_acked() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(one, put(1, 1));
    let again = test.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    test.commit(again, put(1, 1));
    test.commit(again, put(1, 1));
    test.answer_batches();
    assert_eq!(test.log.len(), 1);
    assert_eq!(acks(&test.sent_to(again)), [1]);
}

#[test]
fn a_refused_commit_keeps_its_number_and_later_ones_follow() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::Edit);
    test.commit(one, unsound(1));
    test.commit(one, put(2, 1));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), [(1, Refusal::Invalid)]);
    assert_eq!(commits(&test.sent_to(two)), [(1, 0), (2, 1)]);
}

#[test]
fn a_resent_refused_commit_is_not_acked() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    test.commit(one, unsound(1));
    test.room.leave(one, 0);
    let again = test.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    test.commit(again, unsound(1));
    test.answer_batches();
    let sent = test.sent_to(again);
    assert_eq!((acks(&sent), commits(&sent)), (vec![], vec![(1, 0)]));
}

#[test]
fn a_commit_whose_number_is_taken_is_answered_with_the_one_that_took_it() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(one, put(1, 1));
    let elsewhere = put(1, 2);
    test.room.on_commits(EPOCH, 1, vec![stored(1, &elsewhere)]);
    test.room
        .on_batch(BatchReply::Done(vec![Outcome::Duplicate]));
    let sent = test.sent_to(one);
    assert_eq!((acks(&sent), commits(&sent)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_client_that_floods_a_silent_store_is_closed() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    for cno in 1..=4 * COMMIT_WINDOW as u64 {
        test.commit(one, put(cno, 1));
    }
    assert_eq!(test.closed, [(one, CloseCode::TooFast)]);
}

#[test]
fn an_author_is_told_at_once_that_a_commit_is_durable() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(one, put(1, 1));
    test.answer_batches();
    test.sent_to(one);
    test.room.on_durability(at(1), Durability::Confirmed);
    let sent = test.sent_to(one);
    assert!(
        matches!(sent[..], [ServerMsg::Heartbeat(beat)] if beat.durable == 1),
        "{sent:?}"
    );
}

//! Commits through a room: acks, repeats, refusals.

use super::*;

#[test]
fn an_author_gets_an_ack_and_others_the_commit() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let two = desk.join(2, &hello(2, 1, None), Role::View);
    desk.commit(one, put(1, 1));
    assert_eq!(
        acks(&desk.hears(one)),
        Vec::<u64>::new(),
        "nothing is acked before it is stored"
    );
    desk.store_answers();
    let heard = desk.hears(one);
    assert_eq!((acks(&heard), commits(&heard)), (vec![1], vec![]));
    let heard = desk.hears(two);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_commit_of_an_earlier_connection_comes_whole() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    desk.room.leave(one, 0);
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.store_answers();
    let heard = desk.hears(again);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn a_resent_commit_is_stored_once_and_acked() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.commit(again, put(1, 1));
    desk.commit(again, put(1, 1));
    desk.store_answers();
    assert_eq!(desk.log.len(), 1);
    assert_eq!(acks(&desk.hears(again)), [1]);
}

#[test]
fn a_refused_commit_keeps_its_number_and_later_ones_follow() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let two = desk.join(2, &hello(2, 1, None), Role::Edit);
    desk.commit(one, unsound(1));
    desk.commit(one, put(2, 1));
    desk.store_answers();
    assert_eq!(refusals(&desk.hears(one)), [(1, Refusal::Invalid)]);
    assert_eq!(commits(&desk.hears(two)), [(1, 0), (2, 1)]);
}

#[test]
fn who_missed_a_refusal_is_not_acked_what_they_sent_again() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    desk.commit(one, unsound(1));
    desk.room.leave(one, 0);
    let again = desk.join(2, &hello(1, 2, Some(at(0))), Role::Edit);
    desk.commit(again, unsound(1));
    desk.store_answers();
    let heard = desk.hears(again);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 0)]));
}

#[test]
fn whose_number_was_taken_elsewhere_gets_what_took_it() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    let elsewhere = put(1, 2);
    desk.room.on_commits(EPOCH, 1, vec![stored(1, &elsewhere)]);
    desk.room
        .on_batch(BatchReply::Done(vec![Outcome::Duplicate]));
    let heard = desk.hears(one);
    assert_eq!((acks(&heard), commits(&heard)), (vec![], vec![(1, 1)]));
}

#[test]
fn who_floods_a_silent_store_is_sent_away() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    for cno in 1..=4 * COMMIT_WINDOW as u64 {
        desk.commit(one, put(cno, 1));
    }
    assert_eq!(desk.closed, [(one, CloseCode::TooFast)]);
}

#[test]
fn an_author_hears_at_once_that_their_work_is_durable() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.commit(one, put(1, 1));
    desk.store_answers();
    desk.hears(one);
    desk.room.on_durability(at(1), Durability::Confirmed);
    let heard = desk.hears(one);
    assert!(
        matches!(heard[..], [ServerMsg::Heartbeat(beat)] if beat.durable == 1),
        "{heard:?}"
    );
}

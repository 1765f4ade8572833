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
    test.collect_effects();
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

#[test]
fn arrived_commits_are_applied_one_by_one_as_the_driver_asks() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    drop(test.sent_to(one));
    test.commit(one, put(1, 9));
    test.effects.clear();
    let all: Vec<StoredCommit> = (1..=3).map(|cno| stored(9, &put(cno, cno as u8))).collect();
    test.room.on_commits(EPOCH, 1, all);
    assert_eq!(test.room.at(), at(0));
    assert!(test.room.has_ready() && !test.room.is_flushed());
    for seq in 1..=3 {
        let author = client_id(9);
        assert_eq!(test.room.apply_next(), Some(Applied { author }));
        let frames = test.room.transmit(one, test.now, u64::MAX);
        let sent: Vec<ServerMsg> = frames
            .iter()
            .map(|frame| decode(frame, MAX_FRAME_BYTES).unwrap())
            .collect();
        assert_eq!(commits(&sent), [(seq, 1)]);
    }
    assert_eq!(test.room.apply_next(), None);
    let reply = BatchReply::Done(vec![Outcome::Stored(4)]);
    test.room.on_batch(reply);
    let author = client_id(1);
    assert!(test.room.awaits(author));
    assert_eq!(test.room.apply_next(), Some(Applied { author }));
    assert!(!test.room.awaits(author));
    assert!(test.room.is_flushed());
}

#[test]
fn a_gap_behind_commits_that_are_not_applied_yet_is_read_from_behind_them() {
    let mut test = TestRoom::new();
    let of = |seq| stored(9, &put(seq, seq as u8));
    test.room.on_commits(EPOCH, 1, vec![of(1), of(2)]);
    test.room.on_commits(EPOCH, 4, vec![of(4)]);
    assert_eq!(test.room.at(), at(0));
    test.collect_effects();
    let read =
        |effect: &RoomEffect| matches!(effect, RoomEffect::ReadAfter(after) if *after == at(2));
    assert_eq!(test.effects.iter().filter(|it| read(it)).count(), 1);
    test.room.on_tail(at(2), Some(vec![(3, of(3)), (4, of(4))]));
    test.collect_effects();
    assert_eq!(test.room.at(), at(4));
}

//! The identity of a driver over reconnects and reloads.

use super::*;

#[test]
fn each_connection_has_a_higher_number_which_is_saved_before_the_hello() {
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    for session in 1..4 {
        assert_eq!(rig.connect().session, session);
        let saved = rig.saved.as_ref().unwrap();
        assert_eq!(saved.session, session);
        rig.loses_connection(None);
        rig.waits_for_attempt();
    }
}

#[test]
fn a_taken_over_identity_connects_later_than_the_tab_that_had_it() {
    let seconds = 1_800_000_000;
    let identity = Identity::fresh(key(1)).taken_over_at(seconds);
    let mut rig = Rig::new(identity, Vec::new());
    assert_eq!(u64::from(rig.connect().session), seconds + 1);
    let ahead = Identity {
        session: u32::MAX,
        ..Identity::fresh(key(1))
    };
    assert_eq!(ahead.clone().taken_over_at(seconds), ahead);
}

#[test]
fn the_next_number_is_saved_with_each_commit() {
    let mut rig = Rig::online();
    rig.draws(1);
    rig.draws(2);
    assert_eq!(rig.saved.as_ref().unwrap().next_cno, 3);
}

#[test]
fn the_refusal_of_an_earlier_commit_does_not_lower_the_next_number() {
    let mut rig = Rig::online();
    (1..=3).for_each(|number| rig.draws(number));
    rig.receives(ServerMsg::Refused {
        cno: 1,
        reason: Refusal::BoardFull,
    });
    assert_eq!(rig.saved.as_ref().unwrap().next_cno, 4);
}

#[test]
fn a_client_whose_numbers_are_used_up_goes_on_under_a_fresh_key() {
    // The browser forgot how far it had counted: the server knows commits 1 to 5.
    let mut rig = Rig::new(Identity::fresh(key(1)), Vec::new());
    rig.draws(1);
    rig.connect();
    rig.receives(welcome(at(5), 5, Role::Edit, false));
    assert!(rig.lost_identity);
    rig.driver.renew(key(2), rig.now);
    rig.carry_out();
    assert_eq!(*rig.driver.identity(), Identity::fresh(key(2)));
    assert_eq!(rig.saved.as_ref(), Some(&Identity::fresh(key(2))));
    let wait = rig.waits_for_attempt();
    assert!(wait <= 2_000, "{wait} ms");
    assert_eq!(rig.connect().key, key(2));
}

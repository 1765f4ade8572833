//! Elements that owners protect, and the undoing of the work of others, which only owners do.

use shared::model::Element;
use shared::op::{Commit, Guard, Op};

use super::*;

fn of_ops(cno: u64, ops: Vec<Op>) -> Commit {
    Commit {
        cno,
        guard: Guard::Any,
        ops,
    }
}

fn take(test: &mut TestRoom, session: SessionNo, commit: Commit) -> Vec<(u64, Refusal)> {
    test.commit(session, commit);
    test.answer_batches();
    refusals(&test.sent_to(session))
}

fn element(test: &TestRoom, id: u8) -> &Element {
    test.room.state().board.get(element_id(id.into())).unwrap()
}

/// A room with a stroke that its owner protects; the sessions of the owner and of an editor.
fn protected() -> (TestRoom, SessionNo, SessionNo) {
    let mut test = TestRoom::new();
    let owner = test.join(1, &hello(1, 1, None), Role::Owner);
    let ann = test.join(2, &hello(2, 1, None), Role::Edit);
    assert_eq!(take(&mut test, owner, put(1, 1)), []);
    let protect = set(2, 1, Prop::Protected(true));
    assert_eq!(take(&mut test, owner, protect), []);
    assert!(element(&test, 1).props.protected());
    test.sent_to(ann);
    (test, owner, ann)
}

#[test]
fn only_owners_change_an_element_that_they_protect() {
    let (mut test, owner, ann) = protected();
    let id = element_id(1);
    let spans = vec![[0.0, 0.5]];
    let changes = [
        vec![Op::Set {
            id,
            prop: Prop::Color(Color::Red),
        }],
        vec![Op::Set {
            id,
            prop: Prop::Protected(false),
        }],
        vec![Op::Delete {
            ids: vec![element_id(9), id],
        }],
        vec![Op::Erase {
            id,
            spans: spans.clone(),
        }],
        vec![Op::Unerase { id, spans }],
    ];
    let before = element(&test, 1).clone();
    for (cno, ops) in (1..).zip(changes) {
        let refused = take(&mut test, ann, of_ops(cno, ops));
        assert_eq!(refused, [(cno, Refusal::Protected)]);
    }
    assert_eq!(*element(&test, 1), before);
    // Nor does a commit that changes something else too, and later commits follow.
    let mixed = vec![
        Op::Set {
            id,
            prop: Prop::Opacity(7),
        },
        testkit::fixtures::put(new_element(3)),
    ];
    assert_eq!(
        take(&mut test, ann, of_ops(6, mixed)),
        [(6, Refusal::Protected)]
    );
    assert_eq!(take(&mut test, ann, put(7, 2)), []);
    let set_other = set(8, 2, Prop::Color(Color::Red));
    assert_eq!(take(&mut test, ann, set_other), []);
    let free = set(3, 1, Prop::Protected(false));
    assert_eq!(take(&mut test, owner, free), []);
    assert_eq!(take(&mut test, ann, set(9, 1, Prop::Color(Color::Red))), []);
    assert_eq!(element(&test, 1).props.color, Color::Red);
}

#[test]
fn only_owners_put_protected_elements() {
    let (mut test, owner, ann) = protected();
    let mut new = new_element(5);
    new.props.set(Prop::Protected(true));
    let forged = of_ops(1, vec![testkit::fixtures::put(new.clone())]);
    assert_eq!(take(&mut test, ann, forged), []);
    assert!(!element(&test, 5).props.protected());
    let protect = set(2, 5, Prop::Protected(true));
    assert_eq!(take(&mut test, ann, protect), [(2, Refusal::Protected)]);
    // An owner's undo of a deletion brings the protection back.
    let delete = of_ops(
        3,
        vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
    );
    let restored = element(&test, 1).to_new();
    assert_eq!(take(&mut test, owner, delete), []);
    let restore = of_ops(4, vec![Op::Restore(Box::new(restored))]);
    assert_eq!(take(&mut test, owner, restore), []);
    assert!(element(&test, 1).props.protected());
}

#[test]
fn only_owners_undo_the_work_of_others() {
    let mut test = TestRoom::new();
    let ben = test.join(1, &hello(1, 1, None), Role::Edit);
    let owner = test.join(2, &hello(2, 1, None), Role::Owner);
    for session in [ben, owner] {
        let guard = Guard::WorkOf(vec![client_id(3)]);
        let ops = Vec::new();
        test.commit(session, Commit { cno: 1, guard, ops });
    }
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ben)), [(1, Refusal::Forbidden)]);
    assert_eq!(refusals(&test.sent_to(owner)), []);
}

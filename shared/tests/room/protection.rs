//! Elements that owners protect, and the undoing of the work of others, which only owners do.

use shared::model::Element;
use shared::op::{Commit, Guard, Op};
use shared::sync::{Snapshot, SnapshotAssembly};

use super::*;

/// The commits that reach a session, each with its ops.
fn ops(messages: &[ServerMsg]) -> Vec<Vec<Op>> {
    let commits = messages.iter().filter_map(|message| match message {
        ServerMsg::Commit { commit, .. } => Some(commit.commit.ops.clone()),
        _ => None,
    });
    commits.collect()
}

fn snapshot(messages: &[ServerMsg]) -> Snapshot {
    let mut assembly: Option<SnapshotAssembly> = None;
    for message in messages {
        if let ServerMsg::Snapshot(part) = message {
            let assembly = assembly.get_or_insert_with(|| SnapshotAssembly::begin(part).unwrap());
            assembly.add(part.clone()).unwrap();
        }
    }
    assembly.unwrap().finish().unwrap()
}

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
fn clients_of_version_4_never_hear_of_protection() {
    let protect = set(2, 1, Prop::Protected(true));
    let before = [put(1, 1), protect].map(|commit| stored(1, &commit));
    let mut test = TestRoom::opened(&Loaded {
        at: at(2),
        snapshot: None,
        commits: (1..).zip(before).collect(),
        record_version: 1,
    });
    test.last.insert(client_id(1), 2);
    let owner = test.join(1, &hello(1, 1, None), Role::Owner);
    let old = Hello {
        version: 4,
        ..hello(3, 1, None)
    };
    let old = test.join(3, &old, Role::Edit);
    let new = test.join(4, &hello(4, 1, None), Role::Edit);
    let (seen_by_old, seen_by_new) = (snapshot(&test.sent_to(old)), snapshot(&test.sent_to(new)));
    let of = |snapshot: &Snapshot| snapshot.board.get(element_id(1)).unwrap().clone();
    assert!(of(&seen_by_new).props.protected());
    assert!(!of(&seen_by_old).props.protected());
    let writers = &of(&seen_by_old).writers;
    assert!(writers.is_empty(), "{writers:?}");
    // Commits: the setting, and an element that comes with it.
    let free = Op::Set {
        id: element_id(1),
        prop: Prop::Protected(false),
    };
    let color = Op::Set {
        id: element_id(1),
        prop: Prop::Color(Color::Red),
    };
    let mut with = new_element(6);
    with.props.set(Prop::Protected(true));
    let changes = of_ops(3, vec![free, color.clone(), testkit::fixtures::put(with)]);
    assert_eq!(take(&mut test, owner, changes), []);
    let known = vec![color, testkit::fixtures::put(new_element(6))];
    assert_eq!(ops(&test.sent_to(old)), [known]);
    assert_eq!(ops(&test.sent_to(new))[0].len(), 3);
    // A refusal has a name that they know.
    let change = set(1, 6, Prop::Color(Color::Red));
    assert_eq!(take(&mut test, old, change), [(1, Refusal::Invalid)]);
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

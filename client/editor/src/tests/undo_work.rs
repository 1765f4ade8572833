//! Changes that were made elsewhere: undoing the work of another person, clearing the board.

use shared::limits::MAX_COMMIT_WORK;
use shared::model::{Color, NewElement, Prop};
use shared::op::{Commit, Growth, Guard, Op, cost};

use super::rig::{ME, OTHER, Rig, element_id, line};
use crate::{Command, Output};

fn shown(rig: &Rig) -> Vec<NewElement> {
    rig.board.elements().map(|it| it.to_new()).collect()
}

fn color(id: u64, color: Color) -> Op {
    Op::Set {
        id: element_id(id),
        prop: Prop::Color(color),
    }
}

fn delete(id: u64) -> Op {
    Op::Delete {
        ids: vec![element_id(id)],
    }
}

#[test]
fn the_work_of_a_person_is_undone_as_one_step_and_comes_back() {
    let mut rig = Rig::new();
    for id in [1, 2] {
        rig.put(ME, line(id, (0.0, 0.0), (9.0, 9.0)));
    }
    let deleted = rig.board.get(element_id(2)).unwrap().to_new();
    let before = shown(&rig);
    rig.put(OTHER, line(3, (0.0, 0.0), (9.0, 9.0)));
    rig.apply(OTHER, vec![color(1, Color::Red), delete(2)], Guard::Any);
    let after = shown(&rig);
    let first_color = before[0].props.color;
    let ops = vec![
        color(1, first_color),
        Op::Restore(Box::new(deleted)),
        delete(3),
    ];
    rig.apply_change(ops, &Guard::WorkOf(vec![OTHER]));
    assert_eq!(shown(&rig), before);
    rig.run(Command::UNDO);
    assert_eq!(shown(&rig), after);
    rig.run(Command::REDO);
    assert_eq!(shown(&rig), before);
}

#[test]
fn every_commit_of_a_large_change_stays_within_the_limit_of_work() {
    let mut rig = Rig::new();
    for first in (0..10_000).step_by(1_000) {
        let puts = (first..first + 1_000).map(|id| line(id, (0.0, 0.0), (9.0, 9.0)));
        let puts = puts.map(|new| Op::Put(Box::new(new))).collect();
        rig.apply(OTHER, puts, Guard::Any);
    }
    let board = rig.board.clone();
    let guard = Guard::WorkOf(vec![OTHER]);
    rig.log.clear();
    rig.apply_change((0..10_000).map(delete).collect(), &guard);
    assert!(rig.board.is_empty());
    for output in &rig.log {
        if let Output::Commit { ops, guard } = output {
            let (ops, guard) = (ops.clone(), guard.clone());
            let commit = Commit { cno: 1, guard, ops };
            let work = cost(&board, &Growth::default(), ME, &commit);
            assert!(work <= MAX_COMMIT_WORK, "{work}");
        }
    }
}

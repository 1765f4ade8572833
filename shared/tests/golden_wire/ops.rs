//! Every op, and commits as stores keep them.

use shared::geometry::BoardPoint;
use shared::model::{Color, OrderKey, Prop};
use shared::op::{Commit, Guard, Op};
use shared::protocol::StoredCommit;

use crate::sample::{Sample, element, ink, new_element, other, sample};

/// Every variant of `Op` and `Prop`, and both guards.
pub(crate) const VARIANTS: &[&str] = &[
    "op.put",
    "op.extend",
    "op.set.z",
    "op.set.at",
    "op.set.color",
    "op.set.width",
    "op.set.opacity",
    "op.delete",
    "op.restore",
    "commit.any",
    "commit.mine_only",
];

/// Fails to compile when a variant is added: it needs a sample then.
const fn name(op: &Op) -> &'static str {
    match op {
        Op::Put(_) => "op.put",
        Op::Extend { .. } => "op.extend",
        Op::Set { id: _, prop } => match prop {
            Prop::Z(_) => "op.set.z",
            Prop::At(_) => "op.set.at",
            Prop::Color(_) => "op.set.color",
            Prop::Width(_) => "op.set.width",
            Prop::Opacity(_) => "op.set.opacity",
        },
        Op::Delete { .. } => "op.delete",
        Op::Restore(_) => "op.restore",
    }
}

const fn guard_name(guard: Guard) -> &'static str {
    match guard {
        Guard::Any => "commit.any",
        Guard::MineOnly => "commit.mine_only",
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let set = |prop| Op::Set {
        id: element(),
        prop,
    };
    let ops = [
        Op::Put(Box::new(new_element(true))),
        Op::Extend {
            id: element(),
            from: 3,
            ink: ink(),
            end: true,
        },
        set(Prop::Z(OrderKey::first())),
        set(Prop::At(BoardPoint::new(-1.5, 300.25))),
        set(Prop::Color(Color::Pink)),
        set(Prop::Width(0.75)),
        set(Prop::Opacity(128)),
        Op::Delete {
            ids: vec![element()],
        },
        Op::Restore(Box::new(new_element(false))),
    ];
    let mut all: Vec<Sample> = ops.map(|op| sample(name(&op), op)).into();
    all.extend([Guard::Any, Guard::MineOnly].map(|guard| {
        sample(
            guard_name(guard),
            Commit {
                cno: 300,
                guard,
                ops: Vec::new(),
            },
        )
    }));
    let payload = vec![0xAA, 0xBB].into();
    all.push(sample(
        "commit.stored",
        StoredCommit {
            author: other(),
            cno: 2,
            payload,
        },
    ));
    all
}

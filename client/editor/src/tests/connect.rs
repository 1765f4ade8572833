//! Arrows between selected elements, made without a pointer.

use shared::model::layout::line_points;
use shared::model::{Anchor, Arrowhead, Prop, Route};
use shared::op::{Guard, Op};

use super::commands::{rows, selected};
use super::rig::{ME, OTHER, Rig, element_id, line};
use crate::{Availability, Command, ToolKind};

fn ends(rig: &Rig, number: u64) -> [Option<u64>; 2] {
    let props = &rig.element(number).props;
    let number = |anchor: Anchor| u64::from_be_bytes(anchor.to.as_bytes()[8..].try_into().unwrap());
    [props.start(), props.end()].map(|anchor| anchor.map(number))
}

fn why(rig: &Rig) -> &'static str {
    match rig.editor.availability(Command::CONNECT, &rig.board) {
        Availability::Ready => "",
        Availability::Not(why) => why,
    }
}

#[test]
fn two_elements_are_connected_by_one_arrow_in_reading_order() {
    let mut rig = rows();
    let mut styles = *rig.editor.styles();
    styles.of_mut(ToolKind::Arrow).route = Route::Elbow;
    rig.editor.set_styles(styles);
    rig.select(&[1, 2]);
    rig.run(Command::CONNECT);
    assert_eq!(rig.said(), "commit(put-line) told[1]");
    let arrow = rig.newest();
    let props = &arrow.props;
    let middle = |number| {
        Some(Anchor {
            to: element_id(number),
            at: [0.5, 0.5],
        })
    };
    assert_eq!((props.start(), props.end()), (middle(2), middle(1)));
    assert_eq!(props.heads(), [Arrowhead::None, Arrowhead::Arrow]);
    assert_eq!(props.route(), Route::Elbow);
    assert_eq!(selected(&rig), [1_001]);
    let points = line_points(&rig.board, &arrow);
    let (from, to) = (points[0], points[1]);
    assert!(
        150.0 < from.x && from.x < to.x && to.x < 300.0,
        "{points:?}"
    );
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 3);
}

#[test]
fn more_elements_are_connected_in_a_chain_and_one_undo_removes_it() {
    let mut rig = rows();
    rig.put(ME, line(4, (0.0, 0.0), (40.0, 40.0)));
    rig.run(Command::SELECT_ALL);
    rig.run(Command::CONNECT);
    let made = selected(&rig);
    let ends: Vec<_> = made.iter().map(|arrow| ends(&rig, *arrow)).collect();
    assert_eq!(ends, [[Some(2), Some(1)], [Some(1), Some(3)]]);
    assert_eq!(rig.commits().len(), 1);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 4);
}

#[test]
fn locked_elements_can_be_connected() {
    let mut rig = rows();
    let locked = Op::Set {
        id: element_id(2),
        prop: Prop::Locked(true),
    };
    rig.apply(OTHER, vec![locked], Guard::Any);
    rig.select(&[1, 2]);
    rig.run(Command::CONNECT);
    assert_eq!(rig.board.len(), 4);
}

#[test]
fn connect_says_why_it_is_unavailable() {
    let mut rig = rows();
    let few = "Select at least two shapes, texts, notes or frames first.";
    assert_eq!(why(&rig), few);
    rig.put(ME, line(4, (0.0, 0.0), (40.0, 40.0)));
    rig.select(&[1, 4]);
    assert_eq!(why(&rig), few, "nothing holds on to ink");
    rig.select(&[1, 2]);
    assert_eq!(why(&rig), "");
    rig.become_viewer();
    assert_eq!(why(&rig), "You can look at this board, but not change it.");
    rig.run(Command::CONNECT);
    assert!(rig.commits().is_empty());
}

#[test]
fn elements_in_one_place_are_not_connected() {
    let mut rig = rows();
    let at = rig.element(1).props.at;
    let moved = Op::Set {
        id: element_id(2),
        prop: Prop::At(at),
    };
    rig.apply(OTHER, vec![moved], Guard::Any);
    rig.select(&[1, 2]);
    rig.log.clear();
    rig.run(Command::CONNECT);
    assert_eq!(rig.board.len(), 3);
    assert!(rig.said().starts_with("ui:Notify"), "{}", rig.said());
}

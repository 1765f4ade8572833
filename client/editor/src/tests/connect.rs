//! Arrows between what is selected, made without a pointer.

use shared::model::place::line_points;
use shared::model::{Anchor, Head, Prop, Route};
use shared::op::{Guard, Op};

use super::actions::{rows, selected};
use super::desk::{Desk, ME, OTHER, element_id, line};
use crate::{Access, Availability, Command, ToolKind};

fn ends(desk: &Desk, number: u64) -> [Option<u64>; 2] {
    let props = &desk.element(number).props;
    let number = |anchor: Anchor| u64::from_be_bytes(anchor.to.as_bytes()[8..].try_into().unwrap());
    [props.start(), props.end()].map(|anchor| anchor.map(number))
}

fn why(desk: &Desk) -> &'static str {
    match desk.editor.availability(Command::CONNECT, &desk.board) {
        Availability::Ready => "",
        Availability::Not(why) => why,
    }
}

#[test]
fn two_things_are_connected_by_one_arrow_in_reading_order() {
    let mut desk = rows();
    let mut styles = *desk.editor.styles();
    styles.of_mut(ToolKind::Arrow).route = Route::Elbow;
    desk.editor.set_styles(styles);
    desk.select(&[1, 2]);
    desk.run(Command::CONNECT);
    assert_eq!(desk.said(), "commit(put-line) told[1]");
    let arrow = desk.newest();
    let props = &arrow.props;
    let middle = |number| {
        Some(Anchor {
            to: element_id(number),
            at: [0.5, 0.5],
        })
    };
    assert_eq!((props.start(), props.end()), (middle(2), middle(1)));
    assert_eq!(props.heads(), [Head::None, Head::Arrow]);
    assert_eq!(props.route(), Route::Elbow);
    assert_eq!(selected(&desk), [1_001]);
    let points = line_points(&desk.board, &arrow);
    let (from, to) = (points[0], points[1]);
    assert!(
        150.0 < from.x && from.x < to.x && to.x < 300.0,
        "{points:?}"
    );
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 3);
}

#[test]
fn more_things_are_connected_in_a_chain_and_one_undo_takes_it_back() {
    let mut desk = rows();
    desk.put(ME, line(4, (0.0, 0.0), (40.0, 40.0)));
    desk.run(Command::SELECT_ALL);
    desk.run(Command::CONNECT);
    let made = selected(&desk);
    let ends: Vec<_> = made.iter().map(|arrow| ends(&desk, *arrow)).collect();
    assert_eq!(ends, [[Some(2), Some(1)], [Some(1), Some(3)]]);
    assert_eq!(desk.commits().len(), 1);
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 4);
}

#[test]
fn what_is_locked_can_be_connected() {
    let mut desk = rows();
    let locked = Op::Set {
        id: element_id(2),
        prop: Prop::Locked(true),
    };
    desk.apply(OTHER, vec![locked], Guard::Any);
    desk.select(&[1, 2]);
    desk.run(Command::CONNECT);
    assert_eq!(desk.board.len(), 4);
}

#[test]
fn it_is_said_why_nothing_is_connected() {
    let mut desk = rows();
    let few = "Select at least two shapes, texts, notes or frames first.";
    assert_eq!(why(&desk), few);
    desk.put(ME, line(4, (0.0, 0.0), (40.0, 40.0)));
    desk.select(&[1, 4]);
    assert_eq!(why(&desk), few, "nothing holds on to ink");
    desk.select(&[1, 2]);
    assert_eq!(why(&desk), "");
    desk.editor
        .set_access(Access::View, 0, &mut || element_id(9), &desk.board);
    assert_eq!(why(&desk), "You can look at this board, but not change it.");
    desk.run(Command::CONNECT);
    assert!(desk.commits().is_empty());
}

#[test]
fn things_in_one_place_are_not_connected() {
    let mut desk = rows();
    let at = desk.element(1).props.at;
    let moved = Op::Set {
        id: element_id(2),
        prop: Prop::At(at),
    };
    desk.apply(OTHER, vec![moved], Guard::Any);
    desk.select(&[1, 2]);
    desk.log.clear();
    desk.run(Command::CONNECT);
    assert_eq!(desk.board.len(), 3);
    assert!(desk.said().starts_with("ui:Say"), "{}", desk.said());
}

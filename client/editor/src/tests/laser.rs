//! The laser: told to others, never on the board.

use shared::sync::LASER_MS;

use super::desk::Desk;
use crate::ToolKind;

fn lit() -> Desk {
    let mut desk = Desk::new();
    desk.pick(ToolKind::Laser);
    desk.log.clear();
    desk.now = 5_000;
    desk.down(100.0, 100.0);
    desk
}

fn trail(desk: &Desk) -> Vec<(f64, bool)> {
    let trail = desk.editor.overlay(desk.now, &desk.board).trail;
    let point = |point: &crate::view::overlay::TrailPoint| (point.at.x, point.first);
    trail.iter().map(point).collect()
}

#[test]
fn its_trail_goes_out_once_a_frame_and_never_onto_the_board() {
    let mut desk = lit();
    desk.drag(&[(110.0, 100.0), (120.0, 100.0)]);
    desk.frame();
    desk.frame();
    desk.drag(&[(130.0, 100.0)]);
    desk.up(140.0, 100.0);
    assert_eq!(desk.said(), "laser[0] laser[3] laser[2]");
    assert!(desk.board.is_empty() && !desk.editor.history().can_undo());
}

#[test]
fn the_next_press_begins_a_new_trail() {
    let mut desk = lit();
    desk.up(110.0, 100.0);
    desk.down(300.0, 100.0);
    desk.up(310.0, 100.0);
    assert_eq!(desk.said(), "laser[0] laser[2] laser[0] laser[2]");
    let seen = trail(&desk);
    assert_eq!(
        seen,
        [(100.0, true), (110.0, false), (300.0, true), (310.0, false)]
    );
}

#[test]
fn it_fades_also_after_it_was_lifted() {
    let mut desk = lit();
    desk.now += 600;
    desk.drag(&[(120.0, 100.0)]);
    desk.up(120.0, 100.0);
    assert_eq!(trail(&desk).len(), 2);
    desk.now = 5_000 + LASER_MS;
    assert_eq!(trail(&desk), [(120.0, false)]);
    desk.now += 600;
    assert!(trail(&desk).is_empty());
    assert!(!desk.editor.is_busy());
}

#[test]
fn a_hand_that_rests_sends_nothing() {
    let mut desk = lit();
    desk.frame();
    desk.log.clear();
    desk.drag(&[(100.5, 100.0), (100.9, 100.4)]);
    desk.frame();
    assert_eq!(desk.said(), "");
}

#[test]
fn many_points_go_out_in_pieces_that_are_allowed() {
    let mut desk = lit();
    let way: Vec<(f64, f64)> = (1..=450)
        .map(|at| (100.0 + f64::from(at) * 2.0, 100.0))
        .collect();
    desk.drag(&way);
    desk.frame();
    assert_eq!(desk.said(), "laser[0] laser[200] laser[200] laser[51]");
}

#[test]
fn giving_up_stops_it() {
    let mut desk = lit();
    desk.drag(&[(150.0, 100.0)]);
    desk.key("Escape");
    desk.drag(&[(200.0, 100.0)]);
    desk.frame();
    assert_eq!(desk.said(), "");
    assert_eq!(trail(&desk).len(), 2);
}

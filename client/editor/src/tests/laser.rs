//! The laser: sent to others, never on the board.

use shared::sync::LASER_MS;

use super::rig::Rig;
use crate::ToolKind;

fn lit() -> Rig {
    let mut rig = Rig::new();
    rig.pick(ToolKind::Laser);
    rig.log.clear();
    rig.now = 5_000;
    rig.down(100.0, 100.0);
    rig
}

fn trail(rig: &Rig) -> Vec<(f64, bool)> {
    let trail = rig.editor.overlay(rig.now, &rig.board).trail;
    let point = |point: &crate::view::overlay::TrailPoint| (point.at.x, point.first);
    trail.iter().map(point).collect()
}

#[test]
fn the_trail_is_sent_once_per_animation_frame_and_never_put_on_the_board() {
    let mut rig = lit();
    rig.drag(&[(110.0, 100.0), (120.0, 100.0)]);
    rig.animation_frame();
    rig.animation_frame();
    rig.drag(&[(130.0, 100.0)]);
    rig.up(140.0, 100.0);
    assert_eq!(rig.said(), "laser[0] laser[3] laser[2]");
    assert!(rig.board.is_empty() && !rig.editor.history().can_undo());
}

#[test]
fn the_next_press_begins_a_new_trail() {
    let mut rig = lit();
    rig.up(110.0, 100.0);
    rig.down(300.0, 100.0);
    rig.up(310.0, 100.0);
    assert_eq!(rig.said(), "laser[0] laser[2] laser[0] laser[2]");
    let seen = trail(&rig);
    assert_eq!(
        seen,
        [(100.0, true), (110.0, false), (300.0, true), (310.0, false)]
    );
}

#[test]
fn it_fades_also_after_it_was_lifted() {
    let mut rig = lit();
    rig.now += 600;
    rig.drag(&[(120.0, 100.0)]);
    rig.up(120.0, 100.0);
    assert_eq!(trail(&rig).len(), 2);
    rig.now = 5_000 + LASER_MS;
    assert_eq!(trail(&rig), [(120.0, false)]);
    rig.now += 600;
    assert!(trail(&rig).is_empty());
    assert!(!rig.editor.is_busy());
}

#[test]
fn a_resting_pointer_sends_nothing() {
    let mut rig = lit();
    rig.animation_frame();
    rig.log.clear();
    rig.drag(&[(100.5, 100.0), (100.9, 100.4)]);
    rig.animation_frame();
    assert_eq!(rig.said(), "");
}

#[test]
fn many_points_are_sent_in_pieces_within_the_limit() {
    let mut rig = lit();
    let way: Vec<(f64, f64)> = (1..=450)
        .map(|at| (100.0 + f64::from(at) * 2.0, 100.0))
        .collect();
    rig.drag(&way);
    rig.animation_frame();
    assert_eq!(rig.said(), "laser[0] laser[200] laser[200] laser[51]");
}

#[test]
fn cancelling_stops_the_laser() {
    let mut rig = lit();
    rig.drag(&[(150.0, 100.0)]);
    rig.key("Escape");
    rig.drag(&[(200.0, 100.0)]);
    rig.animation_frame();
    assert_eq!(rig.said(), "");
    assert_eq!(trail(&rig).len(), 2);
}

//! The Select and Lasso tools: what presses and regions select, and what is shown.

use shared::geometry::BoardRect;
use shared::model::{Body, Outline, Prop};

use super::desk::{Desk, ME, boxed, element_id, line, shape};
use super::row::*;
use crate::{Command, CursorIcon, Modifiers, Output, PointerKind, ToolKind};

// Presses.

#[test]
fn a_press_selects_and_tells_others() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
    assert_eq!(desk.said(), "told[1]");
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[2]));
    desk.click(20.0, 20.0);
    assert_eq!(selected(&desk), ids(&[]));
}

#[test]
fn shift_adds_and_takes_away() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.held = SHIFT;
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2]));
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[2]));
    desk.click(20.0, 20.0);
    assert_eq!(selected(&desk), ids(&[2]));
}

#[test]
fn a_press_on_one_of_many_selects_it_when_it_turns_out_to_be_no_drag() {
    let mut desk = row();
    desk.run(Command::SELECT_ALL);
    assert_eq!(selected(&desk), ids(&[1, 2, 3]));
    desk.now += 1_000;
    desk.down(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2, 3]));
    desk.up(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
}

#[test]
fn the_topmost_is_taken_and_one_sees_through_hollow_shapes() {
    let mut desk = row();
    desk.put(
        ME,
        shape(8, Outline::Rectangle, rect(80.0, 80.0, 140.0, 140.0)),
    );
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
    desk.click(80.0, 150.0);
    assert_eq!(selected(&desk), ids(&[8]));
    desk.put(ME, solid(9, rect(140.0, 140.0, 20.0, 20.0)));
    desk.click(300.0, 500.0);
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[9]));
}

#[test]
fn a_press_on_a_member_means_its_group() {
    let mut desk = row();
    group(&mut desk, &[1, 2], &[7]);
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2]));
    desk.held = CTRL;
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[2]));
}

#[test]
fn a_double_press_opens_groups_level_by_level_and_a_press_outside_closes_them() {
    let mut desk = row();
    group(&mut desk, &[1, 2], &[7, 8]);
    group(&mut desk, &[3], &[8]);
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2, 3]));
    double_click(&mut desk, 150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2]));
    double_click(&mut desk, 150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[2]));
    desk.click(20.0, 20.0);
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2, 3]));
}

#[test]
fn a_press_on_something_else_closes_an_opened_group() {
    let mut desk = row();
    group(&mut desk, &[1, 2], &[7]);
    desk.click(150.0, 150.0);
    double_click(&mut desk, 150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
    desk.click(550.0, 150.0);
    assert_eq!(selected(&desk), ids(&[3]));
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1, 2]));
}

#[test]
fn a_double_press_begins_to_write() {
    for (number, at) in [(1, (150.0, 150.0)), (8, (450.0, 450.0))] {
        let mut desk = row();
        // One sees through it, but its middle is where one writes.
        desk.put(
            ME,
            shape(8, Outline::Ellipse, rect(400.0, 400.0, 100.0, 100.0)),
        );
        double_click(&mut desk, at.0, at.1);
        assert_eq!(selected(&desk), ids(&[number]));
        assert!(desk.said().contains("typing"), "{}", desk.said());
    }
}

#[test]
fn presses_with_a_key_between_them_are_no_double_press() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.key("Escape");
    desk.now += 100;
    desk.click(150.0, 150.0);
    assert_eq!(selected(&desk), ids(&[1]));
    assert_eq!(desk.editor.writes_on(), None);
}

#[test]
fn a_second_press_that_drags_moves_what_is_pressed() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.now += 100;
    desk.down(150.0, 150.0);
    assert_eq!(desk.editor.writes_on(), None, "it may still become a drag");
    desk.drag(&[(150.0, 160.0), (150.0, 250.0)]);
    desk.up(150.0, 250.0);
    assert_eq!(desk.editor.writes_on(), None);
    assert_eq!(place(&desk, 1), [100, 200, 100, 100]);
    // A hand that trembles does not drag.
    desk.click(350.0, 150.0);
    desk.now += 100;
    desk.down(350.0, 150.0);
    desk.drag(&[(351.0, 152.0)]);
    desk.up(351.0, 152.0);
    assert_eq!(desk.editor.writes_on(), Some(element_id(2)));
    // And what would be a new text where nothing is may be a marquee.
    let mut desk = row();
    desk.click(50.0, 50.0);
    desk.now += 100;
    desk.draw(&[(50.0, 50.0), (60.0, 60.0), (250.0, 250.0)]);
    assert_eq!(selected(&desk), ids(&[1]));
    assert_eq!(desk.board.len(), 3);
}

#[test]
fn a_double_press_on_nothing_begins_a_text_there() {
    let mut desk = row();
    double_click(&mut desk, 150.0, 400.0);
    let new = desk.newest();
    assert_eq!(new.body, Body::Text);
    assert_eq!(selected(&desk), [new.id].into());
    assert_eq!(desk.editor.writes_on(), Some(new.id));
    assert!((new.props.at.y - 400.0).abs() < 40.0 && new.props.at.y < 400.0);
}

#[test]
fn locked_things_are_passed_over_unless_there_is_nothing_else() {
    let mut desk = row();
    set(&mut desk, 1, Prop::Locked(true));
    desk.put(ME, solid(4, rect(120.0, 120.0, 20.0, 20.0)));
    let lowest = shared::model::OrderKey::below(desk.board.bottom());
    set(&mut desk, 4, Prop::Z(lowest));
    desk.click(130.0, 130.0);
    assert_eq!(selected(&desk), ids(&[4]));
    desk.held = ALT;
    desk.click(130.0, 130.0);
    assert_eq!(selected(&desk), ids(&[1]));
    desk.held = Modifiers::default();
    desk.click(20.0, 20.0);
    desk.click(180.0, 180.0);
    assert_eq!(selected(&desk), ids(&[1]));
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert!(overlay.handles.is_empty());
    desk.now += 1_000;
    desk.draw(&[(180.0, 180.0), (280.0, 280.0)]);
    assert_eq!(place(&desk, 1), [100, 100, 100, 100]);
}

#[test]
fn a_right_press_selects_what_the_menu_is_about() {
    let mut desk = row();
    desk.run(Command::SELECT_ALL);
    for (x, expected) in [(150.0, &[1, 2, 3][..]), (20.0, &[]), (350.0, &[2])] {
        desk.log.clear();
        let mut press = super::desk::pointer(PointerKind::Mouse, 1, x, 150.0, desk.now);
        press.button = crate::Button::Secondary;
        desk.send(crate::InputEvent::PointerDown(press));
        assert_eq!(selected(&desk), ids(expected));
        assert!(desk.said().contains("ui:ContextMenu"), "{}", desk.said());
    }
}

#[test]
fn a_finger_that_rests_opens_the_menu_and_moves_nothing() {
    let mut desk = row();
    set(&mut desk, 1, Prop::Locked(true));
    let down = super::desk::pointer(PointerKind::Touch, 5, 150.0, 150.0, 0);
    desk.send(crate::InputEvent::PointerDown(down));
    desk.now = 500;
    desk.frame();
    assert!(desk.said().contains("ui:ContextMenu"), "{}", desk.said());
    assert_eq!(selected(&desk), ids(&[1]));
    desk.drag_as(PointerKind::Touch, 5, &[(250.0, 250.0)]);
    assert!(desk.commits().is_empty());
}

#[test]
fn the_first_finger_of_a_pinch_selects_nothing() {
    let mut desk = row();
    desk.click(350.0, 150.0);
    desk.now += 1_000;
    for (id, x) in [(5, 150.0), (6, 180.0)] {
        let down = super::desk::pointer(PointerKind::Touch, id, x, 150.0, desk.now);
        desk.send(crate::InputEvent::PointerDown(down));
    }
    desk.drag_as(PointerKind::Touch, 6, &[(280.0, 150.0)]);
    assert_eq!(selected(&desk), ids(&[2]));
    assert!(desk.commits().is_empty());
}

// Regions.

#[test]
fn a_marquee_selects_what_it_touches_and_frames_that_it_holds() {
    let mut desk = row();
    desk.put(ME, boxed(8, Body::Frame, rect(80.0, 300.0, 200.0, 200.0)));
    desk.put(
        ME,
        shape(9, Outline::Rectangle, rect(400.0, 300.0, 200.0, 200.0)),
    );
    for (to, expected) in [
        ((160.0, 160.0), &[1][..]),
        ((330.0, 320.0), &[1, 2]),
        // Right through the frame, and inside of the hollow rectangle.
        ((330.0, 400.0), &[1, 2]),
        ((330.0, 520.0), &[1, 2, 8]),
        ((450.0, 400.0), &[1, 2, 9]),
    ] {
        desk.now += 1_000;
        desk.draw(&[(40.0, 40.0), (60.0, 60.0), to]);
        assert_eq!(selected(&desk), ids(expected), "{to:?}");
    }
    desk.click(20.0, 20.0);
    desk.now += 1_000;
    desk.draw(&[(420.0, 320.0), (440.0, 340.0), (500.0, 400.0)]);
    assert_eq!(selected(&desk), ids(&[]), "inside of a hollow shape");
}

#[test]
fn a_marquee_shows_what_it_selects_once_a_frame_and_gives_it_up_again() {
    let mut desk = row();
    desk.click(550.0, 150.0);
    desk.now += 1_000;
    desk.down(40.0, 40.0);
    desk.drag(&[(160.0, 160.0)]);
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert_eq!(
        overlay.marquee,
        Some(BoardRect::new(40.0, 40.0, 160.0, 160.0))
    );
    assert_eq!(selected(&desk), ids(&[3]));
    desk.frame();
    assert_eq!(selected(&desk), ids(&[1]));
    desk.key("Escape");
    assert_eq!(selected(&desk), ids(&[3]));
    assert_eq!(desk.editor.overlay(desk.now, &desk.board).marquee, None);
}

#[test]
fn with_shift_a_marquee_adds() {
    let mut desk = row();
    desk.click(550.0, 150.0);
    desk.held = SHIFT;
    desk.now += 1_000;
    desk.draw(&[(40.0, 40.0), (60.0, 60.0), (160.0, 160.0)]);
    assert_eq!(selected(&desk), ids(&[1, 3]));
}

#[test]
fn regions_take_whole_groups_and_nothing_locked() {
    let mut desk = row();
    group(&mut desk, &[1, 3], &[7]);
    set(&mut desk, 2, Prop::Locked(true));
    desk.draw(&[(40.0, 40.0), (60.0, 60.0), (330.0, 160.0)]);
    assert_eq!(selected(&desk), ids(&[1, 3]));
}

#[test]
fn a_loop_selects_what_it_crosses_or_encloses() {
    let mut desk = row();
    desk.pick(ToolKind::Lasso);
    let around = [
        (60.0, 60.0),
        (230.0, 60.0),
        (230.0, 230.0),
        (60.0, 230.0),
        (60.0, 60.0),
    ];
    desk.draw(&around);
    // Only samples' ends count one by one here: play them as moves of their own.
    desk.now += 1_000;
    desk.down(60.0, 60.0);
    for point in &around[1..] {
        desk.drag(&[*point]);
    }
    assert_eq!(desk.editor.overlay(desk.now, &desk.board).lasso.len(), 5);
    desk.up(60.0, 60.0);
    assert_eq!(selected(&desk), ids(&[1]));
    assert_eq!(desk.editor.tool(), ToolKind::Lasso);
    desk.click(350.0, 150.0);
    assert_eq!(selected(&desk), ids(&[2]));
}

#[test]
fn a_loop_is_glanced_at_while_it_is_drawn_and_looked_at_closely_at_the_end() {
    let mut desk = Desk::new();
    for number in 1..=300 {
        desk.put(ME, line(number, (150.0, 150.0), (250.0, 250.0)));
    }
    desk.put(ME, line(301, (100.0, 100.0), (110.0, 110.0)));
    desk.pick(ToolKind::Lasso);
    desk.down(60.0, 60.0);
    for point in [(205.0, 60.0), (205.0, 300.0), (60.0, 300.0)] {
        desk.drag(&[point]);
    }
    desk.frame();
    let seen = selected(&desk);
    assert!(seen.contains(&element_id(301)), "what lies well inside");
    let crossed = seen.len() - 1;
    assert!((1..300).contains(&crossed), "{crossed} measured at once");
    desk.up(60.0, 300.0);
    assert_eq!(selected(&desk).len(), 301);
}

// What is shown.

#[test]
fn handles_are_shown_while_select_is_in_hand_and_the_pointer_tells_what_it_would_do() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    let handles = |desk: &Desk| desk.editor.overlay(desk.now, &desk.board).handles.len();
    assert_eq!(handles(&desk), 10);
    for ((x, y), icon) in [
        ((150.0, 150.0), CursorIcon::Move),
        ((200.0, 150.0), CursorIcon::StretchX),
        ((200.0, 200.0), CursorIcon::StretchFalling),
        ((200.0, 100.0), CursorIcon::StretchRising),
        ((150.0, 74.0), CursorIcon::Turn),
        ((20.0, 20.0), CursorIcon::Arrow),
        ((350.0, 150.0), CursorIcon::Move),
    ] {
        desk.drag(&[(x, y)]);
        assert_eq!(desk.editor.cursor(), icon, "{x} {y}");
    }
    desk.pick(ToolKind::Pen);
    assert_eq!(handles(&desk), 0);
}

#[test]
fn who_may_only_look_selects_nothing() {
    let mut desk = row();
    let mut ids = || element_id(77);
    let effects = desk
        .editor
        .set_access(crate::Access::View, 0, &mut ids, &desk.board);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Output::Commit { .. }))
    );
    desk.click(150.0, 150.0);
    assert!(desk.editor.selection().is_empty());
    assert_eq!(desk.said(), "");
}

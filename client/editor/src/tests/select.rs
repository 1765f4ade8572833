//! The Select and Lasso tools: presses, regions and the overlay.

use shared::geometry::BoardRect;
use shared::model::{Body, Outline, Prop};

use super::rig::{ME, Rig, boxed, element_id, line, shape};
use super::row::*;
use crate::{Command, CursorIcon, Modifiers, PointerKind, ToolKind};

// Presses.

#[test]
fn a_press_selects_and_shows_others() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
    assert_eq!(rig.said(), "told[1]");
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[2]));
    rig.click(20.0, 20.0);
    assert_eq!(selected(&rig), ids(&[]));
}

#[test]
fn shift_adds_and_takes_away() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.held = SHIFT;
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2]));
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[2]));
    rig.click(20.0, 20.0);
    assert_eq!(selected(&rig), ids(&[2]));
}

#[test]
fn a_press_on_one_of_many_selects_it_when_it_turns_out_to_be_no_drag() {
    let mut rig = row();
    rig.run(Command::SELECT_ALL);
    assert_eq!(selected(&rig), ids(&[1, 2, 3]));
    rig.now += 1_000;
    rig.down(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2, 3]));
    rig.up(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
}

#[test]
fn the_topmost_element_is_selected_and_hollow_shapes_are_not_hit_inside() {
    let mut rig = row();
    rig.put(
        ME,
        shape(8, Outline::Rectangle, rect(80.0, 80.0, 140.0, 140.0)),
    );
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
    rig.click(80.0, 150.0);
    assert_eq!(selected(&rig), ids(&[8]));
    rig.put(ME, solid(9, rect(140.0, 140.0, 20.0, 20.0)));
    rig.click(300.0, 500.0);
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[9]));
}

#[test]
fn a_press_on_a_member_means_its_group() {
    let mut rig = row();
    group(&mut rig, &[1, 2], &[7]);
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2]));
    rig.held = CTRL;
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[2]));
}

#[test]
fn a_double_press_opens_groups_level_by_level_and_a_press_outside_closes_them() {
    let mut rig = row();
    group(&mut rig, &[1, 2], &[7, 8]);
    group(&mut rig, &[3], &[8]);
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2, 3]));
    double_click(&mut rig, 150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2]));
    double_click(&mut rig, 150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[2]));
    rig.click(20.0, 20.0);
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2, 3]));
}

#[test]
fn a_press_on_another_element_closes_an_open_group() {
    let mut rig = row();
    group(&mut rig, &[1, 2], &[7]);
    rig.click(150.0, 150.0);
    double_click(&mut rig, 150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
    rig.click(550.0, 150.0);
    assert_eq!(selected(&rig), ids(&[3]));
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1, 2]));
}

#[test]
fn a_double_press_edits_text() {
    for (number, at) in [(1, (150.0, 150.0)), (8, (450.0, 450.0))] {
        let mut rig = row();
        // A hollow shape is edited by a double press in its middle.
        rig.put(
            ME,
            shape(8, Outline::Ellipse, rect(400.0, 400.0, 100.0, 100.0)),
        );
        double_click(&mut rig, at.0, at.1);
        assert_eq!(selected(&rig), ids(&[number]));
        assert!(rig.said().contains("typing"), "{}", rig.said());
    }
}

#[test]
fn presses_with_a_key_between_them_are_no_double_press() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.key("Escape");
    rig.now += 100;
    rig.click(150.0, 150.0);
    assert_eq!(selected(&rig), ids(&[1]));
    assert_eq!(rig.editor.edited_element(), None);
}

#[test]
fn a_second_press_that_drags_moves_the_element() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.now += 100;
    rig.down(150.0, 150.0);
    assert_eq!(
        rig.editor.edited_element(),
        None,
        "it may still become a drag"
    );
    rig.drag(&[(150.0, 160.0), (150.0, 250.0)]);
    rig.up(150.0, 250.0);
    assert_eq!(rig.editor.edited_element(), None);
    assert_eq!(place(&rig, 1), [100, 200, 100, 100]);
    // A hand that trembles does not drag.
    rig.click(350.0, 150.0);
    rig.now += 100;
    rig.down(350.0, 150.0);
    rig.drag(&[(351.0, 152.0)]);
    rig.up(351.0, 152.0);
    assert_eq!(rig.editor.edited_element(), Some(element_id(2)));
    // A second press on an empty place draws a marquee if it drags.
    let mut rig = row();
    rig.click(50.0, 50.0);
    rig.now += 100;
    rig.draw(&[(50.0, 50.0), (60.0, 60.0), (250.0, 250.0)]);
    assert_eq!(selected(&rig), ids(&[1]));
    assert_eq!(rig.board.len(), 3);
}

#[test]
fn a_double_press_on_an_empty_place_begins_a_text_there() {
    let mut rig = row();
    double_click(&mut rig, 150.0, 400.0);
    let new = rig.newest();
    assert_eq!(new.body, Body::Text);
    assert_eq!(selected(&rig), [new.id].into());
    assert_eq!(rig.editor.edited_element(), Some(new.id));
    assert!((new.props.at.y - 400.0).abs() < 40.0 && new.props.at.y < 400.0);
}

#[test]
fn locked_elements_are_selected_only_where_there_is_no_other() {
    let mut rig = row();
    set(&mut rig, 1, Prop::Locked(true));
    rig.put(ME, solid(4, rect(120.0, 120.0, 20.0, 20.0)));
    let lowest = shared::model::OrderKey::below(rig.board.bottom());
    set(&mut rig, 4, Prop::Z(lowest));
    rig.click(130.0, 130.0);
    assert_eq!(selected(&rig), ids(&[4]));
    rig.held = ALT;
    rig.click(130.0, 130.0);
    assert_eq!(selected(&rig), ids(&[1]));
    rig.held = Modifiers::default();
    rig.click(20.0, 20.0);
    rig.click(180.0, 180.0);
    assert_eq!(selected(&rig), ids(&[1]));
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert!(overlay.handles.is_empty());
    rig.now += 1_000;
    rig.draw(&[(180.0, 180.0), (280.0, 280.0)]);
    assert_eq!(place(&rig, 1), [100, 100, 100, 100]);
}

#[test]
fn a_right_press_selects_the_element_of_the_menu() {
    let mut rig = row();
    rig.run(Command::SELECT_ALL);
    for (x, expected) in [(150.0, &[1, 2, 3][..]), (20.0, &[]), (350.0, &[2])] {
        rig.log.clear();
        let mut press = super::rig::pointer(PointerKind::Mouse, 1, x, 150.0, rig.now);
        press.button = crate::Button::Secondary;
        rig.send(crate::InputEvent::PointerDown(press));
        assert_eq!(selected(&rig), ids(expected));
        assert!(rig.said().contains("ui:ContextMenu"), "{}", rig.said());
    }
}

#[test]
fn a_long_press_opens_the_menu_and_moves_nothing() {
    let mut rig = row();
    set(&mut rig, 1, Prop::Locked(true));
    let down = super::rig::pointer(PointerKind::Touch, 5, 150.0, 150.0, 0);
    rig.send(crate::InputEvent::PointerDown(down));
    rig.now = 500;
    rig.animation_frame();
    assert!(rig.said().contains("ui:ContextMenu"), "{}", rig.said());
    assert_eq!(selected(&rig), ids(&[1]));
    rig.drag_as(PointerKind::Touch, 5, &[(250.0, 250.0)]);
    assert!(rig.commits().is_empty());
}

#[test]
fn the_first_finger_of_a_pinch_selects_nothing() {
    let mut rig = row();
    rig.click(350.0, 150.0);
    rig.now += 1_000;
    for (id, x) in [(5, 150.0), (6, 180.0)] {
        let down = super::rig::pointer(PointerKind::Touch, id, x, 150.0, rig.now);
        rig.send(crate::InputEvent::PointerDown(down));
    }
    rig.drag_as(PointerKind::Touch, 6, &[(280.0, 150.0)]);
    assert_eq!(selected(&rig), ids(&[2]));
    assert!(rig.commits().is_empty());
}

// Regions.

#[test]
fn a_marquee_selects_touched_elements_and_enclosed_frames() {
    let mut rig = row();
    rig.put(ME, boxed(8, Body::Frame, rect(80.0, 300.0, 200.0, 200.0)));
    rig.put(
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
        rig.now += 1_000;
        rig.draw(&[(40.0, 40.0), (60.0, 60.0), to]);
        assert_eq!(selected(&rig), ids(expected), "{to:?}");
    }
    rig.click(20.0, 20.0);
    rig.now += 1_000;
    rig.draw(&[(420.0, 320.0), (440.0, 340.0), (500.0, 400.0)]);
    assert_eq!(selected(&rig), ids(&[]), "inside of a hollow shape");
}

#[test]
fn a_marquee_previews_its_selection_once_per_animation_frame_and_can_be_cancelled() {
    let mut rig = row();
    rig.click(550.0, 150.0);
    rig.now += 1_000;
    rig.down(40.0, 40.0);
    rig.drag(&[(160.0, 160.0)]);
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert_eq!(
        overlay.marquee,
        Some(BoardRect::new(40.0, 40.0, 160.0, 160.0))
    );
    assert_eq!(selected(&rig), ids(&[3]));
    rig.animation_frame();
    assert_eq!(selected(&rig), ids(&[1]));
    rig.key("Escape");
    assert_eq!(selected(&rig), ids(&[3]));
    assert_eq!(rig.editor.overlay(rig.now, &rig.board).marquee, None);
}

#[test]
fn with_shift_a_marquee_adds() {
    let mut rig = row();
    rig.click(550.0, 150.0);
    rig.held = SHIFT;
    rig.now += 1_000;
    rig.draw(&[(40.0, 40.0), (60.0, 60.0), (160.0, 160.0)]);
    assert_eq!(selected(&rig), ids(&[1, 3]));
}

#[test]
fn regions_take_whole_groups_and_nothing_locked() {
    let mut rig = row();
    group(&mut rig, &[1, 3], &[7]);
    set(&mut rig, 2, Prop::Locked(true));
    rig.draw(&[(40.0, 40.0), (60.0, 60.0), (330.0, 160.0)]);
    assert_eq!(selected(&rig), ids(&[1, 3]));
}

#[test]
fn a_loop_selects_elements_that_it_crosses_or_encloses() {
    let mut rig = row();
    rig.pick(ToolKind::Lasso);
    let around = [
        (60.0, 60.0),
        (230.0, 60.0),
        (230.0, 230.0),
        (60.0, 230.0),
        (60.0, 60.0),
    ];
    rig.draw(&around);
    // Only samples' ends count one by one here: play them as moves of their own.
    rig.now += 1_000;
    rig.down(60.0, 60.0);
    for point in &around[1..] {
        rig.drag(&[*point]);
    }
    assert_eq!(rig.editor.overlay(rig.now, &rig.board).lasso.len(), 5);
    rig.up(60.0, 60.0);
    assert_eq!(selected(&rig), ids(&[1]));
    assert_eq!(rig.editor.tool(), ToolKind::Lasso);
    rig.click(350.0, 150.0);
    assert_eq!(selected(&rig), ids(&[2]));
}

#[test]
fn a_loop_is_previewed_while_it_is_drawn_and_exact_at_the_end() {
    let mut rig = Rig::new();
    for number in 1..=300 {
        rig.put(ME, line(number, (150.0, 150.0), (250.0, 250.0)));
    }
    rig.put(ME, line(301, (100.0, 100.0), (110.0, 110.0)));
    rig.pick(ToolKind::Lasso);
    rig.down(60.0, 60.0);
    for point in [(205.0, 60.0), (205.0, 300.0), (60.0, 300.0)] {
        rig.drag(&[point]);
    }
    rig.animation_frame();
    let seen = selected(&rig);
    assert!(seen.contains(&element_id(301)), "what lies well inside");
    let crossed = seen.len() - 1;
    assert!((1..300).contains(&crossed), "{crossed} measured at once");
    rig.up(60.0, 300.0);
    assert_eq!(selected(&rig).len(), 301);
}

// The overlay.

#[test]
fn handles_are_shown_while_select_is_active_and_the_cursor_fits_them() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    let handles = |rig: &Rig| rig.editor.overlay(rig.now, &rig.board).handles.len();
    assert_eq!(handles(&rig), 10);
    for ((x, y), icon) in [
        ((150.0, 150.0), CursorIcon::Move),
        ((200.0, 150.0), CursorIcon::StretchX),
        ((200.0, 200.0), CursorIcon::StretchFalling),
        ((200.0, 100.0), CursorIcon::StretchRising),
        ((150.0, 74.0), CursorIcon::Turn),
        ((20.0, 20.0), CursorIcon::Arrow),
        ((350.0, 150.0), CursorIcon::Move),
    ] {
        rig.drag(&[(x, y)]);
        assert_eq!(rig.editor.cursor(), icon, "{x} {y}");
    }
    rig.pick(ToolKind::Pen);
    assert_eq!(handles(&rig), 0);
}

#[test]
fn a_viewer_selects_nothing_by_pointer() {
    let mut rig = row();
    rig.log.clear();
    rig.become_viewer();
    assert!(rig.commits().is_empty());
    rig.click(150.0, 150.0);
    assert!(rig.editor.selection().is_empty());
    assert_eq!(rig.said(), "");
}

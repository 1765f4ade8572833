//! The handles of what is selected: stretching, turning, rounding.

use shared::geometry::BoardRect;
use shared::model::place::box_of;
use shared::model::text::Stretch;
use shared::model::{Body, Marks, RichText};

use super::desk::{Desk, ME, boxed, element_id, line};
use super::row::*;
use crate::view::overlay::HandleKind;
use crate::{Command, Modifiers, PointerKind, ToolKind};

#[test]
fn handles_stretch() {
    for (kind, way, held, expected) in [
        (
            RIGHT,
            (50.0, 9.0),
            Modifiers::default(),
            [100, 100, 150, 100],
        ),
        (
            LOWER_RIGHT,
            (50.0, 20.0),
            Modifiers::default(),
            [100, 100, 150, 120],
        ),
        (
            HandleKind::Stretch { x: -1, y: -1 },
            (10.0, 20.0),
            Modifiers::default(),
            [110, 120, 90, 80],
        ),
        // In proportion; from the middle; over the other side.
        (LOWER_RIGHT, (50.0, 20.0), SHIFT, [100, 100, 150, 150]),
        (RIGHT, (50.0, 0.0), SHIFT, [100, 75, 150, 150]),
        (RIGHT, (50.0, 0.0), ALT, [50, 100, 200, 100]),
        (
            RIGHT,
            (-150.0, 0.0),
            Modifiers::default(),
            [50, 100, 50, 100],
        ),
    ] {
        let mut desk = row();
        desk.click(150.0, 150.0);
        desk.held = held;
        pull(&mut desk, kind, way);
        assert_eq!(place(&desk, 1), expected, "{kind:?} {way:?} {held:?}");
        assert_eq!(desk.commits().len(), 1);
    }
}

#[test]
fn many_are_stretched_together_and_lines_of_ink_too() {
    let mut desk = row();
    desk.put(ME, line(8, (100.0, 300.0), (600.0, 300.0)));
    desk.run(Command::SELECT_ALL);
    let frame = desk.editor.overlay(desk.now, &desk.board).frame.unwrap();
    pull(&mut desk, RIGHT, (frame.rect.width(), 0.0));
    let first = place(&desk, 1);
    let third = place(&desk, 3);
    assert_eq!((first[2], third[2]), (200, 200));
    assert_eq!(third[0] - first[0], 800);
    let [x, _] = desk.board.get(element_id(8)).unwrap().props.stretch();
    assert!((x - 2.0).abs() < 0.02, "{x}");
}

#[test]
fn the_sides_of_a_text_change_where_it_wraps_and_its_corners_how_large_it_is() {
    let mut desk = row();
    double_click(&mut desk, 150.0, 400.0);
    let id = desk.newest().id;
    let state = crate::input::FieldState {
        id,
        version: 0,
        value: "some words to be wrapped".to_owned(),
        range: (24, 24),
        composing: false,
    };
    desk.send(crate::InputEvent::Typed(state));
    assert!(
        desk.editor
            .overlay(desk.now, &desk.board)
            .handles
            .is_empty()
    );
    desk.send(crate::InputEvent::TypingEnded);
    desk.pick(ToolKind::Select);
    let text = |desk: &Desk| {
        let element = desk.board.get(id).unwrap();
        let (rect, _) = box_of(&desk.board, element);
        (f64::from(element.props.text_size()), rect)
    };
    let (size, before) = text(&desk);
    pull(&mut desk, RIGHT, (-before.width() / 2.0, 0.0));
    let (narrow_size, narrow) = text(&desk);
    assert_eq!(narrow_size, size);
    assert!(
        (narrow.width() - before.width() / 2.0).abs() < 1.0,
        "{narrow:?} {before:?}"
    );
    assert!(narrow.height() > 1.5 * before.height());
    pull(&mut desk, LOWER_RIGHT, (narrow.width(), narrow.height()));
    let (large_size, large) = text(&desk);
    assert!((large_size - 2.0 * size).abs() < 0.1 * size, "{large_size}");
    assert!((large.height() - 2.0 * narrow.height()).abs() < 0.1 * large.height());
}

#[test]
fn the_frame_of_one_is_turned_with_it() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    let (x, y) = handle(&desk, HandleKind::Turn);
    // A quarter of a turn: from above the middle to its right.
    desk.now += 1_000;
    desk.draw(&[(x, y), (180.0, 110.0), (150.0 + (150.0 - y), 150.0)]);
    let angle = |desk: &Desk| desk.board.get(element_id(1)).unwrap().props.angle();
    assert!(
        (angle(&desk) - std::f32::consts::FRAC_PI_2).abs() < 1e-4,
        "{}",
        angle(&desk)
    );
    let frame = desk.editor.overlay(desk.now, &desk.board).frame.unwrap();
    assert!((frame.angle - std::f64::consts::FRAC_PI_2).abs() < 1e-4);
    // Its right handle is below now.
    let (x, y) = handle(&desk, RIGHT);
    assert!(
        (x - 150.0).abs() < 1e-3 && (y - 200.0).abs() < 1e-3,
        "{x} {y}"
    );
    pull(&mut desk, RIGHT, (0.0, 50.0));
    let size = desk.board.get(element_id(1)).unwrap().props.size();
    assert!(
        (size[0] - 150.0).abs() < 0.1 && (size[1] - 100.0).abs() < 0.1,
        "{size:?}"
    );
    // The opposite side stayed where it was.
    let (rect, _) = box_of(&desk.board, desk.board.get(element_id(1)).unwrap());
    assert!((rect.center().y - 175.0).abs() < 0.1, "{rect:?}");
}

#[test]
fn with_shift_a_turn_goes_in_steps() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.held = SHIFT;
    pull(&mut desk, HandleKind::Turn, (25.0, 3.0));
    let angle = desk.board.get(element_id(1)).unwrap().props.angle();
    assert!(
        (angle - 15.0_f32.to_radians()).abs() < 1e-4,
        "{}",
        angle.to_degrees()
    );
}

#[test]
fn the_corners_of_a_rectangle_are_rounded_by_their_handle() {
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.log.clear();
    desk.now += 1_000;
    let (x, y) = handle(&desk, HandleKind::Corner);
    desk.down(x, y);
    desk.drag(&[(x + 10.0, y + 10.0)]);
    desk.frame();
    assert_eq!(desk.said(), "draft");
    desk.up(x + 10.0, y + 10.0);
    assert_eq!(desk.said(), "draft commit(set) drafted");
    assert_eq!(desk.board.get(element_id(1)).unwrap().props.corner(), 10.0);
    pull(&mut desk, HandleKind::Corner, (300.0, 300.0));
    assert_eq!(desk.board.get(element_id(1)).unwrap().props.corner(), 50.0);
}

#[test]
fn fingers_grasp_handles_from_afar_and_can_still_move_small_things() {
    for (from, expected) in [
        // Twenty pixels off the corner.
        ((215.0, 215.0), [100, 100, 120, 120]),
        ((150.0, 150.0), [120, 120, 100, 100]),
    ] {
        let mut desk = row();
        desk.click(150.0, 150.0);
        desk.now += 1_000;
        let down = super::desk::pointer(PointerKind::Touch, 5, from.0, from.1, desk.now);
        desk.send(crate::InputEvent::PointerDown(down));
        desk.now += 400;
        desk.drag_as(PointerKind::Touch, 5, &[(from.0 + 20.0, from.1 + 20.0)]);
        let up = super::desk::pointer(
            PointerKind::Touch,
            5,
            from.0 + 20.0,
            from.1 + 20.0,
            desk.now,
        );
        desk.send(crate::InputEvent::PointerUp(up));
        assert_eq!(place(&desk, 1), expected);
    }
    let mut desk = row();
    desk.put(ME, solid(8, rect(400.0, 400.0, 30.0, 30.0)));
    desk.click(415.0, 415.0);
    desk.now += 1_000;
    let down = super::desk::pointer(PointerKind::Touch, 5, 415.0, 415.0, desk.now);
    desk.send(crate::InputEvent::PointerDown(down));
    desk.drag_as(PointerKind::Touch, 5, &[(435.0, 435.0)]);
    let up = super::desk::pointer(PointerKind::Touch, 5, 435.0, 435.0, desk.now + 100);
    desk.send(crate::InputEvent::PointerUp(up));
    assert_eq!(place(&desk, 8), [420, 420, 30, 30]);
    // A mouse is not that far-reaching: it presses on nothing.
    let mut desk = row();
    desk.click(150.0, 150.0);
    desk.click(215.0, 215.0);
    assert_eq!(selected(&desk), ids(&[]));
}

/// A text at 100, 400, selected; and the box of it.
fn written() -> (Desk, BoardRect) {
    let mut desk = row();
    let mut new = boxed(7, Body::Text, rect(100.0, 400.0, 0.0, 0.0));
    let (text, marks) = ("some words", Marks::NONE);
    new.text = RichText::typed(ME, [Stretch { text, marks }]);
    desk.put(ME, new);
    desk.select(&[7]);
    desk.log.clear();
    let (bounds, _) = box_of(&desk.board, desk.element(7));
    (desk, bounds)
}

fn assert_near(a: BoardRect, b: BoardRect) {
    let off = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1];
    assert!(off.iter().all(|off| off.abs() < 1e-6), "{a:?} {b:?}");
}

fn shown(desk: &Desk) -> BoardRect {
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    overlay.frame.unwrap().rect
}

#[test]
fn the_frame_of_a_text_keeps_off_its_letters_at_any_zoom() {
    let (mut desk, bounds) = written();
    assert_near(shown(&desk), bounds.inflate(4.0, 4.0));
    let (x, _) = handle(&desk, RIGHT);
    assert!((x - bounds.x1 - 4.0).abs() < 1e-6, "{x} {bounds:?}");
    desk.run(Command::ZOOM_IN);
    let px = 1.0 / desk.editor.camera().zoom();
    assert!(px < 1.0);
    assert_near(shown(&desk), bounds.inflate(4.0 * px, 4.0 * px));
    // So does one around several of which one is a text; else there is nothing to spare.
    desk.select(&[1, 7]);
    let both = rect(100.0, 100.0, 100.0, 100.0).union(bounds);
    assert_near(shown(&desk), both.inflate(4.0 * px, 4.0 * px));
    desk.select(&[1]);
    assert_near(shown(&desk), rect(100.0, 100.0, 100.0, 100.0));
}

#[test]
fn the_handles_of_a_text_are_grasped_where_they_are_shown() {
    // From outside of the box it gets wider; the last letter moves it.
    for (inward, (moved, wider)) in [(-8.0, (0.0, 30.0)), (2.0, (30.0, 0.0))] {
        let (mut desk, before) = written();
        let (x, y) = (before.x1 - inward, before.center().y);
        desk.now += 1_000;
        desk.down(x, y);
        desk.drag(&[(x + 30.0, y)]);
        desk.frame();
        let wanted = BoardRect::new(
            before.x0 + moved,
            before.y0,
            before.x1 + moved + wider,
            before.y1,
        );
        let off = shown(&desk).inflate(-4.0, -4.0);
        assert!((off.x0 - wanted.x0).abs() < 0.1, "{off:?} {wanted:?}");
        assert!((off.x1 - wanted.x1).abs() < 0.1, "{off:?} {wanted:?}");
        desk.up(x + 30.0, y);
        let (after, _) = box_of(&desk.board, desk.element(7));
        assert!((after.x0 - wanted.x0).abs() < 0.1, "{after:?} {wanted:?}");
        assert!((after.x1 - wanted.x1).abs() < 0.1, "{after:?} {wanted:?}");
    }
}

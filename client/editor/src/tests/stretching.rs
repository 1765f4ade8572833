//! The handles of the selection: stretching, turning, rounding.

use shared::geometry::BoardRect;
use shared::model::layout::oriented_box;
use shared::model::text::StyledRun;
use shared::model::{Body, Marks, RichText};

use super::rig::{ME, Rig, boxed, element_id, line};
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
        let mut rig = row();
        rig.click(150.0, 150.0);
        rig.held = held;
        pull(&mut rig, kind, way);
        assert_eq!(place(&rig, 1), expected, "{kind:?} {way:?} {held:?}");
        assert_eq!(rig.commits().len(), 1);
    }
}

#[test]
fn several_elements_are_stretched_together_with_the_width_of_ink() {
    let mut rig = row();
    rig.put(ME, line(8, (100.0, 300.0), (600.0, 300.0)));
    rig.run(Command::SELECT_ALL);
    let frame = rig
        .editor
        .overlay(rig.now, &rig.board)
        .selection_box
        .unwrap();
    pull(&mut rig, RIGHT, (frame.rect.width(), 0.0));
    let first = place(&rig, 1);
    let third = place(&rig, 3);
    assert_eq!((first[2], third[2]), (200, 200));
    assert_eq!(third[0] - first[0], 800);
    let [x, _] = rig.board.get(element_id(8)).unwrap().props.scale();
    assert!((x - 2.0).abs() < 0.02, "{x}");
}

#[test]
fn the_sides_of_a_text_change_where_it_wraps_and_its_corners_how_large_it_is() {
    let mut rig = row();
    double_click(&mut rig, 150.0, 400.0);
    let id = rig.newest().id;
    let state = crate::input::FieldState {
        id,
        version: 0,
        value: "some words to be wrapped".to_owned(),
        range: (24, 24),
        composing: false,
    };
    rig.send(crate::InputEvent::Typed(state));
    assert!(rig.editor.overlay(rig.now, &rig.board).handles.is_empty());
    rig.send(crate::InputEvent::TypingEnded);
    rig.pick(ToolKind::Select);
    let text = |rig: &Rig| {
        let element = rig.board.get(id).unwrap();
        let (rect, _) = oriented_box(&rig.board, element);
        (f64::from(element.props.text_size()), rect)
    };
    let (size, before) = text(&rig);
    pull(&mut rig, RIGHT, (-before.width() / 2.0, 0.0));
    let (narrow_size, narrow) = text(&rig);
    assert_eq!(narrow_size, size);
    assert!(
        (narrow.width() - before.width() / 2.0).abs() < 1.0,
        "{narrow:?} {before:?}"
    );
    assert!(narrow.height() > 1.5 * before.height());
    pull(&mut rig, LOWER_RIGHT, (narrow.width(), narrow.height()));
    let (large_size, large) = text(&rig);
    assert!((large_size - 2.0 * size).abs() < 0.1 * size, "{large_size}");
    assert!((large.height() - 2.0 * narrow.height()).abs() < 0.1 * large.height());
}

#[test]
fn the_selection_box_of_a_single_element_is_turned_with_it() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    let (x, y) = handle(&rig, HandleKind::Turn);
    // A quarter of a turn: from above the middle to its right.
    rig.now += 1_000;
    rig.draw(&[(x, y), (180.0, 110.0), (150.0 + (150.0 - y), 150.0)]);
    let angle = |rig: &Rig| rig.board.get(element_id(1)).unwrap().props.angle();
    assert!(
        (angle(&rig) - std::f32::consts::FRAC_PI_2).abs() < 1e-4,
        "{}",
        angle(&rig)
    );
    let frame = rig
        .editor
        .overlay(rig.now, &rig.board)
        .selection_box
        .unwrap();
    assert!((frame.angle - std::f64::consts::FRAC_PI_2).abs() < 1e-4);
    // Its right handle is below now.
    let (x, y) = handle(&rig, RIGHT);
    assert!(
        (x - 150.0).abs() < 1e-3 && (y - 200.0).abs() < 1e-3,
        "{x} {y}"
    );
    pull(&mut rig, RIGHT, (0.0, 50.0));
    let size = rig.board.get(element_id(1)).unwrap().props.size();
    assert!(
        (size[0] - 150.0).abs() < 0.1 && (size[1] - 100.0).abs() < 0.1,
        "{size:?}"
    );
    // The opposite side stayed where it was.
    let (rect, _) = oriented_box(&rig.board, rig.board.get(element_id(1)).unwrap());
    assert!((rect.center().y - 175.0).abs() < 0.1, "{rect:?}");
}

#[test]
fn with_shift_a_turn_goes_in_steps() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.held = SHIFT;
    pull(&mut rig, HandleKind::Turn, (25.0, 3.0));
    let angle = rig.board.get(element_id(1)).unwrap().props.angle();
    assert!(
        (angle - 15.0_f32.to_radians()).abs() < 1e-4,
        "{}",
        angle.to_degrees()
    );
}

#[test]
fn the_corners_of_a_rectangle_are_rounded_by_their_handle() {
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.log.clear();
    rig.now += 1_000;
    let (x, y) = handle(&rig, HandleKind::Corner);
    rig.down(x, y);
    rig.drag(&[(x + 10.0, y + 10.0)]);
    rig.animation_frame();
    assert_eq!(rig.said(), "draft");
    rig.up(x + 10.0, y + 10.0);
    assert_eq!(rig.said(), "draft commit(set) drafted");
    assert_eq!(rig.board.get(element_id(1)).unwrap().props.corner(), 10.0);
    pull(&mut rig, HandleKind::Corner, (300.0, 300.0));
    assert_eq!(rig.board.get(element_id(1)).unwrap().props.corner(), 50.0);
}

#[test]
fn fingers_reach_handles_from_afar_and_can_still_move_small_elements() {
    for (from, expected) in [
        // Twenty pixels off the corner.
        ((215.0, 215.0), [100, 100, 120, 120]),
        ((150.0, 150.0), [120, 120, 100, 100]),
    ] {
        let mut rig = row();
        rig.click(150.0, 150.0);
        rig.now += 1_000;
        let down = super::rig::pointer(PointerKind::Touch, 5, from.0, from.1, rig.now);
        rig.send(crate::InputEvent::PointerDown(down));
        rig.now += 400;
        rig.drag_as(PointerKind::Touch, 5, &[(from.0 + 20.0, from.1 + 20.0)]);
        let up = super::rig::pointer(PointerKind::Touch, 5, from.0 + 20.0, from.1 + 20.0, rig.now);
        rig.send(crate::InputEvent::PointerUp(up));
        assert_eq!(place(&rig, 1), expected);
    }
    let mut rig = row();
    rig.put(ME, solid(8, rect(400.0, 400.0, 30.0, 30.0)));
    rig.click(415.0, 415.0);
    rig.now += 1_000;
    let down = super::rig::pointer(PointerKind::Touch, 5, 415.0, 415.0, rig.now);
    rig.send(crate::InputEvent::PointerDown(down));
    rig.drag_as(PointerKind::Touch, 5, &[(435.0, 435.0)]);
    let up = super::rig::pointer(PointerKind::Touch, 5, 435.0, 435.0, rig.now + 100);
    rig.send(crate::InputEvent::PointerUp(up));
    assert_eq!(place(&rig, 8), [420, 420, 30, 30]);
    // A mouse has a smaller tolerance: it presses on nothing.
    let mut rig = row();
    rig.click(150.0, 150.0);
    rig.click(215.0, 215.0);
    assert_eq!(selected(&rig), ids(&[]));
}

/// A text at 100, 400, selected; and the box of it.
fn written() -> (Rig, BoardRect) {
    let mut rig = row();
    let mut new = boxed(7, Body::Text, rect(100.0, 400.0, 0.0, 0.0));
    let (text, marks) = ("some words", Marks::NONE);
    new.text = RichText::typed(ME, [StyledRun { text, marks }]);
    rig.put(ME, new);
    rig.select(&[7]);
    rig.log.clear();
    let (bounds, _) = oriented_box(&rig.board, rig.element(7));
    (rig, bounds)
}

fn assert_near(a: BoardRect, b: BoardRect) {
    let off = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1];
    assert!(off.iter().all(|off| off.abs() < 1e-6), "{a:?} {b:?}");
}

fn shown(rig: &Rig) -> BoardRect {
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    overlay.selection_box.unwrap().rect
}

#[test]
fn the_selection_box_of_a_text_has_a_gap_around_its_letters_at_any_zoom() {
    let (mut rig, bounds) = written();
    assert_near(shown(&rig), bounds.inflate(4.0, 4.0));
    let (x, _) = handle(&rig, RIGHT);
    assert!((x - bounds.x1 - 4.0).abs() < 1e-6, "{x} {bounds:?}");
    rig.run(Command::ZOOM_IN);
    let px = 1.0 / rig.editor.camera().zoom();
    assert!(px < 1.0);
    assert_near(shown(&rig), bounds.inflate(4.0 * px, 4.0 * px));
    // So does one around several of which one is a text; else there is nothing to spare.
    rig.select(&[1, 7]);
    let both = rect(100.0, 100.0, 100.0, 100.0).union(bounds);
    assert_near(shown(&rig), both.inflate(4.0 * px, 4.0 * px));
    rig.select(&[1]);
    assert_near(shown(&rig), rect(100.0, 100.0, 100.0, 100.0));
}

#[test]
fn the_handles_of_a_text_are_pressed_where_they_are_shown() {
    // From outside of the box it gets wider; the last letter moves it.
    for (inward, (moved, wider)) in [(-8.0, (0.0, 30.0)), (2.0, (30.0, 0.0))] {
        let (mut rig, before) = written();
        let (x, y) = (before.x1 - inward, before.center().y);
        rig.now += 1_000;
        rig.down(x, y);
        rig.drag(&[(x + 30.0, y)]);
        rig.animation_frame();
        let wanted = BoardRect::new(
            before.x0 + moved,
            before.y0,
            before.x1 + moved + wider,
            before.y1,
        );
        let off = shown(&rig).inflate(-4.0, -4.0);
        assert!((off.x0 - wanted.x0).abs() < 0.1, "{off:?} {wanted:?}");
        assert!((off.x1 - wanted.x1).abs() < 0.1, "{off:?} {wanted:?}");
        rig.up(x + 30.0, y);
        let (after, _) = oriented_box(&rig.board, rig.element(7));
        assert!((after.x0 - wanted.x0).abs() < 0.1, "{after:?} {wanted:?}");
        assert!((after.x1 - wanted.x1).abs() < 0.1, "{after:?} {wanted:?}");
    }
}

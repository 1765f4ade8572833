//! What is drawn by dragging a box.

use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::model::{Body, Color, Dash, Element, Filling, Outline, Prop};
use shared::op::{Guard, Op};
use shared::protocol::live::LiveItem;

use super::desk::{Desk, OTHER, boxed, element_id, line, pointer, shape};
use crate::input::{InputEvent, Modifiers, PointerKind};
use crate::{Output, Prefs, ToolKind};

fn desk(tool: ToolKind) -> Desk {
    let mut desk = Desk::new();
    desk.pick(tool);
    desk.log.clear();
    desk
}

fn rect_of(element: &Element) -> [f64; 4] {
    let [width, height] = element.props.size().map(f64::from);
    [element.props.at.x, element.props.at.y, width, height]
}

/// Drags from (100, 100) to (180, 150) and says what box came of it.
fn dragged(held: Modifiers) -> [f64; 4] {
    let mut desk = desk(ToolKind::Rectangle);
    desk.held = held;
    desk.draw(&[(100.0, 100.0), (150.0, 140.0), (180.0, 150.0)]);
    rect_of(&desk.newest())
}

#[test]
fn a_drag_makes_a_box_from_corner_to_corner() {
    assert_eq!(dragged(Modifiers::default()), [100.0, 100.0, 80.0, 50.0]);
}

#[test]
fn shift_makes_it_square_and_alt_puts_its_middle_where_it_began() {
    let shift = Modifiers {
        shift: true,
        ..Modifiers::default()
    };
    let alt = Modifiers {
        alt: true,
        ..Modifiers::default()
    };
    let both = Modifiers { shift: true, ..alt };
    assert_eq!(dragged(shift), [100.0, 100.0, 80.0, 80.0]);
    assert_eq!(dragged(alt), [20.0, 50.0, 160.0, 100.0]);
    assert_eq!(dragged(both), [20.0, 20.0, 160.0, 160.0]);
}

#[test]
fn a_drag_up_and_to_the_left_gives_the_same_box() {
    let mut desk = desk(ToolKind::Ellipse);
    desk.draw(&[(180.0, 150.0), (150.0, 120.0), (100.0, 100.0)]);
    assert_eq!(rect_of(&desk.newest()), [100.0, 100.0, 80.0, 50.0]);
}

#[test]
fn each_tool_makes_its_own_kind() {
    for (tool, body) in [
        (ToolKind::Rectangle, Body::Shape(Outline::Rectangle)),
        (ToolKind::Ellipse, Body::Shape(Outline::Ellipse)),
        (ToolKind::Diamond, Body::Shape(Outline::Diamond)),
        (ToolKind::Frame, Body::Frame),
    ] {
        let mut desk = desk(tool);
        desk.draw(&[(100.0, 100.0), (180.0, 150.0)]);
        assert_eq!(desk.newest().body, body);
    }
}

#[test]
fn others_see_a_draft_once_a_frame_and_the_board_nothing_until_the_end() {
    let mut desk = desk(ToolKind::Rectangle);
    desk.down(100.0, 100.0);
    desk.frame();
    desk.drag(&[(120.0, 130.0)]);
    desk.drag(&[(140.0, 130.0)]);
    desk.frame();
    desk.frame();
    desk.drag(&[(180.0, 150.0)]);
    desk.frame();
    assert_eq!(desk.said(), "draft draft");
    assert!(desk.board.is_empty());
    assert_eq!(desk.drafts().len(), 1);
    desk.up(180.0, 150.0);
    assert!(
        desk.said()
            .starts_with("draft draft commit(put-shape) drafted"),
        "{}",
        desk.said()
    );
    assert!(desk.drafts().is_empty());
}

#[test]
fn drafts_are_sound_and_what_is_made_is_what_was_shown() {
    for tool in [ToolKind::Rectangle, ToolKind::Sticky, ToolKind::Frame] {
        let mut desk = desk(tool);
        desk.down(100.0, 100.0);
        desk.drag(&[(180.0, 150.0)]);
        desk.frame();
        let draft = desk.drafts().remove(0);
        let sent = desk.log.iter().any(|effect| {
            let Output::Live(item @ LiveItem::Draft(Some(new))) = effect else {
                return false;
            };
            item.is_sound() && **new == draft
        });
        assert!(sent, "{tool:?}");
        desk.up(180.0, 150.0);
        assert_eq!(desk.newest().to_new(), draft);
    }
}

#[test]
fn escape_and_pinches_leave_no_trace() {
    let mut desk = desk(ToolKind::Rectangle);
    desk.down(100.0, 100.0);
    desk.drag(&[(180.0, 150.0)]);
    desk.frame();
    desk.key("Escape");
    desk.up(180.0, 150.0);
    assert_eq!(desk.said(), "draft drafted");
    assert!(desk.board.is_empty() && desk.drafts().is_empty());
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 50.0, 0);
    desk.send(InputEvent::PointerDown(touch(1, 50.0)));
    desk.send(InputEvent::PointerDown(touch(2, 150.0)));
    desk.drag_as(PointerKind::Touch, 2, &[(250.0, 50.0)]);
    assert!(desk.board.is_empty() && desk.drafts().is_empty());
}

#[test]
fn modifiers_count_when_they_are_let_go_while_the_pointer_rests() {
    let mut desk = desk(ToolKind::Rectangle);
    desk.held.shift = true;
    desk.down(100.0, 100.0);
    desk.drag(&[(180.0, 150.0)]);
    desk.held.shift = false;
    desk.drag(&[(180.0, 150.0)]);
    desk.up(180.0, 150.0);
    assert_eq!(rect_of(&desk.newest()), [100.0, 100.0, 80.0, 50.0]);
}

#[test]
fn a_click_makes_one_of_a_size_that_looks_the_same_at_any_zoom() {
    for (tool, width, height) in [
        (ToolKind::Rectangle, 120.0, 80.0),
        (ToolKind::Sticky, 200.0, 200.0),
        (ToolKind::Frame, 480.0, 320.0),
    ] {
        for zoom in [0.25, 1.0, 8.0] {
            let mut desk = desk(tool);
            let camera = *desk.editor.camera();
            desk.editor
                .set_camera(camera.zoomed_about(ScreenPoint::default(), zoom));
            desk.click(400.0, 300.0);
            let [x, y, w, h] = rect_of(&desk.newest());
            let middle = BoardPoint::new(x + w / 2.0, y + h / 2.0);
            let seen = desk.editor.camera().to_screen(middle);
            assert!(seen.distance(ScreenPoint::new(400.0, 300.0)) < 1e-3);
            let near = |a: f64, b: f64| (a * zoom - b).abs() < 1e-2;
            assert!(near(w, width) && near(h, height), "{tool:?} {w} {h}");
        }
    }
}

#[test]
fn the_style_of_the_tool_becomes_properties() {
    let mut desk = desk(ToolKind::Rectangle);
    let mut styles = *desk.editor.styles();
    let style = styles.of_mut(ToolKind::Rectangle);
    style.color = Color::Red;
    style.filling = Filling::Tint;
    style.dash = Dash::Dashed;
    style.opacity = 100;
    desk.editor.set_styles(styles);
    let camera = *desk.editor.camera();
    desk.editor
        .set_camera(camera.zoomed_about(ScreenPoint::default(), 2.0));
    desk.draw(&[(100.0, 100.0), (180.0, 300.0)]);
    let props = desk.newest().props;
    assert_eq!((props.color, props.opacity), (Color::Red, 100));
    assert_eq!(
        (props.filling(), props.dash()),
        (Filling::Tint, Dash::Dashed)
    );
    // 4 and 16 pixels at 200 %.
    assert_eq!((props.width, props.corner()), (2.0, 8.0));
    assert_eq!(props.text_size(), 12.0);
}

#[test]
fn sharp_corners_and_plain_looks_are_not_written_down() {
    let mut desk = desk(ToolKind::Rectangle);
    let mut styles = *desk.editor.styles();
    styles.of_mut(ToolKind::Rectangle).round = false;
    desk.editor.set_styles(styles);
    desk.draw(&[(100.0, 100.0), (180.0, 300.0)]);
    let keys: Vec<_> = desk.newest().props.more.iter().map(Prop::key).collect();
    assert_eq!(keys.len(), 2, "size and alignment: {keys:?}");
}

#[test]
fn what_was_made_is_selected_and_the_tool_goes_back_unless_it_is_locked() {
    let mut one = desk(ToolKind::Rectangle);
    one.draw(&[(100.0, 100.0), (180.0, 150.0)]);
    assert!(one.editor.selection().has(one.newest().id));
    assert_eq!(one.editor.tool(), ToolKind::Select);
    let mut many = desk(ToolKind::Rectangle);
    many.editor.set_prefs(Prefs {
        tool_lock: true,
        ..Prefs::default()
    });
    many.draw(&[(100.0, 100.0), (180.0, 150.0)]);
    many.draw(&[(300.0, 100.0), (380.0, 150.0)]);
    assert_eq!(many.board.len(), 2);
    assert_eq!(many.editor.tool(), ToolKind::Rectangle);
}

#[test]
fn a_sticky_is_signed_and_written_on_at_once() {
    let mut desk = desk(ToolKind::Sticky);
    desk.editor.set_name("Ada");
    desk.click(400.0, 300.0);
    let signed = "Ada".to_owned();
    assert_eq!(desk.newest().body, Body::Sticky { signed });
    assert!(desk.said().contains("typing"), "{}", desk.said());
}

#[test]
fn with_the_grid_corners_keep_to_it() {
    let mut desk = desk(ToolKind::Rectangle);
    desk.editor.set_prefs(Prefs {
        grid: true,
        ..Prefs::default()
    });
    desk.draw(&[(97.0, 104.0), (150.0, 140.0), (175.0, 149.0)]);
    assert_eq!(rect_of(&desk.newest()), [100.0, 100.0, 80.0, 40.0]);
}

#[test]
fn a_new_frame_lies_behind_and_takes_in_what_lies_fully_in_it() {
    let mut desk = desk(ToolKind::Frame);
    desk.put(OTHER, line(1, (150.0, 150.0), (250.0, 150.0)));
    desk.put(OTHER, line(2, (150.0, 180.0), (450.0, 180.0)));
    let small = BoardRect::new(160.0, 200.0, 200.0, 240.0);
    desk.put(OTHER, shape(3, Outline::Ellipse, small));
    let locked = shape(4, Outline::Ellipse, small);
    desk.put(OTHER, locked);
    desk.apply(
        OTHER,
        vec![Op::Set {
            id: element_id(4),
            prop: Prop::Locked(true),
        }],
        Guard::Any,
    );
    desk.draw(&[(100.0, 100.0), (300.0, 300.0)]);
    let frame = desk.newest();
    assert_eq!(
        desk.said().split(' ').next(),
        Some("commit(put-frame,set,set)")
    );
    let held = |number| desk.board.get(element_id(number)).unwrap().props.frame();
    assert_eq!(
        [held(1), held(2), held(3), held(4)],
        [Some(frame.id), None, Some(frame.id), None]
    );
    assert_eq!(desk.board.in_order().next().unwrap().id, frame.id);
    desk.run(crate::Command::UNDO);
    assert_eq!(desk.board.len(), 4);
    assert_eq!(desk.board.get(element_id(1)).unwrap().props.frame(), None);
}

#[test]
fn frames_are_numbered() {
    let mut desk = desk(ToolKind::Frame);
    for expected in ["Frame 1", "Frame 2", "Frame 3"] {
        desk.pick(ToolKind::Frame);
        desk.click(400.0, 300.0);
        assert_eq!(desk.newest().props.name(), expected);
    }
}

#[test]
fn a_frame_keeps_its_name_while_it_is_drawn() {
    let mut desk = desk(ToolKind::Frame);
    desk.down(100.0, 100.0);
    desk.drag(&[(200.0, 180.0)]);
    let others = boxed(1, Body::Frame, BoardRect::new(500.0, 500.0, 600.0, 600.0));
    let name = Prop::Name("Frame 1".to_owned());
    let props = others.props.clone().with(name);
    desk.put(OTHER, shared::model::NewElement { props, ..others });
    desk.drag(&[(220.0, 190.0)]);
    assert_eq!(desk.drafts()[0].props.name(), "Frame 1");
    desk.up(220.0, 190.0);
    assert_eq!(desk.newest().props.name(), "Frame 1");
}

#[test]
fn what_is_made_in_a_frame_belongs_to_it() {
    let mut desk = desk(ToolKind::Rectangle);
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    desk.put(OTHER, boxed(5, Body::Frame, rect));
    desk.draw(&[(150.0, 150.0), (250.0, 200.0)]);
    assert_eq!(desk.newest().props.frame(), Some(element_id(5)));
    desk.pick(ToolKind::Rectangle);
    desk.draw(&[(350.0, 150.0), (450.0, 200.0)]);
    assert_eq!(desk.newest().props.frame(), None);
    desk.pick(ToolKind::Frame);
    desk.draw(&[(150.0, 150.0), (250.0, 200.0)]);
    assert_eq!(desk.newest().props.frame(), None, "frames belong to none");
}

#[test]
fn places_that_are_no_numbers_make_nothing() {
    let mut desk = desk(ToolKind::Rectangle);
    desk.down(f64::NAN, 10.0);
    desk.up(f64::NAN, 10.0);
    assert!(desk.board.is_empty());
    desk.down(10.0, 10.0);
    desk.drag(&[(f64::INFINITY, 10.0)]);
    desk.up(60.0, 60.0);
    assert_eq!(rect_of(&desk.newest()), [10.0, 10.0, 50.0, 50.0]);
}

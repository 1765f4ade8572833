//! Elements that are drawn by dragging a box.

use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::model::{Body, Color, Dash, Element, Filling, Outline, Prop};
use shared::op::{Guard, Op};
use shared::protocol::live::LiveUpdate;

use super::rig::{OTHER, Rig, boxed, element_id, line, pointer, shape};
use crate::input::{InputEvent, Modifiers, PointerKind};
use crate::{Output, Prefs, ToolKind};

fn rig(tool: ToolKind) -> Rig {
    let mut rig = Rig::new();
    rig.pick(tool);
    rig.log.clear();
    rig
}

fn rect_of(element: &Element) -> [f64; 4] {
    let [width, height] = element.props.size().map(f64::from);
    [element.props.at.x, element.props.at.y, width, height]
}

/// Drags from (100, 100) to (180, 150) and says what box came of it.
fn dragged(held: Modifiers) -> [f64; 4] {
    let mut rig = rig(ToolKind::Rectangle);
    rig.held = held;
    rig.draw(&[(100.0, 100.0), (150.0, 140.0), (180.0, 150.0)]);
    rect_of(&rig.newest())
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
    let mut rig = rig(ToolKind::Ellipse);
    rig.draw(&[(180.0, 150.0), (150.0, 120.0), (100.0, 100.0)]);
    assert_eq!(rect_of(&rig.newest()), [100.0, 100.0, 80.0, 50.0]);
}

#[test]
fn each_tool_makes_its_own_kind() {
    for (tool, body) in [
        (ToolKind::Rectangle, Body::Shape(Outline::Rectangle)),
        (ToolKind::Ellipse, Body::Shape(Outline::Ellipse)),
        (ToolKind::Diamond, Body::Shape(Outline::Diamond)),
        (ToolKind::Frame, Body::Frame),
    ] {
        let mut rig = rig(tool);
        rig.draw(&[(100.0, 100.0), (180.0, 150.0)]);
        assert_eq!(rig.newest().body, body);
    }
}

#[test]
fn others_see_a_draft_once_per_animation_frame_and_the_board_nothing_until_the_end() {
    let mut rig = rig(ToolKind::Rectangle);
    rig.down(100.0, 100.0);
    rig.animation_frame();
    rig.drag(&[(120.0, 130.0)]);
    rig.drag(&[(140.0, 130.0)]);
    rig.animation_frame();
    rig.animation_frame();
    rig.drag(&[(180.0, 150.0)]);
    rig.animation_frame();
    assert_eq!(rig.said(), "draft draft");
    assert!(rig.board.is_empty());
    assert_eq!(rig.drafts().len(), 1);
    rig.up(180.0, 150.0);
    assert!(
        rig.said()
            .starts_with("draft draft commit(put-shape) drafted"),
        "{}",
        rig.said()
    );
    assert!(rig.drafts().is_empty());
}

#[test]
fn drafts_are_valid_and_equal_the_element_that_is_made() {
    for tool in [ToolKind::Rectangle, ToolKind::Sticky, ToolKind::Frame] {
        let mut rig = rig(tool);
        rig.down(100.0, 100.0);
        rig.drag(&[(180.0, 150.0)]);
        rig.animation_frame();
        let draft = rig.drafts().remove(0);
        let sent = rig.log.iter().any(|effect| {
            let Output::Live(item @ LiveUpdate::Draft(Some(new))) = effect else {
                return false;
            };
            item.is_valid() && **new == draft
        });
        assert!(sent, "{tool:?}");
        rig.up(180.0, 150.0);
        assert_eq!(rig.newest().to_new(), draft);
    }
}

#[test]
fn escape_and_pinches_leave_no_trace() {
    let mut rig = rig(ToolKind::Rectangle);
    rig.down(100.0, 100.0);
    rig.drag(&[(180.0, 150.0)]);
    rig.animation_frame();
    rig.key("Escape");
    rig.up(180.0, 150.0);
    assert_eq!(rig.said(), "draft drafted");
    assert!(rig.board.is_empty() && rig.drafts().is_empty());
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 50.0, 0);
    rig.send(InputEvent::PointerDown(touch(1, 50.0)));
    rig.send(InputEvent::PointerDown(touch(2, 150.0)));
    rig.drag_as(PointerKind::Touch, 2, &[(250.0, 50.0)]);
    assert!(rig.board.is_empty() && rig.drafts().is_empty());
}

#[test]
fn modifiers_count_when_they_are_released_while_the_pointer_rests() {
    let mut rig = rig(ToolKind::Rectangle);
    rig.held.shift = true;
    rig.down(100.0, 100.0);
    rig.drag(&[(180.0, 150.0)]);
    rig.held.shift = false;
    rig.drag(&[(180.0, 150.0)]);
    rig.up(180.0, 150.0);
    assert_eq!(rect_of(&rig.newest()), [100.0, 100.0, 80.0, 50.0]);
}

#[test]
fn a_click_makes_an_element_of_the_same_screen_size_at_any_zoom() {
    for (tool, width, height) in [
        (ToolKind::Rectangle, 120.0, 80.0),
        (ToolKind::Sticky, 200.0, 200.0),
        (ToolKind::Frame, 480.0, 320.0),
    ] {
        for zoom in [0.25, 1.0, 8.0] {
            let mut rig = rig(tool);
            let camera = *rig.editor.camera();
            rig.editor
                .set_camera(camera.zoomed_about(ScreenPoint::default(), zoom));
            rig.click(400.0, 300.0);
            let [x, y, w, h] = rect_of(&rig.newest());
            let middle = BoardPoint::new(x + w / 2.0, y + h / 2.0);
            let seen = rig.editor.camera().to_screen(middle);
            assert!(seen.distance(ScreenPoint::new(400.0, 300.0)) < 1e-3);
            let near = |a: f64, b: f64| (a * zoom - b).abs() < 1e-2;
            assert!(near(w, width) && near(h, height), "{tool:?} {w} {h}");
        }
    }
}

#[test]
fn the_style_of_the_tool_becomes_properties() {
    let mut rig = rig(ToolKind::Rectangle);
    let mut styles = *rig.editor.styles();
    let style = styles.of_mut(ToolKind::Rectangle);
    style.color = Color::Red;
    style.filling = Filling::Tint;
    style.dash = Dash::Dashed;
    style.opacity = 100;
    rig.editor.set_styles(styles);
    let camera = *rig.editor.camera();
    rig.editor
        .set_camera(camera.zoomed_about(ScreenPoint::default(), 2.0));
    rig.draw(&[(100.0, 100.0), (180.0, 300.0)]);
    let props = rig.newest().props;
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
fn default_properties_are_not_written() {
    let mut rig = rig(ToolKind::Rectangle);
    let mut styles = *rig.editor.styles();
    styles.of_mut(ToolKind::Rectangle).round = false;
    rig.editor.set_styles(styles);
    rig.draw(&[(100.0, 100.0), (180.0, 300.0)]);
    let keys: Vec<_> = rig.newest().props.more.iter().map(Prop::key).collect();
    assert_eq!(keys.len(), 2, "size and alignment: {keys:?}");
}

#[test]
fn a_new_element_is_selected_and_select_becomes_active_unless_the_tool_is_locked() {
    let mut one = rig(ToolKind::Rectangle);
    one.draw(&[(100.0, 100.0), (180.0, 150.0)]);
    assert!(one.editor.selection().has(one.newest().id));
    assert_eq!(one.editor.tool(), ToolKind::Select);
    let mut many = rig(ToolKind::Rectangle);
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
fn a_sticky_note_is_signed_and_its_text_edited_at_once() {
    let mut rig = rig(ToolKind::Sticky);
    rig.editor.set_name("Ada");
    rig.click(400.0, 300.0);
    let signed = "Ada".to_owned();
    assert_eq!(rig.newest().body, Body::Sticky { signed });
    assert!(rig.said().contains("typing"), "{}", rig.said());
}

#[test]
fn corners_snap_to_the_grid() {
    let mut rig = rig(ToolKind::Rectangle);
    rig.editor.set_prefs(Prefs {
        grid: true,
        ..Prefs::default()
    });
    rig.draw(&[(97.0, 104.0), (150.0, 140.0), (175.0, 149.0)]);
    assert_eq!(rect_of(&rig.newest()), [100.0, 100.0, 80.0, 40.0]);
}

#[test]
fn a_new_frame_lies_behind_and_contains_enclosed_elements() {
    let mut rig = rig(ToolKind::Frame);
    rig.put(OTHER, line(1, (150.0, 150.0), (250.0, 150.0)));
    rig.put(OTHER, line(2, (150.0, 180.0), (450.0, 180.0)));
    let small = BoardRect::new(160.0, 200.0, 200.0, 240.0);
    rig.put(OTHER, shape(3, Outline::Ellipse, small));
    let locked = shape(4, Outline::Ellipse, small);
    rig.put(OTHER, locked);
    rig.apply(
        OTHER,
        vec![Op::Set {
            id: element_id(4),
            prop: Prop::Locked(true),
        }],
        Guard::Any,
    );
    rig.draw(&[(100.0, 100.0), (300.0, 300.0)]);
    let frame = rig.newest();
    assert_eq!(
        rig.said().split(' ').next(),
        Some("commit(put-frame,set,set)")
    );
    let held = |number| rig.board.get(element_id(number)).unwrap().props.frame();
    assert_eq!(
        [held(1), held(2), held(3), held(4)],
        [Some(frame.id), None, Some(frame.id), None]
    );
    assert_eq!(rig.board.in_order().next().unwrap().id, frame.id);
    rig.run(crate::Command::UNDO);
    assert_eq!(rig.board.len(), 4);
    assert_eq!(rig.board.get(element_id(1)).unwrap().props.frame(), None);
}

#[test]
fn frames_are_numbered() {
    let mut rig = rig(ToolKind::Frame);
    for expected in ["Frame 1", "Frame 2", "Frame 3"] {
        rig.pick(ToolKind::Frame);
        rig.click(400.0, 300.0);
        assert_eq!(rig.newest().props.name(), expected);
    }
}

#[test]
fn a_frame_keeps_its_name_while_it_is_drawn() {
    let mut rig = rig(ToolKind::Frame);
    rig.down(100.0, 100.0);
    rig.drag(&[(200.0, 180.0)]);
    let others = boxed(1, Body::Frame, BoardRect::new(500.0, 500.0, 600.0, 600.0));
    let name = Prop::Name("Frame 1".to_owned());
    let props = others.props.clone().with(name);
    rig.put(OTHER, shared::model::NewElement { props, ..others });
    rig.drag(&[(220.0, 190.0)]);
    assert_eq!(rig.drafts()[0].props.name(), "Frame 1");
    rig.up(220.0, 190.0);
    assert_eq!(rig.newest().props.name(), "Frame 1");
}

#[test]
fn an_element_made_in_a_frame_belongs_to_it() {
    let mut rig = rig(ToolKind::Rectangle);
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    rig.put(OTHER, boxed(5, Body::Frame, rect));
    rig.draw(&[(150.0, 150.0), (250.0, 200.0)]);
    assert_eq!(rig.newest().props.frame(), Some(element_id(5)));
    rig.pick(ToolKind::Rectangle);
    rig.draw(&[(350.0, 150.0), (450.0, 200.0)]);
    assert_eq!(rig.newest().props.frame(), None);
    rig.pick(ToolKind::Frame);
    rig.draw(&[(150.0, 150.0), (250.0, 200.0)]);
    assert_eq!(rig.newest().props.frame(), None, "frames belong to none");
}

#[test]
fn places_that_are_not_finite_make_nothing() {
    let mut rig = rig(ToolKind::Rectangle);
    rig.down(f64::NAN, 10.0);
    rig.up(f64::NAN, 10.0);
    assert!(rig.board.is_empty());
    rig.down(10.0, 10.0);
    rig.drag(&[(f64::INFINITY, 10.0)]);
    rig.up(60.0, 60.0);
    assert_eq!(rect_of(&rig.newest()), [10.0, 10.0, 50.0, 50.0]);
}

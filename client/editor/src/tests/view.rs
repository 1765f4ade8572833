//! Moving the view, the pointer's looks, and where the person points.

use shared::geometry::{BoardPoint, ScreenPoint};
use shared::protocol::live::LiveItem;

use super::desk::{Desk, OTHER, line, pointer};
use crate::input::{InputEvent, Key, PointerKind, WheelKind};
use crate::{Command, CursorIcon, Output, Prefs, ScreenVec, ToolKind, UiCommand};

fn wheel(desk: &mut Desk, y: f64, kind: WheelKind) {
    let at = ScreenPoint::new(200.0, 100.0);
    desk.send(InputEvent::Wheel {
        at,
        delta: ScreenVec::new(0.0, y),
        kind,
    });
}

fn pointed(desk: &Desk) -> Vec<Option<[f32; 2]>> {
    let cursor = |effect: &Output| match effect {
        Output::Live(LiveItem::Cursor(at)) => Some(*at),
        _ => None,
    };
    desk.log.iter().filter_map(cursor).collect()
}

#[test]
fn the_hand_pulls_the_board() {
    let mut desk = Desk::new();
    desk.pick(ToolKind::Hand);
    desk.draw(&[(100.0, 100.0), (150.0, 130.0)]);
    assert_eq!(desk.editor.camera().origin(), BoardPoint::new(-50.0, -30.0));
    assert_eq!(desk.editor.tool(), ToolKind::Hand);
    assert_eq!(desk.said(), "tool camera");
}

#[test]
fn the_wheel_pans_or_zooms_at_the_pointer() {
    let mut desk = Desk::new();
    wheel(&mut desk, 120.0, WheelKind::Pan);
    assert_eq!(desk.editor.camera().origin(), BoardPoint::new(0.0, 120.0));
    let before = desk
        .editor
        .camera()
        .to_board(ScreenPoint::new(200.0, 100.0));
    wheel(&mut desk, -120.0, WheelKind::Zoom);
    let camera = desk.editor.camera();
    assert!(camera.zoom() > 1.0);
    assert!(before.distance(camera.to_board(ScreenPoint::new(200.0, 100.0))) < 1e-9);
}

#[test]
fn the_wheel_zooms_if_that_is_preferred_and_moves_sideways_still() {
    let mut desk = Desk::new();
    desk.editor.set_prefs(Prefs {
        wheel_zooms: true,
        ..Prefs::default()
    });
    wheel(&mut desk, -120.0, WheelKind::Pan);
    let zoom = desk.editor.camera().zoom();
    assert!(zoom > 1.0, "{zoom}");
    let before = desk.editor.camera().origin();
    desk.send(InputEvent::Wheel {
        at: ScreenPoint::new(200.0, 100.0),
        delta: ScreenVec::new(50.0, 0.0),
        kind: WheelKind::Pan,
    });
    let after = desk.editor.camera();
    assert_eq!((after.zoom(), after.origin().y), (zoom, before.y));
    assert!(after.origin().x > before.x);
}

#[test]
fn keys_zoom_and_fit() {
    let mut desk = Desk::new();
    desk.run(Command::ZOOM_TO_FIT);
    assert_eq!(desk.said(), "", "an empty board has nothing to fit");
    desk.put(OTHER, line(1, (5_000.0, 0.0), (9_000.0, 0.0)));
    desk.run(Command::ZOOM_TO_FIT);
    assert!(
        desk.editor
            .camera()
            .visible()
            .contains(kurbo::Point::new(7_000.0, 0.0))
    );
    desk.run(Command::ZOOM_TO_100);
    desk.run(Command::ZOOM_IN);
    assert_eq!(desk.editor.camera().zoom(), 1.25);
}

#[test]
fn help_and_theme_are_left_to_the_controls() {
    let mut desk = Desk::new();
    desk.key("?");
    desk.run(Command::TOGGLE_THEME);
    let ui: Vec<&Output> = desk
        .log
        .iter()
        .filter(|e| matches!(e, Output::Ui(_)))
        .collect();
    assert_eq!(
        ui,
        [
            &Output::Ui(UiCommand::ToggleHelp),
            &Output::Ui(UiCommand::ToggleTheme)
        ]
    );
}

#[test]
fn the_pointer_shows_what_it_would_do() {
    let mut desk = Desk::new();
    assert_eq!(desk.editor.cursor(), CursorIcon::Crosshair);
    desk.key(" ");
    assert_eq!(desk.editor.cursor(), CursorIcon::Grab);
    desk.down(0.0, 0.0);
    assert_eq!(desk.editor.cursor(), CursorIcon::Grabbing);
    desk.send(InputEvent::KeyUp(Key {
        key: " ".to_owned(),
        ..Key::default()
    }));
    assert_eq!(
        desk.editor.cursor(),
        CursorIcon::Grabbing,
        "until it is lifted"
    );
    desk.up(0.0, 0.0);
    desk.pick(ToolKind::Eraser);
    assert_eq!(desk.editor.cursor(), CursorIcon::Eraser);
}

#[test]
fn others_see_where_one_points_once_a_frame() {
    let mut desk = Desk::new();
    for x in [10.0, 20.0, 30.0] {
        desk.drag(&[(x, 5.0)]);
    }
    assert!(pointed(&desk).is_empty());
    desk.frame();
    desk.frame();
    desk.send(InputEvent::PointerLeave);
    desk.frame();
    assert_eq!(pointed(&desk), [Some([30.0, 5.0]), None]);
}

#[test]
fn one_points_while_drawing_too() {
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.drag(&[(44.0, 10.0)]);
    desk.frame();
    assert_eq!(pointed(&desk), [Some([44.0, 10.0])]);
}

#[test]
fn a_pinch_zooms_the_view_about_its_centre() {
    let mut desk = Desk::new();
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 100.0, 0);
    desk.send(InputEvent::PointerDown(touch(1, 100.0)));
    desk.send(InputEvent::PointerDown(touch(2, 200.0)));
    desk.drag_as(PointerKind::Touch, 2, &[(300.0, 100.0)]);
    let camera = desk.editor.camera();
    assert_eq!(camera.zoom(), 2.0);
    // The board points that were under the fingers still are.
    assert_eq!(
        camera.to_screen(BoardPoint::new(100.0, 100.0)),
        ScreenPoint::new(100.0, 100.0)
    );
    assert_eq!(
        camera.to_screen(BoardPoint::new(200.0, 100.0)),
        ScreenPoint::new(300.0, 100.0)
    );
}

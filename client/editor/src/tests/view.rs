//! Panning and zooming, the cursor, and the place of the pointer.

use shared::geometry::{BoardPoint, ScreenPoint};
use shared::protocol::live::LiveUpdate;

use super::rig::{OTHER, Rig, line, pointer};
use crate::input::{InputEvent, Key, PointerKind, WheelKind};
use crate::{Command, CursorIcon, Output, Prefs, ScreenVec, ToolKind, UiCommand};

fn wheel(rig: &mut Rig, y: f64, kind: WheelKind) {
    let at = ScreenPoint::new(200.0, 100.0);
    rig.send(InputEvent::Wheel {
        at,
        delta: ScreenVec::new(0.0, y),
        kind,
    });
}

fn pointed(rig: &Rig) -> Vec<Option<[f32; 2]>> {
    let cursor = |effect: &Output| match effect {
        Output::Live(LiveUpdate::Cursor(at)) => Some(*at),
        _ => None,
    };
    rig.log.iter().filter_map(cursor).collect()
}

#[test]
fn the_hand_pulls_the_board() {
    let mut rig = Rig::new();
    rig.pick(ToolKind::Hand);
    rig.draw(&[(100.0, 100.0), (150.0, 130.0)]);
    assert_eq!(rig.editor.camera().origin(), BoardPoint::new(-50.0, -30.0));
    assert_eq!(rig.editor.tool(), ToolKind::Hand);
    assert_eq!(rig.said(), "tool camera");
}

#[test]
fn the_wheel_pans_or_zooms_at_the_pointer() {
    let mut rig = Rig::new();
    wheel(&mut rig, 120.0, WheelKind::Pan);
    assert_eq!(rig.editor.camera().origin(), BoardPoint::new(0.0, 120.0));
    let before = rig.editor.camera().to_board(ScreenPoint::new(200.0, 100.0));
    wheel(&mut rig, -120.0, WheelKind::Zoom);
    let camera = rig.editor.camera();
    assert!(camera.zoom() > 1.0);
    assert!(before.distance(camera.to_board(ScreenPoint::new(200.0, 100.0))) < 1e-9);
}

#[test]
fn the_wheel_zooms_if_preferred_and_still_pans_sideways() {
    let mut rig = Rig::new();
    rig.editor.set_prefs(Prefs {
        wheel_zooms: true,
        ..Prefs::default()
    });
    wheel(&mut rig, -120.0, WheelKind::Pan);
    let zoom = rig.editor.camera().zoom();
    assert!(zoom > 1.0, "{zoom}");
    let before = rig.editor.camera().origin();
    rig.send(InputEvent::Wheel {
        at: ScreenPoint::new(200.0, 100.0),
        delta: ScreenVec::new(50.0, 0.0),
        kind: WheelKind::Pan,
    });
    let after = rig.editor.camera();
    assert_eq!((after.zoom(), after.origin().y), (zoom, before.y));
    assert!(after.origin().x > before.x);
}

#[test]
fn keys_zoom_and_fit() {
    let mut rig = Rig::new();
    rig.run(Command::ZOOM_TO_FIT);
    assert_eq!(rig.said(), "", "an empty board has nothing to fit");
    rig.put(OTHER, line(1, (5_000.0, 0.0), (9_000.0, 0.0)));
    rig.run(Command::ZOOM_TO_FIT);
    assert!(
        rig.editor
            .camera()
            .visible()
            .contains(kurbo::Point::new(7_000.0, 0.0))
    );
    rig.run(Command::ZOOM_TO_100);
    rig.run(Command::ZOOM_IN);
    assert_eq!(rig.editor.camera().zoom(), 1.25);
}

#[test]
fn help_and_theme_are_commands_for_the_page() {
    let mut rig = Rig::new();
    rig.key("?");
    rig.run(Command::TOGGLE_THEME);
    let ui: Vec<&Output> = rig
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
fn the_cursor_fits_the_tool_and_the_place() {
    let mut rig = Rig::new();
    assert_eq!(rig.editor.cursor(), CursorIcon::Crosshair);
    rig.key(" ");
    assert_eq!(rig.editor.cursor(), CursorIcon::Grab);
    rig.down(0.0, 0.0);
    assert_eq!(rig.editor.cursor(), CursorIcon::Grabbing);
    rig.send(InputEvent::KeyUp(Key {
        key: " ".to_owned(),
        ..Key::default()
    }));
    assert_eq!(
        rig.editor.cursor(),
        CursorIcon::Grabbing,
        "until it is lifted"
    );
    rig.up(0.0, 0.0);
    rig.pick(ToolKind::Eraser);
    assert_eq!(rig.editor.cursor(), CursorIcon::Eraser);
}

#[test]
fn the_pointer_is_sent_once_per_animation_frame() {
    let mut rig = Rig::new();
    for x in [10.0, 20.0, 30.0] {
        rig.drag(&[(x, 5.0)]);
    }
    assert!(pointed(&rig).is_empty());
    rig.animation_frame();
    rig.animation_frame();
    rig.send(InputEvent::PointerLeave);
    rig.animation_frame();
    assert_eq!(pointed(&rig), [Some([30.0, 5.0]), None]);
}

#[test]
fn the_pointer_is_sent_while_drawing_too() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.drag(&[(44.0, 10.0)]);
    rig.animation_frame();
    assert_eq!(pointed(&rig), [Some([44.0, 10.0])]);
}

#[test]
fn a_pinch_zooms_the_view_about_its_centre() {
    let mut rig = Rig::new();
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 100.0, 0);
    rig.send(InputEvent::PointerDown(touch(1, 100.0)));
    rig.send(InputEvent::PointerDown(touch(2, 200.0)));
    rig.drag_as(PointerKind::Touch, 2, &[(300.0, 100.0)]);
    let camera = rig.editor.camera();
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

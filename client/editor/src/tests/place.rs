//! Making elements by keys, where there is room.

use shared::geometry::BoardRect;
use shared::model::Body;
use shared::model::layout::{bounds, line_points};

use super::commands::{rect, rectangle};
use super::rig::{ME, Rig, boxed, element_id};
use crate::{Command, ToolKind};

const MAKERS: [ToolKind; 8] = [
    ToolKind::Rectangle,
    ToolKind::Ellipse,
    ToolKind::Diamond,
    ToolKind::Line,
    ToolKind::Arrow,
    ToolKind::Text,
    ToolKind::Sticky,
    ToolKind::Frame,
];

fn place(rig: &mut Rig, tool: ToolKind) {
    rig.run(Command::CANCEL);
    rig.run(Command::CANCEL);
    rig.pick(tool);
    rig.run(Command::PLACE);
}

/// The boxes of all elements, in the order in which they were made.
fn boxes(rig: &Rig) -> Vec<BoardRect> {
    let mut all: Vec<_> = rig.board.elements().collect();
    all.sort_by_key(|element| element.id);
    let bounds = |element: &&std::sync::Arc<_>| bounds(&rig.board, element);
    all.iter().map(bounds).collect()
}

#[test]
fn a_placed_element_covers_nothing_and_is_in_view() {
    let mut rig = Rig::new();
    for _ in 0..3 {
        for tool in [ToolKind::Rectangle, ToolKind::Arrow, ToolKind::Diamond] {
            place(&mut rig, tool);
        }
    }
    let boxes = boxes(&rig);
    assert_eq!(boxes.len(), 9);
    for (number, one) in boxes.iter().enumerate() {
        let between_bars = rect(64.0, 64.0, 672.0, 472.0);
        assert!(between_bars.contains_rect(*one), "{one}");
        for other in boxes.iter().skip(number + 1) {
            assert!(!one.overlaps(*other), "{one} and {other}");
        }
    }
}

#[test]
fn each_tool_finds_room_beside_a_shape_in_the_middle() {
    for tool in MAKERS {
        let mut rig = Rig::new();
        rig.put(ME, rectangle(1, rect(380.0, 280.0, 40.0, 40.0)));
        let wide = crate::ScreenSize::new(1_600.0, 1_200.0);
        rig.send(crate::InputEvent::Resize(wide));
        let centred = rig
            .editor
            .camera()
            .centred_on(rect(0.0, 0.0, 800.0, 600.0).center().into());
        rig.editor.set_camera(centred);
        place(&mut rig, tool);
        let boxes = boxes(&rig);
        let [old, new] = boxes[..] else { panic!() };
        assert!(!old.overlaps(new), "{tool:?}: {new}");
        let seen = rig.editor.camera().visible();
        assert!(seen.contains_rect(new), "{tool:?}: {new}");
    }
}

#[test]
fn an_arrow_placed_without_room_has_its_length_and_is_not_attached() {
    let mut rig = Rig::new();
    // There are two boxes, because a line within one box is never bound.
    rig.put(ME, rectangle(1, rect(-100.0, -100.0, 495.0, 800.0)));
    rig.put(ME, rectangle(2, rect(405.0, -100.0, 495.0, 800.0)));
    place(&mut rig, ToolKind::Arrow);
    let arrow = rig.newest();
    assert_eq!((arrow.props.start(), arrow.props.end()), (None, None));
    let points = line_points(&rig.board, &arrow);
    assert_eq!(points[0].distance(points[1]), 120.0);
}

#[test]
fn a_frame_has_room_inside_for_all_but_frames() {
    let mut rig = Rig::new();
    rig.put(ME, boxed(1, Body::Frame, rect(100.0, 50.0, 600.0, 500.0)));
    place(&mut rig, ToolKind::Rectangle);
    let made = rig.newest();
    assert_eq!(made.props.frame(), Some(element_id(1)));
    let middle = bounds(&rig.board, &made).center();
    assert_eq!((middle.x, middle.y), (400.0, 300.0));
}

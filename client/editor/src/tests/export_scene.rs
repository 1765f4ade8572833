//! The parts of a board that are exported.

use std::collections::BTreeSet;

use shared::geometry::BoardRect;
use shared::model::{Body, Outline, Prop, Scope};
use shared::paint::RenderingOptions;

use super::clipboard::rect;
use super::rig::{OTHER, Rig, boxed, element_id, shape};
use crate::ExportScene;

/// A frame with a box in it that reaches beyond its edge, and a box elsewhere.
fn rig() -> Rig {
    let mut rig = Rig::new();
    let mut frame = boxed(1, Body::Frame, rect(0.0, 0.0, 200.0, 100.0));
    frame.props.set(Prop::Name("Plan".to_owned()));
    rig.put(OTHER, frame);
    let mut member = shape(2, Outline::Rectangle, rect(150.0, 20.0, 100.0, 40.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    rig.put(OTHER, member);
    rig.put(
        OTHER,
        shape(3, Outline::Ellipse, rect(400.0, 300.0, 50.0, 50.0)),
    );
    rig
}

#[test]
fn a_frame_is_exported_with_its_members_and_cut_off_at_its_edges() {
    let rig = rig();
    let scene = ExportScene::new(&rig.board, Scope::Frame(element_id(1))).unwrap();
    let picture = scene.picture(RenderingOptions::default());
    assert_eq!(picture.region(), BoardRect::new(0.0, 0.0, 200.0, 100.0));
    let ids: Vec<_> = scene.elements().iter().map(|new| new.id).collect();
    assert_eq!(ids, [element_id(1), element_id(2)]);
    let frames = rig.editor.frames(&rig.board);
    assert_eq!(frames, [(element_id(1), "Plan".to_owned())]);
}

#[test]
fn elements_are_exported_with_some_space_around_them() {
    let rig = rig();
    let scope = Scope::Elements(BTreeSet::from([element_id(3)]));
    let scene = ExportScene::new(&rig.board, scope).unwrap();
    assert_eq!(scene.elements().len(), 1);
    let region = scene.picture(RenderingOptions::default()).region();
    assert!(region.x0 < 390.0 && region.x0 > 300.0, "{region}");
    let whole = ExportScene::new(&rig.board, Scope::Board).unwrap();
    assert_eq!(whole.elements().len(), 3);
}

#[test]
fn an_export_keeps_the_board_of_its_moment() {
    let mut rig = rig();
    let scene = ExportScene::new(&rig.board, Scope::Board).unwrap();
    rig.select(&[3]);
    rig.run(crate::Command::DELETE);
    assert_eq!((rig.board.len(), scene.elements().len()), (2, 3));
}

#[test]
fn nothing_is_exported_from_an_empty_board() {
    assert!(ExportScene::new(&Rig::new().board, Scope::Board).is_none());
    let unknown = Scope::Elements(BTreeSet::from([element_id(9)]));
    assert!(ExportScene::new(&rig().board, unknown).is_none());
}

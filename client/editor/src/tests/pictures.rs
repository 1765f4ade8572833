//! Images: inserting, cropping, stretching, replacing and describing them.

use kurbo::{Affine, Point};
use shared::geometry::BoardRect;
use shared::model::palette::Theme;
use shared::model::{BlobHash, Body, Crop, Element, MediaType, NewElement, Picture, Prop};
use shared::paint::recorder::Command as Painted;
use shared::paint::{PlacedPicture, Recorder, paint_element};

use super::clipboard::{paste, rect};
use super::rig::{ME, OTHER, Rig, boxed, element_id};
use super::row::{double_click, handle, pull};
use crate::input::Pasted;
use crate::overlay::HandleKind;
use crate::{Command, ImageChange, InputEvent, Modifiers, Output, ToolKind, UiCommand};

fn picture(width: u32, height: u32) -> Picture {
    Picture {
        sha256: BlobHash::of(&[width.to_be_bytes(), height.to_be_bytes()].concat()),
        media_type: MediaType::Png,
        width,
        height,
        thumbhash: Vec::new(),
    }
}

fn image(number: u64, rect: BoardRect) -> NewElement {
    let mut new = boxed(number, Body::Image, rect);
    let shown = picture(rect.width() as u32, rect.height() as u32);
    new.props.set(Prop::Picture(Some(shown)));
    new
}

fn images(rig: &Rig) -> Vec<&Element> {
    let all = rig.board.in_order().map(AsRef::as_ref);
    all.filter(|it| matches!(it.body, Body::Image)).collect()
}

/// Where the corners of the whole picture lie on the board.
fn corners(rig: &Rig) -> Vec<Point> {
    let [image] = images(rig)[..] else {
        panic!("one image");
    };
    let mut recorder = Recorder::default();
    paint_element(&rig.board, image, Theme::Light, 0.1, &mut recorder);
    let [
        Painted::Picture {
            picture,
            crop,
            size,
            place,
            ..
        },
    ] = recorder.commands()
    else {
        panic!("{:?}", recorder.commands());
    };
    let placed = PlacedPicture {
        picture,
        crop: *crop,
        size: *size,
        corner: 0.0,
        place: *place,
        alpha: 1.0,
        alternative_text: "",
    };
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    corners.map(|it| placed.whole() * Point::from(it)).to_vec()
}

fn are_near(one: &[Point], other: &[Point]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.distance(*b) < 0.5)
}

fn box_of(rig: &Rig) -> BoardRect {
    let [image] = images(rig)[..] else {
        panic!("one image");
    };
    let [width, height] = image.props.size().map(f64::from);
    BoardRect::from_origin_size(image.props.at, (width, height))
}

fn is_near(one: BoardRect, other: BoardRect) -> bool {
    are_near(
        &[one.origin(), Point::new(one.x1, one.y1)],
        &[other.origin(), Point::new(other.x1, other.y1)],
    )
}

#[test]
fn pasted_pictures_lie_side_by_side_within_the_view_and_are_one_step_of_undo() {
    let mut rig = Rig::new();
    let pictures = vec![picture(4000, 3000), picture(32, 16), picture(100, 5000)];
    paste(&mut rig, Pasted::Pictures(pictures), Some((400.0, 300.0)));
    let all: Vec<BoardRect> = images(&rig)
        .iter()
        .map(|image| {
            let [width, height] = image.props.size().map(f64::from);
            BoardRect::from_origin_size(image.props.at, (width, height))
        })
        .collect();
    assert_eq!(all.len(), 3);
    assert_eq!(
        all[1].size(),
        kurbo::Size::new(32.0, 16.0),
        "a small one keeps its size"
    );
    for (place, rect) in all.iter().enumerate() {
        assert!(
            BoardRect::new(0.0, 0.0, 800.0, 600.0).contains_rect(*rect),
            "{rect}"
        );
        assert!(
            all[..place]
                .iter()
                .all(|other| other.intersect(*rect).area() == 0.0)
        );
    }
    let ratio = all[0].width() / all[0].height();
    assert!((ratio - 4.0 / 3.0).abs() < 1e-3, "{ratio}");
    assert_eq!(rig.editor.selection().ids.len(), 3);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
    rig.run(Command::REDO);
    assert_eq!(images(&rig).len(), 3);
}

#[test]
fn a_corner_keeps_the_ratio_of_an_image_unless_shift_is_held() {
    let mut rig = Rig::new();
    rig.put(OTHER, image(1, rect(100.0, 100.0, 200.0, 100.0)));
    rig.pick(ToolKind::Select);
    rig.select(&[1]);
    pull(&mut rig, HandleKind::Stretch { x: 1, y: 1 }, (500.0, 210.0));
    let size = box_of(&rig).size();
    assert!((size.width / size.height - 2.0).abs() < 1e-3, "{size}");
    rig.run(Command::UNDO);
    rig.held = Modifiers {
        shift: true,
        ..Modifiers::default()
    };
    pull(&mut rig, HandleKind::Stretch { x: 1, y: 1 }, (500.0, 210.0));
    let size = box_of(&rig).size();
    assert!((size.width / size.height - 2.0).abs() > 0.2, "{size}");
}

/// An image that is being cropped, turned and mirrored.
fn cropping(angle: f32, scale: [f32; 2]) -> Rig {
    let mut rig = Rig::new();
    let mut new = image(1, rect(200.0, 200.0, 400.0, 200.0));
    new.props.set(Prop::Angle(angle));
    new.props.set(Prop::Scale(scale));
    rig.put(OTHER, new);
    rig.pick(ToolKind::Select);
    rig.select(&[1]);
    rig.run(Command::ENTER);
    rig
}

#[test]
fn a_crop_handle_moves_one_edge_and_the_picture_stays_where_it_is() {
    for angle in [0.0, 0.7] {
        for scale in [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]] {
            let mut rig = cropping(angle, scale);
            let before = corners(&rig);
            let turned = |x, y| {
                let way = Affine::rotate(f64::from(angle)) * Point::new(x, y);
                (way.x, way.y)
            };
            pull(
                &mut rig,
                HandleKind::Crop { x: 1, y: -1 },
                turned(-100.0, 50.0),
            );
            let size = box_of(&rig).size();
            assert!((size.width - 300.0).abs() < 1.0, "{size} at {angle}");
            assert!((size.height - 150.0).abs() < 1.0, "{size} at {angle}");
            assert!(are_near(&corners(&rig), &before), "{angle} {scale:?}");
            pull(
                &mut rig,
                HandleKind::Crop { x: 1, y: -1 },
                turned(2000.0, -900.0),
            );
            assert_eq!(
                images(&rig)[0].props.crop(),
                Crop::WHOLE,
                "no further than the picture"
            );
            assert!(are_near(&corners(&rig), &before));
            rig.run(Command::UNDO);
            rig.run(Command::UNDO);
            assert!(
                is_near(box_of(&rig), rect(200.0, 200.0, 400.0, 200.0)),
                "one step each"
            );
        }
    }
}

#[test]
fn a_drag_inside_moves_the_picture_behind_the_box_within_its_edges() {
    let mut rig = cropping(0.0, [1.0, 1.0]);
    pull(&mut rig, HandleKind::Crop { x: 1, y: 0 }, (-200.0, 0.0));
    let shown = box_of(&rig);
    rig.draw(&[(300.0, 300.0), (250.0, 300.0)]);
    assert!(is_near(box_of(&rig), shown), "the box stays");
    assert!(
        (corners(&rig)[0].x - 150.0).abs() < 1.0,
        "{:?}",
        corners(&rig)
    );
    rig.draw(&[(300.0, 300.0), (-900.0, 900.0)]);
    assert!(
        (corners(&rig)[1].x - 400.0).abs() < 1.0,
        "{:?}",
        corners(&rig)
    );
    assert!((corners(&rig)[0].y - 200.0).abs() < 1.0);
}

#[test]
fn arrow_keys_crop_and_escape_or_enter_ends_it() {
    let mut rig = cropping(0.0, [1.0, 1.0]);
    rig.run(Command::NUDGE_FAR_LEFT);
    rig.run(Command::NUDGE_FAR_UP);
    assert!(
        is_near(box_of(&rig), rect(200.0, 200.0, 390.0, 190.0)),
        "{}",
        box_of(&rig)
    );
    rig.run(Command::NUDGE_LEFT);
    assert!(
        (corners(&rig)[0].x - 190.0).abs() < 0.5,
        "{:?}",
        corners(&rig)
    );
    rig.run(Command::CANCEL);
    assert_eq!(rig.editor.selection().ids.len(), 1, "still selected");
    rig.run(Command::NUDGE_RIGHT);
    assert!(
        is_near(box_of(&rig), rect(201.0, 200.0, 390.0, 190.0)),
        "moved again"
    );
    rig.run(Command::ENTER);
    assert!(
        rig.editor
            .overlay(rig.now, &rig.board)
            .whole_picture
            .is_some()
    );
    rig.run(Command::ENTER);
    assert!(
        rig.editor
            .overlay(rig.now, &rig.board)
            .whole_picture
            .is_none()
    );
}

#[test]
fn a_double_click_crops_and_another_selection_ends_it() {
    let mut rig = Rig::new();
    rig.put(OTHER, image(1, rect(200.0, 200.0, 400.0, 200.0)));
    rig.put(OTHER, image(2, rect(10.0, 10.0, 50.0, 50.0)));
    rig.pick(ToolKind::Select);
    double_click(&mut rig, 300.0, 300.0);
    let (x, y) = handle(&rig, HandleKind::Crop { x: -1, y: -1 });
    assert_eq!((x, y), (200.0, 200.0));
    rig.select(&[2]);
    let handles = rig.editor.overlay(rig.now, &rig.board).handles;
    assert!(
        !handles
            .iter()
            .any(|it| matches!(it.kind, HandleKind::Crop { .. }))
    );
}

#[test]
fn another_picture_keeps_the_width_and_the_middle_and_drops_the_crop() {
    let mut rig = Rig::new();
    let mut new = image(1, rect(100.0, 100.0, 200.0, 100.0));
    new.props.set(Prop::Crop(Crop {
        left: 0.5,
        ..Crop::WHOLE
    }));
    rig.put(ME, new);
    let id = element_id(1);
    let change = ImageChange::Replace(picture(30, 60));
    rig.send(InputEvent::ImageChanged { id, change });
    assert!(
        is_near(box_of(&rig), rect(100.0, -50.0, 200.0, 400.0)),
        "{}",
        box_of(&rig)
    );
    assert_eq!(images(&rig)[0].props.crop(), Crop::WHOLE);
    rig.run(Command::UNDO);
    assert!(is_near(box_of(&rig), rect(100.0, 100.0, 200.0, 100.0)));
    assert_eq!(images(&rig)[0].props.crop().left, 0.5);
}

#[test]
fn an_alternative_text_is_kept_within_its_limit_and_names_the_image() {
    let mut rig = Rig::new();
    rig.put(ME, image(1, rect(100.0, 100.0, 200.0, 100.0)));
    rig.select(&[1]);
    rig.run(Command::DESCRIBE_IMAGE);
    let asked = |output: &Output| matches!(output, Output::Ui(UiCommand::DescribeImage { .. }));
    assert!(rig.log.iter().any(asked));
    let id = element_id(1);
    let change = ImageChange::Describe(format!("  A cat{}", "!".repeat(2_000)));
    rig.send(InputEvent::ImageChanged { id, change });
    let text = images(&rig)[0].props.alternative_text();
    assert_eq!(text.chars().count(), 1_000);
    assert!(crate::outline::excerpt(images(&rig)[0]).starts_with("A cat"));
}

#[test]
fn a_locked_image_is_neither_cropped_nor_replaced() {
    let mut rig = Rig::new();
    let mut new = image(1, rect(200.0, 200.0, 400.0, 200.0));
    new.props.set(Prop::Locked(true));
    rig.put(OTHER, new);
    rig.select(&[1]);
    rig.run(Command::CROP_IMAGE);
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert!(overlay.whole_picture.is_none());
    let change = ImageChange::Replace(picture(30, 60));
    rig.send(InputEvent::ImageChanged {
        id: element_id(1),
        change,
    });
    assert_eq!(box_of(&rig).height(), 200.0);
}

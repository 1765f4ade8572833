//! A stroke becomes a shape when the pen is held still at its end.

use std::time::Duration;

use anyhow::ensure;
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::line;
use shared::model::{Arrowhead, Body, Outline};

use crate::support::places::BOARD;
use crate::support::pointer::start_path;
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// Longer than the pen must be held still for its stroke to become a shape.
const HOLD: Duration = Duration::from_millis(900);

/// A path through the corners, with a point every few pixels.
fn path_through(corners: &[At]) -> Vec<At> {
    let ends = corners.iter().zip(corners.iter().skip(1));
    ends.flat_map(|(from, to)| line(*from, *to, 20)).collect()
}

/// A hand-drawn oval that does not quite close.
fn oval() -> Vec<At> {
    (0..=48_u32)
        .map(|step| {
            let angle = f64::from(step) / 48.0 * std::f64::consts::TAU;
            At(520.0 + 120.0 * angle.cos(), 320.0 + 80.0 * angle.sin())
        })
        .collect()
}

/// Paths, and the bodies that are recognised.
fn recognised_paths() -> [(Vec<At>, Body); 5] {
    let crooked_box = [
        At(400.0, 240.0),
        At(640.0, 244.0),
        At(636.0, 400.0),
        At(402.0, 396.0),
        At(399.0, 245.0),
    ];
    let triangle = [
        At(520.0, 240.0),
        At(640.0, 400.0),
        At(402.0, 398.0),
        At(517.0, 243.0),
    ];
    let arrow = [
        At(400.0, 320.0),
        At(640.0, 320.0),
        At(598.0, 290.0),
        At(640.0, 320.0),
        At(598.0, 350.0),
    ];
    [
        (path_through(&crooked_box), Body::Shape(Outline::Rectangle)),
        (path_through(&triangle), Body::Shape(Outline::Triangle)),
        (oval(), Body::Shape(Outline::Ellipse)),
        (
            path_through(&[At(400.0, 260.0), At(640.0, 400.0)]),
            Body::Line,
        ),
        (path_through(&arrow), Body::Line),
    ]
}

#[test]
fn a_stroke_held_still_becomes_a_shape_and_one_undo_removes_it() {
    two_user_scenario("shape recognition", async |ada, ben, observer| {
        ada.pick_tool("Pen").await?;
        let mouse = Pointer::default();
        for (number, (path, body)) in recognised_paths().into_iter().enumerate() {
            let end = path.last().copied().unwrap_or(At(400.0, 320.0));
            start_path(ada, &path).await?;
            tokio::time::sleep(HOLD).await;
            ada.page.up(mouse, end).await?;
            let made = observer
                .wait_for_element(&format!("{body:?}"), |it| it.body == body)
                .await?;
            // Only the last one is an arrow with a head.
            let has_head = made.props.heads()[1] == Arrowhead::Arrow;
            ensure!(
                has_head == (number == 4),
                "arrowheads: {:?}",
                made.props.heads()
            );
            both_have_elements(ada, ben, 1).await?;
            ben.page.wait_for_ink(BOARD, 100).await?;
            ada.page.press("Ctrl+z").await?;
            both_have_elements(ada, ben, 0).await?;
        }
        // The same path without a pause stays ink.
        let [(path, _), ..] = recognised_paths();
        ada.draw(&path).await?;
        observer
            .wait_for_element("ink", |it| matches!(it.body, Body::Stroke(_)))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

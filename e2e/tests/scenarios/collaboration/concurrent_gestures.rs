//! A gesture in progress continues while other users change and delete elements.

use std::f64::consts::FRAC_PI_2;

use anyhow::{Context as _, Result, ensure};
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::Person;
use shared::id::ElementId;
use shared::model::{Color, Element};

use crate::observer::Observer;
use crate::support::pointer::{
    RIGHT_BOX, clear_selection, draw_two_boxes, draw_with_key, square_around, start_drag,
};
use crate::support::users::two_user_scenario;
use crate::support::wait::{
    both_have_elements, wait_for_selected, wait_until_painted, wait_until_synced,
};

/// The centre, the size and the rotation of a box.
type Transform = ([f64; 2], [f64; 2], f64);

fn transform_of(it: &Element) -> Transform {
    let size = it.props.size().map(f64::from);
    let at = it.props.at;
    let middle = [at.x + size[0] / 2.0, at.y + size[1] / 2.0];
    (middle, size, f64::from(it.props.angle()))
}

fn has_transform(wanted: Transform) -> impl Fn(&Element) -> bool {
    move |it| {
        let (middle, size, angle) = transform_of(it);
        let near = |[x, y]: [f64; 2], there: [f64; 2]| {
            (x - there[0]).abs() < 1.0 && (y - there[1]).abs() < 1.0
        };
        near(middle, wanted.0) && near(size, wanted.1) && (angle - wanted.2).abs() < 0.02
    }
}

const LEFT_START: Transform = ([410.0, 290.0], [120.0, 80.0], 0.0);

const RIGHT_START: Transform = ([660.0, 290.0], [120.0, 80.0], 0.0);

/// Draws two boxes and returns their ids.
async fn draw_boxes(ada: &Person, observer: &Observer) -> Result<[ElementId; 2]> {
    draw_two_boxes(ada).await?;
    let left = observer
        .wait_for_element("the left box", has_transform(LEFT_START))
        .await?
        .id;
    let right = observer
        .wait_for_element("the right box", has_transform(RIGHT_START))
        .await?
        .id;
    Ok([left, right])
}

/// A drag of both boxes by a handle: its start and end, the result for the left box, and where the
/// result has ink.
struct HandleDrag {
    from: At,
    to: At,
    left: Transform,
    ink: At,
}

/// A resize to 150 % by the lower right handle.
const RESIZE: HandleDrag = HandleDrag {
    from: At(720.0, 330.0),
    to: At(905.0, 370.0),
    left: ([440.0, 310.0], [180.0, 120.0], 0.0),
    ink: At(530.0, 310.0),
};

/// A quarter turn around the common centre.
const ROTATION: HandleDrag = HandleDrag {
    from: At(535.0, 224.0),
    to: At(601.0, 290.0),
    left: ([535.0, 165.0], [120.0, 80.0], FRAC_PI_2),
    ink: At(495.0, 165.0),
};

/// While Ada drags both boxes, Ben colours them red and deletes the right one.
async fn check_handle_drag(
    ada: &Person,
    ben: &Person,
    observer: &Observer,
    pull: &HandleDrag,
) -> Result<()> {
    let [left, right] = draw_boxes(ada, observer).await?;
    ada.page.press("Ctrl+a").await?;
    wait_for_selected(ada, 2).await?;
    start_drag(ada, pull.from, pull.to).await?;
    // Only a live update can show this.
    ben.page.wait_for_ink(square_around(pull.ink), 8).await?;
    let still = observer.board();
    let same = still.get(left).context("no left box")?;
    ensure!(
        has_transform(LEFT_START)(same),
        "it was put on the board too early"
    );
    clear_selection(ben).await?;
    ben.page.press("Ctrl+a").await?;
    wait_for_selected(ben, 2).await?;
    ben.choose_style("Red").await?;
    wait_until_synced(ben, ada).await?;
    clear_selection(ben).await?;
    // Ben clicks where the box is on the board, not where Ada's preview shows it.
    ben.page.click_at(RIGHT_BOX).await?;
    wait_for_selected(ben, 1).await?;
    ben.page.press("Delete").await?;
    both_have_elements(ada, ben, 1).await?;
    ensure!(
        observer.board().get(left).is_some(),
        "Ben took the wrong one"
    );
    wait_for_selected(ada, 1).await?;
    ada.page.up(Pointer::default(), pull.to).await?;
    observer
        .wait_for_element("the left box, red and transformed", |it| {
            it.props.color == Color::Red && has_transform(pull.left)(it)
        })
        .await?;
    // The restored box is as it was, and each undo reverts only one's own change.
    ben.page.press("Ctrl+z").await?;
    observer
        .wait_for_element("the right box again", |it| {
            it.id == right && has_transform(RIGHT_START)(it)
        })
        .await?;
    wait_for_selected(ada, 1).await?;
    ada.page.press("Ctrl+z").await?;
    observer
        .wait_for_element("the left box at its old place, and red", |it| {
            it.props.color == Color::Red && it.id == left && has_transform(LEFT_START)(it)
        })
        .await?;
    both_have_elements(ada, ben, 2).await
}

#[test]
fn a_resize_continues_and_keeps_concurrent_changes() {
    two_user_scenario("resize during changes", async |ada, ben, observer| {
        check_handle_drag(ada, ben, observer, &RESIZE).await
    });
}

#[test]
fn a_rotation_continues_and_keeps_concurrent_changes() {
    two_user_scenario("rotation during changes", async |ada, ben, observer| {
        check_handle_drag(ada, ben, observer, &ROTATION).await
    });
}

/// Whether the last point of the line is there.
fn ends_at(to: At) -> impl Fn(&Element) -> bool {
    move |it| {
        let at = it.props.at;
        it.props.points().last().is_some_and(|[x, y]| {
            let (x, y) = (at.x + f64::from(*x), at.y + f64::from(*y));
            (x - to.0).abs() < 1.0 && (y - to.1).abs() < 1.0
        })
    }
}

#[test]
fn a_point_drag_survives_a_recolour_and_ends_when_the_line_is_deleted() {
    two_user_scenario("point drag during changes", async |ada, ben, observer| {
        let (end, lower, lowest) = (At(700.0, 300.0), At(700.0, 440.0), At(700.0, 540.0));
        draw_with_key(ada, "l", At(400.0, 300.0), end).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.click_at(At(475.0, 300.0)).await?;
        wait_for_selected(ada, 1).await?;
        start_drag(ada, end, lower).await?;
        ben.page.wait_for_ink(square_around(lower), 4).await?;
        clear_selection(ben).await?;
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(ben, 1).await?;
        ben.choose_style("Red").await?;
        wait_until_synced(ben, ada).await?;
        ada.page.up(Pointer::default(), lower).await?;
        observer
            .wait_for_element("the red element, transformed", |it| {
                it.props.color == Color::Red && ends_at(lower)(it)
            })
            .await?;
        start_drag(ada, lower, lowest).await?;
        ben.page.wait_for_ink(square_around(lowest), 4).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 0).await?;
        ada.page.up(Pointer::default(), lowest).await?;
        wait_for_selected(ada, 0).await?;
        for person in [ada, ben] {
            person.page.wait_for_blank(square_around(lowest)).await?;
        }
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the line as before the deletion", ends_at(lower))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn a_marquee_follows_deletions_and_undos_by_another_user() {
    two_user_scenario("marquee during changes", async |ada, ben, observer| {
        draw_boxes(ada, observer).await?;
        let (to, further) = (At(740.0, 350.0), At(750.0, 360.0));
        start_drag(ada, At(330.0, 230.0), to).await?;
        wait_for_selected(ada, 2).await?;
        clear_selection(ben).await?;
        ben.page.click_at(RIGHT_BOX).await?;
        wait_for_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_selected(ada, 1).await?;
        ben.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await?;
        ada.page.drag(Pointer::default(), further).await?;
        wait_for_selected(ada, 2).await?;
        // Ben deletes it again, just before Ada lifts.
        ben.page.click_at(RIGHT_BOX).await?;
        wait_for_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.up(Pointer::default(), further).await?;
        wait_until_painted(ada).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Delete").await?;
        both_have_elements(ada, ben, 0).await
    });
}

//! Moved elements snap to their neighbours and to the grid, and guides show it.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::test_env::scenario;
use shared::model::Element;

use crate::observer::Observer;
use crate::support::controls::run_command;
use crate::support::pointer::{
    LEFT_BOX, clear_selection, drag, draw_box, draw_two_boxes, start_drag,
};
use crate::support::users::{two_user_scenario, two_users};
use crate::support::wait::{both_have_elements, wait_until_painted};

/// Waits until the upper edges of the left and the right box satisfy a condition.
async fn wait_for_tops(
    observer: &Observer,
    what: &str,
    is: impl Fn(f64, f64) -> bool,
) -> Result<()> {
    observer
        .wait_for(what, |board| {
            let mut all: Vec<_> = board.elements().map(|it| it.props.at).collect();
            all.sort_by(|a, b| a.x.total_cmp(&b.x));
            let [left, right] = all[..] else { return None };
            is(left.y, right.y).then_some(())
        })
        .await
}

#[test]
fn a_moved_element_snaps_to_neighbours_unless_snapping_is_off() {
    two_user_scenario("snapping", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        let (below, short) = (
            At(LEFT_BOX.0, LEFT_BOX.1 + 137.0),
            At(LEFT_BOX.0, LEFT_BOX.1 + 4.0),
        );
        drag(ada, LEFT_BOX, below).await?;
        wait_for_tops(observer, "apart", |left, right| left - right > 100.0).await?;
        // It is dragged back to four pixels below the other box, and snaps to it.
        drag(ada, below, short).await?;
        wait_for_tops(observer, "in line", |left, right| {
            (left - right).abs() < 0.01
        })
        .await?;
        ada.page.press("Ctrl+z").await?;
        wait_for_tops(observer, "apart", |left, right| left - right > 100.0).await?;
        clear_selection(ada).await?;
        run_command(ada, "Snap to elements nearby").await?;
        drag(ada, below, short).await?;
        wait_for_tops(observer, "where the hand left it", |left, right| {
            (left - right - 4.0).abs() < 0.01
        })
        .await
    });
}

#[test]
fn with_the_grid_on_elements_snap_to_its_lines() {
    two_user_scenario("grid", async |ada, ben, observer| {
        ada.page.press("Ctrl+'").await?;
        ada.page
            .wait_for::<bool>("document.querySelector('main').hasAttribute('data-grid')")
            .await?;
        let on_grid = |it: &Element| {
            let size = it.props.size().map(f64::from);
            [it.props.at.x, it.props.at.y, size[0], size[1]]
                .iter()
                .all(|value| (value / 20.0 - (value / 20.0).round()).abs() < 1e-3)
        };
        draw_box(ada, At(403.0, 257.0), At(497.0, 344.0)).await?;
        let made = observer
            .wait_for_element("a box on the grid", on_grid)
            .await?;
        drag(ada, At(400.0, 300.0), At(513.0, 351.0)).await?;
        observer
            .wait_for_element("it moved, on the grid", |it| {
                on_grid(it) && it.props.at != made.props.at
            })
            .await?;
        // The grid shows only on her page.
        let his: bool = ben
            .page
            .eval("document.querySelector('main').hasAttribute('data-grid')")
            .await?;
        ensure!(!his, "the other page shows the grid");
        Ok(())
    });
}

/// The area between the two boxes, where a guide connects them.
const BETWEEN: Rect = Rect {
    x: 500.0,
    y: 235.0,
    width: 70.0,
    height: 110.0,
};

#[test]
fn snap_guides_show_only_to_the_dragging_user_and_only_during_the_drag() {
    two_user_scenario("guides", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        let mouse = Pointer::default();
        let aside = At(LEFT_BOX.0 - 30.0, LEFT_BOX.1 + 57.0);
        // Four pixels below the other box, where it snaps.
        let near = At(LEFT_BOX.0 - 30.0, LEFT_BOX.1 + 4.0);
        start_drag(ada, LEFT_BOX, aside).await?;
        wait_until_painted(ada).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        ada.page.drag(mouse, near).await?;
        ada.page.wait_for_ink(BETWEEN, 40).await?;
        let theirs = ben.page.ink(BETWEEN).await?;
        ensure!(theirs == 0, "Ben sees Ada's guides");
        ada.page.drag(mouse, aside).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        ada.page.drag(mouse, near).await?;
        ada.page.wait_for_ink(BETWEEN, 40).await?;
        ada.page.up(mouse, near).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        observer
            .wait_for_element("the left box aligned with the other one", |it| {
                (it.props.at.x - 320.0).abs() < 0.5 && (it.props.at.y - 250.0).abs() < 0.01
            })
            .await
            .map(drop)
    });
}

/// The number of rows in a picture that contain no background.
fn lines(picture: &Picture) -> usize {
    let ground = picture.background();
    let is_ink = |pixel: &[u8]| {
        let mut channels = pixel.iter().zip(ground);
        channels.any(|(one, two)| one.abs_diff(two) > 8)
    };
    let rows = picture.rgba.chunks_exact(picture.width * 4);
    rows.filter(|row| row.chunks_exact(4).all(is_ink)).count()
}

#[test]
fn grid_lines_show_where_elements_snap() {
    scenario("grid seen", async |env| {
        let (ada, ben) = two_users(env).await?;
        // A strip between two vertical grid lines, so that it contains only horizontal ones.
        let strip = Rect {
            x: 405.0,
            y: 304.0,
            width: 10.0,
            height: 60.0,
        };
        let seen = async |person: &Person| -> Result<usize> {
            wait_until_painted(person).await?;
            let shot = person.page.screenshot(Some(strip)).await?;
            Ok(lines(&Picture::decode(&shot)?))
        };
        ensure!(seen(&ada).await? == 0, "a grid that is not switched on");
        ada.page.press("Ctrl+'").await?;
        let has_grid = "document.querySelector('main').hasAttribute('data-grid')";
        ada.page.wait_for::<bool>(has_grid).await?;
        let (hers, his) = (seen(&ada).await?, seen(&ben).await?);
        ensure!(hers == 3, "{hers} lines in 60 pixels, not one in 20");
        ensure!(his == 0, "Ben sees Ada's grid");
        ada.page.press("Ctrl+'").await?;
        ada.page.wait_for::<bool>(&format!("!{has_grid}")).await?;
        let left = seen(&ada).await?;
        ensure!(left == 0, "{left} lines are left");
        Ok(())
    });
}

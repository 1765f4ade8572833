//! Arranging the selection: align, distribute, flip, reorder, duplicate, nudge.

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::Person;
use shared::geometry::BoardPoint;
use shared::model::{Board, Element};

use crate::observer::Observer;
use crate::support::pointer::{
    clear_selection, drag_holding, draw_box, draw_with_key, square_around,
};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Differences up to this many board units do not count.
const SAME: f64 = 0.01;

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < SAME
}

/// The positions of all elements, from left to right.
fn positions(board: &Board) -> Vec<BoardPoint> {
    let mut all: Vec<BoardPoint> = board.elements().map(|it| it.props.at).collect();
    all.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    all
}

async fn wait_for_positions(
    observer: &Observer,
    what: &str,
    is: impl Fn(&[BoardPoint]) -> bool,
) -> Result<()> {
    observer
        .wait_for(what, |board| is(&positions(board)).then_some(()))
        .await
}

async fn draw_three_boxes(person: &Person) -> Result<()> {
    draw_box(person, At(320.0, 200.0), At(400.0, 260.0)).await?;
    draw_box(person, At(470.0, 330.0), At(550.0, 390.0)).await?;
    draw_box(person, At(800.0, 480.0), At(880.0, 540.0)).await?;
    person.page.press("Ctrl+a").await?;
    wait_for_selected(person, 3).await
}

#[test]
fn three_boxes_are_aligned_and_distributed() {
    two_user_scenario("align", async |ada, ben, observer| {
        draw_three_boxes(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        ada.page.press("Alt+Shift+h").await?;
        wait_for_positions(observer, "even gaps from left to right", |all| {
            all.len() == 3 && same(all[1].x - all[0].x, all[2].x - all[1].x)
        })
        .await?;
        ada.page.press("Alt+w").await?;
        wait_for_positions(observer, "one upper edge", |all| {
            all.iter().all(|at| same(at.y, all[0].y))
        })
        .await?;
        // Ben sees the last one level with the first.
        ben.page
            .wait_for_ink(square_around(At(880.0, 230.0)), 4)
            .await?;
        ada.page.press("Ctrl+z").await?;
        wait_for_positions(observer, "three heights again", |all| {
            !same(all[0].y, all[1].y) && !same(all[1].y, all[2].y)
        })
        .await?;
        ada.page.press("Alt+a").await?;
        wait_for_positions(observer, "one left edge", |all| {
            all.iter().all(|at| same(at.x, all[0].x))
        })
        .await
    });
}

/// The first and the last point of a line on the board.
fn ends(line: &Element) -> Option<[[f64; 2]; 2]> {
    let at = line.props.at;
    let points = line.props.points();
    let on_board = |point: &[f32; 2]| [at.x + f64::from(point[0]), at.y + f64::from(point[1])];
    Some([on_board(points.first()?), on_board(points.last()?)])
}

#[test]
fn a_line_is_flipped_horizontally_and_vertically() {
    two_user_scenario("flip", async |ada, ben, observer| {
        draw_with_key(ada, "l", At(400.0, 250.0), At(600.0, 350.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        let falling = square_around(At(450.0, 275.0));
        let rising = square_around(At(450.0, 325.0));
        ben.page.wait_for_ink(falling, 8).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Shift+H").await?;
        observer
            .wait_for_element("a line from right to left", |it| {
                ends(it).is_some_and(|[from, to]| same(from[0], 600.0) && same(to[0], 400.0))
            })
            .await?;
        clear_selection(ada).await?;
        ben.page.wait_for_blank(falling).await?;
        ben.page.wait_for_ink(rising, 8).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Shift+V").await?;
        observer
            .wait_for_element("a line from below", |it| {
                ends(it).is_some_and(|[from, to]| same(from[1], 350.0) && same(to[1], 250.0))
            })
            .await
            .map(drop)
    });
}

#[test]
fn stacking_order_changes_reach_everybody() {
    two_user_scenario("order", async |ada, ben, observer| {
        // All boxes overlap, because a step in the stacking order passes an overlapping element.
        for by in [0.0, 30.0, 60.0] {
            let (from, to) = (350.0 + by, 250.0 + by);
            draw_box(ada, At(from, to), At(from + 120.0, to + 80.0)).await?;
        }
        both_have_elements(ada, ben, 3).await?;
        let order = |board: &Board| board.in_order().map(|it| it.id).collect::<Vec<_>>();
        let before = order(&observer.board());
        let [low, middle, high] = before[..] else {
            anyhow::bail!("not three");
        };
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        for (key, after) in [
            ("]", [middle, high, low]),
            ("Ctrl+[", [middle, low, high]),
            ("Ctrl+]", [middle, high, low]),
            ("[", [low, middle, high]),
        ] {
            ada.page.press(key).await?;
            observer
                .wait_for(key, |board| (order(board) == after).then_some(()))
                .await?;
        }
        // The undo of a step reaches everybody too.
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for("in front again", |board| {
                (order(board) == [middle, high, low]).then_some(())
            })
            .await
    });
}

#[test]
fn alt_drag_duplicates_and_arrow_keys_nudge_the_copy() {
    two_user_scenario("alt drag", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        drag_holding(ada, Modifiers::ALT, At(350.0, 290.0), At(650.0, 403.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        wait_for_selected(ada, 1).await?;
        let at =
            |x: f64, y: f64| move |it: &Element| same(it.props.at.x, x) && same(it.props.at.y, y);
        observer
            .wait_for_element("the original", at(350.0, 250.0))
            .await?;
        let copy = observer
            .wait_for_element("the copy", |it| it.props.at.x > 600.0)
            .await?
            .props
            .at;
        ada.page.press("Right").await?;
        ada.page.press("Down").await?;
        ada.page.press("Shift+Right").await?;
        observer
            .wait_for_element("the copy, nudged", at(copy.x + 11.0, copy.y + 1.0))
            .await?;
        // Consecutive nudges are one undo step.
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the copy again", at(copy.x, copy.y))
            .await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 1).await
    });
}

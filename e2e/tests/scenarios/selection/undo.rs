//! Undo restores the selection before the gesture, so that the next command finds it.

use anyhow::{Result, ensure};
use e2e::page::At;
use shared::model::Board;

use crate::observer::Observer;
use crate::support::pointer::{LEFT_BOX, clear_selection, draw_box};
use crate::support::steps::Target::Box;
use crate::support::steps::select;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// The left edges of all boxes, in ascending order.
fn left_edges(board: &Board) -> Vec<f64> {
    let mut edges: Vec<f64> = board.elements().map(|it| it.props.at.x).collect();
    edges.sort_by(f64::total_cmp);
    edges
}

/// Waits until the left edges of all boxes are these.
async fn wait_for_boxes_at(observer: &Observer, edges: &[f64]) -> Result<()> {
    let there = |board: &Board| {
        let all = left_edges(board);
        let near = all
            .iter()
            .zip(edges)
            .all(|(at, edge)| (at - edge).abs() < 0.5);
        (all.len() == edges.len() && near).then_some(())
    };
    observer
        .wait_for(&format!("boxes at {edges:?}"), there)
        .await
}

#[test]
fn after_undo_the_copied_element_is_selected_and_can_be_copied_again() {
    two_user_scenario("undo selects", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        select(ada, Box).await?;
        ada.page.press("Ctrl+d").await?;
        let mut edges = observer
            .wait_for("the box and its copy", |board| {
                (board.len() == 2).then(|| left_edges(board))
            })
            .await?;
        ensure!(edges[1] - edges[0] > 1.0, "the copy lies on the box");
        ada.page.press("Ctrl+z").await?;
        wait_for_boxes_at(observer, &edges[..1]).await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_selected(ada, 1).await?;
        // The copy comes again beside the box, which is selected as before the first copy.
        ada.page.press("Ctrl+d").await?;
        wait_for_boxes_at(observer, &edges).await?;
        both_have_elements(ada, ben, 2).await?;
        // Redo of a deletion and its undo select what they are about.
        clear_selection(ada).await?;
        ada.page.click_at(LEFT_BOX).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_selected(ada, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 2).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Right").await?;
        edges[0] += 1.0;
        wait_for_boxes_at(observer, &edges).await
    });
}

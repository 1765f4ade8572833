//! The lasso tool.

use e2e::page::At;
use e2e::person::line;

use crate::support::pointer::{draw_box, draw_two_boxes, square_around};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn the_lasso_selects_the_elements_inside_it() {
    two_user_scenario("lasso", async |ada, ben, _| {
        draw_two_boxes(ada).await?;
        draw_box(ada, At(480.0, 420.0), At(560.0, 470.0)).await?;
        both_have_elements(ada, ben, 3).await?;
        ada.page.press("Shift+L").await?;
        // The path encloses the left and the lower box, and not the right one.
        let corners = [
            At(320.0, 230.0),
            At(500.0, 230.0),
            At(500.0, 380.0),
            At(590.0, 400.0),
            At(590.0, 500.0),
            At(320.0, 500.0),
            At(320.0, 235.0),
        ];
        let path: Vec<At> = corners
            .windows(2)
            .flat_map(|side| line(side[0], side[1], 8))
            .collect();
        ada.draw(&path).await?;
        wait_for_selected(ada, 2).await?;
        ada.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await?;
        ben.page
            .wait_for_ink(square_around(At(600.0, 290.0)), 8)
            .await
            .map(drop)
    });
}

//! A locked tool stays active after it has drawn an element.

use e2e::page::At;
use shared::model::Color;

use crate::support::pointer::{clear_selection, drag};
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

#[test]
fn a_locked_tool_stays_active() {
    two_user_scenario("tool lock", async |ada, ben, _| {
        ada.page.press("r").await?;
        drag(ada, At(350.0, 250.0), At(430.0, 300.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.wait_for_tool("Select").await?;
        clear_selection(ada).await?;
        ada.page.press("q").await?;
        ada.page.press("r").await?;
        for x in [500.0, 620.0] {
            drag(ada, At(x, 250.0), At(x + 80.0, 300.0)).await?;
            ada.wait_for_tool("Rectangle").await?;
        }
        both_have_elements(ada, ben, 3).await?;
        ada.page.press("q").await?;
        drag(ada, At(500.0, 400.0), At(580.0, 450.0)).await?;
        ada.wait_for_tool("Select").await
    });
}

#[test]
fn a_locked_tool_draws_each_shape_in_the_colour_chosen_last() {
    two_user_scenario("colours in a row", async |ada, ben, observer| {
        ada.page.press("r").await?;
        ada.page.press("q").await?;
        let colors = [
            ("Red", Color::Red),
            ("Green", Color::Green),
            ("Blue", Color::Blue),
        ];
        for (x, (name, color)) in [320.0, 480.0, 640.0].into_iter().zip(colors) {
            ada.choose_style(name).await?;
            drag(ada, At(x, 250.0), At(x + 100.0, 330.0)).await?;
            observer
                .wait_for_element(name, |it| it.props.color == color)
                .await?;
        }
        both_have_elements(ada, ben, 3).await?;
        for (name, color) in colors {
            observer
                .wait_for_element(name, |it| it.props.color == color)
                .await?;
        }
        Ok(())
    });
}

//! A style chosen without a selection applies to what is drawn next.

use anyhow::ensure;
use e2e::page::At;
use shared::model::{Body, Color};

use crate::support::pointer::drag;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn a_new_colour_applies_to_the_active_tool_and_not_to_earlier_strokes() {
    two_user_scenario("active style", async |ada, ben, observer| {
        ada.page.press("r").await?;
        drag(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("p").await?;
        wait_for_selected(ada, 0).await?;
        ada.choose_style("Red").await?;
        drag(ada, At(600.0, 250.0), At(700.0, 300.0)).await?;
        let is_ink = |body: &Body| matches!(body, Body::Stroke(_));
        let ink = observer
            .wait_for_element("ink", |it| is_ink(&it.body))
            .await?;
        ensure!(ink.props.color == Color::Red, "{:?}", ink.props.color);
        let shape = observer
            .wait_for_element("a shape", |it| !is_ink(&it.body))
            .await?;
        ensure!(shape.props.color == Color::Black, "{:?}", shape.props.color);
        // Backspace does not delete what was drawn before.
        ada.page.press("Backspace").await?;
        both_have_elements(ada, ben, 2).await
    });
}

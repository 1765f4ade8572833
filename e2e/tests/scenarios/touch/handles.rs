//! Handles are large enough for a finger.

use e2e::page::At;
use e2e::person::line;
use shared::model::Element;

use crate::support::pointer::{draw_box, square_around};
use crate::support::touch::start_touch;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Whether the box has about this size.
fn has_size(width: f32, height: f32) -> impl Fn(&Element) -> bool {
    move |it| {
        let [x, y] = it.props.size();
        (x - width).abs() < 2.0 && (y - height).abs() < 2.0
    }
}

#[test]
fn a_finger_near_a_handle_resizes_and_rotates() {
    two_user_scenario("handles by finger", async |ada, ben, observer| {
        ada.page.touch_screen().await?;
        draw_box(ada, At(350.0, 250.0), At(550.0, 390.0)).await?;
        start_touch(ada, &[At(350.0, 320.0)]).await?;
        ada.page.fingers_up().await?;
        wait_for_selected(ada, 1).await?;
        // The finger lands beside the corner and keeps that offset.
        let (from, to) = (At(560.0, 398.0), At(620.0, 448.0));
        start_touch(ada, &line(from, to, 8)).await?;
        ben.page
            .wait_for_ink(square_around(At(610.0, 400.0)), 8)
            .await?;
        ada.page.fingers_up().await?;
        observer
            .wait_for_element("stretched", has_size(260.0, 190.0))
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the element as before", has_size(200.0, 140.0))
            .await?;
        let turn = line(At(458.0, 220.0), At(550.0, 320.0), 8);
        start_touch(ada, &turn).await?;
        ada.page.fingers_up().await?;
        observer
            .wait_for_element("turned", |it| f64::from(it.props.angle()) > 1.3)
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("upright", |it| it.props.angle() == 0.0)
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

//! Handles resize, rotate, move points and round corners.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use shared::model::{Element, Route};

use crate::support::pointer::{
    clear_selection, drag, drag_holding, draw_box, draw_with_key, mouse_holding, square_around,
};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Draws and selects a box of 120 by 80 around (410, 290).
async fn draw_and_select_box(person: &Person) -> Result<()> {
    draw_box(person, At(350.0, 250.0), At(470.0, 330.0)).await?;
    person.page.click_at(At(350.0, 290.0)).await?;
    wait_for_selected(person, 1).await
}

/// Whether an element is a box at this position with this size.
fn is_box(at: [f64; 2], size: [f64; 2]) -> impl Fn(&Element) -> bool {
    move |it| {
        let has = it.props.size();
        let pairs = [
            (it.props.at.x, at[0]),
            (it.props.at.y, at[1]),
            (f64::from(has[0]), size[0]),
            (f64::from(has[1]), size[1]),
        ];
        pairs.iter().all(|(is, wanted)| (is - wanted).abs() < 1.0)
    }
}

#[test]
fn a_corner_handle_resizes_with_shift_for_proportion_and_alt_for_centre() {
    two_user_scenario("resize", async |ada, ben, observer| {
        draw_and_select_box(ada).await?;
        drag(ada, At(470.0, 330.0), At(530.0, 400.0)).await?;
        observer
            .wait_for_element("a free resize", is_box([350.0, 250.0], [180.0, 150.0]))
            .await?;
        ben.page
            .wait_for_ink(square_around(At(530.0, 390.0)), 8)
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element(
                "the element as before",
                is_box([350.0, 250.0], [120.0, 80.0]),
            )
            .await?;
        drag_holding(ada, Modifiers::SHIFT, At(470.0, 330.0), At(590.0, 335.0)).await?;
        observer
            .wait_for_element("twice as large", is_box([350.0, 250.0], [240.0, 160.0]))
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element(
                "the element as before",
                is_box([350.0, 250.0], [120.0, 80.0]),
            )
            .await?;
        drag_holding(ada, Modifiers::ALT, At(470.0, 330.0), At(500.0, 340.0)).await?;
        observer
            .wait_for_element("about its middle", is_box([320.0, 240.0], [180.0, 100.0]))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

fn is_turned(by: f64) -> impl Fn(&Element) -> bool {
    move |it| (f64::from(it.props.angle()) - by).abs() < 0.03
}

#[test]
fn the_rotation_handle_rotates_freely_or_in_steps_with_shift() {
    two_user_scenario("rotation", async |ada, ben, observer| {
        draw_and_select_box(ada).await?;
        let handle = At(410.0, 224.0);
        drag(ada, handle, At(480.0, 290.0)).await?;
        observer
            .wait_for_element("a quarter turn", is_turned(FRAC_PI_2))
            .await?;
        // The box is upright now, and its old side is blank.
        clear_selection(ada).await?;
        ben.page
            .wait_for_blank(square_around(At(350.0, 290.0)))
            .await?;
        ben.page
            .wait_for_ink(square_around(At(410.0, 350.0)), 8)
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer.wait_for_element("upright", is_turned(0.0)).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        // Freely this is about 41 degrees, in steps 45.
        drag_holding(ada, Modifiers::SHIFT, handle, At(467.0, 225.0)).await?;
        observer
            .wait_for_element("an eighth", is_turned(FRAC_PI_4))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn points_of_a_line_are_added_moved_and_removed() {
    two_user_scenario("points", async |ada, ben, observer| {
        draw_with_key(ada, "l", At(400.0, 300.0), At(700.0, 300.0)).await?;
        ada.page.click_at(At(460.0, 300.0)).await?;
        wait_for_selected(ada, 1).await?;
        drag(ada, At(550.0, 300.0), At(550.0, 420.0)).await?;
        let has = |count: usize| move |it: &Element| it.props.points().len() == count;
        observer.wait_for_element("three points", has(3)).await?;
        ben.page
            .wait_for_ink(square_around(At(475.0, 360.0)), 8)
            .await?;
        drag(ada, At(700.0, 300.0), At(700.0, 460.0)).await?;
        observer
            .wait_for_element("the end moved", |it| {
                let points = it.props.points();
                points
                    .last()
                    .is_some_and(|end| (end[1] - 160.0).abs() < 1.0)
            })
            .await?;
        // A double click on a point removes it.
        for _ in 0..2 {
            ada.page.click_at(At(550.0, 420.0)).await?;
        }
        observer.wait_for_element("two points", has(2)).await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("three points again", has(3))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn an_arrow_becomes_curved_or_elbowed_for_everybody() {
    two_user_scenario("routes", async |ada, ben, observer| {
        draw_with_key(ada, "a", At(400.0, 250.0), At(700.0, 450.0)).await?;
        ben.page
            .wait_for_ink(square_around(At(550.0, 350.0)), 8)
            .await?;
        ada.page.click_at(At(475.0, 300.0)).await?;
        wait_for_selected(ada, 1).await?;
        drag(ada, At(550.0, 350.0), At(650.0, 270.0)).await?;
        // Handles and outlines count as ink, so nothing may be selected.
        let (straight, beyond) = (At(675.0, 360.0), At(688.0, 352.0));
        let [straight, beyond] = [straight, beyond].map(|at| Rect::around(at, 5.0));
        clear_selection(ada).await?;
        ben.page.wait_for_ink(straight, 8).await?;
        ben.page.wait_for_blank(beyond).await?;
        ada.page.click_at(At(675.0, 360.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Curved").await?;
        observer
            .wait_for_element("a curve", |it| it.props.route() == Route::Curved)
            .await?;
        // A curve through the same points bulges beyond the straight segments.
        clear_selection(ada).await?;
        ben.page.wait_for_blank(straight).await?;
        ben.page.wait_for_ink(beyond, 8).await?;
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("a straight line of two points", |it| {
                it.props.route() == Route::Straight && it.props.points().len() == 2
            })
            .await?;
        ada.page.click_at(At(475.0, 300.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Elbow").await?;
        observer
            .wait_for_element("an elbow", |it| it.props.route() == Route::Elbow)
            .await?;
        clear_selection(ada).await?;
        // An elbow arrow runs along the axes, so its middle is a corner or on a long segment.
        ben.page
            .wait_for_blank(square_around(At(475.0, 300.0)))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn corners_are_rounded_by_a_handle_and_by_the_style_panel() {
    two_user_scenario("corners", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 230.0), At(570.0, 400.0)).await?;
        ada.page.click_at(At(350.0, 320.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Sharp corners").await?;
        observer
            .wait_for_element("sharp", |it| it.props.corner() == 0.0)
            .await?;
        ada.page
            .stroke(
                mouse_holding(Modifiers::NONE),
                &line(At(368.0, 248.0), At(400.0, 280.0), 8),
            )
            .await?;
        observer
            .wait_for_element("round", |it| it.props.corner() > 15.0)
            .await?;
        clear_selection(ada).await?;
        ben.page
            .wait_for_blank(Rect::around(At(352.0, 232.0), 4.0))
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

//! Elbow arrows, arrows around one shape, and text on arrows, on two pages.

use anyhow::Result;
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::geometry::BoardPoint;
use shared::model::layout::elbow_segments;
use shared::model::{Board, Body, Element, Route};

use crate::observer::Observer;
use crate::support::pointer::{clear_selection, drag, draw_box, square_around};
use crate::support::typing::{double_click_to_edit, end_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Draws an arrow with a route, and clears the selection.
async fn draw_arrow(person: &Person, route: &str, from: At, to: At) -> Result<()> {
    let before = person.elements().await?;
    person.page.press("a").await?;
    person.wait_for_tool("Arrow").await?;
    person.choose_style(route).await?;
    drag(person, from, to).await?;
    person.wait_for_elements(before + 1).await?;
    clear_selection(person).await
}

/// The x of the second segment of the only elbow arrow, if it is vertical.
fn channel(board: &Board) -> Option<f64> {
    let mut all = board.in_order();
    let arrow = all.find(|it| it.body == Body::Line && it.props.route() == Route::Elbow)?;
    let segments = elbow_segments(board, arrow);
    let second = segments.get(1)?;
    (second.from.x == second.to.x).then_some(second.from.x)
}

async fn wait_for_channel(observer: &Observer, what: &str, x: f64) -> Result<()> {
    let is_there = |board: &Board| channel(board).filter(|at| (at - x).abs() < 2.0);
    observer.wait_for(what, is_there).await.map(drop)
}

#[test]
fn a_moved_segment_of_an_elbow_arrow_stays_when_another_user_moves_its_shape() {
    two_user_scenario("moved segment", async |ada, ben, observer| {
        draw_box(ada, At(360.0, 160.0), At(480.0, 240.0)).await?;
        draw_box(ada, At(700.0, 420.0), At(820.0, 500.0)).await?;
        draw_arrow(ada, "Elbow", At(478.0, 200.0), At(702.0, 460.0)).await?;
        both_have_elements(ada, ben, 3).await?;
        wait_for_channel(observer, "an elbow in the middle", 590.0).await?;
        ada.page.click_at(At(590.0, 280.0)).await?;
        wait_for_selected(ada, 1).await?;
        drag(ada, At(590.0, 330.0), At(640.0, 335.0)).await?;
        wait_for_channel(observer, "a moved segment", 640.0).await?;
        clear_selection(ada).await?;
        ben.pick_tool("Select").await?;
        drag(ben, At(820.0, 460.0), At(860.0, 560.0)).await?;
        observer
            .wait_for_element("the moved box", |it| it.props.at.y > 500.0)
            .await?;
        wait_for_channel(observer, "a segment that stays", 640.0).await?;
        for person in [ada, ben] {
            person
                .page
                .wait_for_ink(square_around(At(640.0, 540.0)), 8)
                .await?;
            person
                .page
                .wait_for_blank(square_around(At(590.0, 330.0)))
                .await?;
        }
        ada.page.press("Ctrl+z").await?;
        wait_for_channel(observer, "the middle again", 610.0).await
    });
}

#[test]
fn an_arrow_around_one_shape_follows_it_when_another_user_moves_it() {
    two_user_scenario("arrow around a shape", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 240.0), At(600.0, 380.0)).await?;
        draw_arrow(ada, "Elbow", At(598.0, 310.0), At(500.0, 242.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        let is_loop = |it: &Element| {
            let ends = [it.props.start(), it.props.end()].map(|end| Some(end?.to));
            ends[0].is_some() && ends[0] == ends[1]
        };
        observer.wait_for_element("a loop", is_loop).await?;
        let beside = |x: f64| square_around(At(x, 270.0));
        for person in [ada, ben] {
            person.page.wait_for_ink(beside(628.0), 8).await?;
        }
        ben.pick_tool("Select").await?;
        drag(ben, At(400.0, 340.0), At(460.0, 340.0)).await?;
        clear_selection(ben).await?;
        for person in [ada, ben] {
            person.page.wait_for_blank(beside(628.0)).await?;
            person.page.wait_for_ink(beside(688.0), 8).await?;
        }
        Ok(())
    });
}

#[test]
fn two_users_write_on_one_arrow() {
    two_user_scenario("text on an arrow", async |ada, ben, observer| {
        draw_arrow(ada, "Straight", At(400.0, 300.0), At(800.0, 300.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        double_click_to_edit(ada, At(500.0, 300.0)).await?;
        ada.page.type_text("approve").await?;
        end_typing(ada).await?;
        clear_selection(ada).await?;
        observer
            .wait_for_element("the text", |it| it.text.plain() == "approve")
            .await?;
        // Below the line there are only letters.
        let letters = Rect {
            x: 556.0,
            y: 303.0,
            width: 88.0,
            height: 9.0,
        };
        ben.page.wait_for_ink(letters, 8).await?;
        ben.pick_tool("Select").await?;
        double_click_to_edit(ben, At(600.0, 300.0)).await?;
        ben.page.press("End").await?;
        ben.page.type_text("d").await?;
        end_typing(ben).await?;
        clear_selection(ben).await?;
        let arrow = observer
            .wait_for_element("the whole text", |it| it.text.plain() == "approved")
            .await?;
        assert_eq!(arrow.props.at, BoardPoint::new(400.0, 300.0));
        let around = Rect {
            x: 380.0,
            y: 270.0,
            width: 440.0,
            height: 60.0,
        };
        ada.wait_for_same_picture_as(ben, around).await
    });
}

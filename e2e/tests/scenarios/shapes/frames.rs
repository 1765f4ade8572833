//! Frames clip and carry their content, and have names.

use anyhow::Result;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::model::{Board, Body, Element};

use crate::support::pointer::{clear_selection, drag, draw_box, draw_with_key, square_around};
use crate::support::typing::{double_click_to_edit, end_typing, wait_until_typing};
use crate::support::users::{two_user_scenario, two_users};
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn a_frame_clips_its_content_and_shows_its_name() {
    two_user_scenario("frame clips", async |ada, ben, observer| {
        draw_with_key(ada, "f", At(380.0, 240.0), At(520.0, 420.0)).await?;
        let frame = observer
            .wait_for_element("a frame with a name", |it| {
                it.body == Body::Frame && it.props.name() == "Frame 1"
            })
            .await?;
        // An element drawn with its centre in the frame belongs to it and is clipped.
        draw_box(ada, At(420.0, 280.0), At(560.0, 340.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        let inside = |it: &Element| it.props.frame() == Some(frame.id);
        observer
            .wait_for_element("the box in the frame", inside)
            .await?;
        ben.page
            .wait_for_ink(square_around(At(420.0, 310.0)), 4)
            .await?;
        let beyond = square_around(At(560.0, 310.0));
        ben.page.wait_for_blank(beyond).await?;
        // The name is above the frame.
        let name = e2e::page::Rect {
            x: 378.0,
            y: 214.0,
            width: 80.0,
            height: 22.0,
        };
        ben.page.wait_for_ink(name, 20).await?;
        // Outside the frame the element is not clipped; after undo it is clipped again.
        drag(ada, At(420.0, 300.0), At(640.0, 500.0)).await?;
        observer
            .wait_for_element("the box out of the frame", |it| {
                it.props.frame().is_none() && it.props.at.x > 600.0
            })
            .await?;
        ben.page
            .wait_for_ink(square_around(At(780.0, 510.0)), 4)
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the box in the frame again", inside)
            .await?;
        clear_selection(ada).await?;
        ben.page.wait_for_blank(beyond).await
    });
}

#[test]
fn a_double_click_on_its_name_or_enter_renames_a_frame() {
    two_user_scenario("rename a frame", async |ada, ben, observer| {
        draw_with_key(ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        let is_called = |name: &'static str| move |it: &Element| it.props.name() == name;
        observer
            .wait_for_element("a frame", is_called("Frame 1"))
            .await?;
        clear_selection(ada).await?;
        double_click_to_edit(ada, At(400.0, 226.0)).await?;
        ada.page.type_text("Plan").await?;
        end_typing(ada).await?;
        observer
            .wait_for_element("its new name", is_called("Plan"))
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("its old name", is_called("Frame 1"))
            .await?;
        ada.page.press("Enter").await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("Sketches").await?;
        ada.page.press("Enter").await?;
        observer
            .wait_for_element("another name", is_called("Sketches"))
            .await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 0")
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

/// The area above the frame where only a long name has ink.
const LONG_NAME: Rect = Rect {
    x: 460.0,
    y: 214.0,
    width: 56.0,
    height: 22.0,
};

/// Waits for this much ink at the edge of the box inside the frame, and at the one outside it.
async fn wait_for_edges(person: &Person, inside: u64, beyond: u64) -> Result<()> {
    for (at, ink) in [(At(420.0, 310.0), inside), (At(560.0, 310.0), beyond)] {
        if ink == 0 {
            person.page.wait_for_blank(square_around(at)).await?;
        } else {
            person.page.wait_for_ink(square_around(at), ink).await?;
        }
    }
    Ok(())
}

#[test]
fn another_user_fills_renames_and_empties_a_frame() {
    two_user_scenario("frame of another user", async |ada, ben, observer| {
        draw_with_key(ada, "f", At(380.0, 240.0), At(520.0, 420.0)).await?;
        draw_box(ada, At(620.0, 280.0), At(760.0, 340.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        let is_frame = |it: &Element| it.body == Body::Frame;
        let frame = observer.wait_for_element("a frame", is_frame).await?.id;
        let inside = |it: &Element| it.props.frame() == Some(frame);
        let outside = |x: f64| {
            move |it: &Element| {
                let is_box = matches!(it.body, Body::Shape(_)) && it.props.frame().is_none();
                is_box && (it.props.at.x - x).abs() < 1.0
            }
        };
        clear_selection(ben).await?;
        drag(ben, At(620.0, 300.0), At(420.0, 300.0)).await?;
        observer
            .wait_for_element("the box in the frame", inside)
            .await?;
        // Outlines count as ink, so nothing may be selected.
        clear_selection(ben).await?;
        wait_for_edges(ada, 8, 0).await?;
        ada.page.wait_for_blank(LONG_NAME).await?;
        double_click_to_edit(ben, At(400.0, 226.0)).await?;
        ben.page.type_text("The plan for the week").await?;
        end_typing(ben).await?;
        let is_called = |name: &'static str| move |it: &Element| it.props.name() == name;
        observer
            .wait_for_element("a name", is_called("The plan for the week"))
            .await?;
        clear_selection(ben).await?;
        ada.page.wait_for_ink(LONG_NAME, 20).await?;
        drag(ben, At(420.0, 300.0), At(640.0, 500.0)).await?;
        observer
            .wait_for_element("the box out of it", outside(640.0))
            .await?;
        clear_selection(ben).await?;
        wait_for_edges(ada, 0, 0).await?;
        ada.page
            .wait_for_ink(square_around(At(780.0, 510.0)), 8)
            .await?;
        // Undo each step.
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the box in it again", inside)
            .await?;
        clear_selection(ben).await?;
        wait_for_edges(ada, 8, 0).await?;
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("its own name", is_called("Frame 1"))
            .await?;
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the element as before", outside(620.0))
            .await?;
        clear_selection(ben).await?;
        ada.page.wait_for_blank(LONG_NAME).await?;
        wait_for_edges(ada, 0, 0).await?;
        both_have_elements(ada, ben, 2).await
    });
}

#[test]
fn a_moved_frame_carries_its_content() {
    scenario("frames", async |env| {
        let (ada, ben) = two_users(env).await?;
        ada.page.press("r").await?;
        drag(&ada, At(420.0, 280.0), At(500.0, 340.0)).await?;
        ada.page.press("f").await?;
        ada.wait_for_tool("Frame").await?;
        drag(&ada, At(380.0, 240.0), At(560.0, 400.0)).await?;
        both_have_elements(&ada, &ben, 2).await?;
        let corner = square_around(At(500.0, 310.0));
        ben.page.wait_for_ink(corner, 4).await?;
        ada.page.press("Escape").await?;
        ada.pick_tool("Select").await?;
        drag(&ada, At(380.0, 320.0), At(630.0, 320.0)).await?;
        ben.page.wait_for_blank(corner).await?;
        ben.page
            .wait_for_ink(square_around(At(750.0, 310.0)), 4)
            .await
            .map(drop)
    });
}

#[test]
fn a_frame_clips_ink_and_its_copies_are_numbered() {
    two_user_scenario("ink in a frame", async |ada, ben, observer| {
        draw_with_key(ada, "f", At(320.0, 240.0), At(520.0, 420.0)).await?;
        let is_called = |name: &'static str| move |it: &Element| it.props.name() == name;
        let frame = observer
            .wait_for_element("a frame", is_called("Frame 1"))
            .await?;
        // Ink that is drawn in the frame and runs over its edge is clipped there.
        ada.pick_tool("Pen").await?;
        drag(ada, At(360.0, 330.0), At(560.0, 330.0)).await?;
        both_have_elements(ada, ben, 2).await?;
        observer
            .wait_for_element("ink in the frame", |it| {
                matches!(it.body, Body::Stroke(_)) && it.props.frame() == Some(frame.id)
            })
            .await?;
        ada.page.press("Escape").await?;
        clear_selection(ada).await?;
        for person in [ada, ben] {
            let inside = square_around(At(480.0, 330.0));
            person.page.wait_for_ink(inside, 20).await?;
            let beyond = square_around(At(545.0, 330.0));
            person.page.wait_for_blank(beyond).await?;
        }
        // Two copies of the frame carry the ink and have numbers of their own.
        ada.page.click_at(At(320.0, 330.0)).await?;
        wait_for_selected(ada, 1).await?;
        for (name, elements) in [("Frame 2", 4), ("Frame 3", 6)] {
            ada.page.press("Ctrl+d").await?;
            observer.wait_for_element(name, is_called(name)).await?;
            both_have_elements(ada, ben, elements).await?;
        }
        let names = |board: &Board| {
            let frames = board.in_order().filter(|it| it.body == Body::Frame);
            let mut names: Vec<String> = frames.map(|it| it.props.name()).collect();
            names.sort();
            (names == ["Frame 1", "Frame 2", "Frame 3"]).then_some(())
        };
        observer.wait_for("three names", names).await
    });
}

//! The colour of a fill, apart from that of the line.

use anyhow::{Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::Color;

use crate::support::pointer::{clear_selection, draw_box};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

const SAYS_LINE: &str = "Colour of the line";

/// Waits until the inside of the box is filled with a colour whose red, green and blue `is` accepts.
async fn wait_for_fill(person: &Person, what: &str, is: impl Fn([u8; 4]) -> bool) -> Result<()> {
    let inside = Rect::around(At(450.0, 310.0), 10.0);
    let mut seen = [0; 4];
    for _ in 0..50 {
        seen = person.page.board_picture(inside).await?.background();
        if is(seen) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    ensure!(is(seen), "the fill is not {what} but {seen:?}");
    Ok(())
}

#[test]
fn a_fill_has_a_colour_of_its_own_on_both_pages() {
    two_user_scenario("fill colour", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 250.0), At(600.0, 370.0)).await?;
        ada.page.click_at(At(400.0, 310.0)).await?;
        wait_for_selected(ada, 1).await?;
        // Without a fill there is nothing to colour.
        ensure!(ada.page.find_now("radio", "Green fill").await?.is_none());
        ada.choose_style("Solid fill").await?;
        ada.choose_style("Green fill").await?;
        ada.choose_style("Red").await?;
        observer
            .wait_for_element("a green box with a red line", |it| {
                it.props.color == Color::Red && it.props.fill() == Some(Color::Green)
            })
            .await?;
        clear_selection(ada).await?;
        both_have_elements(ada, ben, 1).await?;
        let is_green = |seen: [u8; 4]| seen[3] == 255 && seen[1] > seen[0] && seen[1] > seen[2];
        wait_for_fill(ben, "green", is_green).await?;
        // The other user gives the fill the colour of the line again.
        ben.pick_tool("Select").await?;
        ben.page.click_at(At(450.0, 310.0)).await?;
        wait_for_selected(ben, 1).await?;
        ben.page.click("button", SAYS_LINE).await?;
        observer
            .wait_for_element("one colour", |it| it.props.fill().is_none())
            .await?;
        clear_selection(ben).await?;
        let is_red = |seen: [u8; 4]| seen[3] == 255 && seen[0] > seen[1] && seen[0] > seen[2];
        wait_for_fill(ada, "red", is_red).await?;
        ben.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("green again", |it| it.props.fill() == Some(Color::Green))
            .await?;
        clear_selection(ben).await?;
        wait_for_fill(ada, "green", is_green).await
    });
}

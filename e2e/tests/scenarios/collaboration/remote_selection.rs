//! Selections of other users.

use anyhow::{Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;

use crate::support::pointer::{LEFT_BOX, clear_selection, draw_two_boxes};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// The colour of a person's avatar in the list, as red, green and blue.
async fn avatar_colour(name: &str, seen_by: &Person) -> Result<[u8; 3]> {
    let colour = format!(
        "(() => {{ const face = document.querySelector('.people-face[title={name:?}] .avatar'); \
            return face && getComputedStyle(face).backgroundColor.match(/\\d+/g).map(Number) }})()"
    );
    seen_by.page.wait_for(&colour).await
}

#[test]
fn a_remote_selection_is_outlined_with_the_colour_and_name_of_its_user() {
    two_user_scenario("remote selection", async |ada, ben, _| {
        ada.set_name("Ada").await?;
        draw_two_boxes(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        let face = avatar_colour("Ada", ben).await?;
        // The name is above the box, and the outline around it.
        let name = Rect {
            x: 350.0,
            y: 230.0,
            width: 24.0,
            height: 14.0,
        };
        let edge = Rect::around(At(410.0, 250.0), 6.0);
        ben.page.wait_for_blank(name).await?;
        ada.page.click_at(LEFT_BOX).await?;
        wait_for_selected(ada, 1).await?;
        ben.page.wait_for_ink(name, 20).await?;
        let [red, green, blue, _] = ben.page.board_picture(name).await?.background();
        ensure!(
            [red, green, blue] == face,
            "the name stands on {:?}, the face on {face:?}",
            [red, green, blue]
        );
        let outline = ben.page.board_picture(edge).await?;
        ensure!(outline.has(face), "no outline in the colour of the avatar");
        let there = Rect::around(At(660.0, 250.0), 6.0);
        let other = ben.page.board_picture(there).await?;
        ensure!(!other.has(face), "the other box is outlined too");
        // Ben's own selection stays empty.
        wait_for_selected(ben, 0).await?;
        clear_selection(ada).await?;
        ben.page.wait_for_blank(name).await
    });
}

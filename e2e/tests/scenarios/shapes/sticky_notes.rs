//! Sticky notes show their colour and their author.

use anyhow::{Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::{Body, Color};

use crate::support::pointer::clear_selection;
use crate::support::typing::write_note_as;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_painted};

#[test]
fn a_sticky_note_names_its_author() {
    two_user_scenario("sticky", async |ada, ben, observer| {
        write_note_as(ada, "Ada L", "buy milk").await?;
        observer
            .wait_for_element("a note signed by Ada", |it| {
                it.body
                    == Body::Sticky {
                        signed: "Ada L".to_owned(),
                    }
                    && it.text.plain() == "buy milk"
            })
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}

/// The background colour of the note in a rectangle, as red, green, blue and alpha.
async fn background_of(person: &Person, rect: Rect) -> Result<[u8; 4]> {
    Ok(person.page.board_picture(rect).await?.background())
}

#[test]
fn another_user_sees_the_colour_and_author_of_a_note() {
    two_user_scenario("note colours", async |ada, ben, observer| {
        write_note_as(ada, "Ada Lovelace", "milk").await?;
        let note = observer
            .wait_for_element("a note", |it| it.text.plain() == "milk")
            .await?;
        both_have_elements(ada, ben, 1).await?;
        let (at, [width, height]) = (note.props.at, note.props.size().map(f64::from));
        // Strips of the note: at the bottom, with the author's name, and one above it.
        let strip = |from_below: f64| Rect {
            x: at.x + 8.0,
            y: at.y + height - from_below,
            width: width - 16.0,
            height: 18.0,
        };
        let (foot, above) = (strip(20.0), strip(60.0));
        clear_selection(ada).await?;
        ben.page.wait_for_ink(foot, 20).await?;
        ensure!(
            ben.page.ink(above).await? == 0,
            "ink where nothing is written"
        );
        let yellow = background_of(ben, above).await?;
        ensure!(yellow[3] == 255, "the note is transparent");
        ada.page.click_at(At(at.x + 20.0, at.y + 60.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Blue").await?;
        observer
            .wait_for_element("a blue note", |it| it.props.color == Color::Blue)
            .await?;
        clear_selection(ada).await?;
        wait_until_painted(ben).await?;
        let blue = background_of(ben, above).await?;
        ensure!(
            blue[2] > blue[0] && i32::from(blue[0]) < i32::from(yellow[0]) - 20,
            "the paper was {yellow:?} and is {blue:?}"
        );
        ben.page.wait_for_ink(foot, 20).await.map(drop)
    });
}

//! A frame of one person in the hands of the other.

use anyhow::Result;
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::{Body, Element};

use crate::pair::{
    around, both_see, drags, ends_typing, lets_go, makes, makes_box, opens_twice, witnessed,
};

/// Above the frame, beyond a short name.
const LONG_NAME: Rect = Rect {
    x: 460.0,
    y: 214.0,
    width: 56.0,
    height: 22.0,
};

/// Whether the edge of the box in the frame, and the one beyond it, show.
async fn sees_edges(person: &Person, inside: u64, beyond: u64) -> Result<()> {
    for (at, ink) in [(At(420.0, 310.0), inside), (At(560.0, 310.0), beyond)] {
        if ink == 0 {
            person.page.wait_for_blank(around(at)).await?;
        } else {
            person.page.wait_for_ink(around(at), ink).await?;
        }
    }
    Ok(())
}

#[test]
fn somebody_else_puts_things_into_a_frame_names_it_and_takes_them_out() {
    witnessed("frame of another", async |ada, ben, witness| {
        makes(ada, "f", At(380.0, 240.0), At(520.0, 420.0)).await?;
        makes_box(ada, At(620.0, 280.0), At(760.0, 340.0)).await?;
        both_see(ada, ben, 2).await?;
        let is_frame = |it: &Element| it.body == Body::Frame;
        let frame = witness.finds("a frame", is_frame).await?.id;
        let inside = |it: &Element| it.props.frame() == Some(frame);
        let outside = |x: f64| {
            move |it: &Element| {
                let is_box = matches!(it.body, Body::Shape(_)) && it.props.frame().is_none();
                is_box && (it.props.at.x - x).abs() < 1.0
            }
        };
        lets_go(ben).await?;
        drags(ben, At(620.0, 300.0), At(420.0, 300.0)).await?;
        witness.finds("the box in the frame", inside).await?;
        // Outlines are ink too: nothing is selected while Ada looks.
        lets_go(ben).await?;
        sees_edges(ada, 8, 0).await?;
        ada.page.wait_for_blank(LONG_NAME).await?;
        opens_twice(ben, At(400.0, 226.0)).await?;
        ben.page.type_text("The plan for the week").await?;
        ends_typing(ben).await?;
        let is_called = |name: &'static str| move |it: &Element| it.props.name() == name;
        witness
            .finds("a name", is_called("The plan for the week"))
            .await?;
        lets_go(ben).await?;
        ada.page.wait_for_ink(LONG_NAME, 20).await?;
        drags(ben, At(420.0, 300.0), At(640.0, 500.0)).await?;
        witness.finds("the box out of it", outside(640.0)).await?;
        lets_go(ben).await?;
        sees_edges(ada, 0, 0).await?;
        ada.page.wait_for_ink(around(At(780.0, 510.0)), 8).await?;
        // Back again, step by step.
        ben.page.press("Ctrl+z").await?;
        witness.finds("the box in it again", inside).await?;
        lets_go(ben).await?;
        sees_edges(ada, 8, 0).await?;
        ben.page.press("Ctrl+z").await?;
        witness.finds("its own name", is_called("Frame 1")).await?;
        ben.page.press("Ctrl+z").await?;
        witness.finds("as it was", outside(620.0)).await?;
        lets_go(ben).await?;
        ada.page.wait_for_blank(LONG_NAME).await?;
        sees_edges(ada, 0, 0).await?;
        both_see(ada, ben, 2).await
    });
}

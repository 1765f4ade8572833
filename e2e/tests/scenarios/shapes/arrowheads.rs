//! Arrowheads at both ends of a line.

use anyhow::{Context as _, Result};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::Arrowhead;

use crate::observer::Observer;
use crate::support::pointer::{clear_selection, draw_with_key};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// Rectangles beside the ends of a line from (400, 300) to (700, 300), without the line itself.
const BESIDE_START: Rect = Rect {
    x: 392.0,
    y: 288.0,
    width: 24.0,
    height: 8.0,
};

const BESIDE_END: Rect = Rect {
    x: 676.0,
    ..BESIDE_START
};

/// Choices in order, and the arrowheads after each.
const CHOICES: [(&str, [Arrowhead; 2]); 9] = [
    ("End: triangle", [Arrowhead::None, Arrowhead::Triangle]),
    ("Start: dot", [Arrowhead::Dot, Arrowhead::Triangle]),
    ("End: bar", [Arrowhead::Dot, Arrowhead::Bar]),
    ("Start: triangle", [Arrowhead::Triangle, Arrowhead::Bar]),
    ("End: dot", [Arrowhead::Triangle, Arrowhead::Dot]),
    ("Start: bar", [Arrowhead::Bar, Arrowhead::Dot]),
    ("End: none", [Arrowhead::Bar, Arrowhead::None]),
    ("Start: arrow", [Arrowhead::Arrow, Arrowhead::None]),
    ("End: arrow", [Arrowhead::Arrow, Arrowhead::Arrow]),
];

async fn wait_for_heads(observer: &Observer, what: &str, heads: [Arrowhead; 2]) -> Result<()> {
    observer
        .wait_for_element(what, |it| it.props.heads() == heads)
        .await
        .map(drop)
}

/// Waits until there is ink beside each end that has a head, and none beside the others.
async fn wait_for_visible_heads(person: &Person, heads: [Arrowhead; 2]) -> Result<()> {
    for (head, beside) in heads.into_iter().zip([BESIDE_START, BESIDE_END]) {
        if head == Arrowhead::None {
            person.page.wait_for_blank(beside).await?;
        } else {
            person.page.wait_for_ink(beside, 4).await?;
        }
    }
    Ok(())
}

#[test]
fn each_end_of_a_line_takes_every_arrowhead() {
    two_user_scenario("arrowheads", async |ada, ben, observer| {
        draw_with_key(ada, "l", At(400.0, 300.0), At(700.0, 300.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_visible_heads(ben, [Arrowhead::None; 2]).await?;
        for (name, heads) in CHOICES {
            ada.page.click_at(At(475.0, 300.0)).await?;
            wait_for_selected(ada, 1).await?;
            ada.choose_style(name).await?;
            wait_for_heads(observer, name, heads).await?;
            // Handles and outlines count as ink, so nothing may be selected.
            clear_selection(ada).await?;
            wait_for_visible_heads(ben, heads).await.context(name)?;
        }
        let before = CHOICES.iter().rev().skip(1).map(|(_, heads)| *heads);
        for heads in before.chain([[Arrowhead::None; 2]]) {
            ada.page.press("Ctrl+z").await?;
            wait_for_heads(observer, "one choice less", heads).await?;
        }
        clear_selection(ada).await?;
        wait_for_visible_heads(ben, [Arrowhead::None; 2]).await
    });
}

//! Labels fit into shapes, on two pages.

use anyhow::{Context as _, Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::layout::{bounds, box_size};
use shared::model::text_layout::text_layout;
use shared::model::{Board, Element};

use crate::support::pointer::{clear_selection, drag};
use crate::support::typing::{end_typing, wait_until_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// Keys of shape tools, the upper left corner and size of the shape, and its label.
const SHAPES: [(&str, At, [f64; 2], &str); 3] = [
    ("3", At(340.0, 200.0), [160.0, 100.0], "Approved?"),
    ("o", At(620.0, 210.0), [140.0, 80.0], "Customer"),
    ("r", At(450.0, 420.0), [100.0, 60.0], "Authentication"),
];

/// Draws a shape, writes on it, and clears the selection.
async fn draw_labelled(
    person: &Person,
    (key, at, size, label): (&str, At, [f64; 2], &str),
) -> Result<()> {
    let before = person.elements().await?;
    person.page.press(key).await?;
    drag(person, at, At(at.0 + size[0], at.1 + size[1])).await?;
    person.wait_for_elements(before + 1).await?;
    person.page.press("Enter").await?;
    wait_until_typing(person).await?;
    person.page.type_text(label).await?;
    end_typing(person).await?;
    clear_selection(person).await
}

fn written<'a>(board: &'a Board, label: &str) -> Option<&'a Element> {
    let mut all = board.in_order();
    all.find(|it| it.text.plain() == label).map(AsRef::as_ref)
}

#[test]
fn labels_fit_their_shapes_on_both_pages() {
    two_user_scenario("labels fit", async |ada, ben, observer| {
        for shape in SHAPES {
            draw_labelled(ada, shape).await?;
        }
        both_have_elements(ada, ben, 3).await?;
        for (_, at, size, label) in SHAPES {
            let there = |board: &Board| written(board, label).map(drop);
            observer.wait_for(label, there).await?;
            let board = observer.board();
            let element = written(&board, label).context("no label")?;
            let lines = text_layout(element).context("no text")?.layout.lines.len();
            ensure!(lines == 1, "{label} has {lines} lines");
            let shown = box_size(element);
            let [width, height] = [shown.width / size[0], shown.height / size[1]];
            ensure!(
                (1.0..2.2).contains(&width),
                "{label} is {width} times as wide"
            );
            ensure!(
                (1.0..1.3).contains(&height),
                "{label} is {height} times as high"
            );
            // Letters stand in the middle, and nothing is painted outside of the bounds.
            let middle = At(at.0 + size[0] / 2.0, at.1 + size[1] / 2.0);
            ben.page
                .wait_for_ink(Rect::around(middle, 14.0), 20)
                .await?;
            let around = bounds(&board, element);
            let beside = |x| Rect {
                x,
                y: middle.1 - 8.0,
                width: 12.0,
                height: 16.0,
            };
            for x in [around.x0 - 16.0, around.x1 + 4.0] {
                ben.page.wait_for_blank(beside(x)).await?;
            }
        }
        let all = Rect {
            x: 300.0,
            y: 150.0,
            width: 520.0,
            height: 380.0,
        };
        ben.wait_for_same_picture_as(ada, all).await
    });
}

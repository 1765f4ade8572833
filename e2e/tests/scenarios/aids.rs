//! What helps a hand at making and choosing: snapping, the grid, the lasso, the lock
//! of tools, frames, double presses.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::{Person, line};
use shared::model::{Body, Element, Marks};

use crate::pair::{
    LEFT, around, both_see, drags, ends_typing, has_selected, is_typing, lets_go, makes, makes_box,
    opens_twice, runs, two_boxes, witnessed,
};
use crate::witness::Witness;

/// The upper edges of both boxes on the screen.
async fn edges(witness: &Witness, what: &str, is: impl Fn(f64, f64) -> bool) -> Result<()> {
    witness
        .sees(what, |board| {
            let mut all: Vec<_> = board.elements().map(|it| it.props.at).collect();
            all.sort_by(|a, b| a.x.total_cmp(&b.x));
            let [left, right] = all[..] else { return None };
            is(left.y, right.y).then_some(())
        })
        .await
}

#[test]
fn what_is_moved_keeps_to_what_is_near_unless_one_does_not_like_it() {
    witnessed("snapping", async |ada, ben, witness| {
        two_boxes(ada).await?;
        both_see(ada, ben, 2).await?;
        let (below, short) = (At(LEFT.0, LEFT.1 + 137.0), At(LEFT.0, LEFT.1 + 4.0));
        drags(ada, LEFT, below).await?;
        edges(witness, "apart", |left, right| left - right > 100.0).await?;
        // Back, but four pixels short of the other's height: it gives way.
        drags(ada, below, short).await?;
        edges(witness, "in line", |left, right| {
            (left - right).abs() < 0.01
        })
        .await?;
        ada.page.press("Ctrl+z").await?;
        edges(witness, "apart", |left, right| left - right > 100.0).await?;
        lets_go(ada).await?;
        runs(ada, "Snap to what is near").await?;
        drags(ada, below, short).await?;
        edges(witness, "where the hand left it", |left, right| {
            (left - right - 4.0).abs() < 0.01
        })
        .await
    });
}

#[test]
fn on_the_grid_everything_is_made_and_moved_by_its_lines() {
    witnessed("grid", async |ada, ben, witness| {
        ada.page.press("Ctrl+'").await?;
        ada.page
            .wait_for::<bool>("document.querySelector('main').hasAttribute('data-grid')")
            .await?;
        let on_grid = |it: &Element| {
            let size = it.props.size().map(f64::from);
            [it.props.at.x, it.props.at.y, size[0], size[1]]
                .iter()
                .all(|value| (value / 20.0 - (value / 20.0).round()).abs() < 1e-3)
        };
        makes_box(ada, At(403.0, 257.0), At(497.0, 344.0)).await?;
        let made = witness.finds("a box on the grid", on_grid).await?;
        drags(ada, At(400.0, 300.0), At(513.0, 351.0)).await?;
        witness
            .finds("it moved, on the grid", |it| {
                on_grid(it) && it.props.at != made.props.at
            })
            .await?;
        // It is hers alone.
        let his: bool = ben
            .page
            .eval("document.querySelector('main').hasAttribute('data-grid')")
            .await?;
        ensure!(!his, "the grid shows at the other's");
        Ok(())
    });
}

#[test]
fn a_loop_selects_what_it_holds() {
    witnessed("lasso", async |ada, ben, _| {
        two_boxes(ada).await?;
        makes_box(ada, At(480.0, 420.0), At(560.0, 470.0)).await?;
        both_see(ada, ben, 3).await?;
        ada.page.press("Shift+L").await?;
        // Around the left and the lower one, past the right one.
        let corners = [
            At(320.0, 230.0),
            At(500.0, 230.0),
            At(500.0, 380.0),
            At(590.0, 400.0),
            At(590.0, 500.0),
            At(320.0, 500.0),
            At(320.0, 235.0),
        ];
        let path: Vec<At> = corners
            .windows(2)
            .flat_map(|side| line(side[0], side[1], 8))
            .collect();
        ada.draw(&path).await?;
        has_selected(ada, 2).await?;
        ada.page.press("Delete").await?;
        both_see(ada, ben, 1).await?;
        ben.page
            .wait_for_ink(around(At(600.0, 290.0)), 8)
            .await
            .map(drop)
    });
}

#[test]
fn a_locked_tool_stays_in_the_hand() {
    witnessed("tool lock", async |ada, ben, _| {
        ada.page.press("r").await?;
        drags(ada, At(350.0, 250.0), At(430.0, 300.0)).await?;
        both_see(ada, ben, 1).await?;
        ada.holds("Select").await?;
        lets_go(ada).await?;
        ada.page.press("q").await?;
        ada.page.press("r").await?;
        for x in [500.0, 620.0] {
            drags(ada, At(x, 250.0), At(x + 80.0, 300.0)).await?;
            ada.holds("Rectangle").await?;
        }
        both_see(ada, ben, 3).await?;
        ada.page.press("q").await?;
        drags(ada, At(500.0, 400.0), At(580.0, 450.0)).await?;
        ada.holds("Select").await
    });
}

#[test]
fn a_frame_clips_what_is_in_it_and_shows_its_name() {
    witnessed("frame clips", async |ada, ben, witness| {
        makes(ada, "f", At(380.0, 240.0), At(520.0, 420.0)).await?;
        let frame = witness
            .finds("a frame with a name", |it| {
                it.body == Body::Frame && it.props.name() == "Frame 1"
            })
            .await?;
        // What is made with its middle in the frame is in it, and ends at its edge.
        makes_box(ada, At(420.0, 280.0), At(560.0, 340.0)).await?;
        both_see(ada, ben, 2).await?;
        let inside = |it: &Element| it.props.frame() == Some(frame.id);
        witness.finds("the box in the frame", inside).await?;
        ben.page.wait_for_ink(around(At(420.0, 310.0)), 4).await?;
        let beyond = around(At(560.0, 310.0));
        ben.page.wait_for_blank(beyond).await?;
        // The name stands above it.
        let name = e2e::page::Rect {
            x: 378.0,
            y: 214.0,
            width: 80.0,
            height: 22.0,
        };
        ben.page.wait_for_ink(name, 20).await?;
        // Dragged out it is whole, and back in it is cut again.
        drags(ada, At(420.0, 300.0), At(640.0, 500.0)).await?;
        witness
            .finds("the box out of the frame", |it| {
                it.props.frame().is_none() && it.props.at.x > 600.0
            })
            .await?;
        ben.page.wait_for_ink(around(At(780.0, 510.0)), 4).await?;
        ada.page.press("Ctrl+z").await?;
        witness.finds("the box in the frame again", inside).await?;
        lets_go(ada).await?;
        ben.page.wait_for_blank(beyond).await
    });
}

#[test]
fn two_presses_write_in_a_shape_or_beside_it() {
    witnessed("double press", async |ada, ben, witness| {
        makes_box(ada, At(400.0, 250.0), At(600.0, 350.0)).await?;
        opens_twice(ada, At(500.0, 300.0)).await?;
        ada.page.type_text("inside").await?;
        ends_typing(ada).await?;
        witness
            .finds("a box with words", |it| {
                matches!(it.body, Body::Shape(_)) && it.text.plain() == "inside"
            })
            .await?;
        lets_go(ada).await?;
        ben.page.wait_for_ink(around(At(500.0, 300.0)), 10).await?;
        opens_twice(ada, At(450.0, 450.0)).await?;
        ada.page.type_text("beside").await?;
        ends_typing(ada).await?;
        witness
            .finds("a text", |it| {
                it.body == Body::Text && it.text.plain() == "beside"
            })
            .await?;
        both_see(ada, ben, 2).await
    });
}

#[test]
fn a_frame_is_renamed_by_two_presses_on_its_name_or_by_enter() {
    witnessed("rename a frame", async |ada, ben, witness| {
        makes(ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        let is_called = |name: &'static str| move |it: &Element| it.props.name() == name;
        witness.finds("a frame", is_called("Frame 1")).await?;
        lets_go(ada).await?;
        opens_twice(ada, At(400.0, 226.0)).await?;
        ada.page.type_text("Plan").await?;
        ends_typing(ada).await?;
        witness.finds("its new name", is_called("Plan")).await?;
        ada.page.press("Ctrl+z").await?;
        witness.finds("its old name", is_called("Frame 1")).await?;
        ada.page.press("Enter").await?;
        is_typing(ada).await?;
        ada.page.type_text("Sketches").await?;
        ada.page.press("Enter").await?;
        witness.finds("another name", is_called("Sketches")).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 0")
            .await?;
        both_see(ada, ben, 1).await
    });
}

/// Takes a name and writes a note.
pub(crate) async fn signs_a_note(person: &Person, name: &str, words: &str) -> Result<()> {
    person.call_oneself(name).await?;
    person.page.press("n").await?;
    person.page.click_at(At(500.0, 300.0)).await?;
    is_typing(person).await?;
    person.page.type_text(words).await?;
    ends_typing(person).await
}

#[test]
fn a_sticky_note_says_who_wrote_it() {
    witnessed("sticky", async |ada, ben, witness| {
        signs_a_note(ada, "Ada L", "buy milk").await?;
        witness
            .finds("a note signed by Ada", |it| {
                it.body
                    == Body::Sticky {
                        signed: "Ada L".to_owned(),
                    }
                    && it.text.plain() == "buy milk"
            })
            .await?;
        both_see(ada, ben, 1).await
    });
}

#[test]
fn words_become_bold_and_slanted_without_being_opened() {
    witnessed("marks", async |ada, ben, witness| {
        makes_box(ada, At(400.0, 250.0), At(600.0, 350.0)).await?;
        opens_twice(ada, At(500.0, 300.0)).await?;
        ada.page.type_text("loud").await?;
        ends_typing(ada).await?;
        has_selected(ada, 1).await?;
        for (key, marks) in [
            ("Ctrl+b", Marks::BOLD),
            ("Ctrl+i", Marks::BOLD.set(Marks::ITALIC, true)),
        ] {
            ada.page.press(key).await?;
            witness
                .finds(key, |it| {
                    let mut stretches = it.text.stretches();
                    stretches.all(|stretch| stretch.marks == marks)
                })
                .await?;
        }
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("plain again", |it| {
                it.text.plain() == "loud" && it.text.stretches().all(|it| it.marks == Marks::NONE)
            })
            .await?;
        both_see(ada, ben, 1).await
    });
}

//! Shapes, lines that follow them, frames: made, moved and taken back before two people.

use e2e::input::Pointer;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::line;
use e2e::stage::scene;
use shared::model::{Body, Element, Head, Outline};

use crate::pair::{
    around, begins_path, both_see, drags, ends_typing, is_typing, lets_go, two_on_one_server,
    witnessed,
};
use crate::places::BOARD;

/// A tool by its key and name, and what it makes.
type Kind = (&'static str, &'static str, fn(&Element) -> bool);

const KINDS: [Kind; 7] = [
    ("2", "Rectangle", |it| {
        it.body == Body::Shape(Outline::Rectangle)
    }),
    ("4", "Ellipse", |it| {
        it.body == Body::Shape(Outline::Ellipse)
    }),
    ("3", "Diamond", |it| {
        it.body == Body::Shape(Outline::Diamond)
    }),
    ("6", "Line", |it| {
        it.body == Body::Line && it.props.heads() == [Head::None; 2]
    }),
    ("5", "Arrow", |it| {
        it.body == Body::Line && it.props.heads() == [Head::None, Head::Arrow]
    }),
    ("n", "Sticky note", |it| {
        matches!(it.body, Body::Sticky { .. })
    }),
    ("f", "Frame", |it| it.body == Body::Frame),
];

#[test]
fn every_shape_is_drawn_live_and_taken_back() {
    witnessed("every shape", async |ada, ben, witness| {
        for (key, tool, is) in KINDS {
            ada.page.press(key).await?;
            ada.holds(tool).await?;
            let path = line(At(400.0, 260.0), At(620.0, 420.0), 8);
            begins_path(ada, &path).await?;
            // Ben sees it before it is finished.
            ben.page.wait_for_ink(BOARD, 100).await?;
            ada.page.up(Pointer::default(), path[8]).await?;
            both_see(ada, ben, 1).await?;
            witness.finds(tool, is).await?;
            ada.page.press("Escape").await?;
            ada.page.press("Ctrl+z").await?;
            both_see(ada, ben, 0).await?;
            ben.page.wait_for_blank(BOARD).await?;
        }
        Ok(())
    });
}

#[test]
fn a_text_is_made_by_its_key_and_taken_back() {
    witnessed("text by its key", async |ada, ben, witness| {
        ada.page.press("t").await?;
        ada.holds("Text").await?;
        ada.page.click_at(At(400.0, 300.0)).await?;
        is_typing(ada).await?;
        ada.page.type_text("words").await?;
        ends_typing(ada).await?;
        witness
            .finds("a text", |it| {
                it.body == Body::Text && it.text.plain() == "words"
            })
            .await?;
        lets_go(ada).await?;
        both_see(ada, ben, 1).await?;
        ben.page.wait_for_ink(BOARD, 40).await?;
        ada.page.press("Ctrl+z").await?;
        both_see(ada, ben, 0).await?;
        ben.page.wait_for_blank(BOARD).await
    });
}

#[test]
fn an_arrow_follows_the_shape_that_somebody_else_moves() {
    scene("arrow follows", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        for (from, to) in [
            (At(320.0, 200.0), At(420.0, 280.0)),
            (At(800.0, 200.0), At(900.0, 280.0)),
        ] {
            ada.page.press("r").await?;
            ada.holds("Rectangle").await?;
            drags(&ada, from, to).await?;
        }
        ada.page.press("a").await?;
        ada.holds("Arrow").await?;
        drags(&ada, At(415.0, 240.0), At(805.0, 240.0)).await?;
        both_see(&ada, &ben, 3).await?;
        let middle = around(At(610.0, 240.0));
        ben.page.wait_for_ink(middle, 10).await?;

        // Ben takes the right one by its edge and moves it down; the arrow goes along.
        ben.take("Select").await?;
        drags(&ben, At(900.0, 260.0), At(900.0, 460.0)).await?;
        ada.page.wait_for_blank(middle).await?;
        ada.page.wait_for_ink(around(At(850.0, 400.0)), 10).await?;
        // And back, by Ben's undo alone.
        ben.page.press("Escape").await?;
        ben.page.press("Ctrl+z").await?;
        ada.page.wait_for_ink(middle, 10).await.map(drop)
    });
}

#[test]
fn shift_makes_a_square_and_alt_draws_from_the_middle() {
    scene("shape modifiers", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.take("Rectangle").await?;
        let square = Pointer {
            held: Modifiers::SHIFT,
            ..Pointer::default()
        };
        ada.page
            .stroke(square, &line(At(400.0, 250.0), At(600.0, 300.0), 8))
            .await?;
        both_see(&ada, &ben, 1).await?;
        // Its lower right corner is as far down as it is to the right.
        ben.page.wait_for_ink(around(At(600.0, 450.0)), 4).await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        both_see(&ada, &ben, 0).await?;

        ada.take("Ellipse").await?;
        let from_middle = Pointer {
            held: Modifiers::ALT,
            ..Pointer::default()
        };
        ada.page
            .stroke(from_middle, &line(At(600.0, 350.0), At(700.0, 400.0), 8))
            .await?;
        both_see(&ada, &ben, 1).await?;
        ben.page
            .wait_for_ink(around(At(500.0, 350.0)), 4)
            .await
            .map(drop)
    });
}

#[test]
fn a_frame_takes_along_what_is_in_it() {
    scene("frames", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.page.press("r").await?;
        drags(&ada, At(420.0, 280.0), At(500.0, 340.0)).await?;
        ada.page.press("f").await?;
        ada.holds("Frame").await?;
        drags(&ada, At(380.0, 240.0), At(560.0, 400.0)).await?;
        both_see(&ada, &ben, 2).await?;
        let corner = around(At(500.0, 310.0));
        ben.page.wait_for_ink(corner, 4).await?;
        ada.page.press("Escape").await?;
        ada.take("Select").await?;
        drags(&ada, At(380.0, 320.0), At(630.0, 320.0)).await?;
        ben.page.wait_for_blank(corner).await?;
        ben.page
            .wait_for_ink(around(At(750.0, 310.0)), 4)
            .await
            .map(drop)
    });
}

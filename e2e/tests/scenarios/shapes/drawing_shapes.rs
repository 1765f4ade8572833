//! Drawing shapes, live and with modifier keys.

use e2e::input::Pointer;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::line;
use e2e::test_env::scenario;
use shared::model::{Arrowhead, Body, Element, Outline};

use crate::support::places::BOARD;
use crate::support::pointer::{square_around, start_path};
use crate::support::users::{two_user_scenario, two_users};
use crate::support::wait::both_have_elements;

/// The shortcut and the name of a tool, and whether an element is of its kind.
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
        it.body == Body::Line && it.props.heads() == [Arrowhead::None; 2]
    }),
    ("5", "Arrow", |it| {
        it.body == Body::Line && it.props.heads() == [Arrowhead::None, Arrowhead::Arrow]
    }),
    ("n", "Sticky note", |it| {
        matches!(it.body, Body::Sticky { .. })
    }),
    ("f", "Frame", |it| it.body == Body::Frame),
];

#[test]
fn every_shape_is_drawn_live_and_undone() {
    two_user_scenario("every shape", async |ada, ben, observer| {
        for (key, tool, is) in KINDS {
            ada.page.press(key).await?;
            ada.wait_for_tool(tool).await?;
            let path = line(At(400.0, 260.0), At(620.0, 420.0), 8);
            start_path(ada, &path).await?;
            // Ben sees it before it is finished.
            ben.page.wait_for_ink(BOARD, 100).await?;
            ada.page.up(Pointer::default(), path[8]).await?;
            both_have_elements(ada, ben, 1).await?;
            observer.wait_for_element(tool, is).await?;
            ada.page.press("Escape").await?;
            ada.page.press("Ctrl+z").await?;
            both_have_elements(ada, ben, 0).await?;
            ben.page.wait_for_blank(BOARD).await?;
        }
        Ok(())
    });
}

#[test]
fn shift_draws_a_square_and_alt_draws_from_the_centre() {
    scenario("shape modifiers", async |env| {
        let (ada, ben) = two_users(env).await?;
        ada.pick_tool("Rectangle").await?;
        let square = Pointer {
            held: Modifiers::SHIFT,
            ..Pointer::default()
        };
        ada.page
            .stroke(square, &line(At(400.0, 250.0), At(600.0, 300.0), 8))
            .await?;
        both_have_elements(&ada, &ben, 1).await?;
        // The lower right corner of the square.
        ben.page
            .wait_for_ink(square_around(At(600.0, 450.0)), 4)
            .await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 0).await?;

        ada.pick_tool("Ellipse").await?;
        let from_middle = Pointer {
            held: Modifiers::ALT,
            ..Pointer::default()
        };
        ada.page
            .stroke(from_middle, &line(At(600.0, 350.0), At(700.0, 400.0), 8))
            .await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page
            .wait_for_ink(square_around(At(500.0, 350.0)), 4)
            .await
            .map(drop)
    });
}

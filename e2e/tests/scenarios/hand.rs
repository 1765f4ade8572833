//! What hands do beside drawing: rub out parts, hold still, point with light.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::places::BOARD;

async fn two_on_one_server(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.links.edit.at(&url)).await?;
    Ok((ada, ben))
}

#[test]
fn a_laser_is_seen_by_others_and_fades() {
    scene("laser", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.page.press("k").await?;
        ada.holds("Laser").await?;
        let path = line(At(400.0, 300.0), At(700.0, 340.0), 30);
        let mouse = Pointer::default();
        ada.page.down(mouse, path[0]).await?;
        for at in &path[1..] {
            ada.page.drag(mouse, *at).await?;
        }
        ben.page.wait_for_ink(BOARD, 50).await?;
        ada.page.up(mouse, path[30]).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_blank(BOARD).await?;
            person.sees_elements(0).await?;
        }
        Ok(())
    });
}

#[test]
fn a_line_held_still_becomes_a_shape_and_one_undo_takes_it_away() {
    scene("hold", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.take("Pen").await?;
        let corners = [
            At(400.0, 240.0),
            At(640.0, 244.0),
            At(636.0, 400.0),
            At(402.0, 396.0),
            At(399.0, 245.0),
        ];
        let path: Vec<At> = corners
            .windows(2)
            .flat_map(|side| line(side[0], side[1], 20))
            .collect();
        let mouse = Pointer::default();
        ada.page.down(mouse, path[0]).await?;
        for at in &path[1..] {
            ada.page.drag(mouse, *at).await?;
        }
        // The style panel knows shapes by their fill: what is made is no ink any more.
        tokio::time::sleep(std::time::Duration::from_millis(900)).await;
        ada.page.up(mouse, path[path.len() - 1]).await?;
        for person in [&ada, &ben] {
            person.sees_elements(1).await?;
        }
        ada.take("Select").await?;
        ada.page.click_at(At(400.0, 320.0)).await?;
        ada.page.find("radio", "Solid fill").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        ben.sees_elements(0).await
    });
}

/// What is left of a line from (300, 300) to (800, 300) around `x`.
fn around(x: f64) -> Rect {
    Rect::around(At(x, 300.0), 20.0)
}

async fn rubs_out(person: &Person, x: f64) -> Result<()> {
    person.draw(&line(At(x, 270.0), At(x, 330.0), 8)).await
}

#[test]
fn two_people_rub_out_parts_of_one_line_and_each_takes_back_their_own() {
    scene("parts", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.take("Pen").await?;
        ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
            .await?;
        for person in [&ada, &ben] {
            person.sees_elements(1).await?;
            person.take("Eraser").await?;
            person.page.click("radio", "Parts of strokes").await?;
        }
        rubs_out(&ada, 420.0).await?;
        rubs_out(&ben, 640.0).await?;
        for person in [&ada, &ben] {
            person
                .page
                .wait_for_blank(Rect::around(At(420.0, 300.0), 4.0))
                .await?;
            person
                .page
                .wait_for_blank(Rect::around(At(640.0, 300.0), 4.0))
                .await?;
            person.page.wait_for_ink(around(540.0), 20).await?;
            person.sees_elements(1).await?;
        }
        ada.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person
                .page
                .wait_for_ink(Rect::around(At(420.0, 300.0), 8.0), 8)
                .await?;
            person
                .page
                .wait_for_blank(Rect::around(At(640.0, 300.0), 4.0))
                .await?;
        }
        Ok(())
    });
}

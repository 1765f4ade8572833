//! Users on different servers see each other draw.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::support::places::{BOARD, cell, cell_corner};

/// Two people on two servers joined by Redis, on one new board.
async fn two_people(stage: &mut Stage) -> Result<(Person, Person, String)> {
    let [first, second] = stage.two_servers().await?;
    let board = stage.board(&first).await?;
    let ada = stage.guest("ada", &board.owner.at(&first)).await?;
    let ben = stage.guest("ben", &board.edit.at(&second)).await?;
    Ok((ada, ben, board.edit.at(&first)))
}

#[test]
fn a_stroke_shows_on_another_server_before_the_pen_is_lifted() {
    scene("ink before pen-up", async |stage| {
        let (ada, ben, _) = two_people(stage).await?;
        ada.take("Pen").await?;
        ben.page.wait_for_blank(BOARD).await?;

        let path = line(At(300.0, 250.0), At(700.0, 400.0), 24);
        let mouse = Pointer::default();
        ada.page.down(mouse, path[0]).await?;
        for point in &path[1..12] {
            ada.page.drag(mouse, *point).await?;
        }
        // The button is still down: this can only be the live lane.
        ben.page.wait_for_ink(BOARD, 100).await?;
        for point in &path[12..] {
            ada.page.drag(mouse, *point).await?;
        }
        ada.page.up(mouse, path[24]).await?;

        for person in [&ada, &ben] {
            person.sees_elements(1).await?;
            person.saved().await?;
        }
        ben.sees_the_same_as(&ada, BOARD).await
    });
}

#[test]
fn a_late_joiner_and_a_reload_show_the_same_picture() {
    scene("late and reload", async |stage| {
        let (ada, ben, link) = two_people(stage).await?;
        ada.take("Pen").await?;
        ben.take("Pen").await?;
        for index in 0..5 {
            ada.dash(cell_corner(2 * index)).await?;
            ben.dash(cell_corner(2 * index + 1)).await?;
        }
        for person in [&ada, &ben] {
            person.sees_elements(10).await?;
            person.saved().await?;
        }
        ben.sees_the_same_as(&ada, BOARD).await?;

        let cleo = stage.guest("cleo", &link).await?;
        cleo.sees_elements(10).await?;
        cleo.sees_the_same_as(&ada, BOARD).await?;

        ben.page.reload().await?;
        ben.sees_elements(10).await?;
        ben.saved().await?;
        ben.sees_the_same_as(&ada, BOARD).await
    });
}

#[test]
fn names_and_cursors_show_until_their_user_leaves() {
    scene("names and cursors", async |stage| {
        let (ada, ben, _) = two_people(stage).await?;
        ada.call_oneself("Ada L").await?;
        ben.call_oneself("Ben K").await?;
        ada.page.hover(At(400.0, 300.0)).await?;
        ada.page.hover(At(420.0, 310.0)).await?;

        ben.sees_cursor_of("Ada L").await?;
        ben.sees_people(&["Ada L", "Ben K (you)"]).await?;
        ada.sees_people(&["Ada L (you)", "Ben K"]).await?;

        // The cursor glides to where the other's pointer is.
        ada.page.hover(At(600.0, 420.0)).await?;
        let close = "(() => { const box = document.querySelector('.cursor').getBoundingClientRect(); \
            return Math.hypot(box.x - 600, box.y - 420) < 12 })()";
        ben.page.wait_for::<bool>(close).await?;

        ada.page.close().await?;
        ben.page
            .wait_for::<bool>("document.querySelectorAll('.cursor').length === 0")
            .await?;
        ben.sees_people(&["Ben K (you)"]).await
    });
}

#[test]
fn concurrent_strokes_are_all_kept() {
    scene("at the same time", async |stage| {
        let (ada, ben, _) = two_people(stage).await?;
        ada.take("Pen").await?;
        ben.take("Pen").await?;
        let hand = async |person: &Person, indices: std::ops::Range<u32>| -> Result<()> {
            for index in indices {
                person.dash(cell_corner(index)).await?;
            }
            Ok(())
        };
        let (one, two) = futures::join!(hand(&ada, 0..14), hand(&ben, 14..28));
        one.and(two)?;
        for person in [&ada, &ben] {
            person.sees_elements(28).await?;
            person.saved().await?;
        }
        ben.sees_the_same_as(&ada, BOARD).await?;
        for index in 0..28 {
            ensure!(
                ben.page.ink(cell(index)).await? > 20,
                "stroke {index} is not to be seen"
            );
        }
        Ok(())
    });
}

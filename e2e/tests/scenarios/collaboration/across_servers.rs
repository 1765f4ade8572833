//! Users on different servers see each other draw.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::test_env::{TestEnv, scenario};

use crate::support::places::{BOARD, cell, cell_corner};

/// Two people on two servers joined by Redis, on one new board.
async fn two_users_on_two_servers(env: &mut TestEnv) -> Result<(Person, Person, String)> {
    let [first, second] = env.two_servers().await?;
    let board = env.board(&first).await?;
    let ada = env.guest("ada", &board.owner.at(&first)).await?;
    let ben = env.guest("ben", &board.edit.at(&second)).await?;
    Ok((ada, ben, board.edit.at(&first)))
}

#[test]
fn a_stroke_shows_on_another_server_before_the_pen_is_lifted() {
    scenario("ink before pen-up", async |env| {
        let (ada, ben, _) = two_users_on_two_servers(env).await?;
        ada.pick_tool("Pen").await?;
        ben.page.wait_for_blank(BOARD).await?;

        let path = line(At(300.0, 250.0), At(700.0, 400.0), 24);
        let mouse = Pointer::default();
        ada.page.down(mouse, path[0]).await?;
        for point in &path[1..12] {
            ada.page.drag(mouse, *point).await?;
        }
        // The button is still down, so this is a live update.
        ben.page.wait_for_ink(BOARD, 100).await?;
        for point in &path[12..] {
            ada.page.drag(mouse, *point).await?;
        }
        ada.page.up(mouse, path[24]).await?;

        for person in [&ada, &ben] {
            person.wait_for_elements(1).await?;
            person.wait_until_saved().await?;
        }
        ben.wait_for_same_picture_as(&ada, BOARD).await
    });
}

#[test]
fn a_late_joiner_and_a_reload_show_the_same_picture() {
    scenario("late and reload", async |env| {
        let (ada, ben, link) = two_users_on_two_servers(env).await?;
        ada.pick_tool("Pen").await?;
        ben.pick_tool("Pen").await?;
        for index in 0..5 {
            ada.draw_dash(cell_corner(2 * index)).await?;
            ben.draw_dash(cell_corner(2 * index + 1)).await?;
        }
        for person in [&ada, &ben] {
            person.wait_for_elements(10).await?;
            person.wait_until_saved().await?;
        }
        ben.wait_for_same_picture_as(&ada, BOARD).await?;

        let cleo = env.guest("cleo", &link).await?;
        cleo.wait_for_elements(10).await?;
        cleo.wait_for_same_picture_as(&ada, BOARD).await?;

        ben.page.reload().await?;
        ben.wait_for_elements(10).await?;
        ben.wait_until_saved().await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await
    });
}

#[test]
fn names_and_cursors_show_until_their_user_leaves() {
    scenario("names and cursors", async |env| {
        let (ada, ben, _) = two_users_on_two_servers(env).await?;
        ada.set_name("Ada L").await?;
        ben.set_name("Ben K").await?;
        ada.page.hover(At(400.0, 300.0)).await?;
        ada.page.hover(At(420.0, 310.0)).await?;

        ben.wait_for_cursor_of("Ada L").await?;
        ben.wait_for_people(&["Ada L", "Ben K (you)"]).await?;
        ada.wait_for_people(&["Ada L (you)", "Ben K"]).await?;

        // The cursor moves smoothly to the other's pointer.
        ada.page.hover(At(600.0, 420.0)).await?;
        let close = "(() => { const box = document.querySelector('.cursor').getBoundingClientRect(); \
            return Math.hypot(box.x - 600, box.y - 420) < 12 })()";
        ben.page.wait_for::<bool>(close).await?;

        ada.page.close().await?;
        ben.page
            .wait_for::<bool>("document.querySelectorAll('.cursor').length === 0")
            .await?;
        ben.wait_for_people(&["Ben K (you)"]).await
    });
}

#[test]
fn concurrent_strokes_are_all_kept() {
    scenario("concurrent strokes", async |env| {
        let (ada, ben, _) = two_users_on_two_servers(env).await?;
        ada.pick_tool("Pen").await?;
        ben.pick_tool("Pen").await?;
        let hand = async |person: &Person, indices: std::ops::Range<u32>| -> Result<()> {
            for index in indices {
                person.draw_dash(cell_corner(index)).await?;
            }
            Ok(())
        };
        let (one, two) = futures::join!(hand(&ada, 0..14), hand(&ben, 14..28));
        one.and(two)?;
        for person in [&ada, &ben] {
            person.wait_for_elements(28).await?;
            person.wait_until_saved().await?;
        }
        ben.wait_for_same_picture_as(&ada, BOARD).await?;
        for index in 0..28 {
            ensure!(
                ben.page.ink(cell(index)).await? > 20,
                "stroke {index} is not to be seen"
            );
        }
        Ok(())
    });
}

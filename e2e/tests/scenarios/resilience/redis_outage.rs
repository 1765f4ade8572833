//! Redis is down for ten seconds while two users draw.

use std::time::Duration;

use anyhow::ensure;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell, cell_corner};

/// How long Redis is down.
const OUTAGE: Duration = Duration::from_secs(10);

#[test]
fn a_redis_outage_loses_nothing_and_the_status_shows_it() {
    scenario("redis outage", async |env| {
        let [first, second] = env.two_servers().await?;
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&first)).await?;
        let ben = env.guest("ben", &board.edit.at(&second)).await?;
        let viewer = env.guest("viewer", &board.view.at(&second)).await?;
        for person in [&ada, &ben] {
            person.pick_tool("Pen").await?;
        }
        ada.draw_dash(cell_corner(0)).await?;
        ben.draw_dash(cell_corner(1)).await?;
        for person in [&ada, &ben] {
            person.wait_until_saved().await?;
            person.wait_for_elements(2).await?;
        }

        env.redis()?.kill().await?;
        let back = tokio::time::Instant::now() + OUTAGE;
        for index in 0..3 {
            ada.draw_dash(cell_corner(2 + 2 * index)).await?;
            ben.draw_dash(cell_corner(3 + 2 * index)).await?;
        }
        for person in [&ada, &ben] {
            person.wait_for_status("Not saved").await?;
            ensure!(
                person.status().await?.contains('3'),
                "the status: {}",
                person.status().await?
            );
            // One's own strokes stay visible.
            person.page.wait_for_ink(BOARD, 100).await?;
        }
        viewer.wait_for_status("Not saved").await?;
        // The outage has a fixed length; this is not a wait for an event.
        tokio::time::sleep_until(back).await;
        for person in [&ada, &ben] {
            ensure!(
                person.status().await?.starts_with("Not saved"),
                "the status is wrong during the outage"
            );
        }
        env.redis()?.restart().await?;

        for person in [&ada, &ben] {
            person.wait_until_saved().await?;
            person.wait_for_elements(8).await?;
        }
        ada.wait_for_same_picture_as(&ben, BOARD).await?;
        viewer.wait_for_status("Read only").await?;
        for index in 0..8 {
            ensure!(
                ada.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        // Everything works again.
        ada.draw_dash(cell_corner(9)).await?;
        ben.wait_for_elements(9).await?;
        ada.wait_until_saved().await
    });
}

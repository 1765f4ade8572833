//! Redis is down for ten seconds while two users draw.

use std::time::Duration;

use anyhow::ensure;
use e2e::stage::scene;

use crate::support::places::{BOARD, cell, cell_corner};

/// How long Redis stays away.
const OUTAGE: Duration = Duration::from_secs(10);

#[test]
fn a_redis_outage_loses_nothing_and_the_status_shows_it() {
    scene("redis outage", async |stage| {
        let [first, second] = stage.two_servers().await?;
        let board = stage.board(&first).await?;
        let ada = stage.guest("ada", &board.owner.at(&first)).await?;
        let ben = stage.guest("ben", &board.edit.at(&second)).await?;
        for person in [&ada, &ben] {
            person.take("Pen").await?;
        }
        ada.dash(cell_corner(0)).await?;
        ben.dash(cell_corner(1)).await?;
        for person in [&ada, &ben] {
            person.saved().await?;
            person.sees_elements(2).await?;
        }

        stage.redis()?.kill().await?;
        let back = tokio::time::Instant::now() + OUTAGE;
        for index in 0..3 {
            ada.dash(cell_corner(2 + 2 * index)).await?;
            ben.dash(cell_corner(3 + 2 * index)).await?;
        }
        for person in [&ada, &ben] {
            person.pill_says("Not saved").await?;
            ensure!(
                person.pill().await?.contains('3'),
                "the pill: {}",
                person.pill().await?
            );
            // Own ink stays in sight.
            person.page.wait_for_ink(BOARD, 100).await?;
        }
        // The outage is the plot here: this is not a wait for something to happen.
        tokio::time::sleep_until(back).await;
        for person in [&ada, &ben] {
            ensure!(
                person.pill().await?.starts_with("Not saved"),
                "the pill lied"
            );
        }
        stage.redis()?.restart().await?;

        for person in [&ada, &ben] {
            person.saved().await?;
            person.sees_elements(8).await?;
        }
        ada.sees_the_same_as(&ben, BOARD).await?;
        for index in 0..8 {
            ensure!(
                ada.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        // And it goes on as before.
        ada.dash(cell_corner(9)).await?;
        ben.sees_elements(9).await?;
        ada.saved().await
    });
}

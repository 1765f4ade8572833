//! One server on its embedded store is killed.

use anyhow::ensure;
use e2e::stage::scene;

use crate::support::places::{BOARD, cell, cell_corner};

#[test]
fn every_saved_stroke_survives_kill_9() {
    scene("kill -9", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        ada.take("Pen").await?;
        for index in 0..10 {
            ada.dash(cell_corner(index)).await?;
        }
        ada.sees_elements(10).await?;
        ada.saved().await?;

        stage.connections_will_break();
        stage.server(0)?.kill().await?;
        ada.pill_says("Reconnecting").await?;
        // Drawn while nobody is there: sent when somebody is again.
        ada.dash(cell_corner(10)).await?;
        stage.server(0)?.restart().await?;

        // The page finds its way back by itself.
        ada.saved().await?;
        ada.sees_elements(11).await?;
        let ben = stage.guest("ben", &board.view.at(&url)).await?;
        ben.sees_elements(11).await?;
        ben.sees_the_same_as(&ada, BOARD).await?;
        for index in 0..11 {
            ensure!(
                ben.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        Ok(())
    });
}

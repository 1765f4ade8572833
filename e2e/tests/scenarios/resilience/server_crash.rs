//! One server on its embedded store is killed.

use anyhow::ensure;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell, cell_corner};

#[test]
fn every_saved_stroke_survives_kill_9() {
    scenario("kill -9", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        ada.pick_tool("Pen").await?;
        for index in 0..10 {
            ada.draw_dash(cell_corner(index)).await?;
        }
        ada.wait_for_elements(10).await?;
        ada.wait_until_saved().await?;

        env.connections_will_break();
        env.server(0)?.kill().await?;
        ada.wait_for_status("Reconnecting").await?;
        // This stroke is drawn while the server is down and sent after it restarts.
        ada.draw_dash(cell_corner(10)).await?;
        env.server(0)?.restart().await?;

        // The page reconnects by itself.
        ada.wait_until_saved().await?;
        ada.wait_for_elements(11).await?;
        let ben = env.guest("ben", &board.view.at(&url)).await?;
        ben.wait_for_elements(11).await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await?;
        for index in 0..11 {
            ensure!(
                ben.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        Ok(())
    });
}

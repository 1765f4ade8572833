//! One of two servers ends, and its clients move to the other.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell, cell_corner};

/// How a server is ended.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Killed,
    Stopped,
}

/// Ada connects to the first server, Ben to the second; the first one ends while both draw.
fn run_scenario(name: &str, end: Ending) {
    scenario(name, async |env| {
        env.two_servers().await?;
        let [to_first, to_second] = env.two_proxies().await?;
        env.connections_will_break();
        let board = env.board(&to_first.url()).await?;
        let ada = env.guest("ada", &board.owner.at(&to_first.url())).await?;
        let ben = env.guest("ben", &board.edit.at(&to_second.url())).await?;
        ada.pick_tool("Pen").await?;
        ben.pick_tool("Pen").await?;
        draw_dashes(&ada, 0..5).await?;
        draw_dashes(&ben, 5..8).await?;

        // Ada's last strokes may still be on their way, and her next ones begin while she is disconnected.
        match end {
            Ending::Killed => env.server(0)?.kill().await?,
            Ending::Stopped => env.server(0)?.terminate().await?,
        }
        draw_dashes(&ada, 8..12).await?;
        draw_dashes(&ben, 12..14).await?;

        for person in [&ada, &ben] {
            person.wait_for_elements(14).await?;
            person.wait_until_saved().await?;
        }
        ben.wait_for_same_picture_as(&ada, BOARD).await?;
        let cleo = env.guest("cleo", &board.view.at(&to_first.url())).await?;
        cleo.wait_for_elements(14).await?;
        for index in 0..14 {
            ensure!(
                cleo.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        // They see each other again.
        ada.wait_for_people_count(3).await?;
        ben.wait_for_people_count(3).await
    });
}

async fn draw_dashes(person: &Person, indices: std::ops::Range<u32>) -> Result<()> {
    for index in indices {
        person.draw_dash(cell_corner(index)).await?;
    }
    Ok(())
}

#[test]
fn clients_of_a_killed_server_move_without_loss() {
    run_scenario("server killed", Ending::Killed);
}

#[test]
fn clients_of_a_stopped_server_move_without_loss() {
    run_scenario("server asked to stop", Ending::Stopped);
}

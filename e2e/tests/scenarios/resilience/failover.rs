//! One of two servers ends, and its clients move to the other.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::stage::scene;

use crate::support::places::{BOARD, cell, cell_corner};

/// How a server ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Killed,
    Asked,
}

/// Ada prefers the first server, Ben the second; the first ends while both draw.
fn play(name: &str, end: End) {
    scene(name, async |stage| {
        stage.two_servers().await?;
        let [to_first, to_second] = stage.two_ways_in().await?;
        stage.connections_will_break();
        let board = stage.board(&to_first.url()).await?;
        let ada = stage.guest("ada", &board.owner.at(&to_first.url())).await?;
        let ben = stage.guest("ben", &board.edit.at(&to_second.url())).await?;
        ada.take("Pen").await?;
        ben.take("Pen").await?;
        dashes(&ada, 0..5).await?;
        dashes(&ben, 5..8).await?;

        // Ada's last strokes may be on the wire, and her next ones begin while nobody listens.
        match end {
            End::Killed => stage.server(0)?.kill().await?,
            End::Asked => stage.server(0)?.terminate().await?,
        }
        dashes(&ada, 8..12).await?;
        dashes(&ben, 12..14).await?;

        for person in [&ada, &ben] {
            person.sees_elements(14).await?;
            person.saved().await?;
        }
        ben.sees_the_same_as(&ada, BOARD).await?;
        let cleo = stage.guest("cleo", &board.view.at(&to_first.url())).await?;
        cleo.sees_elements(14).await?;
        for index in 0..14 {
            ensure!(
                cleo.page.ink(cell(index)).await? > 20,
                "stroke {index} is lost"
            );
        }
        // They see each other again, too.
        ada.counts_people(3).await?;
        ben.counts_people(3).await
    });
}

async fn dashes(person: &Person, indices: std::ops::Range<u32>) -> Result<()> {
    for index in indices {
        person.dash(cell_corner(index)).await?;
    }
    Ok(())
}

#[test]
fn clients_of_a_killed_server_move_without_loss() {
    play("server killed", End::Killed);
}

#[test]
fn clients_of_a_stopped_server_move_without_loss() {
    play("server asked to stop", End::Asked);
}

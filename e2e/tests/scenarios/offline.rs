//! Drawing without a connection.

use anyhow::{Result, ensure};
use e2e::emulate::Line;
use e2e::person::Person;
use e2e::proxy::{Proxy, Weather};
use e2e::stage::{Stage, scene};

use crate::places::{BOARD, place, spot};

/// Links to the same board.
pub(crate) struct Ways {
    /// Through the proxy.
    through: String,
    /// Past it.
    direct: String,
}

/// Ada on a board, behind a proxy that has weather.
pub(crate) async fn one_behind_a_proxy(stage: &mut Stage) -> Result<(Person, Proxy, Ways)> {
    let url = stage.one_server().await?;
    let proxy = Proxy::start(vec![stage.server(0)?.address()]).await?;
    stage.connections_will_break();
    let board = stage.board(&url).await?;
    let ways = Ways {
        through: board.edit.at(&proxy.url()),
        direct: board.owner.at(&url),
    };
    let ada = stage.guest("ada", &ways.through).await?;
    Ok((ada, proxy, ways))
}

#[test]
fn strokes_drawn_offline_survive_closing_the_page() {
    scene("closed while offline", async |stage| {
        let (ada, proxy, ways) = one_behind_a_proxy(stage).await?;
        let ben = stage.guest("ben", &ways.direct).await?;
        ada.take("Pen").await?;
        proxy.set(Weather::Cut);
        for index in 0..3 {
            ada.dash(place(index)).await?;
        }
        ada.page
            .wait_for::<bool>("/^(Not saved|Reconnecting).*3/.test(__e2e.pill())")
            .await?;
        // The board asks before it is closed as long as its browser has not kept all.
        ada.page
            .wait_for::<bool>("__e2e.data('at-stake') === 0")
            .await?;
        ada.page.close().await?;
        ensure!(ben.elements().await? == 0, "the line was not cut");

        proxy.set(Weather::Fair);
        let again = Person {
            page: ada.context.page().await?,
            context: ada.context.clone(),
        };
        again.open(&ways.through).await?;
        again.saved().await?;
        again.sees_elements(3).await?;
        ben.sees_elements(3).await?;
        for index in 0..3 {
            ben.page.wait_for_ink(spot(index), 20).await?;
        }
        Ok(())
    });
}

#[test]
fn a_browser_without_a_line_goes_on_and_catches_up() {
    scene("catches up", async |stage| {
        let (ada, proxy, ways) = one_behind_a_proxy(stage).await?;
        let ben = stage.guest("ben", &ways.direct).await?;
        for person in [&ada, &ben] {
            person.take("Pen").await?;
        }
        ada.page.line(Line::Offline).await?;
        proxy.set(Weather::Cut);
        ada.dash(place(0)).await?;
        ada.pill_says("Reconnecting").await?;
        ben.dash(place(1)).await?;
        ben.saved().await?;

        proxy.set(Weather::Fair);
        ada.page.line(Line::Online).await?;
        for person in [&ada, &ben] {
            person.saved().await?;
            person.sees_elements(2).await?;
        }
        ada.sees_the_same_as(&ben, BOARD).await
    });
}

#[test]
fn a_line_that_goes_silent_is_noticed() {
    scene("silent line", async |stage| {
        let (ada, proxy, _) = one_behind_a_proxy(stage).await?;
        // Nothing breaks, nothing arrives: only a watchdog can know.
        proxy.set(Weather::Frozen);
        ada.pill_says("Reconnecting").await?;
        proxy.set(Weather::Fair);
        ada.pill_says("Saved").await
    });
}

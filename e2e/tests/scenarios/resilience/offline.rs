//! Drawing without a connection.

use anyhow::ensure;
use e2e::emulate::Line;
use e2e::person::Person;
use e2e::proxy::Weather;
use e2e::stage::scene;

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::users::user_behind_a_proxy;

#[test]
fn strokes_drawn_offline_survive_closing_the_page() {
    scene("closed while offline", async |stage| {
        let (ada, proxy, links) = user_behind_a_proxy(stage).await?;
        let ben = stage.guest("ben", &links.direct).await?;
        ada.take("Pen").await?;
        proxy.set(Weather::Cut);
        for index in 0..3 {
            ada.dash(cell_corner(index)).await?;
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
        again.open(&links.via_proxy).await?;
        again.saved().await?;
        again.sees_elements(3).await?;
        ben.sees_elements(3).await?;
        for index in 0..3 {
            ben.page.wait_for_ink(cell(index), 20).await?;
        }
        Ok(())
    });
}

#[test]
fn an_offline_client_keeps_drawing_and_catches_up() {
    scene("catches up", async |stage| {
        let (ada, proxy, links) = user_behind_a_proxy(stage).await?;
        let ben = stage.guest("ben", &links.direct).await?;
        for person in [&ada, &ben] {
            person.take("Pen").await?;
        }
        ada.page.line(Line::Offline).await?;
        proxy.set(Weather::Cut);
        ada.dash(cell_corner(0)).await?;
        ada.pill_says("Reconnecting").await?;
        ben.dash(cell_corner(1)).await?;
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
fn a_silent_connection_is_detected() {
    scene("silent line", async |stage| {
        let (ada, proxy, _) = user_behind_a_proxy(stage).await?;
        // Nothing breaks, nothing arrives: only a watchdog can know.
        proxy.set(Weather::Frozen);
        ada.pill_says("Reconnecting").await?;
        proxy.set(Weather::Fair);
        ada.pill_says("Saved").await
    });
}

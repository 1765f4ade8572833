//! Drawing without a connection.

use anyhow::ensure;
use e2e::emulate::Network;
use e2e::person::Person;
use e2e::test_env::scenario;
use testkit::proxy::Link;

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::users::user_behind_a_proxy;

#[test]
fn strokes_drawn_offline_survive_closing_the_page() {
    scenario("closed while offline", async |env| {
        let (ada, proxy, links) = user_behind_a_proxy(env).await?;
        let ben = env.guest("ben", &links.direct).await?;
        ada.pick_tool("Pen").await?;
        proxy.refuse();
        for index in 0..3 {
            ada.draw_dash(cell_corner(index)).await?;
        }
        ada.page
            .wait_for::<bool>("/^(Not saved|Reconnecting).*3/.test(__e2e.status())")
            .await?;
        // Until all changes are stored in the browser, closing the page would ask for confirmation.
        ada.page
            .wait_for::<bool>("__e2e.data('at-stake') === 0")
            .await?;
        ada.page.close().await?;
        ensure!(ben.elements().await? == 0, "the line was not cut");

        proxy.restore();
        let again = Person {
            page: ada.context.page().await?,
            context: ada.context.clone(),
        };
        again.open(&links.via_proxy).await?;
        again.wait_until_saved().await?;
        again.wait_for_elements(3).await?;
        ben.wait_for_elements(3).await?;
        for index in 0..3 {
            ben.page.wait_for_ink(cell(index), 20).await?;
        }
        Ok(())
    });
}

#[test]
fn an_offline_client_keeps_drawing_and_catches_up() {
    scenario("catches up", async |env| {
        let (ada, proxy, links) = user_behind_a_proxy(env).await?;
        let ben = env.guest("ben", &links.direct).await?;
        for person in [&ada, &ben] {
            person.pick_tool("Pen").await?;
        }
        ada.page.set_network(Network::Offline).await?;
        proxy.refuse();
        ada.draw_dash(cell_corner(0)).await?;
        ada.wait_for_status("Reconnecting").await?;
        ben.draw_dash(cell_corner(1)).await?;
        ben.wait_until_saved().await?;

        proxy.restore();
        ada.page.set_network(Network::Online).await?;
        for person in [&ada, &ben] {
            person.wait_until_saved().await?;
            person.wait_for_elements(2).await?;
        }
        ada.wait_for_same_picture_as(&ben, BOARD).await
    });
}

#[test]
fn a_silent_connection_is_detected() {
    scenario("silent connection", async |env| {
        let (ada, proxy, _) = user_behind_a_proxy(env).await?;
        // The connection stays open, but nothing arrives, so only a timeout can detect it.
        proxy.set(Link::held());
        ada.wait_for_status("Reconnecting").await?;
        proxy.restore();
        ada.wait_for_status("Saved").await
    });
}

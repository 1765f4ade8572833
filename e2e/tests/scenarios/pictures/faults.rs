//! Pictures while the server or the connection fails: they arrive once, equal on all pages.

use anyhow::ensure;
use e2e::emulate::Speed;
use e2e::person::Person;
use e2e::test_env::scenario;

use super::{Kind, Way, bring, wait_until_equal};
use crate::support::users::user_behind_a_proxy;
use crate::support::wait::both_have_elements;

/// Whether the page has the code that reads pictures.
const CHUNK_IS_LOADED: &str = "performance.getEntriesByType('resource') \
                               .some(it => it.name.endsWith('_chunk.wasm') && it.responseEnd > 0)";
/// A picture whose file has some megabytes.
const LARGE: &[(u32, u32)] = &[(1_600, 1_200)];

#[test]
fn a_picture_pasted_offline_survives_closing_the_page() {
    scenario("picture offline", async |env| {
        let (ada, proxy, links) = user_behind_a_proxy(env).await?;
        let ben = env.guest("ben", &links.direct).await?;
        ada.page.wait_for::<bool>(CHUNK_IS_LOADED).await?;
        proxy.refuse();
        ada.wait_for_status("Reconnecting").await?;
        bring(&ada, Way::Paste, Kind::Noise, &[(300, 200)]).await?;
        ada.wait_for_elements(1).await?;
        // Commit and file are stored in the browser.
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
        again.page.goto(&links.via_proxy).await?;
        both_have_elements(&again, &ben, 1).await?;
        wait_until_equal(&again, &ben).await?;
        // Nothing waits any more after another reload.
        again.page.reload().await?;
        again.wait_until_saved().await?;
        both_have_elements(&again, &ben, 1).await
    });
}

#[test]
fn an_upload_goes_on_after_the_server_was_killed() {
    scenario("killed in an upload", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        env.connections_will_break();
        ada.page
            .throttle_network(Speed {
                down: 1_000_000.0,
                up: 300_000.0,
            })
            .await?;
        bring(&ada, Way::Paste, Kind::Noise, LARGE).await?;
        let begun = "(() => { const it = document.querySelector('.status-progress'); \
                     return it !== null && Number(it.value) > 0 && Number(it.value) < 60 })()";
        ada.page.wait_for::<bool>(begun).await?;
        env.server(0)?.kill().await?;
        ada.wait_for_status("Reconnecting").await?;
        env.server(0)?.restart().await?;
        ada.page
            .throttle_network(Speed {
                down: -1.0,
                up: -1.0,
            })
            .await?;
        ada.wait_until_saved().await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_until_equal(&ada, &ben).await
    });
}

#[test]
fn a_picture_reaches_another_server_though_redis_was_away() {
    scenario("pictures across servers", async |env| {
        let [first, second] = env.two_servers().await?;
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&first)).await?;
        let ben = env.guest("ben", &board.edit.at(&second)).await?;
        env.connections_will_break();
        bring(&ada, Way::Paste, Kind::Drawing, &[(300, 200)]).await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_until_equal(&ada, &ben).await?;

        env.redis()?.kill().await?;
        ada.wait_for_status("Not saved").await?;
        bring(&ada, Way::Drop, Kind::Noise, &[(400, 300)]).await?;
        ada.wait_for_elements(2).await?;
        env.redis()?.restart().await?;
        both_have_elements(&ada, &ben, 2).await?;
        wait_until_equal(&ada, &ben).await?;
        // A page that comes later loads both from Redis.
        let cyd = env.guest("cyd", &board.view.at(&second)).await?;
        cyd.wait_for_elements(2).await?;
        cyd.wait_for_same_picture_as(&ada, super::MIDDLE).await
    });
}

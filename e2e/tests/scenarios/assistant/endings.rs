//! Answers that end early: nothing half-done remains, and both people read why.

use e2e::test_env::scenario;

use crate::assistant::model::{ada_and_ben, model, wait_for_last, wait_for_progress};
use crate::support::chat::say;
use crate::support::wait::both_have_elements;

#[test]
fn it_is_stopped_by_asker_and_owner_and_an_endpoint_that_is_down_is_told() {
    scenario("assistant stopped", async |env| {
        let model = model().await;
        let (ada, ben) = ada_and_ben(env, &model).await?;
        // Ben asks, and stops it while it draws.
        say(&ben, "@assistant draw tea").await?;
        wait_for_progress(&ben, "Drawing").await?;
        ben.page.click("button", "Stop").await?;
        wait_for_last(&ada, "Stopped. I took back what I drew.").await?;
        both_have_elements(&ada, &ben, 0).await?;

        // An owner on the other server stops what Ben asked for, after it has drawn.
        say(&ben, "@assistant draw tea and wait").await?;
        both_have_elements(&ada, &ben, 15).await?;
        wait_for_last(&ada, "Now I …").await?;
        ada.page.click("button", "Stop").await?;
        wait_for_last(&ben, "Now I\n\nStopped. I took back what I drew.").await?;
        both_have_elements(&ada, &ben, 0).await?;

        drop(model);
        say(&ada, "@assistant explain").await?;
        wait_for_last(&ben, "The language model cannot be reached at present.").await
    });
}

#[test]
fn an_answer_ends_on_all_pages_when_its_server_dies() {
    scenario("assistant killed", async |env| {
        let model = model().await;
        let (ada, ben) = ada_and_ben(env, &model).await?;
        say(&ada, "@assistant wait").await?;
        wait_for_last(&ben, "Let me think …").await?;
        env.connections_will_break();
        env.server(0)?.kill().await?;
        let begun = std::time::Instant::now();
        wait_for_last(&ben, "Let me think (interrupted)").await?;
        let took = begun.elapsed().as_secs();
        anyhow::ensure!(took < 10, "the message ended after {took} s");
        env.server(0)?.restart().await?;
        ada.wait_for_status("Saved").await?;
        wait_for_last(&ada, "Let me think (interrupted)").await?;
        anyhow::ensure!(model.asked().len() == 1, "it is not asked again");
        Ok(())
    });
}

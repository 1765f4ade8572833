//! Answers that come: text, drawings and pictures.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::assistant::model::{EXPLANATION, ada_and_ben, model, wait_for_last, wait_for_progress};
use crate::support::chat::{TEXTS, say};
use crate::support::wait::both_have_elements;

/// Notes how many elements a page has in each frame.
const WATCH: &str = "(() => { globalThis.seen = new Set(); \
    const look = () => { seen.add(__e2e.data('elements')); requestAnimationFrame(look); }; \
    look(); })()";

async fn numbers_seen(person: &Person) -> Result<u64> {
    person.page.eval("seen.size").await
}

#[test]
fn the_answer_grows_and_the_drawing_and_the_picture_come_on_another_server() {
    scenario("assistant", async |env| {
        let model = model().await;
        let (ada, ben) = ada_and_ben(env, &model).await?;
        say(&ada, "@assistant explain").await?;
        let grows = format!(
            "(({TEXTS}).at(-1) ?? '').length > 10 && \
             {EXPLANATION:?}.startsWith(({TEXTS}).at(-1).replace(/ …$/, '')) && \
             ({TEXTS}).at(-1) !== {EXPLANATION:?}"
        );
        ben.page.wait_for::<bool>(&grows).await?;
        for person in [&ada, &ben] {
            wait_for_last(person, EXPLANATION).await?;
        }

        ben.page.eval::<Option<()>>(WATCH).await?;
        say(&ada, "@assistant draw how tea is made").await?;
        wait_for_progress(&ben, "Drawing").await?;
        let badge = "[...document.querySelectorAll('.cursor')].length > 0";
        ben.page.wait_for::<bool>(badge).await?;
        both_have_elements(&ada, &ben, 15).await?;
        wait_for_last(&ben, "There it is.").await?;
        let numbers = numbers_seen(&ben).await?;
        ensure!(numbers >= 8, "the drawing appeared in {numbers} steps");

        ada.page.click("button", "Ask the assistant").await?;
        ada.page.type_text("make a teapot").await?;
        ada.page.press("Enter").await?;
        both_have_elements(&ada, &ben, 16).await?;
        wait_for_last(&ben, "There it is.").await?;

        say(&ada, "@assistant undo").await?;
        both_have_elements(&ada, &ben, 15).await?;
        wait_for_last(&ben, "I took back 1 change.").await?;
        say(&ada, "@assistant undo").await?;
        both_have_elements(&ada, &ben, 0).await
    });
}

#[test]
fn a_list_becomes_a_diagram_without_a_language_model() {
    scenario("assistant without model", async |env| {
        let server = env.one_server().await?;
        let board = env.board(&server).await?;
        let ada = env.guest("ada", &board.owner.at(&server)).await?;
        let ben = env.guest("ben", &board.edit.at(&server)).await?;
        crate::support::chat::open_chat(&ada).await?;
        ada.page.click("textbox", "Message").await?;
        for (number, line) in ["@assistant", "- Tea", "  - Green", "- Coffee"]
            .iter()
            .enumerate()
        {
            if number > 0 {
                ada.page.press("Shift+Enter").await?;
            }
            ada.page.type_text(line).await?;
        }
        ada.page.press("Enter").await?;
        wait_for_last(&ada, "I drew a diagram of 4 elements.").await?;
        both_have_elements(&ada, &ben, 4).await
    });
}

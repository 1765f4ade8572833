//! People on different servers write to each other.

use e2e::test_env::scenario;

use crate::support::chat::{act_on, open_chat, say, wait_for_messages};

#[test]
fn messages_and_their_changes_reach_another_server() {
    scenario("chat across servers", async |env| {
        let [first, second] = env.two_servers().await?;
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&first)).await?;
        let ben = env.guest("ben", &board.edit.at(&second)).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        say(&ada, "from the first").await?;
        wait_for_messages(&ben, &["from the first"]).await?;
        say(&ben, "from the second").await?;
        wait_for_messages(&ada, &["from the first", "from the second"]).await?;
        act_on(&ada, "from the second", "Heart").await?;
        let marked = "document.querySelector('.chat-reaction')?.textContent.trim() === '❤️ 1'";
        ben.page.wait_for::<bool>(marked).await?;
        ada.page.type_text("wait").await?;
        let writing =
            "document.querySelector('.chat-writing').textContent.endsWith('is writing …')";
        ben.page.wait_for::<bool>(writing).await?;

        let cleo = env.guest("cleo", &board.edit.at(&second)).await?;
        open_chat(&cleo).await?;
        wait_for_messages(&cleo, &["from the first", "from the second"]).await
    });
}

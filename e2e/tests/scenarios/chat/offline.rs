//! Messages that are written without a connection.

use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::chat::{open_chat, say, wait_for_messages};
use crate::support::users::user_behind_a_proxy;

#[test]
fn messages_written_offline_arrive_once_and_in_order() {
    scenario("chat offline", async |env| {
        let (ada, proxy, links) = user_behind_a_proxy(env).await?;
        let ben = env.guest("ben", &links.direct).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        say(&ada, "before").await?;
        wait_for_messages(&ben, &["before"]).await?;
        proxy.refuse();
        ada.wait_for_status("Reconnecting").await?;
        for text in ["one", "two", "three"] {
            say(&ada, text).await?;
        }
        let sending = "document.querySelectorAll('.chat-sending').length === 3";
        ada.page.wait_for::<bool>(sending).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('at-stake') === 0")
            .await?;
        ada.page.close().await?;
        wait_for_messages(&ben, &["before"]).await?;

        proxy.restore();
        let again = Person {
            page: ada.context.page().await?,
            context: ada.context.clone(),
        };
        again.open(&links.via_proxy).await?;
        again.wait_until_saved().await?;
        open_chat(&again).await?;
        for person in [&again, &ben] {
            wait_for_messages(person, &["before", "one", "two", "three"]).await?;
        }
        Ok(())
    });
}

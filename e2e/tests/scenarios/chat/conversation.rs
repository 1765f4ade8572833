//! Two people write to each other.

use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::chat::{act_on, message, open_chat, say, wait_for_field, wait_for_messages};
use crate::support::pointer::draw_box;
use crate::support::users::two_users_apart;
use crate::support::wait::{both_have_elements, wait_for_selected};

#[test]
fn messages_come_with_the_name_of_their_author_and_are_counted_until_they_are_read() {
    scenario("chat", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.set_name("Ada").await?;
        open_chat(&ada).await?;
        say(&ada, "hello").await?;
        ada.page.press("Shift+Enter").await?;
        wait_for_field(&ada, "\n").await?;
        say(&ada, "there").await?;
        wait_for_messages(&ada, &["hello", "there"]).await?;

        ben.page.find("button", "Chat, 2 unread").await?;
        open_chat(&ben).await?;
        wait_for_messages(&ben, &["hello", "there"]).await?;
        ben.page.find("button", "Chat").await?;
        let authors = "JSON.stringify([...document.querySelectorAll('.chat-author')]\
            .map((it) => it.textContent)) === '[\"Ada\"]'";
        ben.page.wait_for::<bool>(authors).await?;
        ben.page
            .wait_for::<bool>("document.querySelector('.chat-day').textContent === 'Today'")
            .await?;

        say(&ben, "hi @Ada").await?;
        wait_for_messages(&ada, &["hello", "there", "hi @Ada"]).await?;
        let marked = format!(
            "{}.querySelector('.chat-mention[data-me=true]')?.textContent === '@Ada'",
            message("hi @Ada")
        );
        ada.page.wait_for::<bool>(&marked).await?;
        // What was read stays read after the page is loaded again.
        ben.page.reload().await?;
        ben.wait_for_status("Saved").await?;
        ben.page.find("button", "Chat").await.map(drop)
    });
}

#[test]
fn a_message_is_answered_edited_marked_and_deleted() {
    scenario("chat changes", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        say(&ben, "a questoin").await?;
        wait_for_messages(&ada, &["a questoin"]).await?;
        act_on(&ben, "a questoin", "Edit message").await?;
        wait_for_field(&ben, "a questoin").await?;
        ben.fill("Message", "a question").await?;
        let edited = ["a question (edited)"];
        wait_for_messages(&ada, &edited).await?;

        act_on(&ada, edited[0], "Thumbs up").await?;
        let counted = |count: u32| {
            format!("document.querySelector('.chat-reaction')?.textContent.trim() === '👍 {count}'")
        };
        ben.page.wait_for::<bool>(&counted(1)).await?;
        ben.page.click("button", "👍 1").await?;
        ada.page.wait_for::<bool>(&counted(2)).await?;
        ada.page.click("button", "👍 2").await?;
        ben.page.wait_for::<bool>(&counted(1)).await?;

        ada.page
            .eval::<Option<()>>("document.querySelector('[aria-label=Reply]').click()")
            .await?;
        say(&ada, "an answer").await?;
        let quoted = "document.querySelector('.chat-reply')?.textContent.includes('a question')";
        ben.page.wait_for::<bool>(quoted).await?;

        // An editor cannot delete what others wrote; the owner can.
        wait_for_messages(&ben, &[edited[0], "an answer"]).await?;
        act_on(&ben, "an answer", "Thumbs up").await?;
        let none = format!(
            "!{}.querySelector('[aria-label=\"Delete message\"]')",
            message("an answer")
        );
        ben.page.wait_for::<bool>(&none).await?;
        act_on(&ada, edited[0], "Delete message").await?;
        wait_for_messages(&ben, &["an answer"]).await?;
        let gone = "document.querySelector('.chat-deleted') && \
            document.querySelector('.chat-reply')?.textContent.includes('Message deleted')";
        ben.page.wait_for::<bool>(gone).await.map(drop)
    });
}

#[test]
fn a_message_leads_to_the_place_that_it_shows() {
    scenario("chat places", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        draw_box(&ada, At(400.0, 300.0), At(520.0, 380.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(&ada, 1).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        ada.page.click("button", "Attach the selection").await?;
        say(&ada, "this box").await?;
        ada.page.click("button", "Attach the present view").await?;
        say(&ada, "this view").await?;
        wait_for_messages(&ben, &["this box", "this view"]).await?;
        let show = |text: &str| format!("{}.querySelector('.chat-place').click()", message(text));
        ben.page.eval::<Option<()>>(&show("this box")).await?;
        wait_for_selected(&ben, 1).await?;
        ben.page.click("button", "Zoom in").await?;
        ben.wait_for_zoom("zoom > 100").await?;
        ben.page.eval::<Option<()>>(&show("this view")).await?;
        ben.wait_for_zoom("zoom === 100").await?;

        // A place that is gone is said to be gone.
        ada.page.press("Escape").await?;
        ada.page.click_at(At(400.0, 340.0)).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Delete").await?;
        ben.wait_for_elements(0).await?;
        ben.page.eval::<Option<()>>(&show("this box")).await?;
        let told =
            "document.querySelector('.toasts').textContent.includes('no longer on the board')";
        ben.page.wait_for::<bool>(told).await.map(drop)
    });
}

#[test]
fn others_see_who_is_writing_and_viewers_read() {
    scenario("chat rights", async |env| {
        let [one, two] = env.two_servers().await?;
        let board = env.board(&one).await?;
        let ada = env.guest("ada", &board.owner.at(&one)).await?;
        let vic = env.guest("vic", &board.view.at(&two)).await?;
        ada.set_name("Ada").await?;
        for person in [&ada, &vic] {
            open_chat(person).await?;
        }
        ada.page.click("textbox", "Message").await?;
        ada.page.type_text("let me see").await?;
        let writing = "document.querySelector('.chat-writing').textContent";
        vic.page
            .wait_for::<bool>(&format!("{writing} === 'Ada is writing …'"))
            .await?;
        ada.page.press("Enter").await?;
        vic.page
            .wait_for::<bool>(&format!("{writing} === ''"))
            .await?;
        wait_for_messages(&vic, &["let me see"]).await?;
        let closed = "document.querySelector('.chat-closed')?.textContent.includes('not write') && \
            !document.querySelector('.chat-field, .chat-actions')";
        vic.page.wait_for::<bool>(closed).await.map(drop)
    });
}

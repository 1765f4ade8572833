//! Words at the cursor, emoji, raised hands, and cursors for people who come later.

use anyhow::Result;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::users::two_users_apart;

const AT: At = At(640.0, 400.0);

/// Waits until the words beside the cursors of others are these; empty if there are none.
async fn wait_for_words(person: &Person, words: &str) -> Result<()> {
    let shown = format!(
        "[...document.querySelectorAll('.cursor-words')].map((it) => it.textContent).join() \
         === {words:?}"
    );
    person.page.wait_for::<bool>(&shown).await.map(drop)
}

async fn wait_for_emoji(person: &Person, emoji: &str) -> Result<()> {
    let shown = format!(
        "[...document.querySelectorAll('.reaction-emoji')].map((it) => it.textContent).join() \
         === {emoji:?}"
    );
    person.page.wait_for::<bool>(&shown).await.map(drop)
}

#[test]
fn words_at_the_cursor_show_while_typing_and_go_after_enter_or_by_escape() {
    scenario("words at the cursor", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.set_name("Ada").await?;
        ada.page.hover(AT).await?;
        ben.wait_for_cursor_of("Ada").await?;
        ada.page.press("/").await?;
        ada.page.find("textbox", "Say at the cursor").await?;
        ada.page.type_text("look").await?;
        wait_for_words(&ben, "look").await?;
        ada.page.type_text(" here").await?;
        wait_for_words(&ben, "look here").await?;
        let announced = "document.querySelector('[aria-label=Announcements]').textContent.trim() \
                         === 'Ada says: look here'";
        ben.page.wait_for::<bool>(announced).await?;
        ada.page.press("Escape").await?;
        wait_for_words(&ben, "").await?;
        ada.page.press("/").await?;
        ada.page.find("textbox", "Say at the cursor").await?;
        ada.page.type_text("again").await?;
        ada.page.press("Enter").await?;
        wait_for_words(&ben, "again").await?;
        // The keyboard is the board's again.
        ada.page.press("r").await?;
        ada.wait_for_tool("Rectangle").await?;
        wait_for_words(&ben, "").await
    });
}

#[test]
fn a_viewer_is_told_that_words_are_not_allowed() {
    scenario("words of viewers", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ben = env.guest("ben", &board.view.at(&url)).await?;
        ben.page.press("/").await?;
        let told = "document.querySelector('.toast')?.textContent.includes('may not write')";
        ben.page.wait_for::<bool>(told).await.map(drop)
    });
}

#[test]
fn emoji_float_where_one_points_for_all_to_see() {
    scenario("reactions", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ada.page.hover(AT).await?;
        ada.page.press("Shift+E").await?;
        ada.page.find("button", "React with thumbs up").await?;
        ada.page.press("3").await?;
        for person in [&ada, &ben] {
            wait_for_emoji(person, "🎉").await?;
        }
        let near = "(() => { const at = document.querySelector('.reaction').getBoundingClientRect(); \
                    return Math.hypot(at.x - 640, at.y - 400) < 2 })()";
        ben.page.wait_for::<bool>(near).await?;
        wait_for_emoji(&ben, "").await?;
        ada.page.click("button", "React with heart").await?;
        wait_for_emoji(&ben, "❤️").await?;
        ada.page.press("Escape").await?;
        let gone = "document.querySelector('.reaction-palette') === null";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    });
}

#[test]
fn a_raised_hand_shows_to_all_also_to_those_who_come_later() {
    scenario("hands", async |env| {
        let [first, second] = env.two_servers().await?;
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&first)).await?;
        let ben = env.guest("ben", &board.edit.at(&second)).await?;
        ben.set_name("Ben").await?;
        ben.page.click("button", "Show everyone").await?;
        ben.page.click("button", "Raise hand").await?;
        ben.page.find("button", "Lower hand").await?;
        let raised = "document.querySelector('.people-face[title=\"Ben, hand raised\"]') !== null";
        ada.page.wait_for::<bool>(raised).await?;
        ada.page.click("button", "Show everyone").await?;
        let listed = "document.querySelector('li .people-row')?.textContent\
                      .includes('Hand raised')";
        ada.page.wait_for::<bool>(listed).await?;

        ben.page.hover(AT).await?;
        ada.wait_for_cursor_of("Ben").await?;
        let cleo = env.guest("cleo", &board.view.at(&first)).await?;
        cleo.page.wait_for::<bool>(raised).await?;
        // His cursor has not moved since.
        cleo.wait_for_cursor_of("Ben").await?;
        // Others still list a person who loads the page again at once.
        cleo.page.reload().await?;
        cleo.page.wait_for::<bool>(raised).await?;
        cleo.wait_for_cursor_of("Ben").await?;
        ben.page.click("button", "Lower hand").await?;
        let lowered = format!("!({raised})");
        ada.page.wait_for::<bool>(&lowered).await.map(drop)
    });
}

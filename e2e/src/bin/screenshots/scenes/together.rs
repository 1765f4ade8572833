//! What people show each other, and what owners do to the board and its people.

use std::time::Duration;

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use futures::FutureExt as _;

use super::panels::{command, share};
use crate::series::{Device, Series};

/// A name longer than its place.
const LONG: &str = "Maximiliane Freifrau von Hohenstein-Breitenfels";
/// The pause between two emoji, so that several float at once.
const BETWEEN_EMOJI: Duration = Duration::from_millis(350);

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.album.wants_any_of("together") {
        return Ok(());
    }
    signals(series).await?;
    places(series).await?;
    share_dialog(series).await?;
    rights(env, series).await?;
    ended(env, series).await?;
    conversation(series).await
}

async fn signals(series: &mut Series<'_>) -> Result<()> {
    let (device, ben) = (series.device, series.ben.clone());
    let at = device.at((560.0, 330.0), (120.0, 330.0));
    series
        .shoot("together-words", async |ada| {
            ben.page.hover(at).await?;
            ada.wait_for_cursor_of("Ben").await?;
            ben.page.press("/").await?;
            ben.page.find("textbox", "Say at the cursor").await?;
            ben.page
                .type_text("Look here, the second group is much too near to the edge")
                .await?;
            let shown = "document.querySelector('.cursor-words')?.textContent.endsWith('edge')";
            ada.page.wait_for::<bool>(shown).await?;
            ada.page
                .hover(device.at((700.0, 520.0), (200.0, 520.0)))
                .await?;
            ada.page.press("/").await?;
            ada.page.find("textbox", "Say at the cursor").await?;
            ada.page.type_text("Yes, I see").await
        })
        .await?;
    ben.page.press("Escape").await?;
    series
        .shoot("together-palette", async |ada| {
            ada.page.press("Shift+E").await?;
            ada.page.find("button", "React with heart").await.map(drop)
        })
        .await?;
    if series.wants("together-floating") {
        floating_emoji(series).await?;
    }
    Ok(())
}

/// Emoji float only for a moment, so Ben sends them while the pictures are taken.
async fn floating_emoji(series: &mut Series<'_>) -> Result<()> {
    let (device, ben) = (series.device, series.ben.clone());
    ben.page
        .hover(device.at((560.0, 330.0), (180.0, 400.0)))
        .await?;
    ben.page.press("Shift+E").await?;
    ben.page.find("button", "React with heart").await?;
    let ada = series.ada.clone();
    let sends = async {
        for key in ["1", "2", "3", "4", "5", "6"].into_iter().cycle() {
            ben.page.press(key).await?;
            tokio::time::sleep(BETWEEN_EMOJI).await;
        }
        anyhow::Ok(())
    };
    let keeps = series.shoot_page(&ada, "together-floating");
    tokio::select! {
        kept = keeps => kept?,
        sent = sends.boxed_local() => sent?,
    }
    ben.page.press("Escape").await
}

async fn places(series: &mut Series<'_>) -> Result<()> {
    let (device, ben) = (series.device, series.ben.clone());
    ben.set_name(LONG).await?;
    series
        .shoot("together-edge", async |ada| {
            ben.page.hover(At(640.0, 400.0)).await?;
            ada.wait_for_cursor_of(LONG).await?;
            let over = device.at((640.0, 600.0), (200.0, 500.0));
            let away = At(1500.0, 700.0);
            ada.page.wheel(over, away, Modifiers::NONE).await?;
            let sign = "!!document.querySelector('.edge')";
            ada.page.wait_for::<bool>(sign).await.map(drop)
        })
        .await?;
    series
        .shoot("together-following", async |ada| {
            ada.page.click("button", "Show everyone").await?;
            let follow = format!("Follow {LONG}");
            ada.page.click("button", &follow).await?;
            let pill = "!!document.querySelector('.follow-pill')";
            ada.page.wait_for::<bool>(pill).await.map(drop)
        })
        .await?;
    ben.set_name("Ben").await?;
    series
        .shoot("together-person", async |ada| {
            ben.page.press("Shift+R").await?;
            ada.page.click("button", "Show everyone").await?;
            ada.page.click("button", "Actions for Ben").await?;
            ada.page.find("button", "Mute").await.map(drop)
        })
        .await?;
    ben.page.press("Shift+R").await
}

async fn share_dialog(series: &mut Series<'_>) -> Result<()> {
    series
        .shoot("together-links", async |ada| {
            share(ada).await?;
            let listed = "document.querySelectorAll('.link-entry').length >= 3";
            ada.page.wait_for::<bool>(listed).await?;
            ada.page.click("button", "New link").await?;
            ada.fill("People at once", "many").await?;
            ada.page.press("Enter").await?;
            let wrong = "!!document.querySelector('.link-form .note')";
            ada.page.wait_for::<bool>(wrong).await?;
            scroll_to(ada, ".link-form").await
        })
        .await?;
    series
        .shoot("together-code", async |ada| {
            share(ada).await?;
            let opened = "(() => { const it = [...document.querySelectorAll('.link-buttons button')]\
                 .find((it) => it.textContent === 'QR code'); it?.click(); return !!it })()";
            ada.page.wait_for::<bool>(opened).await?;
            ada.page
                .wait_for::<bool>("!!document.querySelector('.qr')")
                .await?;
            scroll_to(ada, ".qr").await
        })
        .await?;
    series
        .shoot("together-settings", async |ada| {
            share(ada).await?;
            let settings = "[aria-label=Settings]";
            let there = format!("!!document.querySelector({settings:?})");
            ada.page.wait_for::<bool>(&there).await?;
            scroll_to(ada, settings).await
        })
        .await
}

async fn scroll_to(person: &Person, what: &str) -> Result<()> {
    let scroll = format!("document.querySelector({what:?}).scrollIntoView({{ block: 'end' }})");
    person.page.eval::<Option<()>>(&scroll).await.map(drop)
}

async fn rights(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.wants("together-frozen") {
        return Ok(());
    }
    let says = |words: &str| format!("document.body.innerText.includes({words:?})");
    let editor = env.person("guest").await?;
    series.device.apply_to(&editor).await?;
    editor.open(&series.other_links[0]).await?;
    command(&series.ada, "Freeze").await?;
    for (person, name) in [
        (series.ada.clone(), "together-frozen-owner"),
        (editor.clone(), "together-frozen"),
    ] {
        person.page.wait_for::<bool>(&says("Frozen.")).await?;
        series.shoot_page(&person, name).await?;
    }
    // Several notices at once.
    series.ada.page.click("button", "Show everyone").await?;
    series
        .ada
        .page
        .click("button", "Bring everyone to me")
        .await?;
    let offered = "!!document.querySelector('.gather')";
    editor.page.wait_for::<bool>(offered).await?;
    series
        .shoot_page(&editor, "together-frozen-and-asked")
        .await?;
    command(&series.ada, "Freeze").await?;
    editor.page.close().await
}

/// Asks the server over REST, in the name of the owner.
async fn ask(series: &Series<'_>, method: &str, path: &str, body: &str) -> Result<String> {
    let (board, secret) = series.link.split_once('#').unwrap_or_default();
    let board = board.rsplit('/').next().unwrap_or_default();
    let ask = format!(
        "fetch('/api/v1/boards/{board}/{path}', {{ method: {method:?}, body: {body:?} || undefined, \
         headers: {{ authorization: 'Bearer {secret}', 'content-type': 'application/json' }} }})\
         .then((answer) => answer.text())"
    );
    series.ada.page.eval(&ask).await
}

async fn ended(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.wants("together-ended") {
        return Ok(());
    }
    for (name, soon_ms, words) in [
        ("together-ended-revoked", 0, "This link was revoked"),
        ("together-ended-expired", 8_000, "expired"),
    ] {
        let now: u64 = series.ada.page.eval("Date.now()").await?;
        let expires = match soon_ms {
            0 => "null".to_owned(),
            soon => (now + soon).to_string(),
        };
        let body = format!(r#"{{"role":"edit","label":"Class","expires_ms":{expires}}}"#);
        let made = ask(series, "POST", "links", &body).await?;
        let made: serde_json::Value = serde_json::from_str(&made)?;
        let guest = env.person("guest").await?;
        series.device.apply_to(&guest).await?;
        let url = made.get("url").and_then(|url| url.as_str());
        guest.open(url.unwrap_or_default()).await?;
        if soon_ms == 0 {
            let id = made.get("id").and_then(serde_json::Value::as_u64);
            let path = format!("links/{}", id.unwrap_or_default());
            ask(series, "DELETE", &path, "").await?;
        }
        let says = format!("document.body.innerText.includes({words:?})");
        guest.page.wait_for::<bool>(&says).await?;
        series.shoot_page(&guest, name).await?;
        guest.page.close().await?;
    }
    let guest = env.person("guest").await?;
    series.device.apply_to(&guest).await?;
    guest.open(&series.other_links[0]).await?;
    guest.set_name("Gus").await?;
    let ada = &series.ada.page;
    ada.click("button", "Show everyone").await?;
    ada.click("button", "Actions for Gus").await?;
    for _ in 0..2 {
        let press = "[...document.querySelectorAll('.people-menu button')].at(-1).click()";
        ada.eval::<Option<()>>(press).await?;
    }
    let says = "document.body.innerText.includes('You were removed from this board')";
    guest.page.wait_for::<bool>(says).await?;
    series.shoot_page(&guest, "together-ended-removed").await?;
    guest.page.close().await?;
    let ada = series.ada.clone();
    ada.page.find("button", "Allow again").await?;
    series.shoot_page(&ada, "together-removed-list").await
}

/// Ben writes 300 messages, short and long, in two directions.
async fn conversation(series: &mut Series<'_>) -> Result<()> {
    if !series.wants("together-chat") {
        return Ok(());
    }
    let ben = series.ben.clone();
    ben.set_name(LONG).await?;
    ben.page.press("Shift+C").await?;
    ben.page.find("textbox", "Message").await?;
    let write = "(async () => { \
        const field = document.querySelector('.chat-field'); \
        for (let i = 1; i <= 300; i++) { \
            field.value = i % 7 === 0 ? `رسالة رقم ${i}، مرحبا بالجميع في اللوحة` \
                : i % 5 === 0 ? `Message ${i}. ` + 'Donaudampfschifffahrtsgesellschaft'.repeat(3) + ' and so on, over several lines.' \
                : `Message ${i}`; \
            field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
            field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })); \
            await new Promise((done) => setTimeout(done, 30)); \
        } return true })()";
    ben.page.eval::<bool>(write).await?;
    ben.wait_until_saved().await?;
    series
        .shoot("together-chat", async |ada| open_chat(ada).await)
        .await?;
    if series.device == Device::Phone {
        series
            .shoot("together-chat-keyboard", async |ada| {
                let covered = "Object.defineProperty(window, 'visualViewport', { configurable: true, \
                     value: Object.assign(new EventTarget(), { offsetTop: 0, height: innerHeight - 336 }) }); null";
                ada.page.eval::<Option<()>>(covered).await?;
                open_chat(ada).await?;
                ada.page.click("textbox", "Message").await?;
                ada.page.type_text("Written\nabove the keyboard").await
            })
            .await?;
    }
    ben.page.press("Escape").await?;
    ben.set_name("Ben").await
}

async fn open_chat(person: &Person) -> Result<()> {
    person
        .page
        .eval::<Option<()>>("document.querySelector('.chat-button').click()")
        .await?;
    let shown = "document.querySelector('.chat')?.textContent.includes('Message 299')";
    person.page.wait_for::<bool>(shown).await.map(drop)
}

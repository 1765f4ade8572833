//! The assistant in the chat: what it offers, how its answers grow, and how they end.

use std::time::Duration;

use anyhow::Result;
use e2e::input::{Button, Pointer, Tool};
use e2e::keys::Modifiers;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use serde_json::{Value, json};
use testkit::openai::{Endpoint, Reply};

use crate::series::Series;

/// What the model says.
const ANSWER: &str = "The board shows how a shed is built. The wood is dried first, then the frame stands \
                      on stones. Open is who paints it: two notes say different names.";

/// Takes the pictures.
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    if !series.album.wants_any_of("assistant") {
        return Ok(());
    }
    let model = Endpoint::start(|_, body| answer(body)).await;
    let url = model.url();
    let options = [
        "--assistant-url",
        &url,
        "--assistant-model",
        "small",
        "--assistant-image-model",
        "painter",
    ];
    let server = env.one_server_with(&options).await?;
    let board = env.board(&server).await?;
    let owner = env.person("asker").await?;
    series.device.apply_to(&owner).await?;
    owner.open(&board.owner.at(&server)).await?;
    owner.set_name("Ada of the garden house group").await?;
    open_chat(&owner).await?;
    series.shoot_page(&owner, "assistant-composer").await?;
    ask(&owner, "@assistant what is this board about?").await?;
    shown(&owner, ANSWER.rsplit(' ').next().unwrap_or_default()).await?;
    series.shoot_page(&owner, "assistant-answer").await?;
    ask(&owner, "@assistant draw how it is built").await?;
    shown(&owner, "Drawing").await?;
    series.shoot_page(&owner, "assistant-progress").await?;
    shown(&owner, "There it is.").await?;
    series.shoot_page(&owner, "assistant-drawn").await?;
    ask(&owner, "@assistant wait").await?;
    shown(&owner, "Let me think").await?;
    owner.page.click("button", "Stop").await?;
    shown(&owner, "Stopped.").await?;
    drop(model);
    ask(&owner, "@assistant are you there?").await?;
    shown(&owner, "cannot be reached at present").await?;
    series.shoot_page(&owner, "assistant-errors").await?;
    menu(&owner, series).await?;
    owner.page.close().await
}

/// The menu of a selection.
async fn menu(owner: &Person, series: &mut Series<'_>) -> Result<()> {
    owner.page.click("button", "Close chat").await?;
    owner.page.press("v").await?;
    owner.page.press("Shift+1").await?;
    owner.page.press("Ctrl+a").await?;
    let right = Pointer {
        button: Button::Right,
        tool: Tool::Mouse,
        held: Modifiers::NONE,
    };
    let at = series.device.at((640.0, 400.0), (195.0, 400.0));
    owner.page.stroke(right, &[at]).await?;
    series.shoot_page(owner, "assistant-menu").await?;
    owner.page.click("menuitem", "Ask the assistant").await?;
    series.shoot_page(owner, "assistant-menu-tasks").await
}

fn answer(body: &Value) -> Reply {
    let messages = body["messages"].as_array().cloned().unwrap_or_default();
    let question = messages
        .get(1)
        .and_then(|message| message["content"].as_str());
    let question = question.unwrap_or_default();
    let has_drawn = messages.iter().any(|message| message["role"] == "tool");
    match has_drawn {
        true => Reply::text("There it is.", Duration::ZERO),
        false if question.ends_with("wait") => Reply::stalled("Let me think"),
        false if question.ends_with("built") => {
            Reply::calls(&[("create_diagram", json!({ "mermaid": PLAN }))], 100)
        }
        false => Reply::text(ANSWER, Duration::ZERO),
    }
}

/// What the model draws.
const PLAN: &str = "flowchart TD\n w[Buy wood] --> d{Is it dry?}\n d -->|yes| f[Build the frame]\n \
                    d -->|no| s[Store it]\n s --> d\n f --> r[Roof]\n r --> p[Paint]";

async fn open_chat(person: &Person) -> Result<()> {
    person.page.click("button", "Chat").await?;
    person.page.find("complementary", "Chat").await.map(drop)
}

async fn ask(person: &Person, text: &str) -> Result<()> {
    person.page.click("textbox", "Message").await?;
    person.page.type_text(text).await?;
    person.page.press("Enter").await
}

async fn shown(person: &Person, text: &str) -> Result<()> {
    let has = format!("document.querySelector('.chat-log')?.innerText.includes({text:?})");
    person.page.wait_for::<bool>(&has).await.map(drop)
}

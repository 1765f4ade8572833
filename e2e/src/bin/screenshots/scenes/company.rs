//! Others on the board: what they point at, hold and move, and how many they are.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::person::{Person, line};
use e2e::stage::Stage;

use super::selecting::selected;
use super::tools::held;
use crate::content::{middle, note, picked};
use crate::set::Set;

/// Names as people have them, short and long.
const NAMES: [&str; 18] = [
    "Cleo",
    "Dariusz",
    "Maximiliane Freifrau von Hohenstein-Breitenfels",
    "Emre",
    "日本太郎",
    "Fatima Zahra",
    "Wolfeschlegelsteinhausenbergerdorff",
    "Gus",
    "Hana",
    "Ines",
    "Jo",
    "Kwame",
    "Lin",
    "Mia",
    "Noor",
    "Olga",
    "Pau",
    "Quentin",
];

/// Takes the pictures.
pub(crate) async fn shoot(stage: &mut Stage, set: &mut Set<'_>) -> Result<()> {
    let (device, ben) = (set.device, set.ben.clone());
    set.shoot("others", async |ada| {
        picked(&ben, "Select").await?;
        let from = middle(note(device));
        let to = device.at((960.0, 440.0), (140.0, 560.0));
        held(&ben, &line(from, to, 8)).await?;
        selected(&ben, "=== 1").await?;
        ada.sees_cursor_of("Ben").await
    })
    .await?;
    ben.page.press("Escape").await?;
    let at = middle(note(device));
    ben.page.up(Pointer::default(), at).await?;
    if set.wants("people-many") {
        let crowd = crowd(stage, set).await?;
        set.shoot("people-many", async |ada| {
            ada.counts_people(2 + NAMES.len()).await?;
            ada.page.click("button", "Show everyone").await
        })
        .await?;
        for person in crowd {
            person.page.close().await?;
        }
    }
    Ok(())
}

async fn crowd(stage: &mut Stage, set: &Set<'_>) -> Result<Vec<Person>> {
    let mut crowd = Vec::new();
    for name in NAMES {
        let person = stage.guest("guest", &set.lesser[0]).await?;
        person.call_oneself(name).await?;
        crowd.push(person);
    }
    Ok(crowd)
}

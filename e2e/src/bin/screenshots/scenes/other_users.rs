//! Other users on the board: their cursors, selections and drags, and their number.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::person::{Person, line};
use e2e::test_env::TestEnv;

use super::selecting::selected;
use super::tools::held;
use crate::content::{middle, note, picked};
use crate::series::Series;

/// Short and long names.
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
pub(crate) async fn shoot(env: &mut TestEnv, series: &mut Series<'_>) -> Result<()> {
    let (device, ben) = (series.device, series.ben.clone());
    series
        .shoot("others", async |ada| {
            picked(&ben, "Select").await?;
            let from = middle(note(device));
            let to = device.at((960.0, 440.0), (140.0, 560.0));
            held(&ben, &line(from, to, 8)).await?;
            selected(&ben, "=== 1").await?;
            ada.wait_for_cursor_of("Ben").await
        })
        .await?;
    ben.page.press("Escape").await?;
    let at = middle(note(device));
    ben.page.up(Pointer::default(), at).await?;
    if series.wants("people-many") {
        let crowd = crowd(env, series).await?;
        series
            .shoot("people-many", async |ada| {
                ada.wait_for_people_count(2 + NAMES.len()).await?;
                ada.page.click("button", "Show everyone").await
            })
            .await?;
        for person in crowd {
            person.page.close().await?;
        }
    }
    Ok(())
}

async fn crowd(env: &mut TestEnv, series: &Series<'_>) -> Result<Vec<Person>> {
    let mut crowd = Vec::new();
    for name in NAMES {
        let person = env.guest("guest", &series.other_links[0]).await?;
        person.set_name(name).await?;
        crowd.push(person);
    }
    Ok(crowd)
}

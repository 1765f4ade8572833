//! Real pages in Chromium that draw, and a record of what their status shows.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use e2e::browser::{Browser, SiteData};
use e2e::page::At;
use e2e::person::Person;
use e2e::status_record::{self, Shown};
use testkit::board::Board;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::checker::millis;

/// How often each page draws.
const PERIOD: Duration = Duration::from_secs(1);
/// Pages on the board of a run.
#[derive(Debug)]
pub(crate) struct Pages {
    browser: Browser,
    people: Vec<Person>,
    drawing: JoinSet<Result<()>>,
    stop: watch::Sender<bool>,
}

impl Pages {
    /// Opens so many pages of a board and lets them draw.
    pub(crate) async fn open(count: usize, url: &str, board: &Board) -> Result<Self> {
        let browser = Browser::launch(SiteData::Allowed).await?;
        let stop = watch::Sender::new(false);
        let (mut people, mut drawing) = (Vec::new(), JoinSet::new());
        for number in 0..count {
            let context = browser.context().await?;
            let page = context.page().await?;
            let person = Person { context, page };
            person.open(&board.edit.at(url)).await?;
            status_record::begin(&person.page).await?;
            person.pick_tool("Pen").await?;
            people.push(person.clone());
            drawing.spawn(draw(person, number, stop.subscribe()));
        }
        Ok(Self {
            browser,
            people,
            drawing,
            stop,
        })
    }

    /// Lets the pages draw no more, waits until all is saved, and returns what each of them showed.
    pub(crate) async fn close(mut self) -> Result<Vec<String>> {
        self.stop.send_replace(true);
        while let Some(ended) = self.drawing.join_next().await {
            ended.context("a page panicked")??;
        }
        let mut shown = Vec::new();
        for person in &self.people {
            person.wait_until_saved().await?;
            shown.push(summary(&status_record::read(&person.page).await?));
        }
        self.browser.close().await?;
        Ok(shown)
    }
}

async fn draw(person: Person, number: usize, mut stop: watch::Receiver<bool>) -> Result<()> {
    let mut at = 0_u32;
    while !*stop.borrow() {
        let (column, row) = (
            f64::from(at % 8),
            f64::from(at / 8 % 12) + number as f64 * 0.5,
        );
        let place = At(200.0 + column * 80.0, 150.0 + row * 30.0);
        person.draw_dash(place).await?;
        at += 1;
        tokio::select! {
            _ = stop.changed() => {}
            () = sleep(PERIOD) => {}
        }
    }
    Ok(())
}

/// Each text with how often and how long it was shown in all, and its longest time.
fn summary(shown: &[Shown]) -> String {
    let mut texts: BTreeMap<String, (u32, Duration, Duration)> = BTreeMap::new();
    for Shown { text, time } in shown {
        let words: String = text.chars().filter(|it| !it.is_ascii_digit()).collect();
        let (times, sum, longest) = texts.entry(words).or_default();
        *times += 1;
        *sum += *time;
        *longest = (*longest).max(*time);
    }
    let describe = |(text, (times, sum, longest)): (String, (u32, Duration, Duration))| {
        let (sum, longest) = (millis(sum), millis(longest));
        format!("{text:?} {times} times, {sum}, at most {longest}")
    };
    let all: Vec<String> = texts.into_iter().map(describe).collect();
    all.join(", ")
}

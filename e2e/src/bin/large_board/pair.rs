//! How soon ink drawn on a page shows on another page, which is at another server. Redis is between
//! the two servers.

use std::path::Path;

use anyhow::Result;
use e2e::browser::{Browser, SiteData};
use e2e::log::Direction;
use e2e::person::Person;
use testkit::board::Board;
use testkit::redis::{Redis, Version};
use testkit::server::{self, Server};

use crate::ink;

/// Draws on a new board; the figures of the ink, and the bytes that each move of the pointer costs
/// with its share of the commit: those that the page sends, and those that the other one receives.
/// Both pages are in one browser, so they share a clock.
pub(crate) async fn measure(dist: &Path) -> Result<Vec<f64>> {
    let redis = Redis::start(Version::Seven, &[]).await?;
    let first = start(dist, &redis).await?;
    let second = start(dist, &redis).await?;
    let board = Board::create(&first.url()).await?;
    let browser = Browser::launch(SiteData::Allowed).await?;
    let ada = open(&browser, &board.edit.at(&first.url())).await?;
    let ben = open(&browser, &board.edit.at(&second.url())).await?;
    ada.pick_tool("Pen").await?;

    let before = [
        bytes(&ada, Direction::Sent),
        bytes(&ben, Direction::Received),
    ];
    let mut figures = ink::measure(&ada.page, &ben.page).await?;
    ada.wait_until_saved().await?;
    let after = [
        bytes(&ada, Direction::Sent),
        bytes(&ben, Direction::Received),
    ];
    let moves = f64::from(ink::STROKES * ink::MOVES);
    let grown = before.into_iter().zip(after).map(|(from, to)| to - from);
    figures.extend(grown.map(|bytes| bytes as f64 / moves));
    browser.close().await?;
    Ok(figures)
}

async fn start(dist: &Path, redis: &Redis) -> Result<Server> {
    let (dist, redis) = (dist.to_string_lossy(), redis.url());
    let options = ["--static-dir", &dist, "--redis-url", &redis];
    Server::start(&server::program()?, &options).await
}

/// A new person who opens a board.
async fn open(browser: &Browser, link: &str) -> Result<Person> {
    let context = browser.context().await?;
    let page = context.page().await?;
    let person = Person { context, page };
    person.open(link).await?;
    Ok(person)
}

/// Bytes of the frames that went one way so far.
fn bytes(person: &Person, way: Direction) -> usize {
    let frames = person.page.log().frames();
    let frames = frames.iter().filter(|frame| frame.way == way);
    frames.map(|frame| frame.bytes.len()).sum()
}

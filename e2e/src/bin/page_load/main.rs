//! Measures the time from opening a page for the first time until one can draw on it, for a new
//! board of Commonslate and for a page with only Excalidraw.
//!
//! One server serves both from one folder, with the same compression and headers. Each load has a
//! new browser with empty caches. Whiteboards and conditions alternate, so that other load on the
//! machine affects all of them alike. Compare the ratios, because times depend on the machine.
//! Nothing is asserted.
//!
//! `cargo xtask bench --page-load` prepares the folder and runs this:
//! `page_load [loads of each] [part of a condition's name]`.
//!
//! Layout: `whiteboard` says what is loaded and when it can be used, `condition` sets network and
//! processor, `measure` measures one load, `report` makes the table.

mod condition;
mod measure;
mod report;
mod whiteboard;

use anyhow::{Context as _, Result, ensure};
use condition::Condition;
use measure::Load;
use testkit::server::{self, Server};
use whiteboard::Whiteboard;

/// Loads of each whiteboard under each condition, when no number is given.
const LOADS: usize = 7;

/// The loads under one condition, by whiteboard.
struct Series {
    condition: &'static Condition,
    loads: [Vec<Load>; 2],
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let loads = arguments.next().map_or(Ok(LOADS), |count| count.parse());
    let loads: usize = loads.context("the first argument is the number of loads")?;
    let part = arguments.next().unwrap_or_default();
    let mut all: Vec<Series> = condition::ALL
        .iter()
        .filter(|condition| condition.name.contains(&part))
        .map(|condition| Series {
            condition,
            loads: [Vec::new(), Vec::new()],
        })
        .collect();
    ensure!(!all.is_empty(), "no condition has {part:?} in its name");
    warm_up().await?;
    for number in 0..loads {
        round(number, &mut all).await?;
    }
    for Series { condition, loads } in &all {
        let [ours, theirs] = Whiteboard::BOTH.map(Whiteboard::name);
        let [one, two] = loads;
        say(&report::table(condition.name, [(ours, one), (theirs, two)]));
    }
    say(report::LEGEND);
    Ok(())
}

/// Loads each whiteboard once without measuring, so that the system has all files in its cache.
async fn warm_up() -> Result<()> {
    let server = start_server().await?;
    let [fastest, ..] = &condition::ALL;
    for whiteboard in Whiteboard::BOTH {
        measure::load(whiteboard, fastest, &server).await?;
    }
    Ok(())
}

/// Loads each whiteboard under each condition from a new server with an empty store. In every second
/// round the other whiteboard comes first.
async fn round(number: usize, all: &mut [Series]) -> Result<()> {
    let server = start_server().await?;
    for Series { condition, loads } in all {
        let mut turns: Vec<_> = Whiteboard::BOTH.into_iter().zip(loads).collect();
        if number % 2 == 1 {
            turns.reverse();
        }
        for (whiteboard, loads) in turns {
            let load = measure::load(whiteboard, condition, &server).await?;
            say(&format!(
                "load {}: {:<12} ink after {:>6.0} ms ({})",
                number + 1,
                whiteboard.name(),
                load.ink,
                condition.name
            ));
            loads.push(load);
        }
    }
    Ok(())
}

/// A server with an empty store, which serves the folder with both pages.
async fn start_server() -> Result<Server> {
    let folder = server::dist()?;
    let options = ["--static-dir", &folder.to_string_lossy()];
    Server::start(&server::program()?, &options).await
}

/// Prints lines.
#[expect(clippy::print_stdout, reason = "the program prints figures")]
fn say(lines: &str) {
    println!("{lines}");
}

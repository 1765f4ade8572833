//! Measures the client on boards of many strokes: opening them, moving and zooming the view, large
//! selections, other people who draw, ink here and at another server, and what the server needs for it.
//!
//! A new server with an embedded store has the boards. Beside the client stands the floor page, which
//! only draws the same strokes. Each row is measured several times in turn with the others, so that
//! other load on the machine affects all of them alike. `COMMONSLATE_DIST` names the client to measure;
//! with two clients, separated by a colon, both are measured in turn and the table shows the ratios.
//! Nothing is asserted, but a measurement that fails is reported, and so is the program then.
//!
//! `cargo xtask bench --client` runs this:
//! `large_board [--strokes 50000,100000] [--profile] [rounds] [part of a row's name]`.
//!
//! Layout: `row` says what is measured, and `subject` in which columns: a built `client` or the `floor`
//! page. `visit` and `ink` drive a page, `pair` drives two at two servers, `report` makes the table.

mod client;
mod floor;
mod ink;
mod pair;
mod percentile;
mod report;
mod row;
mod subject;
mod visit;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use client::Client;
use floor::Floor;
use report::Table;
use row::Row;
use subject::Subject;
use testkit::server;
use tokio::time::Instant;

/// Measurements of each row, when no number is given: the fewest that have a middle one.
const ROUNDS: usize = 3;
/// Strokes on the boards, when no numbers are given.
const STROKES: [usize; 2] = [50_000, 100_000];

/// The arguments of the program.
struct Options {
    strokes: Vec<usize>,
    is_profiled: bool,
    rounds: usize,
    part: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::read()?;
    let rows: Vec<Row> = row::all(&options.strokes)
        .into_iter()
        .filter(|row| row.name().contains(&options.part))
        .collect();
    ensure!(
        !rows.is_empty(),
        "no row has {:?} in its name",
        options.part
    );
    let begin = Instant::now();
    let subjects = subjects(&options.strokes, &rows, begin).await?;
    let mut table = Table::new(subjects.iter().map(Subject::name));
    let mut failures = 0;
    for round in 1..=options.rounds {
        for row in &rows {
            for (column, subject) in subjects.iter().enumerate() {
                if subject.can(row) {
                    let measured = subject.measure(row, options.is_profiled).await;
                    let turn = format!("round {round} of {}, {}", options.rounds, subject.name());
                    report_progress(begin, &format!("{turn}: {}", outcome(row, &measured)));
                    match measured {
                        Ok(figures) => table.add(row, column, &figures),
                        Err(_) => failures += 1,
                    }
                }
            }
        }
    }
    say(&table.text(&rows));
    say(report::LEGEND);
    ensure!(failures == 0, "{failures} measurements failed, see above");
    Ok(())
}

/// What came of one measurement, in a line.
fn outcome(row: &Row, measured: &Result<Vec<f64>>) -> String {
    let name = row.name();
    match measured {
        Ok(figures) => format!("{name}: {figures:.1?}"),
        Err(error) => format!("{name} FAILED: {error:#}"),
    }
}

impl Options {
    fn read() -> Result<Self> {
        let mut options = Self {
            strokes: STROKES.to_vec(),
            is_profiled: false,
            rounds: ROUNDS,
            part: String::new(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            if argument == "--strokes" {
                let numbers = arguments.next().context("--strokes needs numbers")?;
                let numbers = numbers.split(',').map(str::parse);
                options.strokes = numbers.collect::<Result<_, _>>()?;
            } else if argument == "--profile" {
                options.is_profiled = true;
            } else if let Ok(rounds) = argument.parse() {
                options.rounds = rounds;
            } else {
                options.part = argument;
            }
        }
        Ok(options)
    }
}

/// Starts a server for each client and fills its boards; the floor page is the last column.
async fn subjects(strokes: &[usize], rows: &[Row], begin: Instant) -> Result<Vec<Subject>> {
    let dists = std::env::var("COMMONSLATE_DIST").unwrap_or_default();
    let mut dists: Vec<PathBuf> = std::env::split_paths(&dists).collect();
    if dists.len() < 2 {
        dists = vec![server::dist()?];
    }
    let mut subjects = Vec::new();
    for dist in dists {
        let client = Client::start(dist, rows).await?;
        report_progress(
            begin,
            &format!("the boards of {} are filled", client.name()),
        );
        subjects.push(Subject::Client(client));
    }
    subjects.push(Subject::Floor(Floor::start(strokes).await?));
    Ok(subjects)
}

/// Prints a line with the minutes and seconds since the program began.
fn report_progress(begin: Instant, line: &str) {
    let seconds = begin.elapsed().as_secs();
    say(&format!("{:>2}:{:02} {line}", seconds / 60, seconds % 60));
}

/// Prints lines.
#[expect(clippy::print_stdout, reason = "the program prints figures")]
fn say(lines: &str) {
    println!("{lines}");
}

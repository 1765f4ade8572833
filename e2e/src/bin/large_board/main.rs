//! Measures the client on boards of many strokes: opening them, moving and zooming the view, large
//! selections, and other people who draw.
//!
//! A new server with an embedded store has the boards. Each row is measured several times in turn
//! with the others, so that other load on the machine affects all of them alike. `COMMONSLATE_DIST`
//! names the client to measure; with two clients, separated by a colon, both are measured in turn and
//! the table shows the ratios. Nothing is asserted.
//!
//! `cargo xtask bench --client` runs this:
//! `large_board [--strokes 50000,100000] [--profile] [rounds] [part of a row's name]`.
//!
//! Layout: `row` says what is measured, `measure` and `ink` drive a page, `report` makes the table.

mod ink;
mod measure;
mod percentile;
mod report;
mod row;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use report::Table;
use row::Row;
use testkit::board::Board;
use testkit::handwriting;
use testkit::server::{self, Server};

/// Measurements of each row, when no number is given.
const ROUNDS: usize = 5;
/// Strokes on the boards, when no numbers are given.
const STROKES: [usize; 2] = [50_000, 100_000];

/// The arguments of the program.
struct Options {
    strokes: Vec<usize>,
    is_profiled: bool,
    rounds: usize,
    part: String,
}

/// A client with a server of its own and the boards on it.
struct Subject {
    name: String,
    server: Server,
    /// The boards by the number of their strokes.
    boards: Vec<(usize, Board)>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::read()?;
    let subjects = subjects(&options.strokes).await?;
    let rows: Vec<Row> = row::all(&options.strokes)
        .into_iter()
        .filter(|row| row.name().contains(&options.part))
        .collect();
    ensure!(
        !rows.is_empty(),
        "no row has {:?} in its name",
        options.part
    );
    let mut table = Table::new(subjects.iter().map(|subject| subject.name.clone()));
    for round in 0..options.rounds {
        for row in &rows {
            for (index, subject) in subjects.iter().enumerate() {
                let board = subject.board(row.strokes)?;
                let figures = measure::measure(row, &subject.server, board, options.is_profiled)
                    .await
                    .with_context(|| row.name())?;
                say(&format!(
                    "{} {}: {} {figures:.1?}",
                    round + 1,
                    subject.name,
                    row.name()
                ));
                table.add(row, index, &figures);
            }
        }
    }
    say(&table.text(&rows));
    say(report::LEGEND);
    Ok(())
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

impl Subject {
    fn board(&self, strokes: usize) -> Result<Board> {
        let mut boards = self.boards.iter();
        let found = boards.find(|(count, _)| *count == strokes);
        found.map(|(_, board)| *board).context("no such board")
    }
}

/// Starts a server for each client and fills its boards.
async fn subjects(strokes: &[usize]) -> Result<Vec<Subject>> {
    let dists = std::env::var("COMMONSLATE_DIST").unwrap_or_default();
    let mut dists: Vec<PathBuf> = std::env::split_paths(&dists).collect();
    if dists.len() < 2 {
        dists = vec![server::dist()?];
    }
    let mut subjects = Vec::new();
    for dist in dists {
        let folder = dist.to_string_lossy();
        let server = Server::start(&server::program()?, &["--static-dir", &folder]).await?;
        let mut boards = Vec::new();
        for count in row::boards(strokes) {
            let board = Board::create(&server.url()).await?;
            handwriting::fill(&server.url(), board.edit, count).await?;
            say(&format!("a board of {count} strokes for {folder}"));
            boards.push((count, board));
        }
        let name = dist
            .file_name()
            .map_or(folder, |name| name.to_string_lossy());
        subjects.push(Subject {
            name: name.into_owned(),
            server,
            boards,
        });
    }
    Ok(subjects)
}

/// Prints lines.
#[expect(clippy::print_stdout, reason = "the program prints figures")]
fn say(lines: &str) {
    println!("{lines}");
}

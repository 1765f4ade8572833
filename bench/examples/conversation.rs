//! Opens two boards that differ in the length of their conversations, 50 and 20,000 messages, and
//! compares the bytes and the time until a client has the board.
//!
//! `cargo run --release -p bench --example conversation`; `COMMONSLATE_BIN` names the server.

#![expect(clippy::print_stdout, reason = "the result is printed")]

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use shared::op::Op;
use shared::protocol::Profile;
use testkit::board::Board;
use testkit::client::BoardClient;
use testkit::fixtures::{chat_op, key, post};
use testkit::server::{Server, program};

/// The lengths of the conversations.
const LENGTHS: [u64; 2] = [50, 20_000];
/// Messages in one commit.
const PORTION: u64 = 100;
/// How often each board is opened.
const ROUNDS: usize = 21;

/// What opening a board cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    took: Duration,
    bytes: usize,
}

/// Writes messages as one person would.
async fn write(server: &Server, board: &Board, count: u64) -> Result<()> {
    let url = server.url();
    let mut ann = BoardClient::join(&url, board.edit, key(1), Profile::default()).await?;
    for first in (0..count).step_by(usize::try_from(PORTION)?) {
        let numbers = first..count.min(first + PORTION);
        let ops = numbers.map(|number| {
            let text = format!("This is the message of the number {number}, as long as most are.");
            Op::Chat(Box::new(chat_op(1, post(number, text))))
        });
        ann.submit(ops.collect());
        ann.until(|replica| replica.pending() == 0).await?;
    }
    Ok(())
}

/// Opens a board as a client that has nothing of it.
async fn open(server: &Server, board: &Board, who: u8) -> Result<Cost> {
    let (url, began) = (server.url(), Instant::now());
    let mut client = BoardClient::connect(&url, board.view, key(who), Profile::default()).await?;
    client.flush(|_, _| ()).await?;
    let mut bytes = 0;
    while client.replica().at().is_none() {
        let received = client.receive().await?;
        bytes += received.bytes;
        client.apply(received)?;
        client.flush(|_, _| ()).await?;
    }
    let took = began.elapsed();
    Ok(Cost { took, bytes })
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut server = Server::start(&program()?, &["--log", "error"]).await?;
    let mut boards = Vec::new();
    for length in LENGTHS {
        let board = Board::create(&server.url()).await?;
        write(&server, &board, length).await?;
        boards.push(board);
    }
    server.terminate().await?;
    server.restart().await?;
    for (board, length) in boards.iter().zip(LENGTHS) {
        let first = open(&server, board, 2).await?;
        println!("{length} messages, the server opens the board: {first:?}");
    }
    let mut costs = vec![Vec::new(); LENGTHS.len()];
    for round in 0..ROUNDS {
        for (board, costs) in boards.iter().zip(&mut costs) {
            let who = u8::try_from(10 + round)?;
            costs.push(open(&server, board, who).await?);
        }
    }
    for (mut costs, length) in costs.into_iter().zip(LENGTHS) {
        costs.sort_unstable();
        let median = costs.get(ROUNDS / 2).context("no rounds")?;
        println!("{length} messages, median of {ROUNDS} that join: {median:?}");
    }
    Ok(())
}

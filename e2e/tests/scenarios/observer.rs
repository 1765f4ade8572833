//! A client without a browser that joins the board of a scenario. It knows which commits are in the
//! log, and it can add elements that would take long to draw by hand.
//!
//! It runs the same driver as a page does. Before it reports a state of the board, it waits until the
//! pages of the scenario show that state too, so that the next gesture finds it there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, Result, bail};
use e2e::PATIENCE;
use e2e::person::Person;
use shared::model::{Board, Color, Element};
use shared::op::Op;
use shared::protocol::Profile;
use testkit::client::BoardClient;
use testkit::fixtures::key;
use tokio::sync::{mpsc, watch};

/// A client without a browser that watches the stored board.
#[derive(Debug)]
pub(crate) struct Observer {
    board: watch::Receiver<Board>,
    seq: Arc<AtomicU64>,
    changes: mpsc::UnboundedSender<Vec<Op>>,
    pages: Vec<Person>,
}

impl Observer {
    /// Joins a board and waits until it is loaded.
    ///
    /// # Errors
    /// If the server does not let the observer in.
    pub(crate) async fn join(server: &str, board: &testkit::board::Board) -> Result<Self> {
        Self::join_as("Observer", server, board).await
    }

    /// As [`Observer::join`], with a name, by which the server signs sticky notes.
    pub(crate) async fn join_as(
        name: &str,
        server: &str,
        board: &testkit::board::Board,
    ) -> Result<Self> {
        let profile = Profile {
            name: name.to_owned(),
            color: Color::Grey,
        };
        let client = BoardClient::join(server, board.edit, key(0x77), profile).await?;
        let (shown, board) = watch::channel(client.replica().confirmed_board());
        let seq = Arc::default();
        let (changes, to_submit) = mpsc::unbounded_channel();
        tokio::spawn(run(client, Arc::clone(&seq), shown, to_submit));
        Ok(Self {
            board,
            seq,
            changes,
            pages: Vec::new(),
        })
    }

    /// From now on every wait also waits for the pages of these people. Leave out a page that is
    /// offline on purpose.
    pub(crate) fn shown_on(mut self, people: &[&Person]) -> Self {
        self.pages = people.iter().copied().cloned().collect();
        self
    }

    /// Changes the board; [`Observer::wait_for`] waits until the change is in the log.
    pub(crate) fn submit(&self, ops: Vec<Op>) -> Result<()> {
        self.changes.send(ops).context("the observer is gone")
    }

    /// Waits until `find` finds something on the board and the pages have received it; returns it.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`]; the error names what was expected and what is there.
    pub(crate) async fn wait_for<T>(
        &self,
        what: &str,
        find: impl Fn(&Board) -> Option<T>,
    ) -> Result<T> {
        let found = self.wait_for_board(what, find).await?;
        for person in &self.pages {
            person
                .wait_for_seq(self.seq())
                .await
                .context("a page did not receive the change")?;
        }
        Ok(found)
    }

    async fn wait_for_board<T>(&self, what: &str, find: impl Fn(&Board) -> Option<T>) -> Result<T> {
        let mut board = self.board.clone();
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = find(&board.borrow_and_update()) {
                return Ok(found);
            }
            match tokio::time::timeout_at(end, board.changed()).await {
                Ok(changed) => changed.context("the observer is gone")?,
                Err(_) => bail!("{what} is not on the board:\n{}", describe(&board.borrow())),
            }
        }
    }

    /// Waits until an element satisfies `is`, and returns it.
    ///
    /// # Errors
    /// As [`Observer::wait_for`].
    pub(crate) async fn wait_for_element(
        &self,
        what: &str,
        is: impl Fn(&Element) -> bool,
    ) -> Result<Element> {
        self.wait_for(what, |board| {
            let mut all = board.in_order();
            all.find(|element| is(element)).map(|it| (**it).clone())
        })
        .await
    }

    /// The `seq` of the last commit that was received.
    pub(crate) fn seq(&self) -> u64 {
        self.seq.load(Ordering::SeqCst)
    }

    /// The board as it is now.
    pub(crate) fn board(&self) -> Board {
        self.board.borrow().clone()
    }
}

fn describe(board: &Board) -> String {
    let lines: Vec<String> = board
        .in_order()
        .map(|element| {
            format!(
                "  {:?} {:?} {:?}",
                element.body,
                element.props,
                element.text.plain()
            )
            .chars()
            .take(600)
            .collect()
        })
        .collect();
    lines.join("\n")
}

/// Receives messages and carries out changes until the observer is dropped or the connection ends.
async fn run(
    mut client: BoardClient,
    placed: Arc<AtomicU64>,
    shown: watch::Sender<Board>,
    mut changes: mpsc::UnboundedReceiver<Vec<Op>>,
) -> Result<()> {
    loop {
        let tick = client.next_tick();
        tokio::select! {
            received = client.receive() => client.apply(received?)?,
            ops = changes.recv() => match ops {
                Some(ops) => drop(client.submit(ops)),
                None => return Ok(()),
            },
            () = tokio::time::sleep_until(tick) => client.tick()?,
        }
        client.flush(|_, _| ()).await?;
        let seq = client.replica().at().map_or(0, |at| at.seq);
        // The number comes last: a reader that sees it finds that board.
        shown.send_replace(client.replica().confirmed_board());
        placed.store(seq, Ordering::SeqCst);
    }
}

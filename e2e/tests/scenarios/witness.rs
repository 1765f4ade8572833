//! A client without a browser that is on a board too. It knows exactly which commits are in the
//! log, and it adds elements that would take long to draw by hand.
//!
//! It runs the same driver as pages do. Before it reports what it has seen, it waits until the
//! pages of the scenario show it too, so that the next gesture finds it there.

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

/// A client without a browser.
#[derive(Debug)]
pub(crate) struct Witness {
    board: watch::Receiver<Board>,
    seq: Arc<AtomicU64>,
    wishes: mpsc::UnboundedSender<Vec<Op>>,
    waits_for: Vec<Person>,
}

impl Witness {
    /// Joins a board and waits until it is loaded.
    ///
    /// # Errors
    /// If the server does not let the witness in.
    pub(crate) async fn join(server: &str, board: &testkit::board::Board) -> Result<Self> {
        let profile = Profile {
            name: "Witness".to_owned(),
            color: Color::Grey,
        };
        let client = BoardClient::join(server, board.edit, key(0x77), profile).await?;
        let (shown, board) = watch::channel(client.replica().confirmed_board());
        let seq = Arc::default();
        let (wishes, wanted) = mpsc::unbounded_channel();
        tokio::spawn(live(client, Arc::clone(&seq), shown, wanted));
        Ok(Self {
            board,
            seq,
            wishes,
            waits_for: Vec::new(),
        })
    }

    /// From now on nothing counts as seen before the pages of these people show it. Leave out a page
    /// that is offline on purpose.
    pub(crate) fn waits_for(mut self, people: &[&Person]) -> Self {
        self.waits_for = people.iter().copied().cloned().collect();
        self
    }

    /// Changes the board; [`Witness::sees`] waits until the change is in the log.
    pub(crate) fn does(&self, ops: Vec<Op>) -> Result<()> {
        self.wishes.send(ops).context("the witness is gone")
    }

    /// Waits until the board shows something, on the pages too, and returns it.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`]; the error names what was expected and what is there.
    pub(crate) async fn sees<T>(
        &self,
        what: &str,
        look: impl Fn(&Board) -> Option<T>,
    ) -> Result<T> {
        let found = self.sees_alone(what, look).await?;
        for person in &self.waits_for {
            person.has_come_to(self.seq()).await.context("too late")?;
        }
        Ok(found)
    }

    async fn sees_alone<T>(&self, what: &str, look: impl Fn(&Board) -> Option<T>) -> Result<T> {
        let mut board = self.board.clone();
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look(&board.borrow_and_update()) {
                return Ok(found);
            }
            match tokio::time::timeout_at(end, board.changed()).await {
                Ok(changed) => changed.context("the witness is gone")?,
                Err(_) => bail!("{what} is not on the board:\n{}", words(&board.borrow())),
            }
        }
    }

    /// Waits until an element has a property, and returns it.
    ///
    /// # Errors
    /// As [`Witness::sees`].
    pub(crate) async fn finds(&self, what: &str, is: impl Fn(&Element) -> bool) -> Result<Element> {
        self.sees(what, |board| {
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

fn words(board: &Board) -> String {
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

/// Receives messages and carries out changes until the witness is dropped or the connection ends.
async fn live(
    mut client: BoardClient,
    placed: Arc<AtomicU64>,
    shown: watch::Sender<Board>,
    mut wanted: mpsc::UnboundedReceiver<Vec<Op>>,
) -> Result<()> {
    loop {
        let tick = client.next_tick();
        tokio::select! {
            received = client.receive() => client.apply(received?.message)?,
            wish = wanted.recv() => match wish {
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

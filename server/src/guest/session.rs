//! One guest on one board: sends the commits of a program and waits for their answers.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use shared::chat::ChatPage;
use shared::id::{ClientId, CommitNo, Epoch, Position, Seq};
use shared::limits::MAX_CHAT_BYTES;
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, LiveUpdate, Refusal, Role, ServerMsg};
use shared::sync::packed::unpack;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::connection::{GuestConnection, GuestHello};
use super::error::GuestError;
use crate::state::AppState;

/// Requests of a program that wait for its guest. More wait at the sender.
const REQUESTS: usize = 32;
/// How long a commit waits for the store. The deadline of HTTP is a little later.
const STORE_LIMIT: Duration = Duration::from_secs(10);
/// A guest leaves after this time without a request. People see long enough what is at work on their
/// board.
const STAYS_FOR: Duration = Duration::from_secs(30);

/// A commit that was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Its place in the history.
    pub(crate) at: Position,
}

#[derive(Debug)]
enum Request {
    Commit {
        ops: Vec<Op>,
        guard: Guard,
        answer: Answer,
    },
    ChatPage {
        number: u64,
        answer: oneshot::Sender<Option<ChatPage>>,
    },
    Live(LiveUpdate),
}

type Answer = oneshot::Sender<Result<Stored, GuestError>>;

/// A guest on a board. Clones are the same guest.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    requests: mpsc::Sender<Request>,
    client: ClientId,
}

impl Guest {
    /// Lets a guest come to a board.
    pub(super) async fn enter(
        state: &Arc<AppState>,
        hello: GuestHello<'_>,
    ) -> Result<Self, GuestError> {
        let (connection, welcome) = GuestConnection::open(state, hello).await?;
        let (requests, waiting) = mpsc::channel(REQUESTS);
        let guest = Self {
            requests,
            client: welcome.you,
        };
        let task = Task {
            connection,
            me: welcome.you,
            epoch: welcome.at.epoch,
            role: welcome.role,
            last: 0,
            answers: BTreeMap::new(),
            pages: VecDeque::new(),
        };
        state.tasks.spawn(task.run(waiting));
        Ok(guest)
    }

    /// Its client.
    pub(super) const fn client(&self) -> ClientId {
        self.client
    }

    /// Whether it has left.
    pub(super) fn has_left(&self) -> bool {
        self.requests.is_closed()
    }

    /// Changes the board, and waits until the change is stored.
    ///
    /// # Errors
    /// [`GuestError`]: it was refused, or is perhaps not stored.
    pub(crate) async fn commit(&self, ops: Vec<Op>, guard: Guard) -> Result<Stored, GuestError> {
        let (answer, answered) = oneshot::channel();
        let request = Request::Commit { ops, guard, answer };
        let answered = async {
            let sent = self.requests.send(request).await;
            sent.map_err(|_| GuestError::Left)?;
            answered.await.map_err(|_| GuestError::Interrupted)?
        };
        let answered = timeout(STORE_LIMIT, answered).await;
        answered.map_err(|_| GuestError::NotStoredYet)?
    }

    /// Shows people something that is not kept, such as the cursor.
    pub(crate) fn show(&self, update: LiveUpdate) {
        if self.requests.try_send(Request::Live(update)).is_err() {
            tracing::debug!("a guest is too busy to show a live update");
        }
    }

    /// Reads a page of the conversation; `None` if it cannot be read.
    ///
    /// # Errors
    /// [`GuestError`]: the board did not answer.
    pub(crate) async fn chat_page(&self, number: u64) -> Result<Option<ChatPage>, GuestError> {
        let (answer, answered) = oneshot::channel();
        let request = Request::ChatPage { number, answer };
        let sent = self.requests.send(request).await;
        sent.map_err(|_| GuestError::Left)?;
        let answered = timeout(STORE_LIMIT, answered).await;
        let answered = answered.map_err(|_| GuestError::NotStoredYet)?;
        answered.map_err(|_| GuestError::Interrupted)
    }
}

/// What runs a guest.
struct Task {
    connection: GuestConnection,
    me: ClientId,
    epoch: Epoch,
    role: Role,
    /// The number of the last commit.
    last: CommitNo,
    /// The commits that wait for an answer.
    answers: BTreeMap<CommitNo, Answer>,
    /// The pages of the conversation that are wanted. The first one was asked for.
    pages: VecDeque<(u64, oneshot::Sender<Option<ChatPage>>)>,
}

impl Task {
    async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut leaves_at = Instant::now() + STAYS_FOR;
        let end = loop {
            let turn = tokio::select! {
                message = self.connection.next() => match message {
                    Ok(ServerMsg::ChatPage { packed, .. }) => self.page_arrived(&packed).await,
                    Ok(message) => self.receive(message),
                    Err(end) => Err(end),
                },
                Some(request) = requests.recv() => {
                    leaves_at = Instant::now() + STAYS_FOR;
                    self.carry_out(request).await
                }
                () = sleep_until(leaves_at) => {
                    if self.answers.is_empty() {
                        break GuestError::Left;
                    }
                    leaves_at = Instant::now() + STAYS_FOR;
                    Ok(())
                }
            };
            if let Err(end) = turn {
                break end;
            }
        };
        requests.close();
        for answer in std::mem::take(&mut self.answers).into_values() {
            give(answer, Err(end.clone()));
        }
        while let Some(request) = requests.recv().await {
            if let Request::Commit { answer, .. } = request {
                give(answer, Err(end.clone()));
            }
        }
    }

    async fn carry_out(&mut self, request: Request) -> Result<(), GuestError> {
        match request {
            Request::Commit { ops, guard, answer } => {
                self.last += 1;
                self.answers.insert(self.last, answer);
                let cno = self.last;
                let commit = Commit { cno, guard, ops };
                self.connection.send(&ClientMsg::Commit(commit)).await
            }
            Request::Live(update) => self.connection.send(&ClientMsg::Live(update)).await,
            Request::ChatPage { number, answer } => {
                self.pages.push_back((number, answer));
                if self.pages.len() > 1 {
                    return Ok(());
                }
                self.connection.send(&ClientMsg::ChatPage(number)).await
            }
        }
    }

    /// Gives the page that was asked for, and asks for the next one.
    async fn page_arrived(&mut self, packed: &[u8]) -> Result<(), GuestError> {
        let page = unpack(packed, MAX_CHAT_BYTES);
        if let Some((_, answer)) = self.pages.pop_front()
            && answer.send(page).is_err()
        {
            tracing::debug!("a program did not wait for its page");
        }
        match self.pages.front() {
            Some((number, _)) => self.connection.send(&ClientMsg::ChatPage(*number)).await,
            None => Ok(()),
        }
    }

    fn receive(&mut self, message: ServerMsg) -> Result<(), GuestError> {
        match message {
            ServerMsg::Ack { seq, cno } => {
                self.stored(seq, cno);
                Ok(())
            }
            // The server wrote into it who said what, so it comes back whole.
            ServerMsg::Commit { seq, commit } if commit.author == self.me => {
                self.stored(seq, commit.commit.cno);
                Ok(())
            }
            ServerMsg::Refused { cno, reason } => {
                let error = GuestError::Refused(match reason {
                    // A full board refuses new authors like viewers.
                    Refusal::ViewOnly if self.role.may_draw() => Refusal::BoardFull,
                    reason => reason,
                });
                self.answer(cno, Err(error.clone()));
                // This refusal uses no number, so no later commit could follow.
                match reason {
                    Refusal::ViewOnly => Err(error),
                    _ => Ok(()),
                }
            }
            // The store lost commits. Their programs are told, and come again as new guests.
            ServerMsg::NewEpoch { .. } | ServerMsg::Missing { .. } => Err(GuestError::Interrupted),
            _ => Ok(()),
        }
    }

    fn stored(&mut self, seq: Seq, cno: CommitNo) {
        let epoch = self.epoch;
        let at = Position { epoch, seq };
        self.answer(cno, Ok(Stored { at }));
    }

    fn answer(&mut self, cno: CommitNo, outcome: Result<Stored, GuestError>) {
        if let Some(answer) = self.answers.remove(&cno) {
            give(answer, outcome);
        }
    }
}

fn give(answer: Answer, outcome: Result<Stored, GuestError>) {
    if answer.send(outcome).is_err() {
        tracing::debug!("a program did not wait for its answer");
    }
}

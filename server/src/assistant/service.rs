//! Takes the questions of a server, and lets each be answered.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use governor::Quota;
use shared::id::{BoardId, MessageId, PersonId};
use tokio::sync::{Mutex as AsyncMutex, Semaphore, mpsc};

use super::failure::Failure;
use super::model::Model;
use super::run::Run;
use crate::caller_rate_limit::Limiter;
use crate::clock::Clock;
use crate::guest::Guests;
use crate::room::Question;
use crate::state::AppState;

/// Questions that are answered or wait on one server. Each costs two connections within the process.
const MAX_QUESTIONS: usize = 256;
/// Those of one person on a board. People ask again before an answer is there, but not so often.
const MAX_QUESTIONS_EACH: usize = 3;

/// An asker on a board.
type Asker = (BoardId, PersonId);
/// Whose turn it is among the questions of an asker.
pub(super) type Turn = Arc<AsyncMutex<()>>;

/// The assistant of a server.
#[derive(Debug)]
pub(crate) struct Assistant {
    pub(super) state: Arc<AppState>,
    pub(super) guests: Arc<Guests>,
    /// The language model, if there is an endpoint.
    pub(super) model: Option<Model>,
    limit: Option<Limiter<BoardId, Clock>>,
    places: Arc<Semaphore>,
    /// The turns of askers: this server answers the questions of one after the other, so that each
    /// answer can take back what it drew and nothing else.
    turns: Mutex<HashMap<Asker, Turn>>,
    /// The answers that are being written.
    open: Mutex<BTreeSet<MessageId>>,
}

impl Assistant {
    /// The assistant as the configuration says.
    pub(crate) fn new(state: &Arc<AppState>) -> Arc<Self> {
        let endpoint = state.config.assistant.as_ref();
        let quota = endpoint.map(|endpoint| Quota::per_hour(endpoint.questions_per_hour));
        Arc::new(Self {
            guests: Arc::new(Guests::new(Arc::clone(state))),
            model: endpoint.and_then(Model::new),
            limit: quota.map(|quota| Limiter::new(quota, state.context.clock)),
            places: Arc::new(Semaphore::new(MAX_QUESTIONS)),
            turns: Mutex::default(),
            open: Mutex::default(),
            state: Arc::clone(state),
        })
    }

    /// Answers questions until the server shuts down. Too many at once get no answer, and the pages of
    /// their askers say so.
    pub(crate) async fn answer_all(self: Arc<Self>, mut asked: mpsc::Receiver<Question>) {
        let draining = self.state.draining.clone();
        loop {
            let question = tokio::select! {
                question = asked.recv() => question,
                () = draining.cancelled() => return,
            };
            let Some(question) = question else { return };
            let place = Arc::clone(&self.places).try_acquire_owned();
            let (Ok(place), Some(turn)) = (place, self.turn(&question)) else {
                tracing::info!("a question to the assistant gets no answer, because too many wait");
                continue;
            };
            let assistant = Arc::clone(&self);
            self.state.tasks.spawn(async move {
                Run::answer(&assistant, question, &turn).await;
                drop(place);
            });
        }
    }

    /// Counts a question to the language model.
    ///
    /// # Errors
    /// [`Failure::Limit`].
    pub(super) fn count(&self, board: BoardId) -> Result<(), Failure> {
        let (Some(limit), Some(endpoint)) = (&self.limit, &self.state.config.assistant) else {
            return Ok(());
        };
        limit.take(board).map_err(|wait| Failure::Limit {
            most: endpoint.questions_per_hour.get(),
            minutes: wait.as_secs().div_ceil(60),
        })
    }

    /// The answers that this server writes at present.
    pub(super) fn open(&self) -> MutexGuard<'_, BTreeSet<MessageId>> {
        // No code panics while it holds the lock, so the set is always sound.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of an asker; `None` if too many of the asker's questions wait.
    fn turn(&self, question: &Question) -> Option<Turn> {
        let key = (question.board, question.stamp.person);
        // No code panics while it holds the lock, so the map is always sound.
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        let turn = turns.entry(key).or_default();
        let has_room = Arc::strong_count(turn) <= MAX_QUESTIONS_EACH;
        has_room.then(|| Arc::clone(turn))
    }
}

//! Takes the questions of a server, and lets each be answered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use governor::Quota;
use shared::id::{BoardId, PersonId};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, mpsc};

use super::failure::Failure;
use super::model::Model;
use super::run::Run;
use crate::caller_rate_limit::Limiter;
use crate::clock::Clock;
use crate::guest::Guests;
use crate::room::Question;
use crate::state::AppState;

/// An asker on a board.
type Asker = (BoardId, PersonId);

/// The assistant of a server.
#[derive(Debug)]
pub(crate) struct Assistant {
    pub(super) state: Arc<AppState>,
    pub(super) guests: Arc<Guests>,
    /// The language model, if there is an endpoint.
    pub(super) model: Option<Model>,
    limit: Option<Limiter<BoardId, Clock>>,
    /// The turns of askers: the questions of one are answered one after the other, so that each answer
    /// can take back what it drew and nothing else.
    turns: Mutex<HashMap<Asker, Arc<AsyncMutex<()>>>>,
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
            turns: Mutex::default(),
            state: Arc::clone(state),
        })
    }

    /// Answers questions until the server shuts down.
    pub(crate) async fn answer_all(self: Arc<Self>, mut asked: mpsc::Receiver<Question>) {
        let draining = self.state.draining.clone();
        loop {
            let question = tokio::select! {
                question = asked.recv() => question,
                () = draining.cancelled() => return,
            };
            let Some(question) = question else { return };
            let assistant = Arc::clone(&self);
            self.state.tasks.spawn(async move {
                let _turn = assistant.turn(&question).await;
                Run::answer(&assistant, question).await;
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

    async fn turn(&self, question: &Question) -> OwnedMutexGuard<()> {
        let key = (question.board, question.stamp.person);
        let turn = {
            // No code panics while it holds the lock, so the map is always sound.
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            Arc::clone(turns.entry(key).or_default())
        };
        turn.lock_owned().await
    }
}

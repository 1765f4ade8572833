//! The guests of a server: finds the guest of a program, or lets it in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use shared::api::ApiError;
use shared::chat::{Chat, Message};
use shared::id::{BoardId, DeviceKey, PersonId, Position, Secret};
use shared::op::{Guard, Op, pack};
use shared::protocol::{ProgramKind, Role};
use shared::sync::Snapshot;
use tokio::sync::Mutex as AsyncMutex;

use super::connection::{GuestConnection, GuestHello};
use super::error::GuestError;
use super::events::Follower;
use super::name::GuestName;
use super::session::{Guest, Stored};
use super::work::FinishedRequests;
use crate::caller_rate_limit::Caller;
use crate::request::Problem;
use crate::service::{After, Undo};
use crate::state::AppState;

/// A program on a board, by the link that it has.
#[derive(Debug, Clone)]
pub(crate) struct GuestVisit {
    /// The board.
    pub(crate) board: BoardId,
    /// The secret of the link.
    pub(crate) secret: Secret,
    /// By what it is the same person on each server.
    pub(crate) device: DeviceKey,
    /// The name of the program.
    pub(crate) name: GuestName,
    /// Whether a language model decides what it does.
    pub(crate) kind: ProgramKind,
    /// The caller, for rate limits.
    pub(crate) caller: Caller,
}

impl GuestVisit {
    /// Who the program is on the board.
    pub(crate) fn person(&self) -> PersonId {
        PersonId::from_bytes(*self.device.device_id().as_bytes())
    }
}

/// What was undone.
#[derive(Debug, Default)]
pub(crate) struct Undone {
    /// How many elements were deleted, restored or changed back.
    pub(crate) changes: usize,
    /// The position of the board after that; none if there was nothing to undo.
    pub(crate) at: Option<Position>,
}

/// Why nothing, or only a part, was undone.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UndoError {
    /// The past of the board cannot be read.
    #[error(transparent)]
    History(#[from] ApiError),
    /// The guest was refused.
    #[error(transparent)]
    Guest(#[from] GuestError),
}

impl From<UndoError> for Problem {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::History(error) => error.into(),
            UndoError::Guest(error) => error.into(),
        }
    }
}

/// Programs with the same link and the same name are one guest.
type Key = (BoardId, PersonId, ProgramKind);
/// The guest of a key; the lock is held while it comes.
type Slot = Arc<AsyncMutex<Option<Guest>>>;

/// The guests of a server.
#[derive(Debug)]
pub(crate) struct Guests {
    state: Arc<AppState>,
    slots: Mutex<HashMap<Key, Slot>>,
    finished: FinishedRequests,
}

impl Guests {
    /// No guests yet.
    pub(crate) fn new(state: Arc<AppState>) -> Self {
        Self {
            state,
            slots: Mutex::default(),
            finished: FinishedRequests::default(),
        }
    }

    /// The server.
    pub(crate) const fn state(&self) -> &Arc<AppState> {
        &self.state
    }

    /// The requests that were finished.
    pub(super) const fn finished(&self) -> &FinishedRequests {
        &self.finished
    }

    /// The role that the link of a program grants.
    pub(super) async fn role(&self, visit: &GuestVisit) -> Result<Role, GuestError> {
        let GuestVisit { board, secret, .. } = visit;
        let grant = self
            .state
            .boards
            .grant_of(*board, secret, visit.caller)
            .await;
        let grant = grant.map_err(|error| GuestError::NotConnected(error.into()))?;
        Ok(grant.role)
    }

    /// The guest of a program, which comes to the board if it is not there.
    pub(crate) async fn guest(&self, visit: &GuestVisit) -> Result<Guest, GuestError> {
        let slot = self.slot(visit);
        let mut slot = slot.lock().await;
        if let Some(guest) = slot.as_ref().filter(|guest| !guest.has_left()) {
            return Ok(guest.clone());
        }
        let resume = self.look(visit, |state| state.at).await?;
        let guest = Guest::enter(&self.state, hello(visit, resume)).await?;
        *slot = Some(guest.clone());
        Ok(guest)
    }

    /// Changes a board in the name of a program.
    pub(crate) async fn commit(
        &self,
        visit: &GuestVisit,
        ops: Vec<Op>,
        guard: Guard,
    ) -> Result<Stored, GuestError> {
        let guest = self.guest(visit).await?;
        match guest.commit(ops.clone(), guard.clone()).await {
            Err(GuestError::Left) => self.guest(visit).await?.commit(ops, guard).await,
            outcome => outcome,
        }
    }

    /// Undoes what a program did after a moment. What others changed later stays.
    pub(crate) async fn undo(
        &self,
        visit: &GuestVisit,
        after: impl Into<After> + Send,
    ) -> Result<Undone, UndoError> {
        let (boards, person) = (&self.state.boards, visit.person());
        let Undo { guard, ops } = boards
            .undo_own_work(visit.board, person, after.into())
            .await?;
        let mut undone = Undone::default();
        if ops.is_empty() {
            return Ok(undone);
        }
        let guest = self.guest(visit).await?;
        if let Guard::WorkOf(own_clients) = &guard {
            let (client, clients) = (guest.client(), own_clients.clone());
            let permitted = self.state.hub.permit_undo(visit.board, client, clients);
            permitted.await.map_err(GuestError::from)?;
        }
        let guarded = ops.into_iter().map(|op| (op, guard.clone())).collect();
        for batch in pack(guarded) {
            let changes = batch.ops.iter().map(|op| op.deleted_ids().len().max(1));
            undone.changes += changes.sum::<usize>();
            undone.at = Some(guest.commit(batch.ops, batch.guard).await?.at);
        }
        Ok(undone)
    }

    /// Follows a board in the name of a program: after a position, or from now on.
    pub(crate) async fn follow(
        &self,
        visit: &GuestVisit,
        after: Option<Position>,
    ) -> Result<Follower, GuestError> {
        let from = match after {
            Some(after) => after,
            None => self.look(visit, |state| state.at).await?,
        };
        let (connection, welcome) = GuestConnection::open(&self.state, hello(visit, from)).await?;
        Ok(Follower::new(connection, from, &welcome))
    }

    /// Looks at the board at one position, for a short time.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        visit: &GuestVisit,
        at: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T, GuestError> {
        let cpu = self.state.cpu.account(visit.board, visit.caller);
        cpu.settle().await;
        Ok(self.state.hub.look(visit.board, cpu, at).await?)
    }

    /// Reads a page of the conversation, as it is after all later changes. `newest` are the newest
    /// messages. Each page between is read too, because it may keep changes of older messages.
    pub(crate) async fn chat_page(
        &self,
        visit: &GuestVisit,
        newest: Chat,
        number: u64,
    ) -> Result<Vec<Message>, GuestError> {
        let guest = self.guest(visit).await?;
        let mut late = newest.late;
        let mut messages = Vec::new();
        for page in (number..newest.pages).rev() {
            let page = guest
                .chat_page(page)
                .await?
                .ok_or(GuestError::Interrupted)?;
            messages = page.read_after(&mut late);
        }
        Ok(messages)
    }

    fn slot(&self, visit: &GuestVisit) -> Slot {
        let key = (visit.board, visit.person(), visit.kind);
        // No code panics while it holds the lock, so the map is always sound.
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(&key) {
            return Arc::clone(slot);
        }
        slots.retain(|_, slot| is_used(slot));
        Arc::clone(slots.entry(key).or_default())
    }
}

/// Whether a guest is there or about to come.
fn is_used(slot: &Slot) -> bool {
    let is_waited_for = Arc::strong_count(slot) > 1;
    let is_there = || {
        let guest = slot.try_lock().ok();
        guest.is_none_or(|guest| guest.as_ref().is_some_and(|guest| !guest.has_left()))
    };
    is_waited_for || is_there()
}

const fn hello(visit: &GuestVisit, resume: Position) -> GuestHello<'_> {
    GuestHello {
        board: visit.board,
        secret: visit.secret,
        device: visit.device,
        name: &visit.name,
        kind: visit.kind,
        caller: visit.caller,
        resume,
    }
}

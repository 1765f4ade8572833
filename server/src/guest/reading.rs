//! Reads of a whole board that take longer than a look at it may.

use shared::id::Position;
use shared::model::Board;

use super::error::GuestError;
use super::guests::{GuestVisit, Guests};

impl Guests {
    /// Reads the board at one position on a thread of its own, charged to the caller. The room only
    /// gives a copy, whose elements are shared with the original.
    ///
    /// # Errors
    /// The board cannot be read.
    pub(crate) async fn read_board<T: Send + 'static>(
        &self,
        visit: &GuestVisit,
        read: impl FnOnce(&Board, Position) -> T + Send + 'static,
    ) -> Result<T, GuestError> {
        let look = self.look(visit, |state| (state.board.clone(), state.at));
        let (board, at) = look.await?;
        self.compute(visit, move || read(&board, at)).await
    }

    /// Does work that takes long on a thread of its own, charged to the caller.
    ///
    /// # Errors
    /// The work panicked.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        visit: &GuestVisit,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, GuestError> {
        let cpu = self.state().cpu.account(visit.board, visit.caller);
        let done = tokio::task::spawn_blocking(move || cpu.measure(work)).await;
        // A panic was logged where it occurred.
        done.map_err(|_| GuestError::Interrupted)
    }
}

//! Reads the whole log of a board from its first commit on: the archive, then what is left in the
//! log. A board that the store lost once, and that a server restored, has only the commits since: what
//! is older is unknown then.

use std::sync::Arc;

use shared::id::{BoardId, Position, Seq};
use shared::op::AuthoredCommit;
use shared::sync::confirmed_state::decode_commit;

use crate::room::Turns;
use crate::store::{Log, Store, StoreError, Tail};

/// How often the archive is looked at again because commits left the log while it was read.
const ATTEMPTS: usize = 20;

/// All commits of a board, read in portions that the memory of a server holds.
pub(super) struct WholeLog<'a> {
    board: BoardId,
    store: &'a Arc<dyn Store>,
    turns: &'a Turns,
    /// Segments of the archive that were read.
    segments: u64,
    /// The last commit that was read.
    last: Seq,
}

impl<'a> WholeLog<'a> {
    pub(super) const fn of(board: BoardId, store: &'a Arc<dyn Store>, turns: &'a Turns) -> Self {
        Self {
            board,
            store,
            turns,
            segments: 0,
            last: 0,
        }
    }

    /// Passes all commits to `state`, in turns with other heavy work, and returns it at last.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if a commit is missing.
    pub(super) async fn replay<T: Send + 'static>(
        mut self,
        mut state: T,
        push: fn(&mut T, Seq, &AuthoredCommit),
    ) -> Result<T, StoreError> {
        while let Some(portion) = self.next().await? {
            let work = move || {
                for (seq, stored) in portion {
                    push(&mut state, seq, &decode_commit(&stored));
                }
                state
            };
            state = self
                .turns
                .run(work)
                .await
                .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        }
        Ok(state)
    }

    /// The next commits; `None` after the last one.
    async fn next(&mut self) -> Result<Option<Log>, StoreError> {
        for attempt in 0..ATTEMPTS {
            if let Some(segment) = self.store.archived(self.board, self.segments).await? {
                self.segments += 1;
                return self.follows(segment).map(Some);
            }
            let Some(head) = self.store.head(self.board).await? else {
                return Ok(None);
            };
            let epoch = head.at.epoch;
            let seq = self.last;
            match self
                .store
                .read_after(self.board, Position { epoch, seq })
                .await?
            {
                Tail::Commits(commits) if commits.is_empty() => return Ok(None),
                Tail::Commits(commits) => return self.follows(commits).map(Some),
                // The archive is still empty, so the board was restored and its log begins later.
                Tail::Gone if seq == 0 && attempt > 0 => return self.since_restored().await,
                // They left the log for the archive meanwhile, or another epoch began.
                Tail::Gone => {}
            }
        }
        Err(self.hole())
    }

    /// All commits of a board whose archive is empty and whose log has lost its beginning.
    async fn since_restored(&mut self) -> Result<Option<Log>, StoreError> {
        let loaded = self.store.load(self.board).await?;
        let commits = loaded.map(|board| board.commits).unwrap_or_default();
        let Some((first, _)) = commits.first() else {
            return Ok(None);
        };
        self.last = first.saturating_sub(1);
        self.follows(commits).map(Some)
    }

    /// Checks that commits follow those that were read. A segment of the archive may begin with
    /// commits that were read from the log before.
    fn follows(&mut self, mut commits: Log) -> Result<Log, StoreError> {
        commits.retain(|(seq, _)| *seq > self.last);
        for (seq, _) in &commits {
            if *seq != self.last + 1 {
                return Err(self.hole());
            }
            self.last = *seq;
        }
        Ok(commits)
    }

    fn hole(&self) -> StoreError {
        StoreError::Corrupt(format!(
            "the history of {} lacks commits after {}",
            self.board, self.last
        ))
    }
}

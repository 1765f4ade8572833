//! Changes of elements in the name of a program.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use authoring::{Author, WorkError, Written};
use sha2::{Digest as _, Sha256};
use shared::id::{BoardId, ElementId, Position, ProposalId, Secret};
use shared::model::{Board, ElementState};

use super::drawing::commit_all;
use super::error::GuestError;
use super::guests::{GuestVisit, Guests};
use super::pace::Pace;

/// How many finished requests a server remembers, so that repeats get the same answer. Each takes some
/// hundred bytes.
const REMEMBERED: usize = 10_000;

/// The key of one request: repeats of the request have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RequestKey([u8; 16]);

impl RequestKey {
    /// The key of a request that is never repeated.
    pub(crate) const fn once(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The key of all requests by a link that carry this word.
    pub(crate) fn of_word(board: BoardId, secret: &Secret, word: &str) -> Self {
        let hash = Sha256::new_with_prefix(b"commonslate request")
            .chain_update(board.as_bytes())
            .chain_update(secret.as_bytes())
            .chain_update(word.as_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(bytes)
    }
}

/// How a change is made.
#[derive(Debug, Clone)]
pub(crate) struct WorkTerms {
    /// The key of the request.
    pub(crate) key: RequestKey,
    /// Only if the board is still at this position.
    pub(crate) only_at: Option<Position>,
    /// Whether new elements are only proposed.
    pub(crate) is_proposal: bool,
    /// How fast new elements appear.
    pub(crate) pace: Pace,
}

/// A change that was made.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    /// The new elements.
    pub(crate) created: Vec<ElementId>,
    /// The words of the request with the elements that they name.
    pub(crate) words: BTreeMap<String, ElementId>,
    /// The elements that were changed.
    pub(crate) changed: Vec<ElementId>,
    /// The elements that were deleted.
    pub(crate) deleted: Vec<ElementId>,
    /// The proposal to which the new elements belong.
    pub(crate) proposal: Option<ProposalId>,
    /// The position of the board with the change.
    pub(crate) at: Position,
    /// Whether an earlier request with the same key made it.
    pub(crate) is_repeat: bool,
}

/// Why a change is not made.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum WorkRefusal {
    /// The request has a fault.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The board is at another position.
    #[error("the board has changed: it is at {0} now")]
    Changed(Position),
    /// The guest was refused.
    #[error(transparent)]
    Guest(#[from] GuestError),
}

/// The last requests that were finished.
#[derive(Debug, Default)]
pub(super) struct FinishedRequests(Mutex<Finished>);

#[derive(Debug, Default)]
struct Finished {
    done: BTreeMap<RequestKey, Done>,
    oldest_first: VecDeque<RequestKey>,
}

impl FinishedRequests {
    fn get(&self, key: RequestKey) -> Option<Done> {
        let finished = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let done = finished.done.get(&key)?;
        Some(Done {
            is_repeat: true,
            ..done.clone()
        })
    }

    fn add(&self, key: RequestKey, done: &Done) {
        // No code panics while it holds the lock, so the list is always sound.
        let mut finished = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if finished.done.insert(key, done.clone()).is_none() {
            finished.oldest_first.push_back(key);
        }
        if finished.oldest_first.len() > REMEMBERED
            && let Some(oldest) = finished.oldest_first.pop_front()
        {
            finished.done.remove(&oldest);
        }
    }
}

/// What becomes of a request.
enum Planned {
    Work(Written),
    /// The new elements are on the board, so an earlier request made them.
    Repeat(Written, Position),
    Refused(WorkRefusal),
}

impl Guests {
    /// Changes elements. `plan` makes the ops for the board as it is. All of them take effect, or none: in
    /// one commit, unless the pace is another one.
    pub(crate) async fn work(
        &self,
        visit: &GuestVisit,
        terms: WorkTerms,
        plan: impl FnOnce(&Board, &Author<'_>) -> Result<Written, WorkError> + Send + 'static,
    ) -> Result<Done, WorkRefusal> {
        if let Some(done) = self.finished().get(terms.key) {
            return Ok(done);
        }
        let role = self.role(visit).await?;
        let guest = self.guest(visit).await?;
        let (client, name) = (guest.client(), visit.name.clone());
        let proposal = terms
            .is_proposal
            .then(|| ProposalId::from_bytes(terms.key.0));
        // Finding free places can take long on a large board, so the room does not wait for it.
        let (key, only_at) = (terms.key, terms.only_at);
        let planned = self.read_board(visit, move |board, at| {
            let author = Author {
                client,
                seed: key.0,
                name: name.as_str(),
                role,
                proposal,
            };
            planned(board, at, only_at, |board| plan(board, &author))
        });
        let (written, at, is_repeat) = match planned.await? {
            Planned::Refused(refusal) => return Err(refusal),
            Planned::Repeat(written, at) => (written, at, true),
            Planned::Work(mut written) => {
                let ops = std::mem::take(&mut written.ops);
                let at = match ops.is_empty() {
                    true => self.look(visit, |state| state.at).await?,
                    false => commit_all(&guest, &terms.pace, ops).await?,
                };
                (written, at, false)
            }
        };
        let done = Done {
            created: written.created,
            words: written.words,
            changed: written.changed,
            deleted: written.deleted,
            proposal,
            at,
            is_repeat,
        };
        self.finished().add(terms.key, &done);
        Ok(done)
    }
}

fn planned(
    board: &Board,
    at: Position,
    only_at: Option<Position>,
    plan: impl FnOnce(&Board) -> Result<Written, WorkError>,
) -> Planned {
    if only_at.is_some_and(|wanted| wanted != at) {
        tracing::debug!(%at, "a program does not know the present board");
        return Planned::Refused(WorkRefusal::Changed(at));
    }
    match plan(board) {
        Ok(written) if is_done(board, &written) => Planned::Repeat(written, at),
        Ok(written) => Planned::Work(written),
        Err(error) => Planned::Refused(error.into()),
    }
}

/// Whether the board has or had one of the new elements. Their ids follow from the key of the request.
fn is_done(board: &Board, written: &Written) -> bool {
    let mut created = written.created.iter();
    created.any(|id| !matches!(board.state(*id), ElementState::Absent))
}

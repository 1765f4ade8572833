//! The answers, once the log was read.

use std::collections::BTreeSet;

use shared::api::{ElementOrigin, HistoryAnswer, HistoryQuestion, Trace, TracedPerson, WorkPart};
use shared::history::{Change, Origins, WorkOfPerson, elements_lost_since};
use shared::id::{ClientId, PersonId, Seq};
use shared::model::Board;
use shared::op::{AuthoredCommit, Guard, Op, apply_commit};

use super::log::WholeLog;
use crate::store::{Authors, StoreError, TimeMark};

/// What the store knows beside the log.
pub(super) struct Known {
    pub(super) authors: Authors,
    pub(super) times: Vec<TimeMark>,
}

/// After which moment work counts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum After {
    /// After this commit.
    Commit(Seq),
    /// From this second since 1970 on.
    Second(u64),
}

impl From<Seq> for After {
    fn from(seq: Seq) -> Self {
        Self::Commit(seq)
    }
}

/// What undoes the work of a person.
#[derive(Debug)]
pub(crate) struct Undo {
    /// The guard of the commit.
    pub(crate) guard: Guard,
    /// The ops; empty if there is nothing to undo.
    pub(crate) ops: Vec<Op>,
}

impl Known {
    pub(super) async fn answer(
        &self,
        question: HistoryQuestion,
        log: WholeLog<'_>,
    ) -> Result<HistoryAnswer, StoreError> {
        match question {
            HistoryQuestion::Origins(ids) => {
                let origins = Origins::of(ids.into_iter().collect());
                let origins = log.replay(origins, Origins::push).await?;
                let found = origins.found().map(|(id, origin)| ElementOrigin {
                    id,
                    created: self.trace(origin.created),
                    changed: origin.changed.map(|change| self.trace(change)),
                });
                Ok(HistoryAnswer::Origins(found.collect()))
            }
            HistoryQuestion::WorkOf { person, part } => {
                let Undo { guard, ops } = self.undo(person, &part, 0, log).await?;
                Ok(HistoryAnswer::Change { guard, ops })
            }
            HistoryQuestion::LostSince(seq) => {
                let boards = log.replay(TwoBoards::until(seq), TwoBoards::push).await?;
                Ok(HistoryAnswer::Change {
                    guard: Guard::Any,
                    ops: elements_lost_since(&boards.then, &boards.now),
                })
            }
        }
    }

    /// What undoes the work of a person after a position.
    pub(super) async fn undo(
        &self,
        person: PersonId,
        part: &WorkPart,
        after: Seq,
        log: WholeLog<'_>,
    ) -> Result<Undo, StoreError> {
        let clients = self.clients_of(person, part);
        let work = WorkOfPerson::new(&clients, after);
        let work = log.replay(work, WorkOfPerson::push).await?;
        Ok(Undo {
            guard: work.guard(),
            ops: work.undo(),
        })
    }

    /// The clients of a person, or those of them that the part names.
    fn clients_of(&self, person: PersonId, part: &WorkPart) -> BTreeSet<ClientId> {
        let authors = self.authors.iter();
        let all = authors.filter(|(_, author)| author.person == person);
        let all = all.map(|(client, _)| *client);
        match part {
            WorkPart::All => all.collect(),
            WorkPart::Clients(named) => all.filter(|client| named.contains(client)).collect(),
        }
    }

    fn trace(&self, change: Change) -> Trace {
        let mut authors = self.authors.iter();
        let author = authors.find(|(client, _)| *client == change.by);
        Trace {
            by: author.map(|(_, author)| TracedPerson {
                person: author.person,
                name: author.name.clone(),
                color: author.color,
            }),
            at_ms: self.second_of(change.seq).map(|second| second * 1_000),
        }
    }

    /// The last commit before a moment.
    pub(super) fn seq(&self, after: After) -> Seq {
        match after {
            After::Commit(seq) => seq,
            After::Second(second) => {
                let first = self.times.partition_point(|mark| mark.second < second);
                let mark = self.times.get(first);
                mark.map_or(Seq::MAX, |mark| mark.first.saturating_sub(1))
            }
        }
    }

    /// The second in which a commit was stored, if the store knows it.
    fn second_of(&self, seq: Seq) -> Option<u64> {
        let later = self.times.partition_point(|mark| mark.first <= seq);
        let mark = later.checked_sub(1).and_then(|at| self.times.get(at))?;
        Some(mark.second)
    }
}

/// A board at a position, and at the end of its log.
struct TwoBoards {
    until: Seq,
    then: Board,
    now: Board,
}

impl TwoBoards {
    fn until(until: Seq) -> Self {
        Self {
            until,
            then: Board::new(),
            now: Board::new(),
        }
    }

    fn push(&mut self, seq: Seq, AuthoredCommit { author, commit }: &AuthoredCommit) {
        apply_commit(&mut self.now, *author, commit);
        if seq == self.until {
            self.then = self.now.clone();
        }
    }
}

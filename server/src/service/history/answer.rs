//! The answers, once the log was read.

use std::collections::BTreeSet;

use shared::api::{ElementOrigin, HistoryAnswer, HistoryQuestion, Trace, TracedPerson, WorkPart};
use shared::chat::{ChatChange, ChatOp};
use shared::history::{Change, Origins, WorkOfPerson, elements_lost_since};
use shared::id::{ClientId, MessageId, PersonId, Seq};
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
    /// After the commit that wrote this message.
    Message(MessageId),
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

    /// The second in which a commit was stored, if the store knows it.
    fn second_of(&self, seq: Seq) -> Option<u64> {
        let later = self.times.partition_point(|mark| mark.first <= seq);
        let mark = later.checked_sub(1).and_then(|at| self.times.get(at))?;
        Some(mark.second)
    }
}

/// The commit that wrote a message.
pub(super) struct MessageCommit {
    message: MessageId,
    found: Option<Seq>,
}

impl MessageCommit {
    /// Finds the commit; the end of the log if there is none.
    pub(super) async fn find(message: MessageId, log: WholeLog<'_>) -> Result<Seq, StoreError> {
        let found = None;
        let searched = log.replay(Self { message, found }, Self::push).await?;
        Ok(searched.found.unwrap_or(Seq::MAX))
    }

    fn push(&mut self, seq: Seq, AuthoredCommit { commit, .. }: &AuthoredCommit) {
        let writes = |op: &ChatOp| match &op.change {
            ChatChange::Post(new) => new.id == self.message,
            _ => false,
        };
        if self.found.is_none() && commit.chat_ops().any(writes) {
            self.found = Some(seq);
        }
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

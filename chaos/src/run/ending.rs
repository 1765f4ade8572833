//! The end of a case: everybody gets everything, and the checker decides.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;
use shared::id::{ClientId, CommitNo};
use shared::sync::Status;
use testkit::client::Client;

use super::Run;
use crate::checker::check;
use crate::checker::evidence::{End, Evidence};
use crate::checker::verdict::Outcome;
use crate::invariant::Invariant;
use crate::person::Person;

/// How long people who left may be shown before the case ends all the same, on a machine that is
/// never late: longer than the longest time after which they must be gone.
const GHOSTS_LIMIT: Duration = Duration::from_secs(11);

impl Run {
    /// Whether everybody is connected and has everything, and all of it is durable.
    fn is_quiet(&self) -> bool {
        let view = |person: &Person| person.view();
        let first = self.people.first().and_then(|person| view(person).at);
        self.people.iter().map(view).all(|view| {
            let is_saved = match view.status {
                Some(Status::Saved { durable }) => durable,
                Some(Status::ReadOnly) => true,
                _ => false,
            };
            view.is_connected && view.pending == 0 && view.at == first && is_saved
        })
    }

    /// Whether everybody is at the same position.
    fn has_agreed(&self) -> bool {
        let mut places = self.people.iter().map(|it| it.view().at);
        let first = places.next();
        places.all(|at| Some(at) == first)
    }

    /// Ends the case: everybody stops drawing and waits until they have everything. Then the
    /// checker decides.
    pub(crate) async fn finish(mut self, invariants: &[Invariant]) -> Result<Outcome> {
        self.people.iter().for_each(Person::rest);
        let settled = self
            .until("all clients have everything", Self::is_quiet)
            .await;
        if settled.is_ok() && invariants.contains(&Invariant::Presence) {
            // A ghost that stays is found in the notes.
            let count = self.people.len();
            let has_no_ghosts = |run: &Self| run.people.iter().all(|it| it.view().people == count);
            let limit = GHOSTS_LIMIT + 5 * self.lag.most();
            self.within(limit, "no ghosts", has_no_ghosts).await.ok();
        }
        self.watch_memory();
        if let Err(error) = &settled {
            let views = self.people.iter().map(|it| (it.home, it.view()));
            let views: Vec<String> = views.map(|it| format!("{it:?}")).collect();
            let text = format!("{error}: {}", views.join(" "));
            if !self.has_agreed() {
                self.findings.push((Invariant::Delivery, text));
            } else {
                self.findings.push((Invariant::Durability, text));
            }
        }
        let end = match settled {
            Ok(()) => Some(self.newcomer().await?),
            Err(_) => None,
        };
        let stored = match settled {
            Ok(()) => self.deployment.stored().await?,
            Err(_) => None,
        };
        let lag = self.lag.most();
        let mut logs = Vec::new();
        for person in self.people.drain(..) {
            logs.push(person.end().await);
        }
        let evidence = Evidence {
            logs,
            gone: self.gone,
            end,
            stored,
            faults: self.faults,
            lag,
            longest_notice: self.longest_notice,
            growth_limit: self.growth_limit,
            findings: self.findings,
            resident: (
                self.resident_before.iter().copied().max().unwrap_or(0),
                self.resident_most,
            ),
        };
        let mut outcome = check(&evidence, invariants);
        outcome.figures.extend(self.figures);
        Ok(outcome)
    }

    /// The last commit of each author, as a server tells a new client.
    pub(crate) async fn authors(&self) -> Result<BTreeMap<ClientId, CommitNo>> {
        Ok(self.newcomer().await?.authors)
    }

    /// The board and the authors as a server sends them to a new client.
    async fn newcomer(&self) -> Result<End> {
        let first = self.deployment.servers.first().expect("a server");
        let link = self.deployment.board.edit;
        let (mut client, welcome) = Client::join(first.address(), link, 250).await;
        let state = client.state(&welcome).await;
        let (at, board) = (state.at, state.board.clone());
        let authors = state.authors.clone();
        Ok(End { at, board, authors })
    }
}

//! A subscriber who follows a board as a room does: it reads what it missed, when a gap, a report of
//! the broker or the head of the store shows that it missed something.

use std::sync::Arc;
use std::time::Duration;

use server::broker::{Broker, BrokerMsg, Subscription};
use server::store::{Store, StoreError, Tail};
use shared::id::{BoardId, Position, Seq};
use shared::protocol::StoredCommit;
use shared::sync::log::{Head, LogEvent};
use testkit::PATIENCE;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

/// How often the head of the store is compared.
const HEAD_EVERY: Duration = Duration::from_secs(1);

/// Follows one board until it is told how many commits there are.
pub(crate) struct Following {
    count: watch::Sender<Option<u64>>,
    task: JoinHandle<Follower>,
}

impl Following {
    /// Subscribes and begins to follow.
    pub(crate) async fn start(
        (store, broker): (Arc<dyn Store>, Arc<dyn Broker>),
        board: BoardId,
        at: Position,
    ) -> Self {
        let subscription = broker.subscribe(board).await.unwrap();
        let (count, wanted) = watch::channel(None);
        let follower = Follower::new(store, board, at);
        let following = async move {
            // The broker lives as long as its subscription.
            let _broker = broker;
            follower.follow(subscription, wanted).await
        };
        let task = tokio::spawn(following);
        Self { count, task }
    }

    /// Waits until it has all commits, and asserts that it has each once and in order.
    pub(crate) async fn expect_all(self, count: u64) -> Follower {
        self.count.send_replace(Some(count));
        let follower = tokio::time::timeout(PATIENCE, self.task).await;
        let follower = follower.expect("it catches up").unwrap();
        follower.expect_all_in_order();
        follower
    }
}

/// A subscriber of one board.
pub(crate) struct Follower {
    store: Arc<dyn Store>,
    board: BoardId,
    at: Position,
    /// The commits in the order of the log.
    commits: Vec<(Seq, StoredCommit)>,
    /// How often messages came in order.
    heard: usize,
    /// How often a message showed a gap.
    gaps: usize,
    /// How often the broker reported that messages may be missing.
    pub(crate) reports: usize,
    /// How often only the head of the store showed that something was missed.
    found_by_head: usize,
}

impl Follower {
    fn new(store: Arc<dyn Store>, board: BoardId, at: Position) -> Self {
        Self {
            store,
            board,
            at,
            commits: Vec::new(),
            heard: 0,
            gaps: 0,
            reports: 0,
            found_by_head: 0,
        }
    }

    /// Follows until it has as many commits as it is told.
    async fn follow(
        mut self,
        mut subscription: Subscription,
        mut wanted: watch::Receiver<Option<u64>>,
    ) -> Self {
        let mut head = interval(HEAD_EVERY);
        head.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let wanted_now = *wanted.borrow_and_update();
            if wanted_now.is_some_and(|wanted| self.commits.len() as u64 >= wanted) {
                return self;
            }
            tokio::select! {
                message = subscription.messages.recv() => {
                    self.take(message.expect("subscription is open")).await;
                }
                _ = head.tick() => self.compare_head().await,
                Ok(()) = wanted.changed() => {}
            }
        }
    }

    async fn compare_head(&mut self) {
        let head = self.store.head(self.board).await;
        let is_behind = |head: &Head| head.at.epoch != self.at.epoch || head.at.seq > self.at.seq;
        if head.is_ok_and(|head| head.as_ref().is_some_and(is_behind)) {
            self.found_by_head += 1;
            self.catch_up().await;
        }
    }

    /// Asserts that it has the commits of one author once and in their order.
    fn expect_all_in_order(&self) {
        let numbers: Vec<u64> = self.commits.iter().map(|(_, it)| it.cno).collect();
        let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
        eprintln!(
            "{} messages, {} gaps, {} reports, {} found by the head",
            self.heard, self.gaps, self.reports, self.found_by_head
        );
        assert_eq!(numbers, expected, "a subscriber misses something");
    }

    async fn take(&mut self, message: BrokerMsg) {
        match message {
            BrokerMsg::Log(LogEvent::Commits {
                epoch,
                first,
                commits,
            }) if epoch == self.at.epoch && first <= self.at.seq + 1 => {
                let known = usize::try_from(self.at.seq + 1 - first).unwrap();
                for commit in commits.into_iter().skip(known) {
                    self.at.seq += 1;
                    self.commits.push((self.at.seq, commit));
                }
                self.heard += 1;
            }
            BrokerMsg::Log(LogEvent::Commits { .. }) => {
                self.gaps += 1;
                self.catch_up().await;
            }
            BrokerMsg::Log(LogEvent::EpochChanged) => self.catch_up().await,
            BrokerMsg::Resubscribed => {
                self.reports += 1;
                self.catch_up().await;
            }
            BrokerMsg::Live(_) => {}
        }
    }

    /// Reads what follows; loads the board anew after a change of epoch.
    async fn catch_up(&mut self) {
        match self.store.read_after(self.board, self.at).await {
            Ok(Tail::Commits(commits)) => {
                self.at.seq += commits.len() as u64;
                self.commits.extend(commits);
            }
            Ok(Tail::Gone) => {
                if let Ok(Some(loaded)) = self.store.load(self.board).await {
                    self.at = loaded.at;
                    self.commits = loaded.commits;
                }
            }
            // The next tick asks again.
            Err(StoreError::Unavailable(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

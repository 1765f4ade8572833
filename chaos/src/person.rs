//! A scripted person: a task that draws at a steady rate and keeps notes.

use std::time::Duration;

use shared::id::{ClientId, CommitNo, ElementId, Position};
use shared::model::Board;
use shared::protocol::{LiveUpdate, Role};
use shared::sync::Status;
use testkit::client::{Note, Noted, RoamingClient};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::work::Work;

/// How often the first person notes the confirmed board, and how much rarer each later one does:
/// the digests of many people would take all the time of the machine.
const DIGEST_EVERY: Duration = Duration::from_millis(700);
const DIGEST_RARER: Duration = Duration::from_millis(70);
/// The longest time until a command is seen.
const LOOK: Duration = Duration::from_millis(50);

/// What a person is told to do.
#[derive(Debug, Clone, Copy)]
enum Command {
    Draw(Duration),
    Rest,
    Reload,
    Disconnect,
    Once,
    End,
}

/// A person at this moment, as the run sees them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) at: Option<Position>,
    pub(crate) pending: usize,
    pub(crate) is_connected: bool,
    /// How often a server has let the person in.
    pub(crate) connections: usize,
    pub(crate) status: Option<Status>,
    /// How many people this one sees.
    pub(crate) people: usize,
}

/// What a person leaves behind.
#[derive(Debug)]
pub struct Log {
    /// Who it was.
    pub me: ClientId,
    /// What the link granted.
    pub role: Role,
    /// All that happened, in order.
    pub notes: Vec<Noted>,
    /// Commits made.
    pub made: CommitNo,
    /// The elements drawn, each with the number of its commit.
    pub drawn: Vec<(CommitNo, ElementId)>,
    /// The last position.
    pub at: Option<Position>,
    /// The confirmed board at that position.
    pub board: Board,
    /// Commits without acknowledgement.
    pub pending: usize,
}

/// A running person.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) me: ClientId,
    /// The number of the server to which the person connects first.
    pub(crate) home: usize,
    /// Whether the person knows no other server.
    pub(crate) is_bound: bool,
    commands: mpsc::UnboundedSender<Command>,
    view: watch::Receiver<View>,
    task: JoinHandle<Log>,
}

impl Person {
    /// Starts a person, before whom so many others came; it rests at first.
    pub(crate) fn start(
        others: usize,
        client: RoamingClient,
        role: Role,
        home: usize,
        is_bound: bool,
        work: Work,
    ) -> Self {
        let me = client.replica().me();
        let (commands, received) = mpsc::unbounded_channel();
        let (show, view) = watch::channel(View {
            at: None,
            pending: 0,
            is_connected: false,
            connections: 0,
            status: None,
            people: 0,
        });
        let life = Life {
            client,
            role,
            work,
            period: None,
            digest_every: DIGEST_EVERY + DIGEST_RARER * others as u32,
            drawn: Vec::new(),
            notes: Vec::new(),
            connections: 0,
            commands: received,
            show,
        };
        let task = tokio::spawn(life.run());
        Self {
            me,
            home,
            is_bound,
            commands,
            view,
            task,
        }
    }

    pub(crate) fn view(&self) -> View {
        *self.view.borrow()
    }

    /// Draws once in each period.
    pub(crate) fn draw(&self, period: Duration) {
        self.tell(Command::Draw(period));
    }

    /// Draws once.
    pub(crate) fn once(&self) {
        self.tell(Command::Once);
    }

    pub(crate) fn rest(&self) {
        self.tell(Command::Rest);
    }

    pub(crate) fn reload(&self) {
        self.tell(Command::Reload);
    }

    pub(crate) fn disconnect(&self) {
        self.tell(Command::Disconnect);
    }

    /// Ends the person; the connection is closed.
    pub(crate) async fn end(self) -> Log {
        self.tell(Command::End);
        self.task.await.expect("a person that ends by itself")
    }

    fn tell(&self, command: Command) {
        // A person ends only when told.
        self.commands.send(command).ok();
    }
}

struct Life {
    client: RoamingClient,
    role: Role,
    work: Work,
    period: Option<Duration>,
    digest_every: Duration,
    drawn: Vec<(CommitNo, ElementId)>,
    notes: Vec<Noted>,
    connections: usize,
    commands: mpsc::UnboundedReceiver<Command>,
    show: watch::Sender<View>,
}

impl Life {
    async fn run(mut self) -> Log {
        let mut next_commit = Instant::now();
        let mut next_digest = Instant::now() + self.digest_every;
        loop {
            while let Ok(command) = self.commands.try_recv() {
                match command {
                    Command::Draw(period) => self.period = Some(period),
                    Command::Rest => self.period = None,
                    Command::Reload => self.client.reload(),
                    Command::Disconnect => self.client.disconnect(),
                    Command::Once => self.act(),
                    Command::End => return self.log(),
                }
            }
            let now = Instant::now();
            if now >= next_digest {
                self.client.note_board();
                next_digest = now + self.digest_every;
            }
            let mut wake = next_digest.min(now + LOOK);
            if let Some(period) = self.period {
                if now >= next_commit {
                    self.act();
                    next_commit = (next_commit + period).max(now);
                }
                wake = wake.min(next_commit);
            }
            self.client.wait(wake).await;
            let new = self.client.take_notes();
            let welcomes = new
                .iter()
                .filter(|it| matches!(it.note, Note::Welcomed { .. }));
            self.connections += welcomes.count();
            self.notes.extend(new);
            self.show();
        }
    }

    fn act(&mut self) {
        let place = [self.drawn.len() as f32, 7.0];
        self.client.send_live(LiveUpdate::Cursor(Some(place)));
        if !self.role.may_draw() {
            return;
        }
        let before = self.work.drawn.len();
        let op = self.work.next(self.client.replica().board());
        let cno = self.client.submit(vec![op]);
        let new = self.work.drawn.get(before..).unwrap_or_default();
        self.drawn.extend(new.iter().map(|id| (cno, *id)));
    }

    fn show(&self) {
        let replica = self.client.replica();
        self.show.send_replace(View {
            at: replica.at(),
            pending: replica.pending(),
            is_connected: self.client.is_connected(),
            connections: self.connections,
            status: Some(self.client.status()),
            people: replica.presence().people().len(),
        });
    }

    fn log(mut self) -> Log {
        self.notes.extend(self.client.take_notes());
        let replica = self.client.replica();
        Log {
            me: replica.me(),
            role: self.role,
            made: self.client.identity().next_cno - 1,
            drawn: self.drawn,
            at: replica.at(),
            board: replica.confirmed_board(),
            pending: replica.pending(),
            notes: self.notes,
        }
    }
}

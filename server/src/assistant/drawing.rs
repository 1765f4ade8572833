//! What the assistant draws without a language model.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authoring::{Arrange, Author, WorkError, Written};
use shared::chat::Place;
use shared::id::ElementId;
use shared::model::{Board, RichText};
use tokio::sync::mpsc::UnboundedSender;

use super::command::Command;
use super::failure::{Failure, sentence};
use crate::clock::random16;
use crate::guest::{
    Done, GuestVisit, Guests, Pace, RequestKey, Step, WorkRefusal, WorkTerms, place_diagram,
};
use crate::request::Problem;

/// The distance of a drawing from the edges of what the asker sees, as a part of that.
const INSET: f64 = 0.2;
/// What is needed for a command that concerns a selection.
const NO_SELECTION: &str = "Select elements on the board and attach the selection to the message.";

/// What was drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// What the assistant says of it.
    pub(super) words: String,
    /// The elements.
    pub(super) elements: Vec<ElementId>,
}

impl Drawn {
    fn of(words: String, done: Done) -> Self {
        let mut elements = done.created;
        elements.extend(done.changed);
        Self { words, elements }
    }
}

/// Draws for the assistant.
#[derive(Debug)]
pub(super) struct Drawing<'a> {
    /// The board.
    pub(super) guests: &'a Arc<Guests>,
    /// The assistant on it.
    pub(super) visit: &'a GuestVisit,
    /// Where the question points to.
    pub(super) place: Option<&'a Place>,
    /// Whether the board takes only proposals.
    pub(super) proposes: bool,
    /// Set before the board is changed.
    pub(super) has_drawn: &'a AtomicBool,
    /// Where the steps of drawing are told.
    pub(super) steps: UnboundedSender<Step>,
}

impl Drawing<'_> {
    /// Carries out a command, and says what was done.
    ///
    /// # Errors
    /// The command cannot be carried out.
    pub(super) async fn carry_out(self, command: &Command) -> Result<Drawn, Failure> {
        match command {
            Command::TidyUp => {
                let ids = self.selected()?;
                let done = self.arrange(Arrange::Tidy { ids }).await?;
                let words = match done.changed.len() {
                    0 => "These elements are tidy already.".to_owned(),
                    count => format!("I tidied up: {} moved.", counted(count, "element")),
                };
                Ok(Drawn::of(words, done))
            }
            Command::Cluster => {
                let ids = self.selected()?;
                let titles = true;
                let done = self.arrange(Arrange::Cluster { ids, titles }).await?;
                let moved = counted(done.changed.len(), "element");
                Ok(Drawn::of(
                    format!("I clustered by words: {moved} moved."),
                    done,
                ))
            }
            Command::DiagramOfSelection => {
                let text = self.texts().await?;
                self.diagram(text).await
            }
            Command::Diagram(text) => self.diagram(text.clone()).await,
            Command::Help | Command::Undo | Command::Ask => Ok(Drawn::default()),
        }
    }

    /// The ids of the selection.
    fn selected(&self) -> Result<Vec<String>, Failure> {
        let ids = self.elements()?.iter().map(ToString::to_string);
        Ok(ids.collect())
    }

    fn elements(&self) -> Result<&[ElementId], Failure> {
        match self.place {
            Some(Place::Elements(ids)) => Ok(ids),
            Some(Place::View(_)) | None => Err(Failure::Board(NO_SELECTION.to_owned())),
        }
    }

    /// The texts of the selection, each as one item of a list.
    async fn texts(&self) -> Result<String, Failure> {
        let ids = self.elements()?.to_vec();
        let read = self.guests.read_board(self.visit, move |board, _| {
            let texts = ids.iter().filter_map(|id| board.get(*id));
            let texts = texts.map(|element| words(&element.text));
            let items = texts.filter(|text| !text.is_empty());
            let items = items.map(|text| format!("- {text}"));
            items.collect::<Vec<_>>().join("\n")
        });
        let texts = read.await.map_err(Problem::from)?;
        match texts.is_empty() {
            true => Err(Failure::Board("The selection has no text.".to_owned())),
            false => Ok(texts),
        }
    }

    async fn arrange(&self, arrange: Arrange) -> Result<Done, Failure> {
        self.work(move |board, author| arrange.ops(board, author))
            .await
    }

    async fn diagram(&self, text: String) -> Result<Drawn, Failure> {
        let read = self
            .guests
            .compute(self.visit, move || diagrams::read(&text));
        let diagram = read.await.map_err(Problem::from)?;
        let diagram = diagram.map_err(|error| Failure::Board(sentence(&error.to_string())))?;
        let corner = self.place.and_then(corner);
        let done = self
            .work(move |board, author| {
                let corner = corner.filter(|_| board.is_empty());
                place_diagram(&diagram, board, author, corner)
            })
            .await?;
        let drawn = counted(done.created.len(), "element");
        let words = match done.proposal {
            Some(_) => {
                format!("I propose a diagram of {drawn}. Accept or discard it on the board.")
            }
            None => format!("I drew a diagram of {drawn}."),
        };
        Ok(Drawn::of(words, done))
    }

    async fn work(
        &self,
        plan: impl FnOnce(&Board, &Author<'_>) -> Result<Written, WorkError> + Send + 'static,
    ) -> Result<Done, Failure> {
        let random = random16().map_err(|error| Failure::Board(sentence(&error.to_string())))?;
        let terms = WorkTerms {
            key: RequestKey::once(random),
            only_at: None,
            is_proposal: self.proposes,
            pace: match self.proposes {
                true => Pace::AtOnce,
                false => Pace::watchable(self.steps.clone()),
            },
        };
        self.has_drawn.store(true, Ordering::Relaxed);
        let done = self.guests.work(self.visit, terms, plan).await;
        done.map_err(|refusal| match refusal {
            WorkRefusal::Guest(error) => Problem::from(error).into(),
            refusal => Failure::Board(sentence(&refusal.to_string())),
        })
    }
}

/// Where a drawing begins on an empty board, if the asker sees a part of it: away from the edges of the
/// screen, where the tools are.
pub(super) fn corner(place: &Place) -> Option<(f64, f64)> {
    match place {
        Place::View([left, top, right, bottom]) => {
            Some((left + (right - left) * INSET, top + (bottom - top) * INSET))
        }
        Place::Elements(_) => None,
    }
}

/// A number with a word, in the plural if need be.
pub(super) fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}

/// A text in one line.
fn words(text: &RichText) -> String {
    let text: String = text.chars().map(|one| one.letter).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

//! The message in which the assistant answers. It grows while the answer comes.

use std::sync::Arc;
use std::time::Duration;

use shared::chat::{PROGRESS, Place, cleaned_message};
use shared::id::{ElementId, MessageId, Position};
use shared::limits::{MAX_MESSAGE_CHARS, MAX_PLACE_ELEMENTS};
use tokio::time::Instant;

use crate::guest::{GuestVisit, Guests};
use crate::request::Problem;

/// The message is changed at most so often. Each change is a commit with the whole text.
pub(super) const SHOW_EVERY: Duration = Duration::from_millis(400);
/// What ends a text that is longer than a message.
const CUT: &str = " … (the answer is longer than a message)";
/// Characters of the last paragraph.
const MAX_LAST_CHARS: usize = 1_000;
/// The text of an answer that says nothing.
const NOTHING: &str = "Done.";

/// The message.
#[derive(Debug)]
pub(super) struct Answer {
    guests: Arc<Guests>,
    visit: GuestVisit,
    message: MessageId,
    text: String,
    /// The last paragraph, which is never cut off.
    last: String,
    progress: Option<String>,
    /// The elements that were drawn for it.
    drawn: Vec<ElementId>,
    /// What it shows if elements were only deleted.
    view: Option<Place>,
    shown: String,
    shown_at: Instant,
}

impl Answer {
    /// Begins to answer a question.
    ///
    /// # Errors
    /// The assistant may not write in this chat.
    pub(super) async fn begin(
        guests: &Arc<Guests>,
        visit: &GuestVisit,
        question: MessageId,
        progress: &str,
    ) -> Result<Self, Problem> {
        let text = format!("{PROGRESS}{progress}");
        let message = guests.open_message(visit, text, question).await?;
        Ok(Self {
            guests: Arc::clone(guests),
            visit: visit.clone(),
            message,
            text: String::new(),
            last: String::new(),
            progress: Some(progress.to_owned()),
            drawn: Vec::new(),
            view: None,
            shown: String::new(),
            shown_at: Instant::now(),
        })
    }

    /// The id of the message.
    pub(super) const fn id(&self) -> MessageId {
        self.message
    }

    /// Adds to the text.
    ///
    /// # Errors
    /// The board refuses the message.
    pub(super) async fn add(&mut self, piece: &str) -> Result<(), Problem> {
        self.text.push_str(&cleaned_message(piece));
        self.progress = None;
        self.show_if_due().await
    }

    /// Notes elements that were drawn for the answer. They are the place on the board that it shows.
    pub(super) fn drew(&mut self, elements: impl IntoIterator<Item = ElementId>) {
        self.drawn.extend(elements);
        self.drawn.truncate(MAX_PLACE_ELEMENTS);
    }

    /// Notes what the asker saw while elements were deleted.
    pub(super) fn changed(&mut self, view: Option<&Place>) {
        self.view = view
            .filter(|place| matches!(place, Place::View(_)))
            .cloned();
    }

    /// Forgets what was drawn, because it was taken back.
    pub(super) fn took_back(&mut self) {
        self.drawn.clear();
        self.view = None;
    }

    /// Begins a paragraph, if there is text.
    pub(super) fn end_paragraph(&mut self) {
        let text = self.text.trim_end().len();
        self.text.truncate(text);
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Says what the assistant does at present.
    ///
    /// # Errors
    /// The board refuses the message.
    pub(super) async fn progress(&mut self, progress: String) -> Result<(), Problem> {
        self.progress = Some(progress);
        self.show_if_due().await
    }

    /// Changes the message if its text is a new one and [`SHOW_EVERY`] has passed since the last change.
    ///
    /// # Errors
    /// The board refuses the message.
    pub(super) async fn show_if_due(&mut self) -> Result<(), Problem> {
        let is_due = self.shown_at.elapsed() >= SHOW_EVERY;
        match is_due && self.composed() != self.shown {
            true => self.show(true).await.map(drop),
            false => Ok(()),
        }
    }

    /// Says what the assistant does at present, in a commit in any case. Returns the position of the board
    /// with it: what this guest did before is stored before it.
    ///
    /// # Errors
    /// The board refuses the message.
    pub(super) async fn progress_now(&mut self, progress: &str) -> Result<Position, Problem> {
        self.progress = Some(progress.to_owned());
        self.show(true).await
    }

    /// The length of the text so far.
    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    /// Ends the message, with a last paragraph if there is one.
    ///
    /// # Errors
    /// The board refuses the message.
    pub(super) async fn end(&mut self, last: Option<&str>) -> Result<(), Problem> {
        self.progress = None;
        self.last = shortened(&cleaned_message(last.unwrap_or_default()), MAX_LAST_CHARS);
        if self.text.trim().is_empty() && self.last.is_empty() {
            NOTHING.clone_into(&mut self.last);
        }
        self.show(false).await?;
        let elements = std::mem::take(&mut self.drawn);
        let place = match elements.is_empty() {
            true => self.view.take(),
            false => Some(Place::Elements(elements)),
        };
        let Some(place) = place else { return Ok(()) };
        self.guests
            .show_place(&self.visit, self.message, place)
            .await
    }

    async fn show(&mut self, is_open: bool) -> Result<Position, Problem> {
        self.shown_at = Instant::now();
        let text = self.composed();
        self.shown.clone_from(&text);
        let (guests, id) = (&self.guests, self.message);
        guests.edit_message(&self.visit, id, text, is_open).await
    }

    /// The text with the progress or the last paragraph, as long as a message may be.
    fn composed(&self) -> String {
        let (between, end) = match &self.progress {
            Some(line) => ("\n", format!("{PROGRESS}{line}")),
            None => ("\n\n", self.last.clone()),
        };
        let reserved = end.chars().count() + between.len();
        let text = shortened(
            self.text.trim_end(),
            MAX_MESSAGE_CHARS.saturating_sub(reserved),
        );
        let text = match (text.trim().is_empty(), end.is_empty()) {
            (true, _) => end,
            (false, true) => text,
            (false, false) => format!("{text}{between}{end}"),
        };
        match text.trim().is_empty() {
            true => format!("{PROGRESS}…"),
            false => text,
        }
    }
}

/// A text of at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(CUT.chars().count());
    let mut shortened: String = text.chars().take(kept).collect();
    shortened.push_str(CUT);
    shortened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_says_so() {
        assert_eq!(shortened("short", 100), "short");
        let long = shortened(&"ä".repeat(5_000), MAX_MESSAGE_CHARS);
        assert_eq!(long.chars().count(), MAX_MESSAGE_CHARS);
        assert!(long.ends_with(CUT));
    }
}

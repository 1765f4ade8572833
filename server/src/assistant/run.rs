//! Answers one question.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use shared::chat::{Chat, Message, MessageBody, question};
use shared::protocol::ProgramKind;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::sleep;

use super::answer::Answer;
use super::command::{Command, HELP};
use super::drawing::{Drawing, Drawn, corner, counted};
use super::failure::{Failure, sentence};
use super::model::{Model, Talk, Tools};
use super::prompt;
use super::service::Assistant;
use crate::guest::{Follower, GuestEvent, GuestName, GuestVisit, Step};
use crate::mcp::Toolbox;
use crate::request::Problem;
use crate::room::Question;
use crate::service::{After, Pass};

/// An answer as a whole must be done within this.
const RUN_LIMIT: Duration = Duration::from_secs(300);
/// Answers in which something to undo is looked for. Each search reads the history of the board.
const ANSWERS_TO_UNDO: usize = 4;
/// What a person reads who came by a link that is for people only.
const PEOPLE_ONLY: &str = "Your link is for people only, so I do nothing for it.";

/// One question and what answers it.
#[derive(Debug)]
pub(super) struct Run<'a> {
    assistant: &'a Assistant,
    question: &'a Question,
    visit: GuestVisit,
    pass: Pass,
    answer: Answer,
    toolbox: Option<Toolbox>,
    /// Whether the board was perhaps changed.
    has_drawn: bool,
}

impl<'a> Run<'a> {
    /// Answers a question. Only what prevents an answer is logged; all else is in the answer.
    pub(super) async fn answer(assistant: &'a Arc<Assistant>, question: Question) {
        if let Err(problem) = Run::begin_and_end(assistant, &question).await {
            tracing::info!(reason = problem.detail(), "the assistant cannot answer");
        }
    }

    async fn begin_and_end(assistant: &Assistant, question: &Question) -> Result<(), Problem> {
        let Question {
            board,
            link,
            caller,
            ..
        } = *question;
        let pass = assistant
            .state
            .boards
            .pass(board, link, question.stamp.person);
        let pass = pass.await?;
        let visit = GuestVisit {
            board,
            secret: *pass.secret(),
            name: GuestName::assistant(),
            kind: ProgramKind::Ai,
            caller,
            device: pass.device(),
        };
        let (guests, id) = (&assistant.guests, question.message.id);
        let answer = Answer::begin(guests, &visit, id, "Reading the board …").await?;
        let run = Run {
            assistant,
            question,
            visit,
            pass,
            answer,
            toolbox: None,
            has_drawn: false,
        };
        run.run_to_end().await
    }

    async fn run_to_end(mut self) -> Result<(), Problem> {
        let mut follower = self
            .assistant
            .guests
            .follow(&self.visit, Some(self.answer.since()))
            .await?;
        let message = self.answer.id().to_string();
        let outcome = tokio::select! {
            biased;
            failure = stopped(&mut follower, &message) => Err(failure),
            () = self.assistant.state.draining.cancelled() => Err(Failure::Restart),
            () = sleep(RUN_LIMIT) => Err(Failure::TooLong),
            outcome = self.work() => outcome,
        };
        if let Some(toolbox) = &self.toolbox {
            toolbox.stop().await;
        }
        let last = match outcome {
            Ok(last) => last,
            Err(failure) => Some(self.after(failure).await),
        };
        self.answer.end(last.as_deref()).await
    }

    /// Takes back what was drawn before a failure. Returns the last sentence of the answer.
    async fn after(&mut self, failure: Failure) -> String {
        if !self.has_drawn {
            return failure.to_string();
        }
        // A commit that is under way is stored before this message is changed.
        let taking = self.answer.progress("Taking back what I drew …".to_owned());
        if let Err(problem) = taking.await {
            return format!("{failure} {}", sentence(problem.detail()));
        }
        let since = self.answer.since().seq;
        match self.assistant.guests.undo(&self.visit, since).await {
            Ok(undone) if undone.changes == 0 => failure.to_string(),
            Ok(_) => {
                self.answer.took_back();
                format!("{failure} I took back what I drew.")
            }
            Err(error) => {
                let problem = Problem::from(error);
                format!(
                    "{failure} What I drew is still there, because it cannot be undone now: {}",
                    sentence(problem.detail())
                )
            }
        }
    }

    /// Does what is asked for. Returns the last sentence of the answer, if it needs one.
    async fn work(&mut self) -> Result<Option<String>, Failure> {
        if self.pass.is_for_people_only() {
            return Ok(Some(PEOPLE_ONLY.to_owned()));
        }
        let asked = question(&self.question.message.text).unwrap_or_default();
        let assistant = self.assistant;
        match (
            Command::parse(asked, assistant.model.is_some()),
            &assistant.model,
        ) {
            (Command::Ask, Some(model)) => self.ask(model, asked).await.map(|()| None),
            (Command::Ask | Command::Help, _) => Ok(Some(HELP.to_owned())),
            (Command::Undo, _) => self.undo_last().await.map(Some),
            (command, _) => self.draw(&command).await.map(Some),
        }
    }

    async fn ask(&mut self, model: &Model, asked: &str) -> Result<(), Failure> {
        self.assistant.count(self.visit.board)?;
        let guests = &self.assistant.guests;
        let Question { stamp, message, .. } = self.question;
        let place = message.place.as_ref();
        let question = prompt::question(guests, &self.visit, stamp, asked, place).await?;
        let may_draw = self.pass.role().may_draw();
        let is_empty = guests.look(&self.visit, |state| state.board.is_empty());
        let is_empty = is_empty.await.map_err(Problem::from)?;
        let corner = place.filter(|_| is_empty).and_then(corner);
        let opened = Toolbox::open(guests, self.visit.clone(), may_draw).await;
        let (toolbox, steps) =
            opened.map_err(|error| Failure::Board(sentence(&error.to_string())))?;
        let tools = Tools {
            toolbox: self.toolbox.insert(toolbox),
            steps,
            may_draw,
            proposes: self.pass.proposes(),
            corner,
        };
        let told = [prompt::INSTRUCTIONS, &question];
        let (answer, has_drawn) = (&mut self.answer, &mut self.has_drawn);
        Talk::new(model, tools, answer, has_drawn, told).run().await
    }

    async fn draw(&mut self, command: &Command) -> Result<String, Failure> {
        self.has_drawn = true;
        let (steps, mut told) = unbounded_channel();
        let drawing = Drawing {
            guests: &self.assistant.guests,
            visit: &self.visit,
            place: self.question.message.place.as_ref(),
            proposes: self.pass.proposes(),
            steps,
        };
        let drawing = drawing.carry_out(command);
        tokio::pin!(drawing);
        loop {
            tokio::select! {
                done = &mut drawing => {
                    let Drawn { words, elements } = done?;
                    self.answer.drew(elements);
                    return Ok(words);
                }
                Some(Step { done, all }) = next(&mut told) => {
                    let progress = format!("Drawing {done} of {all} …");
                    self.answer.progress(progress).await?;
                }
            }
        }
    }

    /// Takes back what the assistant drew for the last question of this asker.
    async fn undo_last(&self) -> Result<String, Failure> {
        let guests = &self.assistant.guests;
        let me = self.visit.person();
        let answer = self.answer.id();
        let look = guests.look(&self.visit, move |state| {
            let newest = state.chat.messages.iter().rev();
            let mine = newest.filter(|it| it.stamp.person == me && it.id != answer);
            // What an undo did is not undone.
            let others = mine.filter(|it| !answers_undo(&state.chat, it));
            let ids = others.map(|message| message.id);
            ids.take(ANSWERS_TO_UNDO).collect::<Vec<_>>()
        });
        for message in look.await.map_err(Problem::from)? {
            let undone = guests.undo(&self.visit, After::Message(message)).await;
            let changes = undone.map_err(Problem::from)?.changes;
            if changes > 0 {
                return Ok(format!("I took back {}.", counted(changes, "change")));
            }
        }
        Ok("There is nothing that I could take back.".to_owned())
    }
}

/// Whether a message answers a question to undo something.
fn answers_undo(chat: &Chat, answer: &Message) -> bool {
    let text = |message: &Message| match &message.body {
        MessageBody::Text(body) => Some(body.clone()),
        MessageBody::Notice(_) | MessageBody::Deleted => None,
    };
    let asked = text(answer).and_then(|body| body.reply_to);
    let mut messages = chat.messages.iter();
    let asked = messages
        .find(|message| Some(message.id) == asked)
        .and_then(text);
    let asked = asked.as_ref().and_then(|body| question(&body.text));
    asked.is_some_and(|asked| Command::parse(asked, false) == Command::Undo)
}

/// Waits for a step of drawing.
async fn next(steps: &mut UnboundedReceiver<Step>) -> Option<Step> {
    steps.recv().await
}

/// Waits until the asker or an owner stops the answer, or the guest must leave the board.
async fn stopped(follower: &mut Follower, answer: &str) -> Failure {
    let mut told = BTreeSet::new();
    loop {
        match follower.next().await {
            Some(GuestEvent::Commit(commit)) => {
                told.extend(commit.stops);
                if told.contains(answer) {
                    return Failure::Stopped;
                }
            }
            Some(GuestEvent::End(error)) => return Problem::from(error).into(),
            Some(GuestEvent::Start(_) | GuestEvent::People(_)) => {}
            None => return Failure::Restart,
        }
    }
}

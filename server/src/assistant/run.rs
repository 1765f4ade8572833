//! Answers one question.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shared::chat::question;
use shared::id::Seq;
use shared::protocol::ProgramKind;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::sleep;

use super::answer::Answer;
use super::command::{Command, HELP};
use super::drawing::{Drawing, Drawn, corner, counted};
use super::earlier;
use super::failure::{Failure, sentence};
use super::model::{Model, Talk, Tools};
use super::prompt;
use super::service::{Assistant, Turn};
use crate::guest::{Follower, GuestEvent, GuestName, GuestVisit, Step};
use crate::mcp::Toolbox;
use crate::request::Problem;
use crate::room::Question;
use crate::service::{After, Pass};

/// An answer as a whole must be done within this.
const RUN_LIMIT: Duration = Duration::from_secs(300);
/// What an answer says first.
const READING: &str = "Reading the board …";
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
    /// The position of the board when the work began.
    since: Option<Seq>,
    /// Whether the board was perhaps changed.
    has_drawn: AtomicBool,
}

impl<'a> Run<'a> {
    /// Answers a question, when it is the turn of its asker. Only what prevents an answer is logged; all
    /// else is in the answer.
    pub(super) async fn answer(assistant: &'a Arc<Assistant>, question: Question, turn: &Turn) {
        let run = match Run::begin(assistant, &question, turn).await {
            Ok(run) => run,
            Err(problem) => {
                tracing::info!(reason = problem.detail(), "the assistant cannot answer");
                return;
            }
        };
        let message = run.answer.id();
        assistant.open().insert(message);
        if let Err(problem) = run.end(turn).await {
            tracing::info!(reason = problem.detail(), "an answer cannot be ended");
        }
        assistant.open().remove(&message);
    }

    async fn begin(
        assistant: &'a Assistant,
        question: &'a Question,
        turn: &Turn,
    ) -> Result<Run<'a>, Problem> {
        let Question {
            board,
            link,
            caller,
            ..
        } = *question;
        let person = question.stamp.person;
        let pass = assistant.state.boards.pass(board, link, person).await?;
        let visit = GuestVisit {
            board,
            secret: *pass.secret(),
            name: GuestName::assistant(),
            kind: ProgramKind::Ai,
            caller,
            device: pass.device(),
        };
        earlier::close_abandoned(assistant, &visit).await?;
        let progress = match turn.try_lock() {
            Ok(_) => READING,
            Err(_) => "Waiting for your other question …",
        };
        let (guests, id) = (&assistant.guests, question.message.id);
        let answer = Answer::begin(guests, &visit, id, progress).await?;
        Ok(Run {
            assistant,
            question,
            visit,
            pass,
            answer,
            toolbox: None,
            since: None,
            has_drawn: AtomicBool::new(false),
        })
    }

    async fn end(mut self, turn: &Turn) -> Result<(), Problem> {
        let outcome = match self.assistant.guests.follow(&self.visit, None).await {
            Ok(follower) => self.outcome(follower, turn).await,
            Err(error) => Err(Problem::from(error).into()),
        };
        if let Some(toolbox) = &self.toolbox {
            toolbox.stop().await;
        }
        if self.has_drawn.load(Ordering::Relaxed) {
            self.answer.changed(self.question.message.place.as_ref());
        }
        let last = match outcome {
            Ok(last) => last,
            Err(failure) => Some(self.after(failure).await),
        };
        self.answer.end(last.as_deref()).await
    }

    async fn outcome(
        &mut self,
        mut follower: Follower,
        turn: &Turn,
    ) -> Result<Option<String>, Failure> {
        let message = self.answer.id().to_string();
        let draining = self.assistant.state.draining.clone();
        let work = async {
            let _turn = turn.lock().await;
            self.since = Some(self.answer.progress_now(READING).await?.seq);
            self.work().await
        };
        tokio::select! {
            biased;
            failure = stopped(&mut follower, &message) => Err(failure),
            () = draining.cancelled() => Err(Failure::Restart),
            () = sleep(RUN_LIMIT) => Err(Failure::TooLong),
            outcome = work => outcome,
        }
    }

    /// Takes back what was drawn before a failure. Returns the last sentence of the answer.
    async fn after(&mut self, failure: Failure) -> String {
        let Some(since) = self
            .since
            .filter(|_| self.has_drawn.load(Ordering::Relaxed))
        else {
            return failure.to_string();
        };
        // A commit that is under way is stored before this message is changed.
        let taking = self.answer.progress_now("Taking back what I drew …");
        if let Err(problem) = taking.await {
            return format!("{failure} {}", sentence(problem.detail()));
        }
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
            look: place.filter(|_| !is_empty).map(prompt::look_at),
            near: place.and_then(prompt::first_selected),
            corner,
        };
        let told = [prompt::INSTRUCTIONS, &question];
        let (answer, has_drawn) = (&mut self.answer, &self.has_drawn);
        Talk::new(model, tools, answer, has_drawn, told).run().await
    }

    async fn draw(&mut self, command: &Command) -> Result<String, Failure> {
        let (steps, mut told) = unbounded_channel();
        let drawing = Drawing {
            guests: &self.assistant.guests,
            visit: &self.visit,
            place: self.question.message.place.as_ref(),
            proposes: self.pass.proposes(),
            has_drawn: &self.has_drawn,
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
                Some(Step { done, all }) = told.recv() => {
                    let progress = format!("Drawing {done} of {all} …");
                    self.answer.progress(progress).await?;
                }
            }
        }
    }

    /// Takes back what the assistant drew for the last question of this asker.
    async fn undo_last(&self) -> Result<String, Failure> {
        let guests = &self.assistant.guests;
        for message in earlier::drawn(guests, &self.visit, self.answer.id()).await? {
            let undone = guests.undo(&self.visit, After::Message(message)).await;
            let changes = undone.map_err(Problem::from)?.changes;
            if changes > 0 {
                return Ok(format!("I took back {}.", counted(changes, "change")));
            }
        }
        Ok("There is nothing that I could take back.".to_owned())
    }
}

/// Waits until the asker or an owner stops the answer, or the guest must leave the board.
async fn stopped(follower: &mut Follower, answer: &str) -> Failure {
    loop {
        match follower.next().await {
            Some(GuestEvent::Commit(commit)) if commit.stops.iter().any(|id| id == answer) => {
                return Failure::Stopped;
            }
            Some(GuestEvent::Commit(_) | GuestEvent::Start(_) | GuestEvent::People(_)) => {}
            Some(GuestEvent::End(error)) => return Problem::from(error).into(),
            None => return Failure::Restart,
        }
    }
}

//! The conversation with the language model about one question: it answers, and calls tools, until it
//! has answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::StreamExt as _;
use rmcp::model::{CallToolResult, ContentBlock, JsonObject};
use serde_json::{Value, json};
use shared::id::ElementId;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, timeout};

use super::chunk::{Call, Reply, ReplyFault};
use super::client::{Model, told};
use super::tool::{MAKE_PICTURE, SEE_BOARD, function, is_picture, progress, read, touched};
use crate::assistant::answer::{Answer, SHOW_EVERY};
use crate::assistant::failure::{Failure, sentence};
use crate::guest::Step;
use crate::mcp::Toolbox;

/// Times that the model may answer with calls of tools.
const MAX_ROUNDS: usize = 12;
/// The model must send something within this.
const SILENCE_LIMIT: Duration = Duration::from_secs(60);
/// A picture must be made within this.
const PICTURE_LIMIT: Duration = Duration::from_secs(120);

/// The tools of a conversation.
#[derive(Debug)]
pub(in crate::assistant) struct Tools<'a> {
    /// The tools of the board.
    pub(in crate::assistant) toolbox: &'a Toolbox,
    /// How far the tool is that works.
    pub(in crate::assistant) steps: UnboundedReceiver<Step>,
    /// Whether the asker may draw.
    pub(in crate::assistant) may_draw: bool,
    /// Whether the board takes only proposals.
    pub(in crate::assistant) proposes: bool,
    /// How to look at what the asker sees, unless there is nothing.
    pub(in crate::assistant) look: Option<JsonObject>,
    /// The element near which the asker wants a picture.
    pub(in crate::assistant) near: Option<ElementId>,
    /// Where a diagram begins that names no place.
    pub(in crate::assistant) corner: Option<(f64, f64)>,
}

/// A conversation.
#[derive(Debug)]
pub(in crate::assistant) struct Talk<'a> {
    model: &'a Model,
    tools: Tools<'a>,
    answer: &'a mut Answer,
    has_drawn: &'a AtomicBool,
    messages: Vec<Value>,
}

impl<'a> Talk<'a> {
    /// A conversation that begins with instructions and a question. It notes in `has_drawn` that it
    /// perhaps changed the board.
    pub(in crate::assistant) fn new(
        model: &'a Model,
        tools: Tools<'a>,
        answer: &'a mut Answer,
        has_drawn: &'a AtomicBool,
        [instructions, question]: [&str; 2],
    ) -> Self {
        let messages = vec![
            json!({"role": "system", "content": instructions}),
            json!({"role": "user", "content": question}),
        ];
        Self {
            model,
            tools,
            answer,
            has_drawn,
            messages,
        }
    }

    /// Talks until the model has answered.
    ///
    /// # Errors
    /// The endpoint or the board fails.
    pub(in crate::assistant) async fn run(mut self) -> Result<(), Failure> {
        let described = self.described();
        self.look().await?;
        for _ in 0..MAX_ROUNDS {
            let mut reply = self.ask(&described).await?;
            if reply.is_empty() {
                return Err(Failure::Endpoint("It sent no answer.".to_owned()));
            }
            let calls = reply.finish().map_err(fault)?;
            if calls.is_empty() {
                if reply.is_cut() {
                    self.answer
                        .add(" … (the model stopped at its largest length)")
                        .await?;
                }
                return Ok(());
            }
            self.answer.end_paragraph();
            self.messages.push(reply.message(&calls));
            let mut seen = Vec::new();
            for call in calls {
                let result = self.call(&call).await?;
                let (text, pictures) = read(result);
                self.messages.push(json!({
                    "role": "tool",
                    "tool_call_id": call.id,
                    "content": text,
                }));
                seen.extend(pictures);
            }
            self.show_to_model(seen);
        }
        Err(Failure::TooManyTools)
    }

    /// Shows the model what the asker sees, if it takes pictures.
    async fn look(&mut self) -> Result<(), Failure> {
        let Some(look) = self.tools.look.take().filter(|_| self.model.sees()) else {
            return Ok(());
        };
        self.answer.progress(progress(SEE_BOARD).to_owned()).await?;
        if let Ok(seen) = self.use_tool(SEE_BOARD, look).await? {
            let (_, pictures) = read(seen);
            self.show_to_model(pictures);
        }
        Ok(())
    }

    /// Asks the model, again without pictures if it takes none.
    async fn ask(&mut self, tools: &[Value]) -> Result<Reply, Failure> {
        self.answer.progress("Thinking …".to_owned()).await?;
        let before = self.answer.len();
        match self.listen(tools).await {
            Err(Failure::Endpoint(_))
                if self.answer.len() == before && self.messages.iter().any(is_picture) =>
            {
                self.model.cannot_see();
                self.messages.retain(|message| !is_picture(message));
                self.listen(tools).await
            }
            outcome => outcome,
        }
    }

    async fn listen(&mut self, tools: &[Value]) -> Result<Reply, Failure> {
        let begun = self.model.stream(&self.messages, tools);
        let begun = timeout(SILENCE_LIMIT, begun).await;
        let mut chunks = begun.map_err(|_| Failure::NoAnswer)??;
        let mut reply = Reply::default();
        let mut heard = Instant::now();
        loop {
            let Ok(chunk) = timeout(SHOW_EVERY, chunks.next()).await else {
                if heard.elapsed() > SILENCE_LIMIT {
                    return Err(Failure::NoAnswer);
                }
                self.answer.show_if_due().await?;
                continue;
            };
            let Some(chunk) = chunk else {
                return Ok(reply);
            };
            heard = Instant::now();
            let added = reply.take(chunk?).map_err(fault)?;
            if !added.text.is_empty() {
                self.answer.add(&added.text).await?;
            }
        }
    }

    /// Calls a tool. What is wrong with the call is its result, so that the model can mend it.
    async fn call(&mut self, call: &Call) -> Result<CallToolResult, Failure> {
        let failed = |text: String| CallToolResult::error(vec![ContentBlock::text(text)]);
        self.answer
            .progress(progress(&call.name).to_owned())
            .await?;
        let arguments = match call.arguments.trim() {
            "" => "{}",
            arguments => arguments,
        };
        let mut arguments: JsonObject = match serde_json::from_str(arguments) {
            Ok(arguments) => arguments,
            Err(error) => return Ok(failed(format!("the arguments are no JSON object: {error}"))),
        };
        if call.name == MAKE_PICTURE && self.tools.may_draw && self.model.makes_pictures() {
            return self.make_picture(arguments).await;
        }
        if !self.tools.toolbox.only_reads(&call.name) {
            self.has_drawn.store(true, Ordering::Relaxed);
            if self.tools.proposes && self.tools.toolbox.can_propose(&call.name) {
                arguments.insert("propose".to_owned(), Value::Bool(true));
            }
        }
        if call.name == "create_diagram" && !arguments.contains_key("x") {
            let corner = self.tools.corner;
            arguments.extend(
                corner
                    .into_iter()
                    .flat_map(|(x, y)| [("x".to_owned(), x.into()), ("y".to_owned(), y.into())]),
            );
        }
        let outcome = self.use_tool(&call.name, arguments).await?;
        let result = outcome.unwrap_or_else(failed);
        self.answer.drew(touched(&result));
        Ok(result)
    }

    /// Uses a tool of the board, and tells how far it is.
    async fn use_tool(
        &mut self,
        name: &str,
        arguments: JsonObject,
    ) -> Result<Result<CallToolResult, String>, Failure> {
        let call = self.tools.toolbox.call(name, arguments);
        tokio::pin!(call);
        loop {
            tokio::select! {
                outcome = &mut call => return Ok(outcome.map_err(|error| error.to_string())),
                Some(Step { done, all }) = self.tools.steps.recv() => {
                    self.answer.progress(format!("Drawing {done} of {all} …")).await?;
                }
            }
        }
    }

    /// Makes a picture and places it. The board keeps it like a picture of a person.
    async fn make_picture(&mut self, mut arguments: JsonObject) -> Result<CallToolResult, Failure> {
        let prompt = arguments.remove("prompt");
        let Some(prompt) = prompt.as_ref().and_then(Value::as_str) else {
            let text = ContentBlock::text("prompt: say what the picture shows");
            return Ok(CallToolResult::error(vec![text]));
        };
        let made = timeout(PICTURE_LIMIT, self.model.picture(prompt)).await;
        let file = made.map_err(|_| Failure::NoAnswer)??;
        arguments.insert("data".to_owned(), Value::String(file));
        let shown = Value::String(prompt.to_owned());
        arguments.entry("alternative_text").or_insert(shown);
        if let Some(near) = self.tools.near {
            let near = Value::String(near.to_string());
            arguments.entry("near").or_insert(near);
        }
        if self.tools.proposes {
            arguments.insert("propose".to_owned(), Value::Bool(true));
        }
        self.has_drawn.store(true, Ordering::Relaxed);
        let placed = self.use_tool("place_image", arguments).await?;
        let placed = placed.map_err(|error| Failure::Board(sentence(&error)))?;
        self.answer.drew(touched(&placed));
        Ok(placed)
    }

    /// The tools as the endpoint wants them described.
    fn described(&self) -> Vec<Value> {
        let of_board = self.tools.toolbox.tools().iter();
        let mut described: Vec<Value> = of_board
            .map(|tool| {
                function(
                    &tool.name,
                    tool.description.as_deref(),
                    &json!(*tool.input_schema),
                )
            })
            .collect();
        if self.tools.may_draw && self.model.makes_pictures() {
            let about = "Makes a picture from a description, and places it on the board: in free space, or \
                         near an element. Use it only if a picture is asked for.";
            let parameters = json!({
                "type": "object",
                "properties": {
                    "prompt": {"type": "string", "description": "What the picture shows, in detail."},
                    "near": {"type": "string", "description": "The id of an element to be near."},
                },
                "required": ["prompt"],
            });
            described.push(function(MAKE_PICTURE, Some(about), &parameters));
        }
        described
    }

    /// Pictures are no results of tools in this protocol, so they follow as a message.
    fn show_to_model(&mut self, pictures: Vec<String>) {
        if !self.model.sees() || pictures.is_empty() {
            return;
        }
        let text = json!({"type": "text", "text": "The picture of the board, as data:"});
        let pictures = pictures
            .into_iter()
            .map(|url| json!({"type": "image_url", "image_url": {"url": url}}));
        let content: Vec<Value> = std::iter::once(text).chain(pictures).collect();
        self.messages
            .push(json!({"role": "user", "content": content}));
    }
}

fn fault(fault: ReplyFault) -> Failure {
    match fault {
        ReplyFault::Declined(reason) => Failure::Declined(told(&reason)),
        fault => Failure::Endpoint(told(&fault.to_string())),
    }
}

//! A streamed answer, put together from its chunks.
//!
//! The chunks are those of OpenAI's chat completions. Other servers leave out fields, cut the arguments of
//! tools anywhere, or send a call without an index or an id, so all of that is read.

use serde::Deserialize;
use serde_json::{Value, json};

/// Calls of tools in one answer. More would be a fault of the model.
const MAX_CALLS: usize = 16;
/// Bytes of text and arguments in one answer. A picture is no part of an answer.
const MAX_BYTES: usize = 512 * 1024;

/// A chunk.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    /// Some servers send an error in the middle of a stream.
    error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Delta {
    content: Option<String>,
    refusal: Option<String>,
    tool_calls: Option<Vec<CallPart>>,
}

#[derive(Debug, Deserialize)]
struct CallPart {
    index: Option<usize>,
    id: Option<String>,
    function: Option<FunctionPart>,
}

#[derive(Debug, Deserialize)]
struct FunctionPart {
    name: Option<String>,
    arguments: Option<String>,
}

/// What a chunk adds to the answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Added {
    /// More text.
    pub(super) text: String,
}

/// An answer so far.
#[derive(Debug, Default)]
pub(super) struct Reply {
    text: String,
    refusal: String,
    calls: Vec<Call>,
    bytes: usize,
    finish: Option<String>,
}

/// A tool that the model calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Call {
    /// The id, by which the result is told.
    pub(super) id: String,
    /// The name of the tool.
    pub(super) name: String,
    /// Its arguments, as JSON.
    pub(super) arguments: String,
}

/// Why an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ReplyFault {
    /// The endpoint sent an error.
    #[error("{0}")]
    Endpoint(String),
    /// The model declined.
    #[error("{0}")]
    Declined(String),
    /// The answer is too large.
    #[error("the answer is larger than {MAX_BYTES} bytes or calls more than {MAX_CALLS} tools")]
    TooLarge,
}

impl Reply {
    /// Takes the next chunk.
    ///
    /// # Errors
    /// [`ReplyFault`].
    pub(super) fn take(&mut self, chunk: Chunk) -> Result<Added, ReplyFault> {
        if let Some(error) = chunk.error {
            let message = error.get("message").and_then(Value::as_str);
            let message = message.map_or_else(|| error.to_string(), ToOwned::to_owned);
            return Err(ReplyFault::Endpoint(message));
        }
        let mut added = Added::default();
        for choice in chunk.choices {
            let Delta {
                content,
                refusal,
                tool_calls,
            } = choice.delta;
            if let Some(text) = content {
                self.count(text.len())?;
                added.text.push_str(&text);
            }
            if let Some(text) = refusal {
                self.count(text.len())?;
                self.refusal.push_str(&text);
            }
            for part in tool_calls.into_iter().flatten() {
                self.take_call(part)?;
            }
            if choice.finish_reason.is_some() {
                self.finish = choice.finish_reason;
            }
        }
        self.text.push_str(&added.text);
        Ok(added)
    }

    fn take_call(&mut self, part: CallPart) -> Result<(), ReplyFault> {
        let FunctionPart { name, arguments } = part.function.unwrap_or(FunctionPart {
            name: None,
            arguments: None,
        });
        let arguments = arguments.unwrap_or_default();
        let names = name.as_ref().map_or(0, String::len) + part.id.as_ref().map_or(0, String::len);
        self.count(arguments.len() + names)?;
        // Without an index, a part with a name or another id begins a call, and all others go on with the last.
        let last = self.calls.len().saturating_sub(1);
        let id = part.id.filter(|id| !id.is_empty());
        let is_other = |call: &Call| id.as_ref().is_some_and(|id| *id != call.id);
        let begins = name.is_some() || self.calls.last().is_none_or(is_other);
        let index = part
            .index
            .unwrap_or(if begins { self.calls.len() } else { last });
        if index >= MAX_CALLS {
            return Err(ReplyFault::TooLarge);
        }
        if self.calls.len() <= index {
            self.calls.resize_with(index + 1, Call::default);
        }
        if let Some(call) = self.calls.get_mut(index) {
            if let Some(id) = id {
                call.id = id;
            }
            if let Some(name) = name {
                call.name.push_str(&name);
            }
            call.arguments.push_str(&arguments);
        }
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), ReplyFault> {
        self.bytes += bytes;
        match self.bytes > MAX_BYTES {
            true => Err(ReplyFault::TooLarge),
            false => Ok(()),
        }
    }

    /// The end of the stream: the tools that the model calls; none if its answer is complete.
    ///
    /// # Errors
    /// [`ReplyFault::Declined`].
    pub(super) fn finish(&mut self) -> Result<Vec<Call>, ReplyFault> {
        if !self.refusal.trim().is_empty() {
            return Err(ReplyFault::Declined(self.refusal.trim().to_owned()));
        }
        if self.finish.as_deref() == Some("content_filter") {
            let reason = "its provider filtered the answer";
            return Err(ReplyFault::Declined(reason.to_owned()));
        }
        let calls = self.calls.iter_mut().enumerate();
        for (number, call) in calls.filter(|(_, call)| call.id.is_empty()) {
            call.id = format!("call_{number}");
        }
        Ok(self
            .calls
            .iter()
            .filter(|call| !call.name.is_empty())
            .cloned()
            .collect())
    }

    /// Whether the endpoint sent nothing that is an answer.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes == 0 && self.calls.is_empty() && self.finish.is_none()
    }

    /// Whether the answer was cut off at its largest length.
    pub(super) fn is_cut(&self) -> bool {
        self.finish.as_deref() == Some("length")
    }

    /// The answer as a message of the conversation with the model.
    pub(super) fn message(&self, calls: &[Call]) -> Value {
        let calls: Vec<Value> = calls
            .iter()
            .map(|call| {
                json!({
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                })
            })
            .collect();
        json!({"role": "assistant", "content": self.text, "tool_calls": calls})
    }
}

#[cfg(test)]
mod tests;

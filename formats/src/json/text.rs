//! Text: one string, or a list of runs with their styles.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shared::id::{ClientId, ElementId};
use shared::limits::MAX_TEXT_PIECES;
use shared::model::{Marks, RichText, StyledRun};

use super::list::List;
use super::values::is_false;

/// The visible text of an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words(Vec<JsonRun>);

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonRun {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    bold: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    italic: bool,
}

impl Words {
    /// The form of a text; `None` if nothing of it is visible.
    pub(super) fn of(text: &RichText) -> Option<Self> {
        let mut runs: Vec<JsonRun> = Vec::new();
        for run in text.runs() {
            let (bold, italic) = (run.marks.has(Marks::BOLD), run.marks.has(Marks::ITALIC));
            match runs.last_mut() {
                Some(last) if last.bold == bold && last.italic == italic => {
                    last.text.push_str(run.text);
                }
                _ => runs.push(JsonRun {
                    text: run.text.to_owned(),
                    bold,
                    italic,
                }),
            }
        }
        (!runs.is_empty()).then_some(Self(runs))
    }

    /// The text of the element `id`. The client that puts it on a board becomes its typist.
    pub(super) fn read(self, id: ElementId) -> RichText {
        let by = ClientId::from_bytes(*id.as_bytes());
        let runs = self.0.iter().map(|run| StyledRun {
            text: &run.text,
            marks: Marks::NONE
                .set(Marks::BOLD, run.bold)
                .set(Marks::ITALIC, run.italic),
        });
        RichText::typed(by, runs)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [run] if !run.bold && !run.italic => serializer.serialize_str(&run.text),
            runs => runs.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StringOrRuns)
    }
}

struct StringOrRuns;

impl<'de> Visitor<'de> for StringOrRuns {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a list of runs of text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Words, E> {
        Ok(Words(vec![JsonRun {
            text: text.to_owned(),
            bold: false,
            italic: false,
        }]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, runs: A) -> Result<Words, A::Error> {
        let runs = List::<JsonRun, MAX_TEXT_PIECES>::deserialize(SeqAccessDeserializer::new(runs))?;
        Ok(Words(runs.0))
    }
}

//! What the assistant of this server can do, and what commands ask it. Its code is in the chunk
//! (`chunk`).

use editor::commands::Section;
use editor::{AssistantTask, Command};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::session::Session;

/// The tag by which the server says what its assistant can do.
const TAG: &str = "meta[name=commonslate-assistant]";
/// The language of an answer if the browser names none.
const ENGLISH: &str = "English";

/// The commands that need a language model.
const NEED_MODEL: [&Command; 4] = [
    Command::EXPLAIN,
    Command::SUMMARISE,
    Command::CONTINUE,
    Command::TRANSLATE,
];

/// What the assistant can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Abilities {
    /// It has a language model.
    model: bool,
    /// It has a model that makes pictures.
    pictures: bool,
}

impl Abilities {
    /// What the page says.
    fn of_page() -> Self {
        let tag = document().query_selector(TAG).ok().flatten();
        let content = tag.and_then(|tag| tag.get_attribute("content"));
        Self::of(&content.unwrap_or_default())
    }

    fn of(words: &str) -> Self {
        let has = |word| words.split_whitespace().any(|one| one == word);
        Self {
            model: has("model"),
            pictures: has("pictures"),
        }
    }

    /// Why the assistant cannot carry out a command, if it cannot.
    fn refusal(self, command: &Command) -> Option<&'static str> {
        if NEED_MODEL.contains(&command) && !self.model {
            Some("The assistant of this server has no language model.")
        } else if *command == *Command::MAKE_PICTURE && !self.pictures {
            Some("The assistant of this server makes no pictures.")
        } else {
            None
        }
    }
}

/// Why the assistant cannot be asked for a command now, if it cannot.
pub(super) fn refusal(session: Session, command: &'static Command) -> Option<&'static str> {
    if command.section() != Section::Assistant.name() {
        return None;
    }
    let rights = session.chat_signals().rights.get_untracked();
    if rights.is_some_and(|rights| rights.chat) {
        Abilities::of_page().refusal(command)
    } else {
        Some("You cannot write in the chat at the moment.")
    }
}

/// What a command asks the assistant; `None` if the person writes the question.
pub(super) fn question_for(task: AssistantTask) -> Option<String> {
    let words = match task {
        AssistantTask::Ask => return None,
        AssistantTask::TidyUp => "tidy up",
        AssistantTask::Cluster => "cluster",
        AssistantTask::Diagram => "turn into a diagram",
        AssistantTask::Explain => "explain",
        AssistantTask::Summarise => "summarise",
        AssistantTask::Continue => "continue",
        AssistantTask::Translate => {
            let language = language().unwrap_or_else(|| ENGLISH.to_owned());
            return Some(["translate to ", &language].concat());
        }
        AssistantTask::Picture => "make a picture of this",
    };
    Some(words.to_owned())
}

/// The English name of the language of the browser.
fn language() -> Option<String> {
    let code = window().navigator().language()?;
    let code = code.split('-').next()?;
    let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
    let names: Function = Reflect::get(&intl, &"DisplayNames".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let arguments = Array::of2(&JsValue::from_str("en"), &options);
    let names = Reflect::construct(&names, &arguments).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    let name = of.call1(&names, &JsValue::from_str(code)).ok()?;
    // A browser that has no name for a code returns the code.
    name.as_string().filter(|name| name != code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_assistant_is_offered_what_it_can_do() {
        let none = Abilities::of("");
        let model = Abilities::of(" model ");
        let both = Abilities::of("model pictures");
        for (command, expected) in [
            (Command::ASK, [true, true, true]),
            (Command::TIDY_UP, [true, true, true]),
            (Command::EXPLAIN, [false, true, true]),
            (Command::TRANSLATE, [false, true, true]),
            (Command::MAKE_PICTURE, [false, false, true]),
        ] {
            let offered = [none, model, both].map(|it| it.refusal(command).is_none());
            assert_eq!(offered, expected, "{command:?}");
        }
    }
}

//! Options for the assistant: which endpoint it asks, and how often.

use std::fmt;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use url::Url;

/// The longest key, in bytes. Keys have some hundred.
const MAX_KEY_BYTES: usize = 8 * 1024;

/// The options as they are given.
#[derive(Debug, clap::Args)]
pub(super) struct AssistantArgs {
    /// Address of an endpoint that speaks like OpenAI, such as https://api.openai.com/v1 or
    /// http://127.0.0.1:11434/v1; without it the assistant does only what needs no language model
    #[arg(long, env = "COMMONSLATE_ASSISTANT_URL", value_name = "URL", value_parser = parse_endpoint)]
    assistant_url: Option<Url>,

    /// Language model that the assistant asks
    #[arg(long, env = "COMMONSLATE_ASSISTANT_MODEL", value_name = "NAME")]
    assistant_model: Option<String>,

    /// Model with which the assistant makes pictures; without it, it makes none
    #[arg(long, env = "COMMONSLATE_ASSISTANT_IMAGE_MODEL", value_name = "NAME")]
    assistant_image_model: Option<String>,

    /// File with the key of the endpoint, if it needs one
    #[arg(long, env = "COMMONSLATE_ASSISTANT_KEY_FILE", value_name = "FILE")]
    assistant_key_file: Option<PathBuf>,

    /// Questions that one board may ask the language model in an hour
    #[arg(
        long,
        env = "COMMONSLATE_ASSISTANT_QUESTIONS_PER_HOUR",
        value_name = "COUNT",
        default_value = "60",
        allow_hyphen_values = true
    )]
    assistant_questions_per_hour: NonZeroU32,
}

/// The endpoint of the assistant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistantEndpoint {
    /// Its address, without a slash at the end.
    pub url: String,
    /// The language model.
    pub model: String,
    /// The model that makes pictures.
    pub image_model: Option<String>,
    /// The key.
    pub key: Option<AssistantKey>,
    /// Questions that one board may ask in an hour.
    pub questions_per_hour: NonZeroU32,
}

/// The key of an endpoint. It is in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct AssistantKey(String);

impl AssistantKey {
    /// A key in the text of a file; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key = text.trim();
        let is_sized = (1..=MAX_KEY_BYTES).contains(&key.len());
        let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic());
        (is_sized && is_plain).then(|| Self(key.to_owned()))
    }

    /// The key, to be sent to the endpoint.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AssistantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssistantKey")
    }
}

impl AssistantArgs {
    /// The endpoint, if there is one. The file with the key is read here.
    ///
    /// # Errors
    /// A line that names the contradiction, or why the key cannot be read.
    pub(super) fn checked(self) -> Result<Option<AssistantEndpoint>, String> {
        let others = [
            ("--assistant-model", self.assistant_model.is_some()),
            (
                "--assistant-image-model",
                self.assistant_image_model.is_some(),
            ),
            ("--assistant-key-file", self.assistant_key_file.is_some()),
        ];
        let Some(url) = self.assistant_url else {
            let alone = others.iter().find(|(_, is_given)| *is_given);
            return match alone {
                Some((option, _)) => Err(format!("{option} needs --assistant-url")),
                None => Ok(None),
            };
        };
        let Some(model) = self
            .assistant_model
            .filter(|model| !model.trim().is_empty())
        else {
            return Err("--assistant-url needs --assistant-model".to_owned());
        };
        Ok(Some(AssistantEndpoint {
            url: url.as_str().trim_end_matches('/').to_owned(),
            model,
            image_model: self.assistant_image_model,
            key: self.assistant_key_file.as_deref().map(key).transpose()?,
            questions_per_hour: self.assistant_questions_per_hour,
        }))
    }
}

fn key(file: &Path) -> Result<AssistantKey, String> {
    let fault = |reason: &str| format!("--assistant-key-file {}: {reason}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| fault(&error.to_string()))?;
    AssistantKey::parse(&text).ok_or_else(|| fault("it must hold one key, in one line"))
}

fn parse_endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    let url = url.filter(|url| url.query().is_none() && url.fragment().is_none());
    url.ok_or_else(|| "expected an address such as https://api.openai.com/v1".to_owned())
}

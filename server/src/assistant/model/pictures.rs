//! Pictures that a model makes.

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Model, failure};
use crate::assistant::failure::Failure;

/// The size of a picture in pixels. All models of pictures know it.
const SIZE: &str = "1024x1024";
/// How the names of models begin that always answer with the bytes, and refuse to be asked for them.
const ANSWER_BYTES: &str = "gpt-image";

#[derive(Debug, Deserialize)]
struct Pictures {
    #[serde(default)]
    data: Vec<Picture>,
}

#[derive(Debug, Deserialize)]
struct Picture {
    b64_json: Option<String>,
}

impl Model {
    /// Makes a picture. Returns the file as base64.
    ///
    /// # Errors
    /// The endpoint does not answer, or with no picture.
    pub(in crate::assistant) async fn picture(&self, prompt: &str) -> Result<String, Failure> {
        let name = self.endpoint.image_model.as_deref().unwrap_or_default();
        let mut request = json!({"model": name, "prompt": prompt, "n": 1, "size": SIZE});
        if !name.starts_with(ANSWER_BYTES)
            && let Some(request) = request.as_object_mut()
        {
            request.insert("response_format".to_owned(), json!("b64_json"));
        }
        let images = self.client.images();
        let made = images.generate_byot::<Value, Pictures>(request).await;
        let made = made.map_err(|error| failure(&error))?;
        let picture = made.data.into_iter().find_map(|picture| picture.b64_json);
        picture.ok_or_else(|| Failure::Endpoint("It sent no picture.".to_owned()))
    }
}

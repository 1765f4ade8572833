//! Reads the files of pictures.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_bytes::ByteBuf;
use shared::limits::{MAX_EMBEDDED_BYTES, MAX_EMBEDDED_FILES};
use shared::model::EmbeddedFile;

/// The files, as far as they fit.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) list: Vec<EmbeddedFile>,
    /// Whether some do not fit or are damaged.
    pub(super) has_more: bool,
    bytes: u64,
}

#[derive(Deserialize)]
struct JsonFile<'a> {
    media_type: String,
    #[serde(borrow)]
    data: Cow<'a, str>,
}

impl Files {
    /// The file, if it fits and is sound.
    fn read(&self, name: &str, file: JsonFile<'_>) -> Option<EmbeddedFile> {
        let left = MAX_EMBEDDED_BYTES.saturating_sub(self.bytes);
        // The base64 of an exact fit is up to 2 bytes longer.
        let fits = file.data.len() as u64 / 4 * 3 <= left + 2;
        let fits = fits && self.list.len() < MAX_EMBEDDED_FILES;
        let bytes = fits.then(|| STANDARD.decode(&*file.data).ok()).flatten()?;
        Some(EmbeddedFile {
            name: name.parse().ok()?,
            media_type: file.media_type,
            bytes: ByteBuf::from(bytes),
        })
    }
}

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EachFile)
    }
}

struct EachFile;

impl<'de> Visitor<'de> for EachFile {
    type Value = Files;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("files of pictures by their SHA-256")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Files, A::Error> {
        let mut files = Files::default();
        while let Some((name, file)) = all.next_entry::<String, JsonFile<'de>>()? {
            match files.read(&name, file) {
                Some(file) => {
                    files.bytes += file.bytes.len() as u64;
                    files.list.push(file);
                }
                None => files.has_more = true,
            }
        }
        Ok(files)
    }
}

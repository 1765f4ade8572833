//! The files of the pictures of a scene.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_bytes::ByteBuf;
use serde_json::value::RawValue;
use shared::limits::{MAX_EMBEDDED_BYTES, MAX_EMBEDDED_FILES};
use shared::model::{BlobHash, EmbeddedFile};

/// The files of a scene, by their ids.
pub(super) type RawFiles<'a> = BTreeMap<String, &'a RawValue>;

/// A file as the scene has it.
#[derive(Deserialize)]
struct Drawn<'a> {
    /// An address that holds the file.
    #[serde(borrow, rename = "dataURL")]
    address: Cow<'a, str>,
}

/// The files that images show.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    raw: RawFiles<'a>,
    /// The names of the files that were read, by their ids; `None` if it cannot be taken.
    names: BTreeMap<String, Option<BlobHash>>,
    taken: Vec<EmbeddedFile>,
    bytes: u64,
}

impl<'a> Files<'a> {
    pub(super) fn new(raw: RawFiles<'a>) -> Self {
        Self {
            raw,
            ..Self::default()
        }
    }

    /// The name of the file with this id; `None` if the scene does not have it or it does not fit. It
    /// is no hash of the file, because a page writes the picture anew before it is on a board.
    pub(super) fn take(&mut self, id: &str) -> Option<BlobHash> {
        if let Some(known) = self.names.get(id) {
            return *known;
        }
        let name = self.read(id);
        self.names.insert(id.to_owned(), name);
        name
    }

    fn read(&mut self, id: &str) -> Option<BlobHash> {
        let drawn: Drawn<'_> = serde_json::from_str(self.raw.get(id)?.get()).ok()?;
        let (head, data) = drawn.address.strip_prefix("data:")?.split_once(',')?;
        let media_type = head.strip_suffix(";base64")?;
        let media_type = media_type.split(';').next().unwrap_or_default();
        let left = MAX_EMBEDDED_BYTES.saturating_sub(self.bytes);
        // The base64 of an exact fit is up to 2 bytes longer.
        let fits = data.len() as u64 / 4 * 3 <= left + 2;
        let fits = fits && self.taken.len() < MAX_EMBEDDED_FILES;
        let bytes = fits.then(|| STANDARD.decode(data.trim()).ok()).flatten()?;
        self.bytes += bytes.len() as u64;
        let name = BlobHash::of(id.as_bytes());
        self.taken.push(EmbeddedFile {
            name,
            media_type: media_type.to_owned(),
            bytes: ByteBuf::from(bytes),
        });
        Some(name)
    }

    /// The files that were taken.
    pub(super) fn finish(self) -> Vec<EmbeddedFile> {
        self.taken
    }
}

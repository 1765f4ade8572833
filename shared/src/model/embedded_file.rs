//! Files of pictures within other files.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::blob_hash::BlobHash;

/// The file of a picture that another file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbeddedFile {
    /// The name by which elements refer to it: its SHA-256, or another name if another program wrote
    /// the file.
    pub name: BlobHash,
    /// Its type, as the file says.
    pub media_type: String,
    /// Its bytes.
    pub bytes: ByteBuf,
}

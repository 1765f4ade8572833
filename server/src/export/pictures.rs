//! The pictures of an export, from the store of blobs.
//!
//! An export holds one file at a time, and at most one picture is decoded at the same time in all
//! exports, so pictures cost bounded memory however many a board has.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use painters::{Pictures, Pixels};
use shared::model::{BlobHash, Picture};
use shared::paint::{PictureAddresses, data_address};
use tokio::runtime::Handle;

use super::sink::Watch;
use crate::blob::PIECE_BYTES;
use crate::picture;
use crate::service::{BlobRefusal, Blobs, Visitor};

/// Where an export finds pictures.
#[derive(Debug)]
pub(crate) struct PictureSource {
    /// The blobs.
    pub(crate) blobs: Arc<Blobs>,
    /// The visitor who asks for the export.
    pub(crate) visitor: Visitor,
    /// Is locked while a picture is decoded.
    pub(crate) decoding: Arc<Mutex<()>>,
}

/// The files of the pictures that an export shows.
#[derive(Debug)]
pub(super) struct PictureFiles<'a> {
    source: &'a PictureSource,
    runtime: &'a Handle,
    /// How many bytes each file has.
    lengths: BTreeMap<BlobHash, u64>,
    has_all: bool,
}

impl<'a> PictureFiles<'a> {
    /// Looks for the files of these pictures, as long as they have at most `most_bytes` together.
    pub(super) fn look(
        source: &'a PictureSource,
        watch: &'a Watch,
        pictures: &[Picture],
        most_bytes: u64,
    ) -> Self {
        let mut files = Self {
            source,
            runtime: watch.runtime(),
            lengths: BTreeMap::new(),
            has_all: true,
        };
        let mut bytes_left = most_bytes;
        for picture in pictures {
            if watch.is_abandoned() {
                break;
            }
            let length = files.length(picture.sha256);
            let fits = length.and_then(|length| bytes_left.checked_sub(length));
            match length.zip(fits) {
                Some((length, left)) => {
                    bytes_left = left;
                    files.lengths.insert(picture.sha256, length);
                }
                None => files.has_all = false,
            }
        }
        files
    }

    /// Whether all files were found.
    pub(super) const fn has_all(&self) -> bool {
        self.has_all
    }

    fn length(&self, hash: BlobHash) -> Option<u64> {
        let PictureSource { blobs, visitor, .. } = self.source;
        let found = self.runtime.block_on(blobs.find(visitor, hash));
        found.unwrap_or_else(unreadable).map(|(length, _)| length)
    }

    async fn read(&self, hash: BlobHash, length: u64) -> Result<Vec<u8>, BlobRefusal> {
        let PictureSource { blobs, visitor, .. } = self.source;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let mut file = Vec::with_capacity(length);
        while file.len() < length {
            let most = PIECE_BYTES.min(length - file.len());
            let piece = blobs.read(visitor.key(hash), file.len() as u64, most);
            file.extend_from_slice(&piece.await?);
        }
        Ok(file)
    }
}

impl Pictures for PictureFiles<'_> {
    fn file(&self, picture: &Picture) -> Option<Vec<u8>> {
        let length = *self.lengths.get(&picture.sha256)?;
        let reading = self.read(picture.sha256, length);
        let read = self.runtime.block_on(reading).map(Some);
        read.unwrap_or_else(unreadable)
    }

    fn pixels(&self, picture: &Picture) -> Option<Pixels> {
        let file = Pictures::file(self, picture)?;
        let decoding = self.source.decoding.lock();
        let decoding = decoding.unwrap_or_else(PoisonError::into_inner);
        let decoded = picture::rgba(&file).map(Some).unwrap_or_else(unreadable)?;
        drop(decoding);
        Some(Pixels {
            width: decoded.width(),
            height: decoded.height(),
            rgba: decoded.into_raw(),
        })
    }
}

impl PictureAddresses for PictureFiles<'_> {
    fn address(&self, picture: &Picture) -> Option<String> {
        let file = self.file(picture)?;
        Some(data_address(picture.media_type, &file))
    }
}

/// A picture that cannot be read is not at hand.
fn unreadable<T>(error: impl std::fmt::Display) -> Option<T> {
    tracing::debug!(%error, "a picture cannot be exported");
    None
}

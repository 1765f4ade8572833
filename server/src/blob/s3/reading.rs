//! Reads bytes. Complete blobs that were read before need no look at the index.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use bytes::Bytes;

use super::super::{BlobError, BlobKey};
use super::index::Indexed;
use super::{S3Blobs, missing};

/// Complete blobs whose generation this server remembers, so that reading one asks for no index.
const REMEMBERED: usize = 10_000;
impl S3Blobs {
    fn remembered(&self) -> MutexGuard<'_, HashMap<BlobKey, Indexed>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.complete.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, key: BlobKey, blob: Indexed) {
        let mut remembered = self.remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, blob);
    }

    /// Forgets where a blob is.
    pub(super) fn forget(&self, key: BlobKey) {
        self.remembered().remove(&key);
    }

    /// Reads a range of a blob; shorter if only some of its pieces are there.
    pub(super) async fn read_range(
        &self,
        key: BlobKey,
        range: (u64, u64),
    ) -> Result<Bytes, BlobError> {
        let remembered = self.remembered().get(&key).copied();
        if let Some(blob) = remembered {
            within(blob, range)?;
            let read = self.objects.read_whole(key, blob.generation, range).await;
            if !matches!(read, Err(BlobError::Missing(_))) {
                return read;
            }
            // It was removed, and may have been stored again since.
            self.forget(key);
        }
        let blob = self.indexed(key).await?.ok_or_else(missing)?;
        within(blob, range)?;
        if blob.is_unfinished() {
            let parts = self.objects.parts(key, blob.generation).await?;
            return self
                .objects
                .read_parts(key, blob.generation, &parts, range)
                .await;
        }
        self.remember(key, blob);
        self.objects.read_whole(key, blob.generation, range).await
    }
}

/// Checks that a blob has all bytes of a range.
fn within(blob: Indexed, (_, end): (u64, u64)) -> Result<(), BlobError> {
    (end <= blob.length).then_some(()).ok_or_else(missing)
}

//! Inspects pictures beside the async workers, within a budget of memory for all of them.

use std::sync::Arc;

use bytes::Bytes;
use image::metadata::Orientation;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::clean::cleaned;
use super::decode::{self, Head, PictureInfo};
use super::error::PictureError;
use super::format::Format;

/// Memory of all decoders at the same time, in MiB: that of the largest picture, or of many small
/// ones. A picture that finds none waits.
const MEMORY_MIB: usize = 640;
/// Bytes of one unit of the budget.
const MIB: u64 = 1024 * 1024;

/// Inspects pictures. Clones share one budget.
#[derive(Debug, Clone)]
pub struct Inspector {
    memory: Arc<Semaphore>,
}

impl Default for Inspector {
    fn default() -> Self {
        Self {
            memory: Arc::new(Semaphore::new(MEMORY_MIB)),
        }
    }
}

impl Inspector {
    /// Checks a picture that a browser made: it has no metadata, and can be decoded.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn check(&self, file: Bytes, declared: Format) -> Result<PictureInfo, PictureError> {
        let format = Format::of_bytes(&file)?;
        if format != declared {
            return Err(PictureError::OtherFormat {
                found: format.media_type(),
                declared: declared.media_type(),
            });
        }
        let head = decode::head(format, &file)?;
        let removed = cleaned(format, &file)?.removed;
        if !removed.is_empty() {
            return Err(PictureError::Metadata(removed.into_iter().collect()));
        }
        self.run(head, move || {
            let pixels = decode::pixels(format, &file)?;
            Ok(decode::info(format, &pixels))
        })
        .await
    }

    /// Removes all metadata of a picture. A picture that its metadata turns is turned itself.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn clean(&self, file: Bytes) -> Result<(Bytes, PictureInfo), PictureError> {
        let format = Format::of_bytes(&file)?;
        let head = decode::head(format, &file)?;
        self.run(head, move || {
            let file = if head.orientation == Orientation::NoTransforms {
                file
            } else {
                decode::turned(format, &file, head.orientation)?
            };
            let file = Bytes::from(cleaned(format, &file)?.file);
            let pixels = decode::pixels(format, &file)?;
            let info = decode::info(format, &pixels);
            Ok((file, info))
        })
        .await
    }

    /// Runs work on a thread for blocking work once there is memory for it. The budget stays charged
    /// until the work ends, also if its caller is gone.
    async fn run<T: Send + 'static>(
        &self,
        head: Head,
        work: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
    ) -> Result<T, PictureError> {
        let permit = self.reserve(head.decoding_bytes).await?;
        let running = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        // A decoder that panics refuses its picture.
        running
            .await
            .unwrap_or_else(|_| Err(PictureError::Damaged("its decoder failed".to_owned())))
    }

    async fn reserve(&self, bytes: u64) -> Result<OwnedSemaphorePermit, PictureError> {
        let most = u64::try_from(MEMORY_MIB).unwrap_or(u64::MAX);
        let units = bytes.div_ceil(MIB).clamp(1, most);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        let reserving = Arc::clone(&self.memory).acquire_many_owned(units);
        // The budget is never closed.
        reserving.await.map_err(|_| PictureError::TooMuchMemory)
    }
}

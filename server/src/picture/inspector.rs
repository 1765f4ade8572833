//! Inspects pictures beside the async workers, within a budget of memory for all of them.

use std::sync::Arc;

use bytes::Bytes;
use image::metadata::Orientation;
use shared::model::MediaType;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::account::Account;
use super::clean::cleaned;
use super::decode::{self, Head, PictureInfo};
use super::error::PictureError;
use super::format::media_type_of;

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
    /// Checks a picture that a browser made: it has no metadata, and can be decoded. The account pays.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn check(&self, file: Bytes, account: &Account) -> Result<PictureInfo, PictureError> {
        let (media_type, head) = account.measure(|| head_of(&file))?;
        self.run(head, account, move || {
            let removed = cleaned(media_type, &file)?.removed;
            if !removed.is_empty() {
                return Err(PictureError::Metadata(removed.into_iter().collect()));
            }
            let pixels = decode::pixels(media_type, &file)?;
            Ok(decode::info(media_type, &pixels))
        })
        .await
    }

    /// Removes all metadata of a picture. A picture that its metadata turns is turned itself. The
    /// account pays.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn clean(
        &self,
        file: Bytes,
        account: &Account,
    ) -> Result<(Bytes, PictureInfo), PictureError> {
        let (media_type, head) = account.measure(|| head_of(&file))?;
        self.run(head, account, move || {
            let file = if head.orientation == Orientation::NoTransforms {
                file
            } else {
                decode::turned(media_type, &file, head.orientation)?
            };
            let file = Bytes::from(cleaned(media_type, &file)?.file);
            let pixels = decode::pixels(media_type, &file)?;
            let info = decode::info(media_type, &pixels);
            Ok((file, info))
        })
        .await
    }

    /// Runs work on a thread for blocking work once there is memory for it. The budget stays charged
    /// until the work ends, also if its caller is gone.
    async fn run<T: Send + 'static>(
        &self,
        head: Head,
        account: &Account,
        work: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
    ) -> Result<T, PictureError> {
        let permit = self.reserve(head.decoding_bytes).await?;
        let account = account.clone();
        let running = tokio::task::spawn_blocking(move || {
            let done = account.measure(work);
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

/// The format of a file, and what its head says.
fn head_of(file: &[u8]) -> Result<(MediaType, Head), PictureError> {
    let media_type = media_type_of(file)?;
    Ok((media_type, decode::head(media_type, file)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use image::{DynamicImage, ImageFormat};

    use super::*;
    use crate::clock::Clock;
    use crate::cpu_budget::{Budgets, Rate, now};

    #[tokio::test]
    async fn decoding_is_paid_also_for_a_picture_that_is_refused() {
        let mut file = Vec::new();
        let picture = DynamicImage::new_rgb8(700, 700);
        picture
            .write_to(&mut std::io::Cursor::new(&mut file), ImageFormat::Png)
            .unwrap();
        let clock = Clock::start();
        // A budget that is overdrawn by anything.
        let budgets = Budgets::new(Rate::new(1, Duration::ZERO));
        let inspector = Inspector::default();
        let mut damaged = file.clone();
        let at = damaged.len() - 40;
        damaged[at] ^= 1;
        for (number, file, is_kept) in [(1, file, true), (2, damaged, false)] {
            let [checked, cleaned] = [0, 100].map(|kind| budgets.of(number + kind, now(clock)));
            let account = |budget| Account::new(clock, [Arc::clone(budget), Arc::clone(budget)]);
            let file = Bytes::from(file);
            let done = inspector.check(file.clone(), &account(&checked)).await;
            assert_eq!(done.is_ok(), is_kept);
            let done = inspector.clean(file, &account(&cleaned)).await;
            assert_eq!(done.is_ok(), is_kept);
            for budget in [checked, cleaned] {
                // Reading the head alone is quicker than a millisecond, which is a second of this budget.
                assert!(budget.wait(now(clock)) > Duration::from_secs(1));
            }
        }
    }
}

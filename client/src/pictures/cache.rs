//! The decoded pictures of a page, bounded by their pixels.
//!
//! Pictures that were painted lately are never dropped for others: if all of them have no room at
//! full size, later ones are decoded smaller.

use std::collections::BTreeMap;

use shared::id::Millis;
use shared::model::BlobHash;

/// Pixels of all decoded pictures: they take 192 MB.
pub(crate) const MAX_PIXELS: u64 = 48_000_000;
/// A picture gets at least so many pixels, so that even a board of hundreds shows all of them.
const LEAST_PIXELS: u64 = 256 * 256;
/// A picture that was painted within this time is on the screen or near it.
const RECENT_MS: Millis = 20_000;

/// A decoded picture, and when it was painted last.
#[derive(Debug)]
struct Entry<B> {
    bitmap: B,
    pixels: u64,
    painted: Millis,
}

/// Decoded pictures.
#[derive(Debug)]
pub(super) struct Cache<B> {
    entries: BTreeMap<BlobHash, Entry<B>>,
    pixels: u64,
}

impl<B> Default for Cache<B> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            pixels: 0,
        }
    }
}

impl<B> Cache<B> {
    /// A decoded picture, which is painted now.
    pub(super) fn paint(&mut self, sha256: BlobHash, now: Millis) -> Option<&B> {
        let entry = self.entries.get_mut(&sha256)?;
        entry.painted = now;
        Some(&entry.bitmap)
    }

    /// How many pixels a picture may have that is decoded now: all that it wants if there is room.
    pub(super) fn room_for(&self, sha256: BlobHash, wanted: u64, now: Millis) -> u64 {
        let others = self.entries.iter().filter(|(other, entry)| {
            **other != sha256 && now.saturating_sub(entry.painted) < RECENT_MS
        });
        let taken: u64 = others.map(|(_, entry)| entry.pixels).sum();
        wanted.min(MAX_PIXELS.saturating_sub(taken).max(LEAST_PIXELS))
    }

    /// Adds a decoded picture. Returns those that it replaces, and their names.
    pub(super) fn add(
        &mut self,
        sha256: BlobHash,
        (bitmap, pixels): (B, u64),
        now: Millis,
    ) -> Vec<(BlobHash, B)> {
        let painted = now;
        let entry = Entry {
            bitmap,
            pixels,
            painted,
        };
        self.pixels += pixels;
        let mut dropped = Vec::new();
        if let Some(before) = self.entries.insert(sha256, entry) {
            self.pixels -= before.pixels;
            dropped.push((sha256, before.bitmap));
        }
        while self.pixels > MAX_PIXELS {
            let old = self.entries.iter().filter(|(other, entry)| {
                **other != sha256 && now.saturating_sub(entry.painted) >= RECENT_MS
            });
            let Some(oldest) = old.min_by_key(|(_, entry)| entry.painted) else {
                break;
            };
            let oldest = *oldest.0;
            dropped.extend(self.remove(oldest).map(|bitmap| (oldest, bitmap)));
        }
        dropped
    }

    fn remove(&mut self, sha256: BlobHash) -> Option<B> {
        let entry = self.entries.remove(&sha256)?;
        self.pixels -= entry.pixels;
        Some(entry.bitmap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: u8) -> BlobHash {
        BlobHash::from_bytes([number; 32])
    }

    #[test]
    fn the_picture_that_was_not_painted_for_longest_makes_room() {
        let mut cache = Cache::default();
        let half = MAX_PIXELS / 2;
        assert!(cache.add(name(1), ('a', half), 0).is_empty());
        assert!(cache.add(name(2), ('b', half), 1_000).is_empty());
        assert_eq!(cache.paint(name(1), 2_000), Some(&'a'));
        let later = 2_000 + RECENT_MS;
        assert_eq!(cache.add(name(3), ('c', half), later), [(name(2), 'b')]);
        assert_eq!(cache.paint(name(2), later), None);
        assert_eq!(cache.paint(name(3), later), Some(&'c'));
    }

    #[test]
    fn pictures_on_the_screen_stay_and_further_ones_are_decoded_smaller() {
        let mut cache = Cache::default();
        assert_eq!(cache.room_for(name(1), MAX_PIXELS, 0), MAX_PIXELS);
        cache.add(name(1), ('a', MAX_PIXELS - 100_000), 0);
        assert_eq!(cache.room_for(name(2), 1_000_000, 5), 100_000);
        assert_eq!(
            cache.room_for(name(1), 1_000_000, 5),
            1_000_000,
            "it replaces itself"
        );
        cache.add(name(2), ('b', 100_000), 5);
        assert_eq!(cache.room_for(name(3), 1_000_000, 9), LEAST_PIXELS);
        assert!(cache.add(name(3), ('c', LEAST_PIXELS), 9).is_empty());
        assert_eq!(cache.room_for(name(4), 1_000_000, RECENT_MS + 9), 1_000_000);
    }

    #[test]
    fn another_size_of_a_picture_replaces_it() {
        let mut cache = Cache::default();
        cache.add(name(1), ('a', 10), 0);
        assert_eq!(cache.add(name(1), ('b', 20), 1), [(name(1), 'a')]);
        assert_eq!(cache.pixels, 20);
        assert_eq!(cache.paint(name(1), 2), Some(&'b'));
    }
}

//! Hash slots. A cluster shares them out among its masters, and a name belongs to the slot of the
//! word in its braces. The library computes the slots.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use redis::cluster_routing::Slot;

/// Slots of every cluster.
pub(crate) const SLOTS: u16 = 16_384;

/// A word of each slot.
static WORDS: LazyLock<HashMap<Slot, u32>> = LazyLock::new(|| {
    let mut words = HashMap::with_capacity(SLOTS.into());
    for word in 0_u32.. {
        words.entry(Slot::for_key(word.to_string())).or_insert(word);
        if words.len() == usize::from(SLOTS) {
            break;
        }
    }
    words
});

/// A word that belongs to a slot when it stands in braces.
pub(crate) fn word_of(slot: Slot) -> u32 {
    WORDS.get(&slot).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_has_a_word() {
        for number in 0..SLOTS {
            let slot = Slot::new(number).unwrap();
            assert_eq!(Slot::for_key(format!("cs:{{{}}}:x", word_of(slot))), slot);
        }
    }
}

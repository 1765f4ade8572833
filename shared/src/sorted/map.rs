//! A map in the order of its keys.

use std::fmt;

use super::iter::{IntoIter, Iter, IterMut, Pairs};
use super::search::{LAST, LONGEST, Place, search};

/// A map whose entries come in the order of their keys.
#[derive(Clone)]
pub struct SortedMap<K, V> {
    /// Entries in short lists, none of them empty, all in one order.
    pub(super) lists: Vec<Vec<(K, V)>>,
    /// Entries in all of them.
    count: usize,
}

impl<K, V> SortedMap<K, V> {
    /// A map of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            lists: Vec::new(),
            count: 0,
        }
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no entry.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        self.lists.clear();
        self.count = 0;
    }

    fn pairs(&self) -> Pairs<'_, K, V> {
        Pairs::of(&self.lists)
    }

    /// All entries in the order of their keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.pairs())
    }

    /// All keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.pairs().map(|(key, _)| key)
    }

    /// All values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.pairs().map(|(_, value)| value)
    }

    /// All values in the order of their keys, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.into_iter().map(|(_, value)| value)
    }

    /// The keys of all entries in order.
    pub fn into_keys(self) -> impl Iterator<Item = K> {
        self.into_iter().map(|(key, _)| key)
    }

    /// The values of all entries in the order of their keys.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    /// The entry with the least key.
    #[must_use]
    pub fn first(&self) -> Option<&(K, V)> {
        self.lists.first()?.first()
    }

    /// The entry with the greatest key.
    #[must_use]
    pub fn last(&self) -> Option<&(K, V)> {
        self.lists.last()?.last()
    }

    /// Takes the entry with the least key out.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        self.take(0, 0)
    }

    /// Takes the entry with the greatest key out.
    pub fn pop_last(&mut self) -> Option<(K, V)> {
        let list = self.lists.len().checked_sub(1)?;
        let at = self.lists.get(list)?.len().checked_sub(1)?;
        self.take(list, at)
    }

    /// Keeps only what `keep` is true for.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.keep(&mut keep);
    }

    // Not inlined: one for each type of map.
    #[inline(never)]
    fn keep(&mut self, keep: &mut dyn FnMut(&K, &mut V) -> bool) {
        let mut count = 0;
        self.lists.retain_mut(|list| {
            list.retain_mut(|(key, value)| keep(key, value));
            count += list.len();
            !list.is_empty()
        });
        self.count = count;
    }

    fn take(&mut self, list: usize, at: usize) -> Option<(K, V)> {
        let short = self.lists.get_mut(list)?;
        let entry = (at < short.len()).then(|| short.remove(at))?;
        if short.is_empty() {
            self.lists.remove(list);
        }
        self.count -= 1;
        Some(entry)
    }

    fn put(&mut self, (list, at): (usize, usize), key: K, value: V) {
        self.count += 1;
        let Some(short) = self.lists.get_mut(list) else {
            self.lists.push(vec![(key, value)]);
            return;
        };
        short.insert(at, (key, value));
        if short.len() > LONGEST {
            // Entries mostly come in their order: a full list stays full then.
            let half = if at == LONGEST { LONGEST } else { LONGEST / 2 };
            let rest = short.split_off(half);
            self.lists.insert(list + 1, rest);
        }
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    // Not inlined: one for each type of map.
    #[inline(never)]
    fn place(&self, key: &K) -> Place {
        search(self.lists.len(), &|list, at| {
            let short = self.lists.get(list)?;
            let (other, _) = if at == LAST {
                short.last()
            } else {
                short.get(at)
            }?;
            Some(other.cmp(key))
        })
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        let (list, at) = self.place(key);
        Some(&self.lists.get(list)?.get(at.ok()?)?.1)
    }

    /// The value of a key, to change it.
    #[must_use]
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let (list, at) = self.place(key);
        Some(&mut self.lists.get_mut(list)?.get_mut(at.ok()?)?.1)
    }

    /// Whether there is an entry with this key.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).1.is_ok()
    }

    /// Sets the value of a key and returns the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (list, at) = self.place(&key);
        match at {
            Ok(at) => {
                let old = self.lists.get_mut(list)?.get_mut(at)?;
                Some(std::mem::replace(&mut old.1, value))
            }
            Err(at) => {
                self.put((list, at), key, value);
                None
            }
        }
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let (list, at) = self.place(key);
        Some(self.take(list, at.ok()?)?.1)
    }

    /// Puts a value in where there is none yet.
    pub fn put_new(&mut self, key: K, make: impl FnOnce() -> V) {
        if let (list, Err(at)) = self.place(&key) {
            self.put((list, at), key, make());
        }
    }

    /// Changes the value of a key, which is made before if there is none.
    pub fn change<R>(
        &mut self,
        key: K,
        make: impl FnOnce() -> V,
        change: impl FnOnce(&mut V) -> R,
    ) -> R {
        if let Some(value) = self.get_mut(&key) {
            return change(value);
        }
        let mut value = make();
        let result = change(&mut value);
        self.insert(key, value);
        result
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut SortedMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        IterMut {
            lists: self.lists.iter_mut(),
            list: [].iter_mut(),
        }
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> Self::IntoIter {
        IntoIter {
            lists: self.lists.into_iter(),
            list: Vec::new().into_iter(),
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other)
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

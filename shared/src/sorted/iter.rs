//! The ways through a map: by reference, to change values, and by value.
//!
//! One step is one function for each type of map. What the standard library has for lists
//! of lists keeps a list for each end and is compiled anew for every use of it.

use std::{slice, vec};

/// Pairs of keys and values by reference, as they lie in a map.
#[derive(Debug)]
pub(super) struct Pairs<'a, K, V> {
    /// What was not begun yet.
    lists: slice::Iter<'a, Vec<(K, V)>>,
    /// What is left of the lists that were begun, from the front and from the back.
    front: slice::Iter<'a, (K, V)>,
    back: slice::Iter<'a, (K, V)>,
}

impl<'a, K, V> Pairs<'a, K, V> {
    pub(super) fn of(lists: &'a [Vec<(K, V)>]) -> Self {
        Self {
            lists: lists.iter(),
            front: [].iter(),
            back: [].iter(),
        }
    }
}

impl<'a, K, V> Iterator for Pairs<'a, K, V> {
    type Item = &'a (K, V);

    // Not inlined: one for each type of map.
    #[inline(never)]
    fn next(&mut self) -> Option<&'a (K, V)> {
        loop {
            if let Some(pair) = self.front.next() {
                return Some(pair);
            }
            match self.lists.next() {
                Some(list) => self.front = list.iter(),
                None => return self.back.next(),
            }
        }
    }
}

impl<'a, K, V> DoubleEndedIterator for Pairs<'a, K, V> {
    #[inline(never)]
    fn next_back(&mut self) -> Option<&'a (K, V)> {
        loop {
            if let Some(pair) = self.back.next_back() {
                return Some(pair);
            }
            match self.lists.next_back() {
                Some(list) => self.back = list.iter(),
                None => return self.front.next_back(),
            }
        }
    }
}

impl<K, V> Clone for Pairs<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            lists: self.lists.clone(),
            front: self.front.clone(),
            back: self.back.clone(),
        }
    }
}

/// Keys and values by reference.
#[derive(Debug)]
pub struct Iter<'a, K, V>(pub(super) Pairs<'a, K, V>);

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Keys, and values to change.
#[derive(Debug)]
pub struct IterMut<'a, K, V> {
    pub(super) lists: slice::IterMut<'a, Vec<(K, V)>>,
    pub(super) list: slice::IterMut<'a, (K, V)>,
}

impl<'a, K, V> Iterator for IterMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.list.next() {
                return Some((key, value));
            }
            self.list = self.lists.next()?.iter_mut();
        }
    }
}

/// Keys and values.
#[derive(Debug)]
pub struct IntoIter<K, V> {
    pub(super) lists: vec::IntoIter<Vec<(K, V)>>,
    pub(super) list: vec::IntoIter<(K, V)>,
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    #[inline(never)]
    fn next(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(pair) = self.list.next() {
                return Some(pair);
            }
            self.list = self.lists.next()?.into_iter();
        }
    }
}

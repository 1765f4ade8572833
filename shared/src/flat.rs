//! Iterators over what iterators give, in little code.
//!
//! Those of the standard library also go backwards, and so keep a place for each end and
//! are compiled three times for every use. This one goes forwards. Knows nothing else.

/// What an iterator can be made into.
pub trait IntoFlat: Iterator + Sized {
    /// All that `make` gives for each item, in order.
    fn flat<I: IntoIterator, F: FnMut(Self::Item) -> I>(self, make: F) -> Flat<Self, I, F> {
        Flat {
            outer: self,
            inner: None,
            make,
        }
    }
}

impl<O: Iterator> IntoFlat for O {}

/// See [`IntoFlat::flat`]. After the end it asks again.
#[derive(Clone, Debug)]
pub struct Flat<O, I: IntoIterator, F> {
    outer: O,
    inner: Option<I::IntoIter>,
    make: F,
}

impl<O: Iterator, I: IntoIterator, F: FnMut(O::Item) -> I> Iterator for Flat<O, I, F> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        loop {
            if let Some(item) = self.inner.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.inner = Some((self.make)(self.outer.next()?).into_iter());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::IntoFlat as _;

    proptest! {
        #[test]
        fn it_gives_what_that_of_the_standard_library_gives(
            lists in any::<Vec<Vec<u8>>>(),
        ) {
            let ours: Vec<u8> = lists.clone().into_iter().flat(|list| list).collect();
            prop_assert_eq!(ours, lists.concat());
        }
    }
}

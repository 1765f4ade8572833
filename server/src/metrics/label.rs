//! Labels whose values are the variants of an enum.

use std::fmt;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

/// One label with its value.
pub(super) type LabelSet = [(&'static str, &'static str); 1];

/// An enum whose variants are the values of a label.
pub(super) trait Label: Copy + PartialEq + fmt::Debug + 'static {
    /// The name of the label.
    const KEY: &'static str;
    /// All variants.
    const ALL: &'static [Self];

    /// The value of the label.
    fn value(self) -> &'static str;

    /// The label with its value.
    fn label(self) -> LabelSet {
        [(Self::KEY, self.value())]
    }
}

/// Makes an enum a label. A variant that is not in the list does not compile; one that holds another
/// enum is listed once for each of its values.
macro_rules! label {
    ($enum:ty, $key:literal, { $($($variant:ident)::+ $(($($inner:ident)::+))? => $value:literal,)+ }) => {
        impl $crate::metrics::label::Label for $enum {
            const KEY: &'static str = $key;
            const ALL: &'static [Self] = &[$($($variant)::+ $(($($inner)::+))?),+];

            fn value(self) -> &'static str {
                match self {
                    $($($variant)::+ $(($($inner)::+))? => $value,)+
                }
            }
        }
    };
}
pub(super) use label;

/// One counter for each value of a label. All are there from the beginning, with 0.
#[derive(Debug, Clone)]
pub(super) struct CountBy<L>(Vec<(L, Counter)>);

impl<L: Label> CountBy<L> {
    pub(super) fn new(family: &Family<LabelSet, Counter>) -> Self {
        let counter = |value: &L| (*value, family.get_or_create_owned(&value.label()));
        Self(L::ALL.iter().map(counter).collect())
    }

    /// Counts so many of a kind.
    pub(super) fn add(&self, kind: L, number: u64) {
        if let Some((_, counter)) = self.0.iter().find(|(value, _)| *value == kind) {
            count(counter, number);
        }
    }
}

/// Counts so many. Most counts of a room are 0, which costs nothing.
pub(super) fn count(counter: &Counter, number: u64) {
    if number > 0 {
        counter.inc_by(number);
    }
}

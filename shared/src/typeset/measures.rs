//! Measured widths of pieces of text that no bundled typeface has.

use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

/// Measures of one text at most: the different words of a long article in one script.
pub const MAX_MEASURES: usize = 2_000;
/// Characters of one piece at most. Scripts without spaces make longer ones, which are cut.
pub const MAX_PIECE_CHARS: usize = 64;
/// The widest cluster, in 1/1000 of the text size. The longest ligature of Arabic takes a half.
pub const MAX_ADVANCE: u16 = 20_000;

/// The measure of a piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Measure {
    /// The piece; see [`super::Piece`].
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// The widths of its clusters in 1/1000 of the text size. Empty: the measure is dropped.
    pub advances: Vec<u16>,
    /// The clusters, counted from 0, after which a line may end, beside the places that UAX #14
    /// allows: ends of words in scripts without spaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<u16>,
}

impl Measure {
    fn key(&self) -> (&str, bool, bool) {
        (&self.text, self.bold, self.italic)
    }
}

/// The measures of one text, each piece once, in the order of piece, bold and italic.
///
/// Copies share the measures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures(Option<Arc<[Arc<Measure>]>>);

impl Measures {
    fn shared(&self) -> &[Arc<Measure>] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The measures in order.
    pub fn list(&self) -> impl ExactSizeIterator<Item = &Measure> {
        self.shared().iter().map(AsRef::as_ref)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The measure of a piece in a style.
    #[must_use]
    pub fn get(&self, text: &str, bold: bool, italic: bool) -> Option<&Measure> {
        let list = self.shared();
        let found = list.binary_search_by(|one| one.key().cmp(&(text, bold, italic)));
        list.get(found.ok()?).map(AsRef::as_ref)
    }

    /// These measures and new ones, which replace those of the same piece and style. One without
    /// advances drops the old one. Beyond [`MAX_MEASURES`], new pieces are left out.
    #[must_use]
    pub fn merged(&self, new: &Self) -> Self {
        let kept = self.shared().iter();
        let kept = kept.filter(|old| new.get(&old.text, old.bold, old.italic).is_none());
        let mut all: Vec<Arc<Measure>> = kept.cloned().collect();
        let room = MAX_MEASURES.saturating_sub(all.len());
        let added = new.shared().iter().filter(|one| !one.advances.is_empty());
        all.extend(added.take(room).cloned());
        Self::of(all)
    }

    fn of(mut list: Vec<Arc<Measure>>) -> Self {
        list.sort_by(|one, other| one.key().cmp(&other.key()));
        list.dedup_by(|one, kept| one.key() == kept.key());
        Self((!list.is_empty()).then(|| list.into()))
    }
}

impl FromIterator<Measure> for Measures {
    fn from_iter<T: IntoIterator<Item = Measure>>(measures: T) -> Self {
        Self::of(measures.into_iter().map(Arc::new).collect())
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list())
    }
}

impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Vec::<Measure>::deserialize(deserializer)?;
        if list.is_sorted_by(|one, next| one.key() < next.key()) {
            Ok(list.into_iter().collect())
        } else {
            Err(D::Error::custom("measures out of order or repeated"))
        }
    }
}

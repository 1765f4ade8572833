//! A person on the board, as lists and cursors show them.

use shared::id::ClientId;
use shared::model::Color;

/// One of the colours of people. They are the same in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PersonColor(u8);

impl PersonColor {
    /// Number of colours.
    pub(crate) const COUNT: u8 = 10;

    /// The colour with an index. Larger indices wrap around.
    #[must_use]
    pub(crate) const fn new(index: u8) -> Self {
        Self(index % Self::COUNT)
    }

    /// The colour of a profile. Custom colours count as the first one.
    #[must_use]
    pub(crate) fn of(color: Color) -> Self {
        let place = Color::ALL.iter().position(|named| *named == color);
        Self::new(
            place
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or(0),
        )
    }

    /// The index of the colour.
    #[must_use]
    pub(crate) const fn index(self) -> u8 {
        self.0
    }

    /// The value of `data-person`, which selects the colour in CSS.
    #[must_use]
    pub(crate) fn key(self) -> String {
        self.0.to_string()
    }
}

/// A person on the board, as this page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PersonView {
    /// An id, which is never shown.
    pub(crate) id: String,
    /// Their name.
    pub(crate) name: String,
    /// Their colour on this board.
    pub(crate) color: PersonColor,
    /// Whether this is the person who uses this page.
    pub(crate) is_me: bool,
    /// The role of their link, in words: "Owner", "Can edit", "Can view".
    pub(crate) role: String,
    /// Whether they are an owner.
    pub(crate) is_owner: bool,
    /// The client of theirs that is shown.
    pub(crate) client: ClientId,
    /// Since when they raise a hand, in milliseconds since 1970.
    pub(crate) hand: Option<u64>,
}

impl PersonView {
    /// The name for screen readers, such as `Ada (you), hand raised`.
    #[must_use]
    pub(crate) fn spoken_name(&self) -> String {
        let you = if self.is_me { " (you)" } else { "" };
        let hand = self.hand.map_or("", |_| ", hand raised");
        [&self.name, you, hand].concat()
    }
}

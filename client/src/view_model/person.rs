//! A person on the board, as lists and cursors show them.

use shared::model::Color;

/// One of the colours that tell people apart; the same in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PersonColor(u8);

impl PersonColor {
    /// How many there are.
    pub(crate) const COUNT: u8 = 10;

    /// The `index`-th colour; larger numbers go round.
    #[must_use]
    pub(crate) const fn new(index: u8) -> Self {
        Self(index % Self::COUNT)
    }

    /// That of a profile; free colours count as the first.
    #[must_use]
    pub(crate) fn of(color: Color) -> Self {
        let place = Color::ALL.iter().position(|named| *named == color);
        Self::new(
            place
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or(0),
        )
    }

    /// Its place among all of them.
    #[must_use]
    pub(crate) const fn index(self) -> u8 {
        self.0
    }

    /// The value of `data-person`, which carries the colour in CSS.
    #[must_use]
    pub(crate) fn key(self) -> String {
        self.0.to_string()
    }
}

/// One entry of the list "People".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Person {
    /// Tells entries apart; never shown.
    pub(crate) id: String,
    /// What they call themselves.
    pub(crate) name: String,
    /// Their colour on this board.
    pub(crate) color: PersonColor,
    /// Whether this is the person at this screen.
    pub(crate) is_me: bool,
    /// What they may do, in words: "Owner", "Can edit", "Can view".
    pub(crate) role: String,
}

impl Person {
    /// The name as others are told it: `Ada (you)`.
    #[must_use]
    pub(crate) fn spoken_name(&self) -> String {
        if self.is_me {
            format!("{} (you)", self.name)
        } else {
            self.name.clone()
        }
    }
}

//! A person on the board, as the controls show them.

use leptos::prelude::*;
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

/// Up to two letters for an avatar: the first of the first and of the last word. The style
/// sheet shows them as capitals.
#[must_use]
pub(crate) fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    let letters: String = first.into_iter().chain(last).collect();
    if letters.is_empty() {
        "?".to_owned()
    } else {
        letters
    }
}

/// A disc in the person's colour with their initials; decoration beside a name.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the view macro hands props over by value"
)]
#[component]
pub(crate) fn Avatar(
    /// Whose.
    #[prop(into)]
    name: String,
    /// Its colour.
    color: PersonColor,
) -> impl IntoView {
    view! {
        <span class="avatar" data-person=color.key() aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("maria de la cruz"), "mc");
        assert_eq!(initials("Élodie"), "É");
    }

    #[test]
    fn a_name_without_letters_still_has_initials() {
        assert_eq!(initials("  "), "?");
        assert_eq!(initials("🙂"), "?");
    }
}

//! The avatar of a person.

use leptos::prelude::*;

use crate::view_model::PersonColor;

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

//! The avatar of a person.

use leptos::prelude::*;

use crate::view_model::PersonColor;

/// Up to two letters for an avatar: the first letters of the first and the last word. The style
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

/// A disc in the colour of a person with their initials. It is decoration beside a name.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the view macro hands props over by value"
)]
#[component]
pub(crate) fn Avatar(
    /// The name of the person.
    #[prop(into)]
    name: String,
    /// The colour of the person.
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
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("maria de la cruz"), "mc");
        assert_eq!(initials("Élodie"), "É");
    }

    #[test]
    fn a_name_without_letters_has_a_question_mark() {
        assert_eq!(initials("  "), "?");
        assert_eq!(initials("🙂"), "?");
    }
}

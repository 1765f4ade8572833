//! When links end.

use leptos::wasm_bindgen::JsValue;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// A choice of when a link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// As it was before.
    Unchanged,
    /// Not by itself.
    Never,
    /// An hour from now.
    Hour,
    /// A day from now.
    Day,
    /// Seven days from now.
    Week,
    /// At the end of a date.
    Date,
}

impl Ends {
    /// All choices, with the name of each in the form and its words.
    pub(super) const ALL: [(Self, &str, &str); 6] = [
        (Self::Unchanged, "unchanged", "As it is"),
        (Self::Never, "never", "Does not end"),
        (Self::Hour, "hour", "In 1 hour"),
        (Self::Day, "day", "In 1 day"),
        (Self::Week, "week", "In 1 week"),
        (Self::Date, "date", "On a date"),
    ];

    /// The choice with a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, known, _)| *known == name);
        found.map(|(choice, ..)| choice)
    }

    /// The time of the end.
    ///
    /// # Errors
    /// A date was chosen and is missing.
    pub(super) fn at(
        self,
        now_ms: u64,
        date_ms: Option<u64>,
        before: Option<u64>,
    ) -> Result<Option<u64>, &'static str> {
        Ok(match self {
            Self::Unchanged => before,
            Self::Never => None,
            Self::Hour => Some(now_ms + HOUR_MS),
            Self::Day => Some(now_ms + DAY_MS),
            Self::Week => Some(now_ms + 7 * DAY_MS),
            Self::Date => Some(date_ms.ok_or("Choose the date on which the link ends.")?),
        })
    }
}

/// Milliseconds since 1970 now.
pub(super) fn now_ms() -> u64 {
    crate::clock::unix_seconds() * 1_000
}

/// The last second of a date in the time of this device. The date is in the form of a date field.
pub(super) fn end_of_date(date: &str) -> Option<u64> {
    let end = js_sys::Date::parse(&[date, "T23:59:59"].concat());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time after 1970 in whole milliseconds"
    )]
    (end.is_finite() && end > 0.0).then_some(end as u64)
}

/// A time in the words of this device.
pub(super) fn in_words(ms: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 ms")]
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    String::from(date.to_locale_string("default", &JsValue::UNDEFINED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_ends_when_its_owner_says() {
        let at = |choice: Ends| choice.at(1_000, Some(9), Some(7));
        assert_eq!(at(Ends::Unchanged), Ok(Some(7)));
        assert_eq!(at(Ends::Never), Ok(None));
        assert_eq!(at(Ends::Hour), Ok(Some(3_601_000)));
        assert_eq!(at(Ends::Week), Ok(Some(604_801_000)));
        assert_eq!(at(Ends::Date), Ok(Some(9)));
        assert!(Ends::Date.at(1_000, None, None).is_err());
    }

    #[test]
    fn each_choice_has_a_name() {
        for (choice, name, _) in Ends::ALL {
            assert_eq!(Ends::named(name), Some(choice));
        }
        assert_eq!(Ends::named("x"), None);
    }
}

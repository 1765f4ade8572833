//! Titles of boards: which text may be one.

use shared::api::ApiError;
use shared::limits::MAX_TITLE_CHARS;
use shared::name::cleaned_name;

/// Title of a board that is created without one.
const DEFAULT_TITLE: &str = "Untitled board";

/// A title that may be shown: cleaned as all names, not blank, not too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title(String);

impl Title {
    pub(super) fn parse(raw: &str) -> Result<Self, ApiError> {
        let clean = cleaned_name(raw);
        let title = clean.trim();
        if title.is_empty() || title.chars().count() > MAX_TITLE_CHARS {
            return Err(ApiError::BadTitle);
        }
        Ok(Self(title.to_owned()))
    }

    pub(super) fn parse_or_default(raw: Option<&str>) -> Result<Self, ApiError> {
        match raw.filter(|raw| !raw.trim().is_empty()) {
            Some(raw) => Self::parse(raw),
            None => Ok(Self(DEFAULT_TITLE.to_owned())),
        }
    }
}

/// Whether a person typed the title of a board. Spaces around it do not count.
pub(super) fn is_title(typed: &str, title: &str) -> bool {
    cleaned_name(typed).trim() == title.trim()
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_title_is_compared_without_the_spaces_around_it() {
        assert!(is_title(" Plan B\n", "Plan B"));
        assert!(is_title(DEFAULT_TITLE, DEFAULT_TITLE));
        for other in ["", "plan b", "Plan  B", "Plan B!"] {
            assert!(!is_title(other, "Plan B"), "{other}");
        }
    }

    #[test]
    fn titles_are_tidied_or_refused() {
        assert_eq!(Title::parse(" Plan\u{7}\u{202e} B\n").unwrap().0, "Plan B");
        assert_eq!(
            Title::parse_or_default(Some("  ")).unwrap().0,
            DEFAULT_TITLE
        );
        assert_eq!(Title::parse_or_default(None).unwrap().0, DEFAULT_TITLE);
        for bad in ["", " \n", &"x".repeat(MAX_TITLE_CHARS + 1)] {
            assert_eq!(Title::parse(bad), Err(ApiError::BadTitle));
        }
    }
}

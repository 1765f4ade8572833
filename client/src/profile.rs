//! The name and colour of this person, which this browser keeps.

use shared::model::Color;
use shared::protocol::Profile;

use crate::random::fraction;
use crate::storage::Area;

/// The storage key of the profile.
const KEY: &str = "profile";

/// First words of the names of guests.
const ADJECTIVES: [&str; 16] = [
    "Bright", "Calm", "Clever", "Curious", "Gentle", "Happy", "Keen", "Kind", "Lively", "Lucky",
    "Merry", "Quick", "Quiet", "Sunny", "Swift", "Witty",
];
/// Second words of the names of guests.
const ANIMALS: [&str; 16] = [
    "Badger", "Beaver", "Crane", "Dolphin", "Falcon", "Finch", "Fox", "Hare", "Heron", "Koala",
    "Lynx", "Otter", "Owl", "Panda", "Robin", "Seal",
];
/// Colours of guests. Each stands out in both themes.
const COLORS: [Color; 8] = [
    Color::Red,
    Color::Orange,
    Color::Yellow,
    Color::Green,
    Color::Teal,
    Color::Blue,
    Color::Violet,
    Color::Pink,
];

/// The profile of this browser. The first visit creates a guest.
#[must_use]
pub(crate) fn load() -> Profile {
    let kept = Area::Browser.get_or_convert(KEY, from_earlier_form);
    kept.as_ref().and_then(usable).unwrap_or_else(|| {
        let guest = guest(fraction(), fraction(), fraction());
        save(&guest);
        guest
    })
}

/// Saves the profile for the next visit.
pub(crate) fn save(profile: &Profile) {
    Area::Browser.set(KEY, profile);
}

/// The tidied profile, if it has a name.
fn usable(profile: &Profile) -> Option<Profile> {
    let profile = profile.tidied();
    (!profile.name.is_empty()).then_some(profile)
}

/// Reads the form of versions before JSON: the number of the colour, a space, the name.
fn from_earlier_form(text: &str) -> Option<Profile> {
    let (color, name) = text.split_once(' ')?;
    Some(Profile {
        name: name.to_owned(),
        color: Color::try_from(color.parse::<u32>().ok()?).ok()?,
    })
}

/// The profile of a guest, by three random numbers within `0.0 .. 1.0`.
fn guest(adjective: f64, animal: f64, color: f64) -> Profile {
    let name = format!(
        "{} {}",
        pick(&ADJECTIVES, adjective, "New"),
        pick(&ANIMALS, animal, "Guest")
    );
    Profile {
        name,
        color: pick(&COLORS, color, Color::Blue),
    }
}

fn pick<T: Copy>(from: &[T], random: f64, otherwise: T) -> T {
    let index = (random * from.len() as f64) as usize;
    from.get(index).copied().unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_choose_the_name_and_colour_of_a_guest() {
        let first = guest(0.0, 0.0, 0.0);
        assert_eq!(
            (first.name.as_str(), first.color),
            ("Bright Badger", Color::Red)
        );
        let last = guest(0.999, 0.999, 0.999);
        assert_eq!(
            (last.name.as_str(), last.color),
            ("Witty Seal", Color::Pink)
        );
    }

    #[test]
    fn a_profile_of_an_earlier_version_is_read_and_an_invalid_one_is_not() {
        assert_eq!(
            from_earlier_form("7 Ada L.").as_ref().and_then(usable),
            Some(Profile {
                name: "Ada L.".into(),
                color: Color::Blue
            })
        );
        for invalid in ["", "7", "7  ", "200 Ada", "x Ada", "{}"] {
            let read = from_earlier_form(invalid).as_ref().and_then(usable);
            assert_eq!(read, None, "{invalid}");
        }
    }

    #[test]
    fn a_profile_is_read_as_it_was_written() {
        let text = r#"{"name":"Ada L.","color":7}"#;
        let profile = serde_json::from_str::<Profile>(text).unwrap();
        assert_eq!(usable(&profile), Some(profile.clone()));
        assert_eq!(serde_json::to_string(&profile).unwrap(), text);
        assert_eq!(usable(&Profile::default()), None, "without a name");
    }
}

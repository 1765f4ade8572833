//! Who this person is to others: name and colour, kept in this browser.
//!
//! Knows names and colours. It must not know who is told.

use shared::model::Color;
use shared::protocol::Profile;

use crate::random::dice;
use crate::storage::Shelf;

const KEY: &str = "profile";

/// First words of the names that guests get.
const MANNERS: [&str; 16] = [
    "Bright", "Calm", "Clever", "Curious", "Gentle", "Happy", "Keen", "Kind", "Lively", "Lucky",
    "Merry", "Quick", "Quiet", "Sunny", "Swift", "Witty",
];
/// Second words of the names that guests get.
const ANIMALS: [&str; 16] = [
    "Badger", "Beaver", "Crane", "Dolphin", "Falcon", "Finch", "Fox", "Hare", "Heron", "Koala",
    "Lynx", "Otter", "Owl", "Panda", "Robin", "Seal",
];
/// Colours that cursors get: those that stand out on both themes.
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

/// The profile of this browser; made up at the first visit.
#[must_use]
pub fn load() -> Profile {
    let kept = Shelf::Browser.get(KEY).and_then(|text| parse(&text));
    kept.unwrap_or_else(|| {
        let guest = guest(dice(), dice(), dice());
        save(&guest);
        guest
    })
}

/// Keeps the profile for the next visit.
pub fn save(profile: &Profile) {
    Shelf::Browser.put(
        KEY,
        &format!("{} {}", u32::from(profile.color), profile.name),
    );
}

fn parse(text: &str) -> Option<Profile> {
    let (color, name) = text.split_once(' ')?;
    let color = Color::try_from(color.parse::<u32>().ok()?).ok()?;
    let profile = Profile {
        name: name.to_owned(),
        color,
    }
    .tidied();
    (!profile.name.is_empty()).then_some(profile)
}

/// A guest, by three throws of dice.
fn guest(manner: f64, animal: f64, color: f64) -> Profile {
    let name = format!(
        "{} {}",
        pick(&MANNERS, manner, "New"),
        pick(&ANIMALS, animal, "Guest")
    );
    Profile {
        name,
        color: pick(&COLORS, color, Color::Blue),
    }
}

fn pick<T: Copy>(from: &[T], dice: f64, otherwise: T) -> T {
    let index = (dice * from.len() as f64) as usize;
    from.get(index).copied().unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_choose_a_guests_name_and_colour() {
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
    fn what_is_kept_can_be_read_and_rubbish_is_not() {
        assert_eq!(
            parse("7 Ada L."),
            Some(Profile {
                name: "Ada L.".into(),
                color: Color::Blue
            })
        );
        for rubbish in ["", "7", "7  ", "200 Ada", "x Ada"] {
            assert_eq!(parse(rubbish), None, "{rubbish}");
        }
    }
}

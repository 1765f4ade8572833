//! Colours: a name of the palette, `#rrggbb`, or `drawn:#rrggbb`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shared::model::Color;
use shared::model::palette::Rgb;

use super::names::unknown;

/// The mark of a colour that keeps its value in the light theme.
const DRAWN: &str = "drawn:";

/// A colour as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hue(pub(super) Color);

/// A colour as the format writes it.
#[must_use]
pub fn color_name(color: Color) -> String {
    match color {
        Color::Custom(rgb) => rgb.to_css(),
        Color::Drawn(rgb) => [DRAWN, &rgb.to_css()].concat(),
        named => named.name().to_lowercase(),
    }
}

impl Serialize for Hue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&color_name(self.0))
    }
}

impl<'de> Deserialize<'de> for Hue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let named = Color::ALL.into_iter();
        let named = named
            .into_iter()
            .find(|it| it.name().to_lowercase() == text);
        let exact = || text.strip_prefix(DRAWN).and_then(rgb).map(Color::Drawn);
        let color = named
            .or_else(exact)
            .or_else(|| rgb(&text).map(Color::Custom));
        let expected = "a name of the palette, `#rrggbb` or `drawn:#rrggbb`";
        color.map(Self).ok_or_else(|| unknown(&text, expected))
    }
}

/// Reads `#rrggbb`.
fn rgb(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    let is_hex = digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok()?;
    is_hex.then(|| Rgb::from_hex(number))
}

//! The colours of the overlay: those of the controls and of people.
//!
//! `style/tokens.css` has the same values. A test below compares the two.

use shared::model::Color;
use shared::model::palette::{Rgb, Theme, background, swatch};
use shared::paint::{Blend, Fill, LineStyle};

use crate::view_model::PersonColor;

/// The colours of people: `--person-0` to `--person-9`.
const PEOPLE: [u32; PersonColor::COUNT as usize] = [
    0x0025_63c9,
    0x00b4_442c,
    0x001e_7d4f,
    0x007a_45b8,
    0x00a1_5c00,
    0x000d_7580,
    0x00b0_346f,
    0x0059_661a,
    0x004b_57b8,
    0x006d_5a4c,
];

/// Selections and handles: `--color-accent`.
pub(super) const fn accent(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => Rgb::from_hex(0x000b_6e76),
        Theme::Dark => Rgb::from_hex(0x0058_c5cb),
    }
}

/// Guides and matches of the search. They must look different from selections.
pub(super) fn guide(theme: Theme) -> Rgb {
    swatch(Color::Pink).ink(theme)
}

/// The laser of this person.
pub(super) fn laser(theme: Theme) -> Rgb {
    swatch(Color::Red).ink(theme)
}

/// The caret: the darkest ink.
pub(super) fn caret(theme: Theme) -> Rgb {
    swatch(Color::Black).ink(theme)
}

/// The inside of handles.
pub(super) const fn handle(theme: Theme) -> Rgb {
    background(theme)
}

/// The colour of a person.
pub(super) fn person_rgb(color: Color) -> Rgb {
    let all = PEOPLE.get(usize::from(PersonColor::of(color).index()));
    Rgb::from_hex(all.copied().unwrap_or_default())
}

/// The colour of text on the colour of a person.
pub(super) const ON_PERSON: Rgb = Rgb::from_hex(0x00ff_ffff);

/// A fill that covers what is below.
pub(super) const fn fill(rgb: Rgb, alpha: f32) -> Fill {
    let blend = Blend::Cover;
    Fill { rgb, alpha, blend }
}

/// A solid line.
pub(super) const fn line(rgb: Rgb, width: f64) -> LineStyle {
    LineStyle {
        fill: fill(rgb, 1.0),
        width,
        dash: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    #[test]
    fn overlay_and_style_sheet_have_the_same_colours() {
        let (light, dark) = (accent(Theme::Light), accent(Theme::Dark));
        let accent = format!(
            "--color-accent: light-dark({}, {});",
            light.to_css(),
            dark.to_css()
        );
        assert!(
            TOKENS.contains(&accent),
            "style/tokens.css lacks `{accent}`"
        );
        for (number, hex) in PEOPLE.into_iter().enumerate() {
            let person = format!("--person-{number}: {};", Rgb::from_hex(hex).to_css());
            assert!(
                TOKENS.contains(&person),
                "style/tokens.css lacks `{person}`"
            );
        }
        assert_eq!(person_rgb(Color::Red), Rgb::from_hex(PEOPLE[2]));
    }
}
